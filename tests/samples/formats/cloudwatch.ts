/** CloudTrail's events on their way through CloudWatch Logs. */
import { cell, exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];

export const exportTask = sample(
  'an export task',
  events.map((event, i) => `2024-03-05T02:00:0${String(i)}.123Z ${event}\n`).join(''),
  { events, recognisedAs: 'cloudwatch-export' },
);
export const exportTest = sample('aws-logs-write-test', 'Permission Check Successful', {
  events: [],
  recognisedAs: 'os-metadata',
  status: 'ignored',
});

export const filterLogEvents = sample(
  'filter-log-events',
  `{"events":[${events
    .map(
      (event, i) =>
        `{"logStreamName":"111122223333_CloudTrail_eu-west-1","timestamp":1709604000000,"message":${quote(event)},"ingestionTime":1709604001000,"eventId":"${String(i)}"}`,
    )
    .join(',')}],"searchedLogStreams":[]}`,
  { events, recognisedAs: 'cloudwatch-events' },
);
export const getLogEvents = sample(
  'get-log-events',
  `{"events":[${events
    .map((event) => `{"timestamp":1709604000000,"message":${quote(event)},"ingestionTime":1709604001000}`)
    .join(',')}],"nextForwardToken":"f/1","nextBackwardToken":"b/1"}`,
  { events, recognisedAs: 'cloudwatch-events' },
);

export const badFirst = sample(
  'get-log-events with a bad first record',
  `{"events":[{"timestamp":1,"message":{{"x"},"ingestionTime":1},${[b, c]
    .map((event) => `{"timestamp":1,"message":${quote(event)},"ingestionTime":1}`)
    .join()}]}`,
  { events: [b, c], recognisedAs: 'cloudwatch-events', status: 'partial', problems: ['bad-json'] },
);

const batch = (messages: readonly string[]): string =>
  `{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"trail","logStream":"s","subscriptionFilters":["f"],"logEvents":[${messages
    .map((message, i) => `{"id":"${String(i)}","timestamp":1709604000000,"message":${quote(message)}}`)
    .join(',')}]}`;
/** What a filter took out of the event stands beside it, under the path it was found by. */
export const subscriptionFields = sample(
  'a subscription with the fields that its filter took out',
  batch([a]).replace(/\}\]\}$/, ',"extractedFields":{"$.eventName":"PutObject","$.eventSource":"s3.amazonaws.com","$.eventID":"x"}}]}'),
  { events: [a], recognisedAs: 'cloudwatch-subscription' },
);
const control =
  '{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[' +
  '{"id":"","timestamp":1709604000000,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}';
export const subscription = sample('a subscription', `${control}${batch([a, b])}${batch([c])}`, {
  events,
  recognisedAs: 'cloudwatch-subscription',
});
export const controlOnly = sample("a subscription's test message", control, {
  events: [],
  recognisedAs: 'cloudwatch-subscription',
});

const row = (event: string): string =>
  `[{"field":"@timestamp","value":"2024-03-05 02:00:00.000"},{"field":"@message","value":${quote(event)}},{"field":"@ptr","value":"x{"}]`;
export const logsInsights = sample(
  'Logs Insights',
  `{"results":[${events.map(row).join(',')}],"statistics":{"recordsMatched":3.0},"status":"Complete"}`,
  { events, recognisedAs: 'logs-insights' },
);
export const insightsWithout = sample(
  'Logs Insights without the messages',
  '{"results":[[{"field":"eventName","value":"PutObject"}]],"status":"Complete"}',
  { events: [], recognisedAs: null, status: 'unread', problems: ['not-events'] },
);
export const insightsTable = sample(
  'Logs Insights as a table',
  `@timestamp,@message\n${events.map((event) => `2024-03-05 02:00:00.000,${cell(event)}\n`).join('')}`,
  { events, recognisedAs: 'json-csv' },
);
