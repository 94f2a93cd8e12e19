/** Files of which something is odd, broken or lost. */
import { exampleEvents } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];
const trail = `{"Records":[${events.join(',')}]}`;
const utf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return Uint8Array.from(order === 'le' ? bytes : bytes.swap16());
};

export const mark = sample('a byte-order mark', `\ufeff${trail}`, { events, recognisedAs: 'records' });
export const marks = sample('a byte-order mark before each document', events.map((event) => `\ufeff${event}\r\n`).join(''), {
  events,
  recognisedAs: 'events',
});
export const utf16Le = sample('UTF-16', utf16(`\ufeff${trail}`, 'le'), { events, recognisedAs: 'records' });
export const utf16Be = sample('UTF-16 of the other order', utf16(`\ufeff${trail}`, 'be'), { events, recognisedAs: 'records' });
export const utf16Unmarked = sample('UTF-16 without a mark', utf16(trail, 'le'), { events, recognisedAs: 'records' });
export const utf16BeUnmarked = sample('UTF-16 of the other order without a mark', utf16(trail, 'be'), {
  events,
  recognisedAs: 'records',
});
export const crlf = sample('CRLF', `{\r\n"Records":[\r\n${events.join(',\r\n')}\r\n]}\r\n`, {
  events,
  recognisedAs: 'records',
});
export const zeros = sample('NUL bytes behind the end', `${trail}${'\0'.repeat(50)}`, {
  events,
  recognisedAs: 'records',
  problems: ['oddity'],
});
export const zerosBetween = sample('NUL bytes between events', events.join('\0\0'), {
  events,
  recognisedAs: 'events',
  problems: ['oddity'],
});
export const trailingComma = sample('a comma behind the last record', `{"Records":[${events.join(',')},]}`, {
  events,
  recognisedAs: 'records',
  problems: ['bad-json'],
});
export const commaLines = sample('lines cut out of a list', events.map((event) => `${event},\n`).join(''), {
  events,
  recognisedAs: 'events',
  problems: ['bad-json'],
});
export const garbage = sample('garbage behind the end', `${trail}\n-- end of export --\n`, {
  events,
  recognisedAs: 'records',
  status: 'partial',
  problems: ['bad-json'],
});
export const torn = sample('a torn tail', `{"Records":[${a},${b},${c.slice(0, 300)}`, {
  events: [a, b],
  recognisedAs: 'records',
  status: 'partial',
  problems: ['torn'],
});
export const tornLines = sample('a torn tail of lines', `${a}\n${b}\n${c.slice(0, 300)}`, {
  events: [a, b],
  recognisedAs: 'events',
  status: 'partial',
  problems: ['torn'],
});
export const badMiddle = sample(
  'a bad record in the middle',
  `{"Records":[${a},${b.replace('"awsRegion":', '"awsRegion"::')},${c}]}`,
  { events: [a, c], recognisedAs: 'records', status: 'partial', problems: ['bad-json'] },
);
export const badLine = sample('a bad line in the middle', `${a}\n${b.slice(0, 300)}\n${c}\n`, {
  events: [a, c],
  recognisedAs: 'events',
  status: 'partial',
  problems: ['bad-json'],
});
export const badExportLine = sample(
  'a bad line of an export',
  `2024-03-05T02:00:00.123Z ${a}\n2024-03-05T02:00:01.123Z ${b.slice(0, 300)}\n2024-03-05T02:00:02.123Z ${c}\n`,
  { events: [a, c], recognisedAs: 'cloudwatch-export', status: 'partial', problems: ['bad-json'] },
);
/** Events that begin with another key than nearly all do. */
const ownOrder = events.map((event) => {
  const { eventTime, ...rest } = JSON.parse(event) as Record<string, unknown>;
  return JSON.stringify({ eventTime, ...rest });
});
export const badFirst = sample(
  'a first record whose damage seems to end the list',
  `{"Records":[{"eventTime":]}]} x","eventName":"One"},${ownOrder.join(',')}]}`,
  { events: ownOrder, recognisedAs: 'events', status: 'partial', problems: Array.from({ length: 5 }, () => 'bad-json' as const) },
);
const time = (second: number): string => `2024-03-05T02:00:0${String(second)}.123Z`;
export const tornHead = sample('lines that begin in the middle of one', `${a.slice(-12)}\n${b}\n${c}\n`, {
  events: [b, c],
  recognisedAs: 'events',
  status: 'partial',
  problems: ['bad-json'],
});
export const exportTitle = sample('an export with a line of its own before it', `events of the trail\n${time(0)} ${a}\n${time(1)} ${b}\n`, {
  events: [a, b],
  recognisedAs: 'cloudwatch-export',
  status: 'partial',
  problems: ['bad-json'],
});
export const noiseFirst = sample('noise before the first line', `\u0001\u0002\ufffd\n${events.join('\n')}\n`, {
  events,
  recognisedAs: 'events',
  status: 'partial',
  problems: ['bad-json'],
});
export const lostName = sample('a list whose name lost a letter', trail.replace('Records', 'Recods'), {
  events,
  recognisedAs: 'events',
  problems: ['oddity'],
});
export const twoArchives = sample('files put together', `${trail}\n${trail}`, {
  events: [...events, ...events],
  recognisedAs: 'records',
});
export const strangers = sample('objects that are no events', `[${a},{"foo":1},${b},"text",7,${c}]`, {
  events,
  recognisedAs: 'events',
  status: 'partial',
  problems: ['not-events', 'not-events', 'not-events'],
});
export const doubleKeys = sample(
  'keys that stand twice in one object',
  `[{"eventName":"One","eventName":"Two","eventVersion":"1.08"},${a}]`,
  {
    events: ['{"eventName":"One","eventName":"Two","eventVersion":"1.08"}', a],
    recognisedAs: 'events',
    problems: ['oddity'],
  },
);
export const onlyZeros = sample('NUL bytes only', '\0'.repeat(40), {
  events: [],
  recognisedAs: null,
  status: 'unread',
  problems: ['empty'],
});
