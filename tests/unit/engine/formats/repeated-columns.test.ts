/** A table with more columns for one thing than a row of it has room for: no value is lost unsaid. */
import { describe, expect, it } from 'vitest';
import { readPieces, rereadAll } from '../../../samples/harness';
import { cell } from '../../../samples/example-events';

const event = (eventName: string): string =>
  JSON.stringify({ eventID: eventName.toLowerCase(), eventName, eventTime: '2024-03-05T02:00:00Z' });
const [shown, hidden] = [event('GetObject'), event('StopLogging')];

function readTable(text: string): { readonly events: readonly string[]; readonly problems: readonly string[] } {
  const read = readPieces({ name: 'table', bytes: new TextEncoder().encode(text) }, Infinity);
  return { events: rereadAll(read), problems: read.report.problems.map(({ code, message }) => `${code}: ${message}`) };
}

describe('a table', () => {
  it.each([
    ['eventJson,message', '"eventJson" was read, and "message" was not'],
    ['_raw,_raw', '"_raw" was read, and "_raw" was not'],
  ])('with two columns of whole events says once that one is not read: %s', (header, names) => {
    const row = `${cell(shown)},${cell(hidden)}\n`;
    const { events, problems } = readTable(`${header}\n${row}${row}`);
    expect(events).toEqual([shown, shown]);
    expect(problems).toEqual([`bad-row: more than one column holds whole events: ${names}, though it differs here`]);
  });

  it('with the same event in both columns, or words in the second, has nothing to say', () => {
    const rows = [shown, ' ', 'GetObject by alice'].map((second) => `${cell(shown)},${cell(second)}\n`).join('');
    expect(readTable(`_raw,message\n${rows}`)).toEqual({ events: [shown, shown, shown], problems: [] });
  });

  it('that has the name of a column twice keeps both values, and says so', () => {
    const { events, problems } = readTable('eventName,eventID,eventname\nGetObject,e-1,StopLogging\n');
    expect(events).toEqual(['{"eventName":"GetObject","eventID":"e-1","eventname (2)":"StopLogging"}']);
    expect(problems).toEqual([
      'oddity: the header has more than one column named "eventname"; the further ones are kept as "name (2)" and so on',
    ]);
  });

  it("that has one of the console's columns twice keeps both values", () => {
    const { events } = readTable(
      'Event name,Event time,Event source,Event name\nA,2024-03-05T02:00:00Z,s3.amazonaws.com,B\n',
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toContain('"Event name (2)":"B"');
  });
});
