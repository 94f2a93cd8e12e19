/** Events beside a list of events, under keys that are not known, and in texts. */
import { exampleEvent, exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(4);
const [a, b, c, d] = events as [string, string, string, string];
const other = '"note":"nothing","count":{"eventName":{"eventSource":[1]}},"empty":[]';

export const lowerCase = sample('a lower-case list behind the list', `{"Records":[${a},${b}],${other},"records":[${c},${d}]}`, {
  events,
  recognisedAs: 'records',
  problems: ['oddity'],
});
export const before = sample('a list under an unknown key before the list', `{"extra":[${a},${b}],${other},"Records":[${c}, ${d}]}`, {
  events,
  recognisedAs: 'mixed',
  problems: ['oddity'],
});
export const deep = sample(
  'events deep beside the list, on both sides',
  `{"x":{"y":[{"z":${a}}]},"Records":[${b}],"u":{"v":{"id-1":${c},"id-2":${d}}},${other}}`,
  { events, recognisedAs: 'mixed', problems: ['oddity', 'oddity'] },
);
export const inText = sample(
  'events in texts beside the list',
  `{"Records":[${a}],"message":${quote(`seen by {alice}:\n${b}\nand then\n  ${c}`)},${other},"detail":${quote(d)}}`,
  { events, recognisedAs: 'mixed', problems: ['oddity', 'oddity'] },
);
export const inMessage = sample(
  'events beside a list, in the message of a queue',
  JSON.stringify({ Messages: [{ Body: `{"Records":[${a}],"records":[${b}],"x":{"y":${c}},"Records":[${d}]}` }] }),
  { events: [d, a, b, c], recognisedAs: 'mixed', problems: ['oddity', 'oddity', 'oddity'] },
);
export const besideHits = sample(
  "events beside the list of Elastic's answer, in both objects around it",
  `{"took":1,"a":{"x":${a}},"hits":{"b":${b},"hits":[{"_source":${c}}],"max":1},"c":[${d}]}`,
  { events, recognisedAs: 'mixed', problems: ['oddity', 'oddity', 'oddity'] },
);
export const listBeforeHits = sample(
  "a list of events before that of Elastic's answer",
  `{"a":[${a}],"hits":{"hits":[{"_source":${b}}],"b":${c}},"c":${d}}`,
  { events: [b, c, a, d], recognisedAs: 'mixed', problems: ['oddity', 'oddity', 'oddity'] },
);
export const unreadable = sample(
  'what looks like an event beside the list, and is none',
  `{"Records":[${a}],"extra":{"Name":"eventName: x","text":"{\\"eventName\\":\\"A\\",\\"eventTime\\":\\"B\\",oops"}}`,
  { events: [a], recognisedAs: 'records', status: 'partial', problems: ['bad-json', 'oddity'] },
);
export const foreignBeside = sample(
  'a record of another service beside the list',
  `{"Records":[${a}],"records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventVersion":"2.1","s3":{}}]}`,
  { events: [a], recognisedAs: 'records', status: 'partial', problems: ['oddity', 'not-events'] },
);

export const byId = sample('a map of events by ID', `{"id-1":${a}, "id-2":${b},\n"id-3":{"eventSource":7,"eventName":"X"}}`, {
  events: [a, b],
  recognisedAs: 'events',
  problems: ['oddity'],
});
export const unknownWrapper = sample(
  'events in wrappers that are not known',
  events.map((event, i) => `{"ts":1,"payload":{"row":${i % 2 === 0 ? event : quote(`x ${event}`)}}}\n`).join(''),
  { events, recognisedAs: 'events', problems: ['oddity'] },
);
export const manyById = sample(
  'a map of more events than are read at once',
  `{${Array.from({ length: 200 }, (_, i) => `"${String(i)}":${exampleEvent(i + 1)}`).join(',')}}`,
  { events: exampleEvents(200), recognisedAs: 'events', problems: ['oddity'] },
);
export const lowerCaseAlone = sample('a lower-case list alone', `{"records":[${a},${b}],"count":2}`, {
  events: [a, b],
  recognisedAs: 'records',
});
const around = `{"eventVersion":"1.08","eventName":"X","Records":[${a},${b}],"eventTime":"2024-03-05T02:00:00Z"}`;
export const inEvent = sample('a list of events in an event', `${around}\n${c}\n`, {
  events: [around, a, b, c],
  recognisedAs: 'events',
  problems: ['oddity'],
});
