/** What files and records were recognised as, in the words of whoever exported them. */
import type { FileFormat } from '#contract/report';

const names: { readonly [Format in FileFormat]: string } = {
  records: 'CloudTrail log file',
  events: 'events by themselves',
  'lookup-events': 'aws cloudtrail lookup-events',
  'event-history-csv': 'CSV of the event history',
  'query-csv': 'CSV of an Athena or Lake query',
  'json-csv': 'CSV with whole records in a column',
  'cloudwatch-export': 'CloudWatch Logs export',
  'cloudwatch-events': 'CloudWatch Logs filter-log-events',
  'cloudwatch-subscription': 'CloudWatch Logs subscription or Firehose',
  'logs-insights': 'CloudWatch Logs Insights result',
  eventbridge: 'EventBridge events',
  elastic: 'Elastic export',
  splunk: 'Splunk export',
  mixed: 'several formats',
  digest: 'CloudTrail digest',
  zip: 'zip archive',
  tar: 'tar archive',
  parquet: 'Parquet',
  housekeeping: 'housekeeping of a folder',
  'open-already': 'open already, read as part of another source',
  other: 'something else',
};

/** The name of a format, for showing. */
export function formatName(format: FileFormat): string {
  return names[format];
}

/** The name of a value of the field `format`, which is a record's format as a text; the text itself where it is none. */
export function formatNameOf(value: string): string {
  return Object.hasOwn(names, value) ? names[value as FileFormat] : value;
}
