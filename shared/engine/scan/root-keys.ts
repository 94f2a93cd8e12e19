/** The top-level keys by which objects are recognised. */
import type { RecordFormat } from '#contract/record-formats';

/** Arrays under these hold records: they are read element by element, however long they are. */
export const envelopeKeys: readonly string[] = [
  'Records',
  'records',
  'Events',
  'events',
  'logEvents',
  'Messages',
  'results',
  'hits',
];

/** Whether this is the key of a trail file's list: some tools write its name in lower case. */
export function isRecordsKey(key: string | null): boolean {
  return key === 'Records' || key === 'records';
}

/** A record is an event if it has one of these at its top; Insights and aggregated events do. One is enough: an export with few fields must not lose events. */
export const eventKeys: readonly string[] = [
  'eventVersion',
  'eventTime',
  'eventName',
  'eventSource',
  'eventID',
  'eventId',
];

/**
 * No event has these top-level keys, but some wrappers with an event key do: their content is searched first.
 *
 * `s3` is in S3's notifications, `body` in what a queue sends to a function, `ingestionTime` in CloudWatch's responses.
 */
export const foreignKeys: readonly string[] = ['_raw', '_source', 'CloudTrailEvent', 'ingestionTime', 'body', 's3'];

/** The key of the array whose opening bracket is before `at`. */
export function envelopeKeyBefore(bytes: Uint8Array, at: number): string {
  // A key written with escapes matches no name, and its list is treated as any list of records.
  let end = at - 2;
  while (end > 0 && bytes[end] !== quote) end--;
  return envelopeKeys.find((key) => endsWith(bytes, end, key)) ?? 'Records';
}

function endsWith(bytes: Uint8Array, end: number, key: string): boolean {
  const start = end - key.length;
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key.charCodeAt(i)) return false;
  return bytes[start - 1] === quote;
}

/** The apparent format of a file with a list under this key. */
export function looksOf(key: string): RecordFormat {
  return formatsByKey.get(key) ?? 'records';
}

const quote = 0x22;
const formatsByKey: ReadonlyMap<string, RecordFormat> = new Map([
  ['Records', 'records'],
  ['records', 'records'],
  ['Events', 'lookup-events'],
  ['events', 'cloudwatch-events'],
  ['logEvents', 'cloudwatch-subscription'],
  ['Messages', 'eventbridge'],
  ['results', 'logs-insights'],
  ['hits', 'elastic'],
  ['hits.hits', 'elastic'],
]);
