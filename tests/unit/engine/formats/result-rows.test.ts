import { describe, expect, it } from 'vitest';
import { membersOf, textOf } from '#engine/formats/json-walk';
import { besideRows, resultKeys, resultRows } from '#engine/formats/result-rows';
import { encodeWtf8 } from '#engine/text/wtf8';
import { unwrapText } from '../../../helpers/unwrap-text';

const athena = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  JSON.stringify({
    ResultSet: {
      Rows: rows.map((cells) => ({ Data: cells.map((cell) => ({ VarCharValue: cell })) })),
      ResultSetMetadata: { ColumnInfo: columns.map((Name) => ({ Name })) },
    },
  });

describe('rows of query results', () => {
  it('keep the columns that the first row does not name', () => {
    const columns = ['eventname', 'eventid', 'requestparameters'];
    const { events } = unwrapText(
      athena(columns, [
        ['eventname', 'eventid'],
        ['PutObject', 'e-1', '{"bucketName":"b"}'],
      ]),
    );
    expect(events.at(-1)).toBe('{"eventName":"PutObject","eventID":"e-1","requestParameters":{"bucketName":"b"}}');
  });

  it('have no event of their own for a first row that names all columns', () => {
    const columns = ['eventname', 'eventid'];
    expect(unwrapText(athena(columns, [columns, ['PutObject', 'e-1']])).events).toHaveLength(1);
  });

  it.each([
    ['rows', '{"fields":["eventName","eventID"],"rows":[["A","1"],["B","2","more"],["C","3",""]]}'],
    ['columns', '{"fields":["eventName","eventID"],"columns":[["A","B","C"],["1","2","3"],["","more",""]]}'],
    [
      'Athena',
      athena(
        ['eventname', 'eventid'],
        [
          ['A', '1'],
          ['B', '2', 'more'],
          ['C', '3'],
        ],
      ),
    ],
  ])('are reported where they have cells behind the last column: %s', (_, text) => {
    const { events, problems } = unwrapText(text);
    expect(events).toHaveLength(3);
    expect(problems).toEqual([
      'bad-row: a row of query results with 3 cells under 2 columns: what is after the last column was not read',
    ]);
  });

  it.each([
    ['many columns over many empty rows', 'rows', Array.from({ length: 3000 }, () => [])],
    [
      'one long column beside many empty ones',
      'columns',
      [Array.from({ length: 3000 }, () => ''), ...Array.from({ length: 3000 }, () => [])],
    ],
  ])('take no more work than they have bytes: %s', (_, key, cells) => {
    const fields = ['eventName', 'eventTime', ...Array.from({ length: 3000 }, (_, i) => `c${String(i)}`)];
    const text = JSON.stringify({ fields, [key]: cells });
    const { events, problems } = unwrapText(text);
    expect(events.length * fields.length).toBeLessThanOrEqual(text.length);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^limit: .*the rows from here on were not read$/);
  });

  it('keep a column whose name has thousands of dots under that name', () => {
    const name = `userIdentity${'.a'.repeat(50_000)}`;
    const { events, problems } = unwrapText(
      JSON.stringify({ fields: ['eventName', 'eventID', name], rows: [['A', '1', 'x']] }),
    );
    expect(events).toEqual([JSON.stringify({ eventName: 'A', eventID: '1', [name]: 'x' })]);
    expect(problems).toEqual([]);
  });

  it('share the header where it is the same, so that its names are looked at once', () => {
    const row = '[{"eventName":"A"},{"eventID":"1"}]';
    const bytes = encodeWtf8(`{"QueryResultRows":[${row},${row}]}`);
    const { byName } = membersOf({ bytes, start: 0, end: bytes.length }, new Set(resultKeys));
    const [one, other] = Array.from(resultRows(byName) ?? []);
    expect(one?.shape).not.toBeNull();
    expect(one?.shape).toBe(other?.shape);
  });
});

describe('what is beside the rows of query results', () => {
  const besides = (text: string): string[] => {
    const bytes = encodeWtf8(text);
    const span = { bytes, start: 0, end: bytes.length };
    const beside = besideRows(span, membersOf(span, new Set(resultKeys)).byName);
    return Array.from(beside, ({ key }) => textOf(key) ?? '');
  };

  it.each([
    ['Athena', athena(['eventname'], [['A']])],
    ['CloudTrail Lake', '{"QueryResultRows":[[{"eventName":"A"}]]}'],
    ['Splunk, in rows', '{"fields":["eventName"],"rows":[["A"]]}'],
    ['Splunk, in columns', '{"fields":["eventName"],"columns":[["A"]]}'],
  ])('is nothing in plain results of %s', (_, text) => {
    expect(besides(text)).toEqual([]);
  });

  it.each([
    ['{"QueryResultRows":[],"a":1,"fields":[],"rows":[]}', 'a fields rows'],
    ['{"fields":[],"rows":[],"a":1}', 'a'],
    ['{"ResultSet":{"Rows":[],"a":1},"b":2,"rows":[]}', 'b rows a'],
    ['{"ResultSet":{"ResultSetMetadata":{"ColumnInfo":[],"a":1}}}', 'a'],
    ['{"ResultSet":{"Rows":[{"Data":[],"a":1},{"b":[]}]}}', 'a b'],
    ['{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"x","a":1},{"b":1}]}]}}', 'a b'],
    ['{"ResultSet":[],"a":1}', 'ResultSet a'],
  ])('is every other member of %s', (text, keys) => {
    expect(besides(text).join(' ')).toBe(keys);
  });
});
