/** The keys at the top of an object by which it is known. */
import type { RecordFormat } from '#contract/report';

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

/** Whether the list under this key is that of a trail's file: some tools write its name in lower case. */
export function isRecordsKey(key: string | null): boolean {
  return key === 'Records' || key === 'records';
}

/** A record is an event if it has one of these at its top; Insights and aggregated events do. One is enough: a thinned-out export must not lose events. */
export const eventKeys: readonly string[] = [
  'eventVersion',
  'eventTime',
  'eventName',
  'eventSource',
  'eventID',
  'eventId',
];

/**
 * No event has these at its top, but things do that have a key of an event besides: what they hold is looked for first.
 *
 * `s3` stands in S3's own notifications, `body` in what a queue hands to a function, `ingestionTime` in CloudWatch's answers.
 */
export const foreignKeys: readonly string[] = ['_raw', '_source', 'CloudTrailEvent', 'ingestionTime', 'body', 's3'];

/** The key of the array whose opening bracket stands before `at`. */
export function envelopeKeyBefore(bytes: Uint8Array, at: number): string {
  // Where the key was written with escapes, none of the names fits, and the list is one of records like any other.
  let end = at - 2;
  while (end > 0 && bytes[end] !== QUOTE) end--;
  return envelopeKeys.find((key) => endsWith(bytes, end, key)) ?? 'Records';
}

function endsWith(bytes: Uint8Array, end: number, key: string): boolean {
  const start = end - key.length;
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key.charCodeAt(i)) return false;
  return bytes[start - 1] === QUOTE;
}

/** What a file looks like that has a list under this key. */
export function looksOf(key: string): RecordFormat {
  return formatsByKey.get(key) ?? 'records';
}

const QUOTE = 0x22;
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
