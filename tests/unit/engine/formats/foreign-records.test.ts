import { describe, expect, it } from 'vitest';
import { hasForeignSource, mayBeForeign } from '#engine/formats/foreign-records';

const mayBe = (text: string, start = 0, end = text.length): boolean =>
  mayBeForeign({ bytes: Buffer.from(text), start, end });

describe('a record of another service', () => {
  it.each([
    ['{"eventSource":"aws:s3"}', true],
    ['{"eventSource":"s3.amazonaws.com"}', false],
    ['{"eventSource":"aws.amazonaws.com"}', false],
    ['{"eventSource": "s3.amazonaws.com"}', true],
    ['{"eventSource":{"a":1}}', true],
    ['{"eventName":"aws:s3"}', false],
  ])("is not looked for where the source is CloudTrail's: %s", (text, isForeign) => {
    expect(mayBe(text)).toBe(isForeign);
  });

  it('is told by its own bytes alone', () => {
    const text = '{"eventSource":"aws:s3"},{"a":1},{"eventSource":"aws:s3"}';
    expect(mayBe(text, text.indexOf('{"a"'), text.lastIndexOf(',{'))).toBe(false);
  });

  it.each([
    [{ eventSource: 'aws:s3' }, true],
    [{ eventSource: 's3.amazonaws.com' }, false],
    [{ eventSource: ['s3'] }, true],
    [{ eventSource: null }, false],
    [{}, false],
    [null, false],
    ['aws:s3', false],
  ])('is known by its source, where it was parsed: %j', (record, isForeign) => {
    expect(hasForeignSource(record)).toBe(isForeign);
  });
});
