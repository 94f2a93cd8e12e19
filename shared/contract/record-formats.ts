/** All about each format that events are read from. A new format is described here only. Plain data only. */

export interface RecordFormatFacts {
  /** The name its exporter uses. */
  readonly name: string;
  /** Its events are rows of a text with a header. */
  readonly isTable?: true;
  /** Its events are partial records, made from columns: what the query left out is missing. */
  readonly isByColumns?: true;
  /** Why one of its events may lack request and response, as the end of a sentence. */
  readonly summaryReason?: string;
}

/**
 * By format, which is a value of the field `format`: what an event was read from.
 *
 * Insight, network activity and aggregated events come in the same files as others; the field `category` tells them apart.
 */
const facts = {
  /** {"Records": [...]}: a trail's log file, or the console's JSON download. */
  records: { name: 'CloudTrail log file' },
  /** Events as such: one, an array, one per line. */
  events: { name: 'events by themselves' },
  /** `aws cloudtrail lookup-events`. */
  'lookup-events': {
    name: 'aws cloudtrail lookup-events',
    summaryReason: 'this came from lookup-events without the event itself: only the outer fields are there',
  },
  /** The console's CSV download. */
  'event-history-csv': {
    name: 'CSV of the event history',
    isTable: true,
    isByColumns: true,
    summaryReason: "this came from the console's CSV download, which has no request and response",
  },
  /** A row of an Athena or CloudTrail Lake result, by columns. */
  'query-csv': {
    name: 'CSV of an Athena or Lake query',
    isTable: true,
    isByColumns: true,
    summaryReason: 'this came from a query that has no columns for request and response',
  },
  /** A row with the whole record in one column: eventjson, @message, _raw. */
  'json-csv': { name: 'CSV with whole records in a column', isTable: true },
  /** A line of an export task: time, space, event. */
  'cloudwatch-export': { name: 'CloudWatch Logs export' },
  /** `filter-log-events`, `get-log-events`. */
  'cloudwatch-events': { name: 'CloudWatch Logs filter-log-events' },
  /** A subscription's or Firehose's batches. */
  'cloudwatch-subscription': { name: 'CloudWatch Logs subscription or Firehose' },
  /** A CloudWatch Logs Insights result. */
  'logs-insights': { name: 'CloudWatch Logs Insights result' },
  /** An EventBridge event, also within SQS or SNS messages. */
  eventbridge: { name: 'EventBridge events' },
  /** A record of a Kinesis stream: get-records, what Lambda is handed. */
  kinesis: { name: 'Kinesis records' },
  /** A row of Athena's or Lake's results in JSON, by columns; a record with its keys in lower case. */
  'query-results': {
    name: 'Athena or Lake results in JSON, by columns',
    isByColumns: true,
    summaryReason: 'this came from a query that has no columns for request and response',
  },
  /** A row of such results with the whole record in one column. */
  'query-records': { name: 'Athena or Lake results in JSON, whole records' },
  elastic: { name: 'Elastic export' },
  /** A document of Elastic without the event itself: converted from its fields. */
  ecs: {
    name: 'Elastic documents, converted',
    isByColumns: true,
    summaryReason:
      'this was converted from the fields of an Elastic document, which does not keep the event itself: values may be missing or changed',
  },
  splunk: { name: 'Splunk export' },
  graylog: { name: 'Graylog export' },
  wazuh: { name: 'Wazuh alerts' },
  /** Loki's answers, and what Grafana exports of it. */
  loki: { name: 'Loki or Grafana export' },
  /** JSON in other text: lines of syslog, YAML, XML, what Python prints, a ticket. */
  text: { name: 'events in other text' },
} as const satisfies Readonly<Record<string, RecordFormatFacts>>;

/** What an event was read from. */
export type RecordFormat = keyof typeof facts;

export const recordFormats: Readonly<Record<RecordFormat, RecordFormatFacts>> = facts;

/** Whether a text is the name of a format that events are read from. */
export function isRecordFormat(text: string): text is RecordFormat {
  return Object.hasOwn(recordFormats, text);
}
