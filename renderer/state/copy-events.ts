/** Copies the chosen events: as a table of the columns shown, or as the records they are. */
import type { RowId } from '#contract/ids';
import type { EventRow } from '#contract/events';
import { counted } from '#core/figures';
import { formatTimeAndOffset } from '#core/time';
import { toJson, toTsv } from '../lib/event-table';
import type { AppState } from './app.svelte';
import { cellText } from './columns';
import { asAppError } from './problem';
import { texts } from './texts';

/** The most records read again for one copy: each is a read of a file. */
export const mostRecords = 1_000;
/** Records read at once. */
const atOnce = 8;

/** As tab-separated values, in the order of the list. */
export async function copyAsTable(app: AppState): Promise<void> {
  const { selection, results, preferences, toasts } = app;
  const { chosen } = selection;
  if (chosen.length === 0) return;
  try {
    const { rows, extra } = await results.fullRows(chosen);
    const { columns, zone } = preferences;
    const header = columns.map(({ field }) => app.columnLabel(field));
    const cell = (row: EventRow, field: string): string | null =>
      field === 'time' && row.time !== null ? formatTimeAndOffset(row.time, zone) : cellText(row, field, extra);
    const table = toTsv(
      header,
      rows.map((row) => columns.map(({ field }) => cell(row, field))),
    );
    await toasts.copy(table, texts.copy.table(counted(rows.length, 'event')));
  } catch (thrown) {
    toasts.show(asAppError(thrown).message, 'error');
  }
}

/** As the records stand in their files; the first {@link mostRecords} of them, and says so. */
export async function copyAsJson(app: AppState): Promise<void> {
  const { selection, results, toasts } = app;
  const { chosen } = selection;
  if (chosen.length === 0) return;
  try {
    const { rows } = await results.fullRows(chosen);
    const wanted = rows.slice(0, mostRecords).map(({ row }) => row);
    const records = await readRecords(app, wanted);
    await toasts.copy(toJson(records), texts.copy.records(wanted.length, rows.length));
  } catch (thrown) {
    toasts.show(asAppError(thrown).message, 'error');
  }
}

async function readRecords({ host }: AppState, rows: readonly RowId[]): Promise<readonly string[]> {
  const records: string[] = [];
  for (let start = 0; start < rows.length; start += atOnce) {
    const part = rows.slice(start, start + atOnce).map((row) => host.call('event.detail', row));
    records.push(...(await Promise.all(part)).map(({ raw }) => raw));
  }
  return records;
}
