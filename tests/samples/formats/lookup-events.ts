/** What `aws cloudtrail lookup-events` answers, in its variants. */
import { exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const element = (event: string, number: number): string =>
  `{"EventId":"e${String(number)}","EventName":"PutObject","ReadOnly":"false","AccessKeyId":"AKIAEXAMPLE","EventTime":1709604000.0,` +
  `"EventSource":"s3.amazonaws.com","Username":"alice","Resources":[{"ResourceType":"AWS::S3::Bucket","ResourceName":"example-bucket"}],"CloudTrailEvent":${quote(event)}}`;
const elements = events.map(element);

export const lookupEvents = sample('lookup-events', `{"Events":[${elements.join(',')}],"NextToken":"x"}`, {
  events,
  recognisedAs: 'lookup-events',
});
export const lookupLostName = sample(
  'lookup-events whose list lost a letter of its name',
  `{"Evnts":[${elements.join(',')}]}`,
  { events, recognisedAs: 'lookup-events', problems: ['oddity'] },
);
const [first, second, third] = elements.map((text, at) => text.replace('{', at === 0 ? '{"Nane":0,' : '{"Name":0,')) as [
  string,
  string,
  string,
];
export const lookupOtherKey = sample(
  'lookup-events whose first is damaged, and with noise before the last',
  `{"Events":[${first},${second},}"{[{"\u0001"${third}]}`,
  { events, recognisedAs: 'lookup-events', status: 'partial', problems: ['bad-json'] },
);
export const lookupPages = sample(
  'pages of lookup-events, one after the other',
  `{"Events":[${elements.slice(0, 2).join(',')}]}{"NextToken":"x","Events":[${elements[2] ?? ''}]}`,
  { events, recognisedAs: 'lookup-events' },
);
export const lookupLines = sample('elements of lookup-events, one per line', `${elements.join('\n')}\n`, {
  events,
  recognisedAs: 'lookup-events',
});
export const lookupPretty = sample(
  'lookup-events, pretty-printed',
  JSON.stringify(JSON.parse(`{"Events":[${elements.join(',')}]}`), null, 4),
  { events, recognisedAs: 'lookup-events' },
);

const outer =
  '"EventId":"eeeeeeee-1111-4222-8333-eeeeeeeeeeee","EventName":"CreateUser","ReadOnly":"false","AccessKeyId":"AKIAEXAMPLE",' +
  '"EventTime":"2024-03-05T03:00:00+01:00","EventSource":"iam.amazonaws.com","Username":"alice","Resources":[{"ResourceType":"AWS::IAM::User","ResourceName":"bob"}]';
const summary =
  '{"eventTime":"2024-03-05T02:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser",' +
  '"userIdentity":{"userName":"alice","accessKeyId":"AKIAEXAMPLE"},"eventID":"eeeeeeee-1111-4222-8333-eeeeeeeeeeee","readOnly":false,' +
  '"resources":[{"type":"AWS::IAM::User","name":"bob"}]}';
export const lookupWithout = sample(
  "lookup-events without the event's text",
  `{"Events":[${elements[0] ?? ''},{${outer}},{${outer},"CloudTrailEvent":null}]}`,
  { events: [events[0] ?? '', summary, summary], summaries: [1, 2], recognisedAs: 'lookup-events' },
);
export const lookupBroken = sample(
  "lookup-events with an event's text cut off",
  `{"Events":[${elements[0] ?? ''},{${outer},"CloudTrailEvent":${quote((events[1] ?? '').slice(0, 200))}},${elements[2] ?? ''}]}`,
  {
    events: [events[0] ?? '', summary, events[2] ?? ''],
    summaries: [1],
    recognisedAs: 'lookup-events',
    status: 'partial',
    problems: ['torn'],
  },
);
