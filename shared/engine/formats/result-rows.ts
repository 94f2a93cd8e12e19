/**
 * Rows of query results in JSON: a header, and texts under it.
 *
 * - `aws cloudtrail get-query-results`: `{"QueryResultRows":[[{"eventID":"…"},{"eventName":"…"}],…]}`, each cell with its name.
 * - `aws athena get-query-results`: `{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"…"},{}]}],"ResultSetMetadata":{"ColumnInfo":[{"Name":"…"}]}}}`;
 *   the first page repeats the names as its first row. A cell without a value is null.
 * - Splunk's `output_mode=json_rows` and `json_cols`: `{"fields":["_raw"],"rows":[["…"]]}`, `{"fields":[{"name":"_raw"}],"columns":[["…"]]}`.
 *
 * Source: the API references of CloudTrail (GetQueryResults) and Athena (GetQueryResults, ResultSet), Splunk's REST API Reference Manual.
 */
import { decodeWtf8 } from '../text/wtf8';
import { allMembers, elementsOf, membersOf, textOf, type Span } from './json-walk';
import { shapeOf, type TableShape } from './table';

/** A row with its columns; `shape` is null where they are not fields of events. */
export interface ResultRow {
  readonly span: Span;
  readonly header: readonly string[];
  readonly cells: readonly string[];
  readonly shape: TableShape | null;
}

/** The keys by which results are recognised. */
export const resultKeys: readonly string[] = ['QueryResultRows', 'ResultSet', 'fields', 'rows', 'columns'];

const openBracket = 0x5b;
const openBrace = 0x7b;
/** Cells of a result need no delimiter. */
const notCut = { delimiter: -1, lineBreak: -1 };

/** The rows of the results that an object of these members holds; null where it is none. */
export function resultRows(members: ReadonlyMap<string, Span>): Iterable<ResultRow> | null {
  const lake = listOf(members.get('QueryResultRows'));
  if (lake !== null) return withShapes(lakeRows(lake));
  const resultSet = members.get('ResultSet');
  if (resultSet?.bytes[resultSet.start] === openBrace) return withShapes(athenaRows(resultSet));
  const fields = listOf(members.get('fields'));
  if (fields === null) return null;
  const header = Array.from(elementsOf(fields), fieldName);
  const rows = listOf(members.get('rows'));
  const columns = listOf(members.get('columns'));
  return rows === null && columns === null ? null : withShapes(splunkTable(header, rows, columns));
}

/** Everything in results other than rows and column names: unexpected content that may hold events. */
export function* besideRows(object: Span, members: ReadonlyMap<string, Span>): Generator<MemberSpans> {
  const lake = listOf(members.get('QueryResultRows'));
  const resultSet = members.get('ResultSet');
  const isAthena = lake === null && resultSet?.bytes[resultSet.start] === openBrace;
  const used = lake !== null ? ['QueryResultRows'] : isAthena ? ['ResultSet'] : ['fields', 'rows', 'columns'];
  yield* others(object, used);
  if (isAthena) yield* besideAthenaRows(resultSet);
}

interface MemberSpans {
  readonly key: Span;
  readonly value: Span;
}

function* besideAthenaRows(resultSet: Span): Generator<MemberSpans> {
  yield* others(resultSet, ['Rows', 'ResultSetMetadata']);
  const { byName } = membersOf(resultSet, athenaKeys);
  yield* others(byName.get('ResultSetMetadata'), ['ColumnInfo']);
  for (const row of elementsOfList(byName.get('Rows'))) {
    yield* others(row, ['Data']);
    const data = row.bytes[row.start] === openBrace ? membersOf(row, athenaKeys).byName.get('Data') : undefined;
    for (const cell of elementsOfList(data)) yield* others(cell, ['VarCharValue']);
  }
}

/** The members of an object that have none of these names. */
function* others(object: Span | undefined, names: readonly string[]): Generator<MemberSpans> {
  if (object?.bytes[object.start] !== openBrace) return;
  for (const member of allMembers(object)) {
    if (!names.includes(textOf(member.key) ?? '')) yield member;
  }
}

function elementsOfList(span: Span | undefined): Iterable<Span> {
  const list = listOf(span);
  return list === null ? [] : elementsOf(list);
}

