/** Events in base64 and gzip, as CloudWatch Logs and Kinesis hand them on. */
import { gzipSync } from 'node:zlib';
import { exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const zipped = (text: string): Buffer => gzipSync(text);
const packed = (text: string): string => zipped(text).toString('base64');

const batch = (messages: readonly string[]): string =>
  `{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"trail","logStream":"s","subscriptionFilters":["f"],"logEvents":[${messages
    .map((message, i) => `{"id":"${String(i)}","timestamp":1709604000000,"message":${quote(message)}}`)
    .join(',')}]}`;
const control = '{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logEvents":[{"id":"","message":"CWL CONTROL MESSAGE: Checking health."}]}';

export const toFunction = sample(
  'what a subscription hands to a function',
  `{\n  "awslogs": {\n    "data": "${packed(batch([a, b]))}"\n  }\n}\n{"awslogs":{"data":"${packed(batch([c]))}"}}`,
  { events, recognisedAs: 'cloudwatch-subscription' },
);
export const controlToFunction = sample("a subscription's test message, handed to a function", `{"awslogs":{"data":"${packed(control)}"}}`, {
  events: [],
  recognisedAs: null,
  status: 'read',
});

const streamRecord = (data: string, number: number): string =>
  `{"SequenceNumber":"4959033827149025660855969253836157109592157598913${String(number)}","ApproximateArrivalTimestamp":1709604000.1,"Data":"${data}","PartitionKey":"p"}`;
export const getRecords = sample(
  'get-records of a Kinesis stream: gzip of a subscription, events by themselves, one per line',
  `{"Records":[${[packed(batch([a])), base64(`${b}\n`), base64(c).replaceAll('=', '')].map(streamRecord).join(',')}],"NextShardIterator":"AAA","MillisBehindLatest":0}`,
  { events, recognisedAs: 'kinesis' },
);
const lambdaRecord = (data: string): string =>
  `{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"49590338271490256608559692538361571095921575989136588898","data":"${data}","approximateArrivalTimestamp":1545084650.987},` +
  '"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:4959","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::111122223333:role/x","awsRegion":"eu-west-1","eventSourceARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/s"}';
export const kinesisToFunction = sample(
  'what Kinesis hands to a function',
  `{"Records":[${lambdaRecord(packed(batch([a, b])))},${lambdaRecord(packed(c))}]}`,
  { events, recognisedAs: 'kinesis' },
);
export const otherStream = sample(
  'Kinesis records among which some hold something else',
  `{"Records":[${lambdaRecord(base64('Hello, this is a test.'))},${lambdaRecord(base64(`{"Records":[${a},${b}]}`))},${lambdaRecord(base64('{"x":1}'))}]}`,
  { events: [a, b], recognisedAs: 'kinesis', status: 'partial', problems: ['not-events', 'not-events'] },
);
export const pipe = sample(
  'what a pipe makes of Kinesis records',
  `[{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"4","data":"${base64(a)}","eventSource":"aws:kinesis","eventID":"x","eventName":"aws:kinesis:record"}]`,
  { events: [a], recognisedAs: 'kinesis' },
);
export const firehose = sample(
  'what Firehose hands to a function',
  `{"invocationId":"i","deliveryStreamArn":"arn:aws:firehose:x","region":"eu-west-1","records":[${[packed(batch([a, b])), packed(control), base64(c)]
    .map((data, i) => `{"recordId":"${String(i)}","approximateArrivalTimestamp":1709604000000,"data":"${data}"}`)
    .join(',')}]}`,
  { events, recognisedAs: 'kinesis' },
);
export const twice = sample(
  'gzip in gzip, and base64 with line ends',
  JSON.stringify({ awslogs: { data: gzipSync(zipped(batch(events))).toString('base64').replaceAll(/.{76}/g, '$&\n') } }),
  { events, recognisedAs: 'cloudwatch-subscription' },
);

const torn = zipped(batch(events)).subarray(0, -40).toString('base64');
export const tornGzip = sample(
  'gzip data in base64 that is cut off',
  `{"Records":[${lambdaRecord(packed(a))},${lambdaRecord(torn)}]}`,
  { events: [a, a, b], recognisedAs: 'kinesis', status: 'partial', problems: ['bad-gzip', 'torn'] },
);
const wrongSum = zipped(batch([b, c]));
wrongSum.writeUInt32LE(0, wrongSum.length - 8);
export const damagedGzip = sample(
  'gzip data in base64 with a wrong checksum',
  `{"Records":[${lambdaRecord(packed(a))},${lambdaRecord(wrongSum.toString('base64'))}]}`,
  { events, recognisedAs: 'kinesis', status: 'partial', problems: ['bad-gzip'] },
);
export const behindGzip = sample(
  'bytes behind gzip data in base64',
  `{"awslogs":{"data":"${Buffer.concat([zipped(batch(events)), Buffer.from('behind')]).toString('base64')}"}}`,
  { events, recognisedAs: 'cloudwatch-subscription', status: 'partial', problems: ['bad-gzip'] },
);
export const badBase64 = sample(
  'base64 with a character that does not belong there',
  `{"Records":[${lambdaRecord(base64(`${a}\n${b}`).replace(/.{100}$/, '?$&'))},${lambdaRecord(base64(c))}]}`,
  { events: [a, c], recognisedAs: 'kinesis', status: 'partial', problems: ['bad-json', 'torn'] },
);
let layers = batch(events);
for (let i = 0; i < 3; i++) layers = packed(layers);
export const tooManyLayers = sample('gzip and base64 around each other too often', `{"awslogs":{"data":"${layers}"}}`, {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['not-events'],
});
