import { describe, expect, it } from 'vitest';
import { hasForeignSource, mayBeForeign } from '#engine/formats/foreign-records';
import { unwrapText } from '../../../helpers/unwrap-text';

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

  it('is recognised by its own bytes alone', () => {
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

  it.each([
    [
      '{"eventSource":"aws:s3","eventName":"A"}',
      'an S3 event notification, not CloudTrail: open the file that it names',
    ],
    ['{"eventSource":"aws:sqs","body":"x"}', 'a message of an SQS queue without an event of CloudTrail'],
    ['{"EventSource":"aws:sns","Sns":{"Message":"x"}}', 'a message of an SNS topic without an event of CloudTrail'],
    ['{"eventSource":"aws:kinesis","kinesis":{}}', 'a Kinesis record without an event of CloudTrail'],
    ['{"eventSource":"aws:dynamodb","eventName":"INSERT"}', 'a DynamoDB stream record, not CloudTrail'],
    ['{"eventSource":"aws:ses","ses":{}}', 'an SES record of a received mail, not CloudTrail'],
    ['{"eventSource":"aws:codecommit","eventName":"A"}', 'a CodeCommit trigger, not CloudTrail'],
    ['{"eventSource":"aws:x","eventName":"A"}', 'a record with the source "aws:x", not CloudTrail'],
    ['{"eventSource":{},"eventName":"A"}', 'JSON whose "eventSource" is not a text: not a CloudTrail event'],
    ['{"eventSource":1,"eventName":"A"}', 'JSON whose "eventSource" is not a text: not a CloudTrail event'],
    ...['eventSource', 'EventSource', 'detail-type', 'source'].map((key) => [
      `{"${key}":["x"],"eventName":"A"}`,
      'a pattern of an EventBridge rule, which events are matched against: not an event',
    ]),
  ])('is named for what it is: %s', (text, name) => {
    const { events, problems } = unwrapText(text);
    expect([events, problems]).toEqual([[], [expect.stringContaining(name) as string]]);
  });
});