interface NamedRow {
  readonly span: Span;
  readonly header: readonly string[];
  readonly cells: readonly string[];
}

/** Rows under the same header share their shape. Headers are compared by identity, since comparing names is slow. */
function* withShapes(rows: Iterable<NamedRow>): Generator<ResultRow> {
  let known: readonly string[] | null = null;
  let shape: TableShape | null = null;
  for (const row of rows) {
    if (row.header !== known) shape = shapeOf(row.header, notCut);
    known = row.header;
    yield { ...row, shape };
  }
}

function isSame(one: readonly string[], other: readonly string[] | null): boolean {
  return one.length === other?.length && one.every((name, i) => name === other[i]);
}

function* lakeRows(list: Span): Generator<NamedRow> {
  let header: readonly string[] = [];
  for (const span of elementsOf(list)) {
    const cells = Array.from(elementsOf(span), (cell) => Array.from(allMembers(cell))).flat();
    const names = cells.map(({ key }) => textOf(key) ?? '');
    if (!isSame(names, header)) header = names;
    yield { span, header, cells: cells.map(({ value }) => cellText(value)) };
  }
}

const athenaKeys: ReadonlySet<string> = new Set([
  'Rows',
  'ResultSetMetadata',
  'ColumnInfo',
  'Name',
  'Data',
  'VarCharValue',
]);

function* athenaRows(resultSet: Span): Generator<NamedRow> {
  const member = (span: Span | undefined, name: string): Span | undefined =>
    span?.bytes[span.start] === openBrace ? membersOf(span, athenaKeys).byName.get(name) : undefined;
  const list = listOf(member(resultSet, 'Rows'));
  if (list === null) return;
  const info = listOf(member(member(resultSet, 'ResultSetMetadata'), 'ColumnInfo'));
  let header = info === null ? null : Array.from(elementsOf(info), (column) => textOf(member(column, 'Name')) ?? '');
  let isFirst = true;
  for (const span of elementsOf(list)) {
    const data = listOf(member(span, 'Data'));
    const cells =
      data === null ? [] : Array.from(elementsOf(data), (cell) => textOf(member(cell, 'VarCharValue')) ?? '');
    // A first row with only the first of the names is not a header: as one, it would drop the other columns of all rows.
    const isHeader = isFirst && (header === null || isSame(cells, header));
    isFirst = false;
    if (isHeader) header = cells;
    else yield { span, header: header ?? [], cells };
  }
}

/** Splunk writes one of the two; if both are present, neither may be lost. */
function* splunkTable(header: readonly string[], rows: Span | null, columns: Span | null): Generator<NamedRow> {
  if (rows !== null) yield* splunkRows(header, rows);
  if (columns !== null) yield* splunkColumns(header, columns);
}

function* splunkRows(header: readonly string[], rows: Span): Generator<NamedRow> {
  for (const span of elementsOf(rows)) {
    yield {
      span,
      header,
      cells: span.bytes[span.start] === openBracket ? Array.from(elementsOf(span), cellText) : [],
    };
  }
}

function* splunkColumns(header: readonly string[], columns: Span): Generator<NamedRow> {
  const lists = Array.from(elementsOf(columns), (column) => Array.from(elementsOf(column)));
  const count = lists.reduce((most, list) => Math.max(most, list.length), 0);
  for (let row = 0; row < count; row++) {
    const cells = lists.map((list) => list[row]);
    yield { span: columns, header, cells: cells.map((cell) => (cell === undefined ? '' : cellText(cell))) };
  }
}

function listOf(span: Span | undefined): Span | null {
  return span?.bytes[span.start] === openBracket ? span : null;
}

/** A field is its name, or an object with it. */
function fieldName(field: Span): string {
  if (field.bytes[field.start] !== openBrace) return textOf(field) ?? '';
  return textOf(membersOf(field, fieldKeys).byName.get('name')) ?? '';
}

const fieldKeys: ReadonlySet<string> = new Set(['name']);

/** A text decoded, empty for null, and anything else as its JSON. */
function cellText(cell: Span): string {
  const first = cell.bytes[cell.start];
  if (first === openBrace || first === openBracket) return decodeWtf8(cell.bytes, cell.start, cell.end);
  return textOf(cell) ?? '';
}
