/** The columns of the event list: which there are at first, how wide, and what each shows of a row. */
import type { EventRow } from '#contract/events';
import type { Settings } from '#contract/settings';

export type ColumnChoice = Settings['columns'][number];

/** Fields whose value every row carries; all others are asked for by name. */
const builtIn = {
  time: (row) => row.timeText,
  service: (row) => row.service,
  event: (row) => row.event,
  identity: (row) => row.identity,
  kind: (row) => row.identityKind,
  region: (row) => row.region,
  ip: (row) => row.ip,
  result: (row) => row.result,
} as const satisfies Record<string, (row: EventRow) => string>;

const readers = new Map<string, (row: EventRow) => string>(Object.entries(builtIn));

/** They fit the list of a window of 1,440 px; Region stands in its facet. */
export const defaultColumns: readonly ColumnChoice[] = [
  { field: 'time', widthPx: 173 },
  { field: 'service', widthPx: 74 },
  { field: 'event', widthPx: 142 },
  { field: 'identity', widthPx: 112 },
  { field: 'target', widthPx: 142 },
  { field: 'ip', widthPx: 114 },
  { field: 'result', widthPx: 76 },
];

/** Where there is little room, who did it, from where and with what result come before service and Region. */
const narrowColumns: readonly ColumnChoice[] = [
  { field: 'time', widthPx: 173 },
  { field: 'event', widthPx: 82 },
  { field: 'identity', widthPx: 100 },
  { field: 'ip', widthPx: 121 },
  { field: 'result', widthPx: 66 },
  { field: 'target', widthPx: 160 },
  { field: 'service', widthPx: 82 },
];

/** The columns a window of this width starts with. */
export function startColumns(windowPx: number): readonly ColumnChoice[] {
  return windowPx < 1200 ? narrowColumns : defaultColumns;
}

/** The width a column starts with. */
export function defaultWidthPx(field: string): number {
  return defaultColumns.find((column) => column.field === field)?.widthPx ?? 160;
}

/** The fields to ask the engine for beside what every row carries, in the order of the columns. */
export function extraFields(columns: readonly ColumnChoice[]): readonly string[] {
  return columns.map((column) => column.field).filter((field) => !readers.has(field));
}

/** What a row shows in a column; null where the event has no such value. */
export function cellText(row: EventRow, field: string, extra: readonly string[]): string | null {
  const read = readers.get(field);
  if (read !== undefined) return read(row) === '' ? null : read(row);
  return row.cells[extra.indexOf(field)] ?? null;
}
