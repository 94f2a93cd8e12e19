/** Copies the chosen events: as a table of the columns shown, or as the records they are. */
import type { EventRow } from '#contract/events';
import { counted } from '#core/figures';
import { formatTimeAndOffset } from '#core/time';
import { toJson, toTsv } from '../lib/event-table';
import type { AppState } from './app.svelte';
import { cellText } from './columns';
import { asAppError } from './problem';
import { texts } from './texts';

/** The most records read again for one copy: each is a read of a file. */
const mostRecords = 1_000;
/** Records read at once. */
const atOnce = 8;
/** Events named of those that could not be read. */
const mostNamed = 3;

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

/**
 * As the records stand in their files: the first {@link mostRecords} of them, and those that can still be read. Says what is missing.
 */
export async function copyAsJson(app: AppState): Promise<void> {
  const { selection, results, toasts } = app;
  const { chosen } = selection;
  if (chosen.length === 0) return;
  try {
    const { rows } = await results.fullRows(chosen);
    const wanted = rows.slice(0, mostRecords);
    const { records, failed } = await readRecords(app, wanted);
    const { length } = records;
    if (length > 0) await toasts.copy(toJson(records), texts.copy.records(length, wanted.length, rows.length));
    const [first] = failed;
    if (first !== undefined) {
      const reasons = [...new Set(failed.map(({ message }) => message))];
      const named = failed.slice(0, mostNamed).map(({ row }) => nameOf(row));
      toasts.show(texts.copy.unread(failed.length, named, reasons[0] ?? '', reasons.length - 1), 'error');
    }
  } catch (thrown) {
    toasts.show(asAppError(thrown).message, 'error');
  }
}

interface Unread {
  readonly row: EventRow;
  readonly message: string;
}

async function readRecords(
  { host }: AppState,
  rows: readonly EventRow[],
): Promise<{ readonly records: readonly string[]; readonly failed: readonly Unread[] }> {
  const records: string[] = [];
  const failed: Unread[] = [];
  for (let start = 0; start < rows.length; start += atOnce) {
    const part = rows.slice(start, start + atOnce);
    const read = await Promise.allSettled(part.map(({ row }) => host.call('event.detail', row)));
    for (const [at, outcome] of read.entries()) {
      const row = part[at];
      if (outcome.status === 'fulfilled') records.push(outcome.value.raw);
      else if (row !== undefined) failed.push({ row, message: asAppError(outcome.reason).message });
    }
  }
  return { records, failed };
}

/** Time and name: enough to find it in the list. */
function nameOf({ timeText, event }: EventRow): string {
  return `${timeText} ${event}`.trim();
}
