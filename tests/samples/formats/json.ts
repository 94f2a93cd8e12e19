/** Files of events as CloudTrail writes them, and plain JSON of every make. */
import { exampleEvent, exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];

export const trailFile = sample('a file of a trail', `{"Records":[${events.join(',')}]}`, {
  events,
  recognisedAs: 'records',
});

const insight =
  '{"eventVersion":"1.09","eventTime":"2024-03-05T02:00:00Z","awsRegion":"eu-west-1","eventID":"aaaaaaaa-1111-4222-8333-aaaaaaaaaaaa",' +
  '"eventType":"AwsCloudTrailInsight","recipientAccountId":"111122223333","sharedEventID":"bbbbbbbb-1111-4222-8333-bbbbbbbbbbbb",' +
  '"insightDetails":{"state":"Start","eventSource":"ssm.amazonaws.com","eventName":"UpdateInstanceInformation","insightType":"ApiCallRateInsight",' +
  '"insightContext":{"statistics":{"baseline":{"average":0.0020833333},"insight":{"average":5}}}},"eventCategory":"Insight"}';
export const insights = sample('Insights', `{"Records":[${insight}]}`, {
  events: [insight],
  recognisedAs: 'records',
});

const network =
  '{"eventVersion":"1.09","userIdentity":{"type":"AWSAccount","accountId":"444455556666"},"eventTime":"2024-03-05T02:00:00Z",' +
  '"eventSource":"s3.amazonaws.com","eventName":"ListBuckets","errorCode":"VpceAccessDenied","eventID":"cccccccc-1111-4222-8333-cccccccccccc",' +
  '"eventType":"AwsVpceEvent","vpcEndpointId":"vpce-EXAMPLE","vpcEndpointAccountId":"111122223333","eventCategory":"NetworkActivity"}';
export const networkActivity = sample('network activity', `{"Records":[${network}]}`, {
  events: [network],
  recognisedAs: 'records',
});

const aggregate =
  '{"eventVersion":"1.0","accountId":"111122223333","eventId":"dddddddd-1111-4222-8333-dddddddddddd","eventCategory":"Aggregated",' +
  '"eventType":"AwsAggregatedEvent","awsRegion":"eu-west-1","eventSource":"s3.amazonaws.com","timeWindow":{"windowStart":"2024-03-05T02:00:00Z",' +
  '"windowEnd":"2024-03-05T02:05:00Z","windowSize":"PT5M"},"summary":{"primaryDimension":{"dimension":"eventName","statistics":[{"name":"GetObject","value":7}]},"details":[]}}';
export const aggregated = sample('aggregated events', `{"Records":[${aggregate}]}`, {
  events: [aggregate],
  recognisedAs: 'records',
});

export const consoleJson = sample(
  "the console's JSON download",
  `{\n  "Records": [\n    ${events.join(',\n    ')}\n  ]\n}\n`,
  { events, recognisedAs: 'records' },
);

export const ndjson = sample('one event per line', `${events.join('\n')}\n`, { events, recognisedAs: 'events' });
export const array = sample('a bare array', `[${events.join(', ')}]`, { events, recognisedAs: 'events' });
export const single = sample('a single event', a, { events: [a], recognisedAs: 'events' });
export const batches = sample('one batch per line', `{"Records":[${a}]}\n{"Records":[${b},${c}]}\n`, {
  events,
  recognisedAs: 'records',
});
export const slurped = sample('batches gathered in an array', `[{"Records":[${a},${b}]},{"Records":[]},{"x":1,"Records":[${c}],"y":[2]}]`, {
  events,
  recognisedAs: 'records',
});
export const texts = sample("an array of the events' texts", JSON.stringify(events), {
  events,
  recognisedAs: 'events',
});
export const textLines = sample("the events' texts, one per line", `${events.map(quote).join('\n')}\n`, {
  events,
  recognisedAs: 'events',
});
export const mixed = sample('batches and single events', `{"Records":[${a}]}\n${b}\n${c}`, {
  events,
  recognisedAs: 'mixed',
});
export const oldVersions = sample(
  'old versions, missing fields, wrong types, unknown fields',
  '[{"eventVersion":"1.0","eventTime":"2013-11-06T11:15:33Z","eventName":"RunInstances","userIdentity":"nobody"},' +
    '{"eventName":["not","a","name"],"sourceIPAddress":7,"newField":{"deep":[{"er":true}]}},{"eventTime":1709604000}]',
  {
    events: [
      '{"eventVersion":"1.0","eventTime":"2013-11-06T11:15:33Z","eventName":"RunInstances","userIdentity":"nobody"}',
      '{"eventName":["not","a","name"],"sourceIPAddress":7,"newField":{"deep":[{"er":true}]}}',
      '{"eventTime":1709604000}',
    ],
    recognisedAs: 'events',
  },
);
export const emptyTrail = sample('a file of a trail without events', '{"Records":[]}', {
  events: [],
  recognisedAs: 'records',
});
export const manyEvents = sample('more events than are read at once', `{"Records":[${exampleEvents(150).join(',')}]}`, {
  events: Array.from({ length: 150 }, (_, i) => exampleEvent(i + 1)),
  recognisedAs: 'records',
});
