import { describe, expect, it } from 'vitest';
import { undone } from '#engine/formats/text-undo';
import { decodeWtf8, encodeWtf8 } from '#engine/text/wtf8';

const read = (text: string): unknown => {
  const found = undone(encodeWtf8(text));
  return found === null ? null : [found.from, decodeWtf8(found.text)];
};

describe('an event inside another text', () => {
  it('has its characters back that XML writes as numbers, up to the last there is', () => {
    expect(read('>{"a":"&#65;&#x42;&#x1F600;&#x10FFFF;"}')).toEqual(['XML', '{"a":"AB😀\u{10ffff}"}']);
  });

  it('has its characters back that YAML writes as numbers, up to the last there is', () => {
    expect(read(String.raw`"{\"a\":\"\x41\u0042\U0001F600\U0010FFFF\"}"`)).toEqual([
      'a quoted string',
      '{"a":"AB😀\u{10ffff}"}',
    ]);
  });

  it.each([
    ['XML', '>{"a":"&#x110000;"}', '{"a":"&#x110000;"}'],
    ['XML', '>{"a":"&#1114112;&nothing;"}', '{"a":"&#1114112;&nothing;"}'],
    ['a quoted string', String.raw`"{\"a\":\"\U00110000\"}"`, String.raw`{"a":"\U00110000"}`],
  ])('is left as it is where a number in %s is that of no character', (from, text, event) => {
    expect(read(text)).toEqual([from, event]);
  });

  it('is nothing where the text begins like none that holds one', () => {
    for (const text of ['{"a":1}', '', '{', '[1]', 'text']) expect(read(text)).toBeNull();
  });
});
