/** What a table's header says about its rows: which columns are fields of an event, or which one holds the whole event. */
import type { RecordFormat } from '#contract/record-formats';
import { lacksNothing, type Lacks } from '../scan/row-origins';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';
import { lineBreakOf, readRow } from './csv';
import { mentionsEvent } from './event-mention';
import { flatColumns } from './flat-columns';
import { allHistoryColumns, columnsEvent, historyColumns, historyEvent, pathOfColumn } from './table-event';

/** A table whose rows are events. */
export interface TableShape extends Lacks {
  readonly format: RecordFormat;
  readonly header: readonly string[];
  readonly delimiter: number;
  /** See {@link readRow}. */
  readonly lineBreak: number;
  /** The column that holds the whole event; null where the event is made of the columns. */
  readonly wholeColumn: number | null;
  /** Further columns that hold whole events by their names; they are not read. */
  readonly otherWholes: readonly number[];
  /** Repeated names in the header: their values are kept under the name with a number. */
  readonly repeated: readonly string[];
  /** Builds the event's JSON from a row's cells. */
  readonly eventOf: (cells: readonly string[]) => string;
}

/** A table without one of these columns is not a table of events. */
const tellingFields: ReadonlySet<string> = new Set(['eventTime', 'eventName', 'eventSource', 'eventID']);

const comma = 0x2c;
const delimiters = [comma, 0x3b, 0x09, 0x7c];

/** Columns that hold a whole event, in lower case; the first one present counts. */
const wholeColumns: readonly string[] = [
  'eventjson',
  'cloudtrailevent',
  'event.original',
  '_source.event.original',
  '@message',
  '_raw',
  'detail',
  'message',
];

/** The shape of the table that begins with the row at `start`; null where this is not a known header, `needMore` where it is incomplete. */
export function tableAt(bytes: Uint8Array, start: number, end: number, isLast: boolean): TableHead | 'needMore' | null {
  const lineBreak = lineBreakOf(bytes, start, end, isLast);
  if (lineBreak === 'needMore') return 'needMore';
  const told = toldDelimiter(bytes, start, end, lineBreak);
  const header = told?.next ?? start;
  let isCut = false;
  for (const delimiter of told === null ? delimiters : [told.delimiter]) {
    const row = readRow(bytes, header, end, delimiter, isLast, lineBreak);
    if (row.kind === 'needMore') isCut = true;
    if (row.kind !== 'row') continue;
    const shape = shapeOf(row.cells, { delimiter, lineBreak });
    if (shape !== null) return { shape, next: row.next };
  }
  return isCut ? 'needMore' : null;
}

/** The delimiter that a first line `sep=;` declares for Excel, and where the header follows. */
function toldDelimiter(
  bytes: Uint8Array,
  start: number,
  end: number,
  lineBreak: number,
): { readonly delimiter: number; readonly next: number } | null {
  const feed = bytes.indexOf(lineBreak, start);
  if (feed < 0 || feed >= end || feed - start > maxSepLine) return null;
  const mark = sepLine.exec(decodeWtf8(bytes, start, feed))?.[1];
  return mark === undefined ? null : { delimiter: mark.charCodeAt(0), next: feed + 1 };
}

const maxSepLine = 16;
const sepLine = /^"?sep=([,;|\t])"?\r*$/i;

/** Whether a row is that line: joined tables repeat it. */
export function isSepLine(cells: readonly string[]): boolean {
  return cells.length <= 2 && /^sep=[,;|\t]?$/i.test(cells[0] ?? '') && (cells[1] ?? '') === '';
}

export interface TableHead {
  readonly shape: TableShape;
  /** After the header. */
  readonly next: number;
}

/** The shape of a table with this header; null where its columns are not fields of events. */
export function shapeOf(
  header: readonly string[],
  dialect: Pick<TableShape, 'delimiter' | 'lineBreak'>,
): TableShape | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const whole = wholeColumns.find((name) => names.includes(name));
  if (whole !== undefined) {
    const wholeColumn = names.indexOf(whole);
    const otherWholes = names.flatMap((name, i) => (i !== wholeColumn && wholeColumns.includes(name) ? [i] : []));
    const eventOf = (cells: readonly string[]): string => cells[wholeColumn] ?? '';
    return {
      format: 'json-csv',
      ...lacksNothing,
      header,
      ...dialect,
      wholeColumn,
      otherWholes,
      repeated: [],
      eventOf,
    };
  }
  const numbered = numberRepeated(header);
  const repeated = header.filter((name, i) => numbered[i] !== name);
  const parts = { header, ...dialect, wholeColumn: null, otherWholes: [], repeated };
  if (historyColumns.every((name) => names.includes(name))) {
    const others = numbered.flatMap((name, column) => {
      const isOther = name.trim() !== '' && !allHistoryColumns.has(name.trim().toLowerCase());
      return isOther ? [{ name: name.trim(), column }] : [];
    });
    const eventOf = (cells: readonly string[]): string => historyEvent(names, cells, others);
    const isOutcomeUnstated = !names.includes('error code');
    return { format: 'event-history-csv', isSummary: true, isOutcomeUnstated, ...parts, eventOf };
  }
  const flat = flatColumns(names);
  const paths = numbered.map((name) => pathOfColumn(name, flat));
  const known = paths.filter((path) => path.isKnown).length;
  if (known < 2 || !paths.some(({ keys }) => tellingFields.has(keys[0] ?? ''))) return null;
  const isSummary = !paths.some(({ keys }) => keys[0] === 'requestParameters' || keys[0] === 'responseElements');
  const isOutcomeUnstated = !paths.some(({ keys }) => keys[0] === 'errorCode');
  const eventOf = (cells: readonly string[]): string => columnsEvent(paths, cells);
  return { format: 'query-csv', isSummary, isOutcomeUnstated, ...parts, eventOf };
}

/** A header in which each repeated name, ignoring case, gets its number: `eventName (2)`. */
function numberRepeated(header: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return header.map((name) => {
    const key = name.trim().toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 || key === '' ? name : `${name.trim().replaceAll('.', '_')} (${String(count)})`;
  });
}

const maxNamesTold = 5;
const maxName = 100;

/** The message for a table whose header has a name twice; null where none is. */
export function repeatedColumns({ repeated }: TableShape): string | null {
  if (repeated.length === 0) return null;
  return `the header has more than one column named ${namesTold(repeated)}; the further ones are kept as "name (2)" and so on`;
}

/** The message for a row with a second, different event in another column for whole events; null where there is none. */
export function unreadEvents(shape: TableShape, cells: readonly string[]): string | null {
  const { header, otherWholes, wholeColumn } = shape;
  if (wholeColumn === null) return null;
  const read = cells[wholeColumn]?.trim();
  const unread = otherWholes.filter((i) => {
    const cell = cells[i] ?? '';
    if (cell.trim() === '' || cell.trim() === read) return false;
    const bytes = encodeWtf8(cell);
    return mentionsEvent({ bytes, start: 0, end: bytes.length });
  });
  if (unread.length === 0) return null;
  const names = namesTold(unread.map((i) => header[i] ?? ''));
  return `more than one column holds whole events: "${header[wholeColumn] ?? ''}" was read, and ${names} was not, though it differs here`;
}

function namesTold(names: readonly string[]): string {
  const told = names.slice(0, maxNamesTold).map((name) => JSON.stringify(name.slice(0, maxName)));
  return told.join(', ') + (names.length > maxNamesTold ? ' …' : '');
}
