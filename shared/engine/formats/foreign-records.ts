/**
 * Names records of other AWS services, which look like CloudTrail's: they come in `{"Records":[…]}` too, with `eventSource`, `eventName`
 * and `eventVersion`. CloudTrail has a service's host name under `eventSource`, as in `s3.amazonaws.com`; those have `aws:…`.
 *
 * Source: the AWS Lambda Developer Guide, "Using Lambda with …", one page for each service.
 */
import { textOf, type Span } from './json-walk';

const openBracket = 0x5b;
const openBrace = 0x7b;
const quote = 0x22;

const names: ReadonlyMap<string, string> = new Map([
  ['aws:s3', 'an S3 event notification, not CloudTrail: open the file that it names'],
  ['aws:sqs', 'a message of an SQS queue without an event of CloudTrail'],
  ['aws:sns', 'a message of an SNS topic without an event of CloudTrail'],
  ['aws:kinesis', 'a Kinesis record without an event of CloudTrail'],
  ['aws:dynamodb', 'a DynamoDB stream record, not CloudTrail'],
  ['aws:ses', 'an SES record of a received mail, not CloudTrail'],
  ['aws:codecommit', 'a CodeCommit trigger, not CloudTrail'],
]);

/** The keys that {@link foreignName} looks up. */
export const foreignNameKeys: readonly string[] = ['eventSource', 'EventSource', 'detail-type', 'source'];

/** The description of an object that cannot be a CloudTrail event, by some of its members; null where it could be one. */
export function foreignName(members: ReadonlyMap<string, Span>): string | null {
  const source = members.get('eventSource') ?? members.get('EventSource');
  if ([source, members.get('detail-type'), members.get('source')].some(isList)) return pattern;
  const first = source?.bytes[source.start];
  if (source === undefined || first === undefined) return null;
  const text = textOf(source);
  if (first === openBrace || (first !== quote && text !== null)) {
    return 'JSON whose "eventSource" is not a text: not a CloudTrail event';
  }
  if (text?.startsWith('aws:') !== true) return null;
  return names.get(text) ?? `a record with the source ${JSON.stringify(text.slice(0, 100))}, not CloudTrail`;
}

const pattern = 'a pattern of an EventBridge rule, which events are matched against: not an event';

function isList(value: Span | undefined): boolean {
  return value?.bytes[value.start] === openBracket;
}

/** Whether a parsed record is foreign by its source: the same rule as the scanner's for records that are read in one go. */
export function hasForeignSource(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  const source: unknown = Reflect.get(record, 'eventSource');
  if (typeof source === 'string') return source.startsWith('aws:');
  return source !== undefined && source !== null;
}

/**
 * Whether the current record, written like CloudTrail's, may have a foreign source. Looks at the first `eventSource`
 * only: to be sure, walk over the members.
 */
export function mayBeForeign({ bytes, start, end }: Span): boolean {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  const key = record.indexOf(sourceKey);
  if (key < 0) return false;
  const value = key + sourceKey.length;
  return !(record[value] === quote && record.compare(foreignStart, 0, foreignStart.length, value + 1, value + 5) !== 0);
}

const sourceKey = Buffer.from('"eventSource":');
const foreignStart = Buffer.from('aws:');
