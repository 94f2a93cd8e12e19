/** Events in text that is something else, as it was written there. */
import { cell, exampleEvent, exampleEvents, quote } from '../example-events';
import { sample, type Sample } from '../sample';

/** Events with what other notations have for signs of their own. */
const signs = `it's 'so' <b>&amp; "#012 \\\\=|`;
const events = [1, 2].map((number) => exampleEvent(number).replace('[aws-cli', `[${signs.replaceAll('"', '\\"')} aws-cli`));
const plain = exampleEvents(2);
const pretty = plain.map((event) => JSON.stringify(JSON.parse(event), null, 2));

const read = (name: string, text: string, expected: Partial<Sample> = {}): Sample =>
  sample(name, text, { events, recognisedAs: 'text', ...expected });
const lines = (write: (event: string, number: number) => string): string => events.map(write).join('\n');
const undone = { problems: ['oddity'] } as const;

export const syslog = read(
  'lines of syslog',
  lines((event, i) => `<134>Mar  5 02:00:0${String(i)} collector cloudtrail: ${event}\r`),
);
export const newSyslog = read(
  'lines of the newer syslog, with others between them',
  `<134>1 2024-03-05T02:00:00Z host other - - - up {nothing}\n${lines(
    (event) => `<134>1 2024-03-05T02:00:00Z host cloudtrail 1 ID47 [x@1 a="b"] ${event}`,
  )}\n<134>1 2024-03-05T02:00:00Z host other - - - down\n`,
);
export const logsTail = read('what aws logs tail prints', lines((event) => `2024-03-05T02:00:00.123000+00:00 111122223333_CloudTrail_eu-west-1 ${event}`));
export const bracketed = read('lines with a time in brackets', lines((event) => `[2024-03-05 02:00:00] app.INFO: ${event} []`));
export const rsyslog = read(
  'a pretty event on one line, with the line breaks that rsyslog writes',
  pretty.map((event) => `Mar  5 02:00:00 host cloudtrail: ${event.replaceAll('\n', '#012')}\n`).join(''),
  { events: pretty, ...undone },
);
export const quotedInLine = read('a quoted event in a line', lines((event) => `level=info msg=${quote(event)} n=1`), undone);
export const quotedBehindWords = read(
  'a quoted event behind words of its string',
  lines((event) => `level=info msg=${quote(`seen ${event}`)} n=1`),
  undone,
);
export const quotedTwice = read('an event quoted twice', lines((event) => `data: ${quote(quote(event))}`), undone);

export const ticket = read(
  'a ticket with two events in it',
  `Hi all,\n\nthis {one} looks odd:\n\n${pretty[0] ?? ''}\n\nand so does '{this}': ${plain[1] ?? ''}.\n\nRegards\n`,
  { events: [pretty[0] ?? '', plain[1] ?? ''] },
);
export const wholeFile = read('a log file pasted into a chat', `[10:02] alice: see below\n{"Records":[${plain.join(',\n')}]}\n[10:03] bob: thanks\n`, {
  events: plain,
});
export const shell = read('a command with an event in it', `curl -d '${plain[0] ?? ''}' https://example.com\n`, {
  events: plain.slice(0, 1),
  ...undone,
});
export const tornTicket = read('a ticket whose last event is cut off', `See:\n  ${plain[0] ?? ''} and\n  ${(plain[1] ?? '').slice(0, 300)}`, {
  events: plain.slice(0, 1),
  status: 'partial',
  problems: ['torn'],
});
export const wrappedTicket = read(
  'a ticket whose mail program broke an event into lines',
  `See:\n${(plain[0] ?? '').replace('PutObject', 'Put\nObject')}\nand ${plain[1] ?? ''}\n`,
  { events: plain.slice(1), status: 'partial', problems: ['bad-json'] },
);

/** As YAML's writers fold a text that is longer than a line: at spaces. */
const fold = (text: string): string => text.replace(/(\S) (?=\S)/g, '$1\n    ');
const lookup = (write: (event: string) => string): string =>
  `Events:\n${events.map((event, i) => `- CloudTrailEvent: ${write(event)}\n  EventId: e${String(i)}\n  EventName: PutObject\n  Resources: []\n`).join('')}NextToken: x\n`;
const yaml = { recognisedAs: 'lookup-events', ...undone } as const;
export const yamlSingle = read('lookup-events as YAML', lookup((event) => `'${event.replaceAll("'", "''")}'`), yaml);
export const yamlFolded = read('lookup-events as YAML with long texts folded', lookup((event) => `'${fold(event.replaceAll("'", "''"))}'`), yaml);
export const yamlDouble = read(
  "lookup-events as YAML in double quotes, with YAML's own escapes",
  lookup((event) => quote(event).replaceAll('ä', '\\xe4').replaceAll('😀', '\\U0001F600').replaceAll('{', '{\\\n      ')),
  yaml,
);
export const yamlBlock = read(
  'lookup-events as YAML with texts as blocks',
  `Events:\n${pretty.map((event) => `- CloudTrailEvent: |\n    ${event.replaceAll('\n', '\n    ')}\n`).join('')}`,
  { events: pretty.map((event) => event.replaceAll('\n', '\n    ')), recognisedAs: 'lookup-events' },
);
export const yamlEvents = sample('events in the notation of YAML', 'Records:\n- eventVersion: "1.08"\n  eventName: PutObject\n', {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['unknown-format'],
});

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const splunk = (raw: (event: string) => string): string =>
  `<?xml version='1.0' encoding='UTF-8'?>\n<results preview='0'>\n${events
    .map((event, i) => `\t<result offset='${String(i)}'>\n\t\t<field k='_raw'><v xml:space='preserve' trim='0'>${raw(event)}</v></field>\n\t</result>\n`)
    .join('')}</results>\n`;
