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

/** Where there is little room, what was done to what stands first, and is seen beside the detail that lies over the list. */
const narrowColumns: readonly ColumnChoice[] = [
  { field: 'time', widthPx: 173 },
  { field: 'event', widthPx: 104 },
  { field: 'target', widthPx: 146 },
  { field: 'identity', widthPx: 110 },
  { field: 'ip', widthPx: 121 },
  { field: 'result', widthPx: 72 },
  { field: 'service', widthPx: 74 },
];

/** The columns a window of this width starts with. */
export function startColumns(windowPx: number): readonly ColumnChoice[] {
  return windowPx < 1200 ? narrowColumns : defaultColumns;
}

const growing: ReadonlySet<string> = new Set(['event', 'identity', 'target', 'result']);

/** Whether a column takes a share of the room that is left: of those that carry the row or name an error, all that nobody gave a width. */
export function takesRoom({ field, isWidthChosen }: ColumnChoice): boolean {
  return growing.has(field) && isWidthChosen !== true;
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
