/** Records of other services in the clothes of CloudTrail's: `{"Records":[…]}`, `eventSource`, `eventVersion`. */
import { exampleEvents } from '../example-events';
import { sample, type Sample } from '../sample';

const events = exampleEvents(2);
const [a, b] = events as [string, string];

const s3 =
  '{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2024-03-05T02:00:00.000Z","eventName":"ObjectCreated:Put",' +
  '"userIdentity":{"principalId":"AWS:AIDAEXAMPLE"},"requestParameters":{"sourceIPAddress":"203.0.113.1"},"responseElements":{"x-amz-request-id":"R"},' +
  '"s3":{"s3SchemaVersion":"1.0","bucket":{"name":"example-bucket"},"object":{"key":"AWSLogs/x.json.gz","size":1}}}';
const dynamodb =
  '{"eventID":"1","eventName":"INSERT","eventVersion":"1.0","eventSource":"aws:dynamodb","awsRegion":"eu-west-1","dynamodb":{"Keys":{"Id":{"N":"101"}}}}';
const ses = '{"eventVersion":"1.0","ses":{"mail":{}},"eventSource":"aws:ses"}';
const codecommit =
  '{"awsRegion":"eu-west-1","eventId":"e","eventName":"ReferenceChanges","eventSource":"aws:codecommit","eventTime":"2024-03-05T02:00:00.000+0000","eventVersion":"1.0"}';

const none = (name: string, text: string, count = 1): Sample =>
  sample(name, text, {
    events: [],
    recognisedAs: 'other',
    status: 'unread',
    problems: Array.from({ length: count }, () => 'not-events' as const),
  });

export const streams = none('records of other services', `{"Records":[${[s3, dynamodb, ses, codecommit].join(',')}]}`, 4);
export const inText = none(
  'records of other services in the message of a topic',
  JSON.stringify({ Type: 'Notification', Message: `{"Records":[${dynamodb},${ses}]}` }),
  2,
);
export const unknownService = none('a record of a service that is not known', '[{"eventSource":"aws:new","eventName":"X"}]');
export const amongEvents = sample('records of other services among events', `{"Records":[${a},${s3},${dynamodb},${b}]}`, {
  events,
  recognisedAs: 'records',
  status: 'partial',
  problems: ['not-events', 'not-events'],
});
export const amongEventsInText = sample(
  'records of other services among events, in a queue',
  JSON.stringify({ Messages: [{ Body: `{"Records":[${ses},${a},${codecommit},${b}]}` }] }),
  { events, recognisedAs: 'records', status: 'partial', problems: ['not-events', 'not-events'] },
);

export const rule = none(
  "an EventBridge rule's pattern",
  '{"source":["aws.s3"],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":["s3.amazonaws.com"],"eventName":["DeleteTrail"]}}',
);
export const barePattern = none("an EventBridge rule's pattern for the detail alone", '{"eventSource":["s3.amazonaws.com"],"eventName":["X"]}');
export const oddSources = none(
  'sources that are no texts',
  '[{"eventSource":{"prefix":"s3"},"eventName":"X"},{"eventSource":7,"eventName":"X"},{"eventSource":true,"eventName":"X"},{"eventSource":{},"eventName":"X"},{"eventSource":[],"eventName":"X"}]',
  5,
);
export const noSource = sample(
  'events whose source is null or missing',
  '[{"eventSource":null,"eventName":"X"},{"eventName":"aws:s3","userIdentity":{"eventSource":["aws:s3"]}},{"eventSource":"","eventName":"X"}]',
  {
    events: [
      '{"eventSource":null,"eventName":"X"}',
      '{"eventName":"aws:s3","userIdentity":{"eventSource":["aws:s3"]}}',
      '{"eventSource":"","eventName":"X"}',
    ],
    recognisedAs: 'events',
  },
);