export const splunkXml = read("Splunk's XML", splunk(xml), { recognisedAs: 'splunk', ...undone });
export const splunkMarked = read(
  "Splunk's XML with the words that were searched for marked",
  splunk((event) => xml(event).replace('PutObject', '<sg h="1">PutObject</sg>')),
  { recognisedAs: 'splunk', ...undone },
);
export const xmlPlain = read('XML whose events have nothing to undo', `<log>\n${plain.map((event) => `<e>${event}</e>`).join('\n')}</log>`, {
  events: plain,
});
export const cdata = read('XML with events as they are', `<log>\n${lines((event) => `<e><![CDATA[${event}]]></e>`)}</log>`);
export const page = read(
  'a web page with events in it',
  `<!DOCTYPE html>\n<html><body>${lines((event) => `<pre>\n${xml(event).replaceAll('"', '&quot;')}\n</pre>`)}</body></html>`,
  undone,
);

export const unknownColumn = read('a table with the events in a column of an unknown name', `n;when;json\n${lines((event, i) => `${String(i)};x;${cell(event)}`)}\n`, undone);

/** A value as Python's `repr` writes it. */
function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') {
    const quoteMark = value.includes("'") && !value.includes('"') ? '"' : "'";
    return quoteMark + value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(quoteMark, `\\${quoteMark}`) + quoteMark;
  }
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).map(([key, each]) => `${repr(key)}: ${repr(each)}`).join(', ')}}`;
  return JSON.stringify(value);
}
const objects = events.map((event): unknown => JSON.parse(event.replaceAll('\\ud800', '').replaceAll('12345678901234567890', '7')));
const asJson = objects.map((object) => JSON.stringify(object));
export const pythonDicts = read("Python's print of events", `${objects.map(repr).join('\n')}\n`, { events: asJson, ...undone });
export const pythonList = read("Python's print of a list of events", repr(objects), { events: asJson, ...undone });
export const pythonTexts = read("Python's print of a list of texts", repr(events), undone);
export const pythonBytes = read("Python's print of bytes", plain.map((event) => `b'${event.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('ä', '\\xe4')}'`).join('\n'), {
  events: plain,
  ...undone,
});
export const boto = read(
  'what boto3 answers to lookup_events, printed',
  `{'Events': [${events
    .map((event) => `{'EventId': 'x', 'EventTime': datetime.datetime(2024, 3, 5, 3, 0, tzinfo=tzlocal()), 'CloudTrailEvent': ${repr(event)}}`)
    .join(', ')}], 'ResponseMetadata': {'RetryAttempts': 0}}\n`,
  undone,
);
export const pythonOther = sample("Python's print of something else", "{'a': [1, 2], 'b': None}\n", {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['unknown-format'],
});
export const prettyInQuotes = read(
  'a pretty event in a quoted string',
  pretty.map((event) => `msg=${quote(event)}\n`).join(''),
  { events: pretty, ...undone },
);
export const pythonPretty = read("Python's print of a pretty text", `(${pretty.map(repr).join(', ')})`, {
  events: pretty,
  ...undone,
});

const [a, b] = plain as [string, string];
const printedByJavaScript = "{\n  eventVersion: '1.08',\n  userIdentity: { type: 'IAMUser', sessionContext: [Object] },\n  eventName: 'PutObject'\n}\n";
export const javaScript = sample('an event that JavaScript printed, among others', `INFO ${a}\nINFO ${printedByJavaScript}INFO ${b}\n`, {
  events: [a, b],
  recognisedAs: 'text',
  status: 'partial',
  problems: ['bad-json'],
});
export const javaScriptAlone = sample('an event that JavaScript printed', printedByJavaScript, {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['bad-json'],
});
const escapedForCef = (events[0] ?? '').replaceAll('\\', '\\\\').replaceAll('=', '\\=');
export const cefLine = sample('an event in a line of CEF, with its escapes', `<134>Mar  5 02:00:00 host CEF:0|Amazon|CloudTrail|1.08|PutObject|Put|3|msg=${escapedForCef}\n`, {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['bad-json'],
});
const mail = 'From: a@example.com\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nsee ';
export const quotedPrintable = sample('a mail in quoted-printable', `${mail}${a}\r\n`, {
  events: [a],
  recognisedAs: 'text',
  status: 'partial',
  problems: ['oddity'],
});
