/** Files that hold no events, and are known for what they are. */
import { exampleEvents } from '../example-events';
import { sample, type Sample } from '../sample';

const events = exampleEvents(2);

const digestText =
  '{"awsAccountId":"111122223333","digestStartTime":"2024-03-05T01:00:00Z","digestEndTime":"2024-03-05T02:00:00Z","digestS3Bucket":"example-logs",' +
  '"logFiles":[{"s3Bucket":"example-logs","s3Object":"AWSLogs/x.json.gz","hashValue":"00"}]}';
export const digest = sample('a digest', digestText, { events: [], recognisedAs: 'digest', status: 'ignored' });
export const digestAmongEvents = sample('a digest among events', `${events.join('\n')}\n${digestText}`, {
  events,
  recognisedAs: 'events',
  problems: ['oddity'],
});
export const signature = sample(
  "the signature beside a query's result",
  '{"version":"1.0","region":"eu-west-1","files":[{"fileHashValue":"00","fileName":"result_1.csv.gz"}],"hashAlgorithm":"SHA-256","hashSignature":"00"}',
  { events: [], recognisedAs: 'other', status: 'ignored' },
);
export const folderSettings = sample("macOS's folder settings", Uint8Array.from([0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31, 0, 0, 16, 0]), {
  events: [],
  recognisedAs: 'os-metadata',
  status: 'ignored',
});

const unread = (name: string, text: string | Uint8Array, recognisedAs: Sample['recognisedAs']): Sample =>
  sample(name, text, { events: [], recognisedAs, status: 'unread', problems: ['unknown-format'] });
export const parquet = unread('Parquet', 'PAR1\u0015\u0004\u0015\u0000', 'parquet');
export const bzip2 = unread('bzip2', 'BZh91AY&SY', 'other');
export const pdf = unread('a PDF document', '%PDF-1.7\n', 'other');
export const webPage = unread('a web page', '<!DOCTYPE html>\n<html></html>', 'other');
export const flowLog = unread(
  'a VPC flow log',
  'version account-id interface-id srcaddr dstaddr\n2 111122223333 eni-0example 10.0.0.1 10.0.0.2\n',
  'other',
);
export const loadBalancer = unread(
  "a load balancer's log",
  'https 2024-03-05T02:00:00.000000Z app/example/50dc6c495c0c9188 203.0.113.1:2817 10.0.0.1:80 0.086 200\n',
  'other',
);
export const prose = unread('plain text', 'Dear colleagues,\n\nplease find attached {nothing}.\n', 'other');
export const noise = unread('binary data', Uint8Array.from([0x81, 0x00, 0x13, 0xfe, 0x07, 0x00, 0x99, 0x10]), null);
export const otherJson = sample('JSON of something else', '{"foo":{"bar":[1]},"baz":2}', {
  events: [],
  recognisedAs: null,
  status: 'unread',
  problems: ['not-events'],
});
export const emptyFile = sample('an empty file', '', { events: [], recognisedAs: null, status: 'unread', problems: ['empty'] });
export const cef = unread('CEF without the events themselves', 'CEF:0|Amazon|CloudTrail|1.08|PutObject|Put|3|act=PutObject src=203.0.113.9\n', 'other');
export const leef = unread('LEEF behind a header of syslog', '<134>Mar  5 02:00:00 host LEEF:2.0|Amazon|CloudTrail|1.0|PutObject|src=203.0.113.9\n', 'other');
export const otherJavaScript = unread('an object of JavaScript that is no event', "{ foo: 'bar', list: [Array] }\n", 'other');
