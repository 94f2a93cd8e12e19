/** An object that should hold one event and holds two: neither is lost. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unwrapText } from '../../../helpers/unwrap-text';

const event = (eventName: string): string =>
  JSON.stringify({ eventID: eventName.toLowerCase(), eventName, eventTime: '2024-03-05T02:00:00Z', size: 7 });
const shown = event('GetObject');
const hidden = event('StopLogging');
const quote = (text: string): string => JSON.stringify(text);
const deep = (text: string): string => `${'{"a":'.repeat(17)}${text}${'}'.repeat(17)}`;

describe('a second event in an object', () => {
  it.each([
    ['message beside _raw', `{"_raw":${quote(shown)},"message":${quote(hidden)}}`, 'message'],
    ['an object under any key beside _raw', `{"x":${hidden},"_raw":${quote(shown)}}`, 'x'],
    ['a text beside CloudTrailEvent', `{"EventId":"1","CloudTrailEvent":${quote(shown)},"x":${quote(hidden)}}`, 'x'],
    ['an object beside QueryResultRows', `{"QueryResultRows":[[{"eventJson":${quote(shown)}}]],"x":${hidden}}`, 'x'],
    ['an object beside the detail of EventBridge', `{"detail-type":"x","detail":${shown},"y":[${hidden}]}`, 'y'],
  ])('is read, and said: %s', (_, text, key) => {
    const { events, problems } = unwrapText(text);
    expect([...events].sort()).toEqual([shown, hidden].sort());
    expect(problems).toEqual([
      `oddity: under "${key}", where CloudTrail writes no events, is more that looks like events: it is read too`,
    ]);
  });

  it.each([
    ['columns beside rows', `{"fields":["_raw"],"rows":[[${quote(shown)}]],"columns":[[${quote(hidden)}]]}`],
    [
      'a cell of Logs Insights',
      `[[{"field":"@message","value":${quote(shown)}},{"field":"m","value":${quote(hidden)}}]]`,
    ],
  ])('is read: %s', (_, text) => {
    expect(unwrapText(text).events).toEqual([shown, hidden]);
  });

  it.each([
    ['in the file', (text: string): string => text],
    ['in a text', (text: string): string => `{"Body":${quote(text)}}`],
    ['packed', (text: string): string => `{"awslogs":{"data":${quote(Buffer.from(text).toString('base64'))}}}`],
  ])('is read in what should only test a connection, %s', (_, wrap) => {
    const control = `{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","message":${quote(hidden)}}]}`;
    expect(unwrapText(wrap(control)).events).toEqual([hidden]);
  });

  it('is reported where it is too deep to be read', () => {
    const { events, problems } = unwrapText(`{"Records":[${shown}],"x":${deep(hidden)}}`);
    expect(events).toEqual([shown]);
    expect(problems).toContain('not-events: what looks like an event, more than 16 levels deep');
  });

  it.each([
    ['as text', (): string => quote(shown)],
    [
      'with other spaces and in another order',
      (): string =>
        `{ "eventTime":"2024-03-05T02:00:00Z", "size":7,${shown.slice(1, -1).split(',').slice(0, 2).join(',')}}`,
    ],
    ['in part', (): string => '{"eventName":"GetObject","eventID":"getobject"}'],
  ])('is not the same event, written again %s', (_, again) => {
    expect(unwrapText(`{"_raw":${quote(shown)},"x":${again()}}`)).toEqual({ events: [shown], problems: [] });
  });

  const packed = (text: string): string => Buffer.from(text).toString('base64');
  const gzipped = (text: string): string => gzipSync(text).toString('base64');
  const athenaRow = `{"Data":[{"VarCharValue":${quote(shown)}}]}`;
  const athena = (parts: string): string =>
    `{"ResultSet":{${parts},"ResultSetMetadata":{"ColumnInfo":[{"Name":"eventjson"}]}}}`;

  it.each([
    ['beside the rows of Athena', athena(`"Rows":[${athenaRow}],"x":${hidden}`)],
    ['in a row of Athena', athena(`"Rows":[{"x":${quote(hidden)},"Data":[{"VarCharValue":${quote(shown)}}]}]`)],
    ['in a cell of Athena', athena(`"Rows":[{"Data":[{"VarCharValue":${quote(shown)},"x":${hidden}}]}]`)],
    [
      'beside the columns of Athena',
      athena(`"Rows":[${athenaRow}]`).replace('"ColumnInfo"', `"x":${hidden},"ColumnInfo"`),
    ],
    [
      'in results of another kind',
      `{"QueryResultRows":[[{"eventJson":${quote(shown)}}]],"ResultSet":{"Rows":[{"Data":[{"VarCharValue":${quote(hidden)}}]}]}}`,
    ],
    ['in rows beside those of Lake', `{"QueryResultRows":[[{"eventJson":${quote(shown)}}]],"rows":[${hidden}]}`],
  ])('of query results is read: %s', (_, text) => {
    const { events, problems } = unwrapText(text);
    expect([...events].sort()).toEqual([shown, hidden].sort());
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['base64 beside _raw', `{"_raw":${quote(shown)},"x":${quote(packed(hidden))}}`],
    ['gzip beside _raw', `{"x":${quote(gzipped(hidden))},"_raw":${quote(shown)}}`],
    [
      'gzip in an object beside QueryResultRows',
      `{"QueryResultRows":[[{"eventJson":${quote(shown)}}]],"x":{"y":[${quote(gzipped(hidden))}]}}`,
    ],
    ['base64 beside the rows of Athena', athena(`"Rows":[${athenaRow}],"x":${quote(packed(hidden))}`)],
    ['gzip beside a list', `{"Records":[${shown}],"x":${quote(gzipped(hidden))}}`],
  ])('is read where it is packed: %s', (_, text) => {
    const { events, problems } = unwrapText(text);
    expect([...events].sort()).toEqual([shown, hidden].sort());
    expect(problems).toHaveLength(1);
  });

  it('is reported where it is packed and damaged', () => {
    const { events, problems } = unwrapText(`{"_raw":${quote(shown)},"x":${quote(gzipped(hidden).slice(0, 40))}}`);
    expect(events[0]).toBe(shown);
    expect(problems[0]).toMatch(/^bad-gzip: gzip data in a text that is damaged or cut off/);
  });

  it('is none where something else is packed', () => {
    const token = `eyJhbGciOiJIUzI1NiJ9.${packed('{"sub":"1"}')}.x`;
    const beside = `"token":${quote(token)},"page":${quote(packed('{"eventName":"none","size":1}'))}`;
    expect(unwrapText(`{"_raw":${quote(shown)},${beside}}`)).toEqual({ events: [shown], problems: [] });
  });

  it('is none in what a filter of CloudWatch Logs took out of the event', () => {
    const fields =
      '"extractedFields":{"$.eventName":"GetObject","$.eventID":"getobject","$.eventTime":"2024-03-05T02:00:00Z"}';
    const batch = `{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":${quote(shown)},${fields}}]}`;
    expect(unwrapText(batch)).toEqual({ events: [shown], problems: [] });
  });

  it('is one that differs in a single digit from the one beside it', () => {
    const one = shown.replace('"size":7', '"size":12345678901234567890');
    const other = shown.replace('"size":7', '"size":12345678901234567891');
    expect(unwrapText(`{"_raw":${quote(one)},"x":${other}}`).events).toEqual([one, other]);
  });
});
