/** The JSON keys that other tools put events under. */
import type { RecordFormat } from '#contract/record-formats';
import { foreignNameKeys } from './foreign-records';
import { ecsKeys } from './ecs-event';
import type { Span } from './json-walk';
import { lookupKeys } from './lookup-event';
import { lowerCaseKeys } from './lower-case-record';
import { resultKeys } from './result-rows';
import { envelopeKeys, eventKeys, foreignKeys } from '../scan/root-keys';

const openBrace = 0x7b;

/** Members of an object by their names. */
export type NamedMembers = ReadonlyMap<string, Span>;

/** A member that events are looked for in, and the format this makes them. */
export interface Carrier {
  readonly key: string;
  /** It holds separate things, so its siblings are not another form of the same event. */
  readonly isList?: boolean;
  readonly format?: (members: NamedMembers) => RecordFormat | null;
}

/** In order of closeness to what AWS wrote: where an object holds an event twice, the first counts. */
export const carriers: readonly Carrier[] = [
  ...envelopeKeys.map((key) => ({ key, isList: true })),
  { key: '_raw', format: () => 'splunk' },
  { key: 'result', format: resultFormat },
  { key: 'line', format: (members) => (members.has('timestamp') ? 'loki' : null) },
  { key: 'full_message', format: () => 'graylog' },
  { key: 'full_log', format: () => 'wazuh' },
  { key: 'event.original', format: () => 'elastic' },
  { key: 'original', format: () => 'elastic' },
  { key: 'event', format: (members) => (members.has('sourcetype') || members.has('host') ? 'splunk' : 'elastic') },
  { key: '_source', format: () => 'elastic' },
  { key: 'fields', format: () => 'elastic' },
  { key: 'detail', format: () => 'eventbridge' },
  { key: 'awslogs', format: () => 'cloudwatch-subscription' },
  { key: 'kinesis', format: () => 'kinesis' },
  { key: 'Data', format: () => 'kinesis' },
  { key: 'data', format: dataFormat },
  { key: 'aws' },
  { key: 'streams', format: () => 'loki', isList: true },
  { key: 'values', format: (members) => (members.has('stream') ? 'loki' : null), isList: true },
  { key: 'Body' },
  { key: 'body' },
  { key: 'Sns' },
  { key: 'Message' },
  { key: '@message', format: () => 'logs-insights' },
  { key: 'value', format: (members) => (members.has('field') ? 'logs-insights' : null) },
  { key: 'message', format: messageFormat },
];

/** One of these is next to the data of a record: Kinesis through a pipe, or Firehose to a transforming function. */
const dataKeys = ['kinesisSchemaVersion', 'partitionKey', 'recordId'];

/** Siblings of Loki's streams, of their lines, and of the event in Wazuh's alerts. */
const lokiKeys = ['resultType', 'stream', 'timestamp', 'rule', 'manager'];

/** Every key that is looked up in an object that may contain events. */
export const namesSought: ReadonlySet<string> = new Set([
  ...eventKeys,
  ...foreignKeys,
  ...foreignNameKeys,
  ...lookupKeys,
  ...carriers.map(({ key }) => key),
  ...dataKeys,
  ...lokiKeys,
  ...lowerCaseKeys,
  ...ecsKeys,
  ...resultKeys,
  ...['messageType', 'field', 'sourcetype', 'host', '@timestamp', '@version', 'agent', 'id'],
]);

/** Whose `data` it is. */
function dataFormat(members: NamedMembers): RecordFormat | null {
  if (dataKeys.some((key) => members.has(key))) return 'kinesis';
  return members.has('rule') && members.has('manager') ? 'wazuh' : null;
}

/** Whose `result` it is. */
function resultFormat(members: NamedMembers): RecordFormat {
  return members.has('resultType') ? 'loki' : 'splunk';
}

/** Whose `message` it is: where it is an object, its content shows which tool wrote it. */
function messageFormat(members: NamedMembers): RecordFormat | null {
  const message = members.get('message');
  if (message?.bytes[message.start] === openBrace) return null;
  if (members.has('@timestamp') || members.has('@version') || members.has('agent')) return 'elastic';
  return members.has('id') && !members.has('ingestionTime') ? 'cloudwatch-subscription' : 'cloudwatch-events';
}
