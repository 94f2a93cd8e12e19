/** EventBridge's events, as they are and as queues and topics pass them on. */
import { exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];
const wrapped = (event: string): string =>
  `{"version":"0","id":"11111111-2222-4333-8444-555555555555","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","account":"111122223333",` +
  `"time":"2024-03-05T02:00:00Z","region":"eu-west-1","resources":[],"detail":${event}}`;

export const eventBridge = sample('EventBridge', events.map(wrapped).join('\n'), {
  events,
  recognisedAs: 'eventbridge',
});
export const queue = sample(
  'EventBridge in the messages of a queue',
  `{"Messages":[${events.map((event) => `{"MessageId":"m","ReceiptHandle":"r","MD5OfBody":"x","Body":${quote(wrapped(event))}}`).join(',')}]}`,
  { events, recognisedAs: 'eventbridge' },
);
export const topic = sample(
  'EventBridge in a topic in a queue',
  events
    .map((event) => `{"MessageId":"m","Body":${quote(`{"Type":"Notification","MessageId":"n","Message":${quote(wrapped(event))}}`)}}`)
    .join('\n'),
  { events, recognisedAs: 'eventbridge' },
);
export const queueToFunction = sample(
  'what a queue hands to a function',
  `{"Records":[{"messageId":"m","body":${quote(`{"Records":[${a},${b}]}`)},"eventSource":"aws:sqs","awsRegion":"eu-west-1"},` +
    `{"messageId":"m","body":${quote(wrapped(c))},"eventSource":"aws:sqs","awsRegion":"eu-west-1"}]}`,
  { events, recognisedAs: 'mixed' },
);

const notification =
  '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2024-03-05T02:00:00.000Z","eventName":"ObjectCreated:Put",' +
  '"s3":{"bucket":{"name":"example-bucket"},"object":{"key":"AWSLogs/x.json.gz"}}}]}';
export const notificationInTopic = sample(
  'a notification about a file, in a topic',
  `{"Type":"Notification","Message":${quote(notification)}}`,
  { events: [], recognisedAs: 'other', status: 'unread', problems: ['not-events'] },
);
export const notificationFile = sample('a notification about a file', notification, {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['not-events'],
});
