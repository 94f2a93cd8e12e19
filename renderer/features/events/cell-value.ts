/** What a cell of the list stands for, to copy it or to filter by it. */
import type { EventRow } from '#contract/events';
import { namedField } from '#core/fields';

export interface CellValue {
  readonly text: string;
  /** A query for this text finds the event. */
  readonly canFilter: boolean;
}

/** The list cuts longer texts. */
const longestWhole = 4096;

/**
 * The value of a cell; null where the event has none. An identity is the whole principal, not the name that others may share. Several values of a
 * path stand in one cell, joined by commas, and no query finds them as one; a time is a moment that hardly another event shares.
 */
export function cellValue(row: EventRow, field: string, shown: string | null): CellValue | null {
  if (shown === null) return null;
  if (field === 'identity') return { text: row.principal, canFilter: true };
  if (field === 'time') return { text: row.timeText, canFilter: false };
  const canBeSeveral = namedField(field) === undefined && shown.includes(', ');
  return { text: shown, canFilter: !canBeSeveral && shown.length <= longestWhole };
}
