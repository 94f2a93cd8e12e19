/** All about each format that events are read from. A new format is described here only. */
import type { RecordFormat } from '#contract/report';

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

/** By format. */
export const recordFormats: Readonly<Record<RecordFormat, RecordFormatFacts>> = {
  records: { name: 'CloudTrail log file' },
  events: { name: 'events by themselves' },
  'lookup-events': {
    name: 'aws cloudtrail lookup-events',
    summaryReason: 'this came from lookup-events without the event itself: only the outer fields are there',
  },
  'event-history-csv': {
    name: 'CSV of the event history',
    isTable: true,
    isByColumns: true,
    summaryReason: "this came from the console's CSV download, which has no request and response",
  },
  'query-csv': {
    name: 'CSV of an Athena or Lake query',
    isTable: true,
    isByColumns: true,
    summaryReason: 'this came from a query that has no columns for request and response',
  },
  'json-csv': { name: 'CSV with whole records in a column', isTable: true },
  'cloudwatch-export': { name: 'CloudWatch Logs export' },
  'cloudwatch-events': { name: 'CloudWatch Logs filter-log-events' },
  'cloudwatch-subscription': { name: 'CloudWatch Logs subscription or Firehose' },
  'logs-insights': { name: 'CloudWatch Logs Insights result' },
  eventbridge: { name: 'EventBridge events' },
  kinesis: { name: 'Kinesis records' },
  'query-results': {
    name: 'Athena or Lake results in JSON, by columns',
    isByColumns: true,
    summaryReason: 'this came from a query that has no columns for request and response',
  },
  'query-records': { name: 'Athena or Lake results in JSON, whole records' },
  elastic: { name: 'Elastic export' },
  ecs: {
    name: 'Elastic documents, converted',
    isByColumns: true,
    summaryReason:
      'this was converted from the fields of an Elastic document, which does not keep the event itself: values may be missing or changed',
  },
  splunk: { name: 'Splunk export' },
  graylog: { name: 'Graylog export' },
  wazuh: { name: 'Wazuh alerts' },
  loki: { name: 'Loki or Grafana export' },
  text: { name: 'events in other text' },
};

/** Whether a text is the name of a format that events are read from. */
export function isRecordFormat(text: string): text is RecordFormat {
  return Object.hasOwn(recordFormats, text);
}
