/** The keys at the top of an object by which it is known. */

/** Arrays under these hold records: they are read element by element, however long they are. */
export const envelopeKeys: readonly string[] = [
  'Records',
  'Events',
  'events',
  'logEvents',
  'Messages',
  'results',
  'hits',
];

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
