/** The column that shows why an event matches, where no other column does. */
import type { EventRow, RowHit } from '#contract/events';
import { isSameField } from '#core/fields';
import type { HitTerm } from '#core/query/hit-terms';
import type { ColumnChoice } from '../../state/columns';

/** The column's id: no field has this name. */
export const hitColumn = ':hit';

/** Beside the columns that say what was done to what. */
const neighbours = ['event', 'identity', 'target'];
/** Of a character in a cell, px: wider than most, so that a hit at the edge counts as cut off. */
const characterPx = 7;
const paddingPx = 16;

/** Whether a part of the query may be met in a value that no column shows. Times are seen on the timeline. */
export function needsHitColumn(terms: readonly HitTerm[], columns: readonly ColumnChoice[]): boolean {
  return terms.some((term) => term.kind !== 'field' || !isShown(term.field, columns));
}

/** Where the column stands among the others. */
export function hitColumnIndex(columns: readonly ColumnChoice[]): number {
  const last = columns.findLastIndex(({ field }) => neighbours.includes(field));
  return last === -1 ? columns.length : last + 1;
}

/** The hits of a row that none of its cells shows. `textOf`: what the row shows in a column. */
export function unseenHits(
  { hits = [] }: EventRow,
  columns: readonly ColumnChoice[],
  textOf: (field: string) => string | null,
): readonly RowHit[] {
  return hits.filter(({ field, path, text, found }) => {
    if (field !== null) return !isShown(field, columns);
    const wanted = (found === '' ? text : found).toLowerCase();
    return !columns.some((column) => {
      const at = (textOf(column.field) ?? '').toLowerCase().indexOf(wanted);
      return at >= 0 && ((at + wanted.length) * characterPx + paddingPx <= column.widthPx || column.field === path);
    });
  });
}

/** The name of a hit's value: the last key of its path, or the field where that is no path of the record. */
export function hitName({ field, path }: RowHit): string {
  if (path.startsWith('@') && field !== null) return field;
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The columns' order after a move among all that are shown, as a place among those that are chosen. */
export function placeAmongChosen(columns: readonly ColumnChoice[], field: string, toIndex: number): number {
  const shown = columns.map((column) => column.field);
  shown.splice(hitColumnIndex(columns), 0, hitColumn);
  const others = shown.filter((other) => other !== field);
  others.splice(toIndex, 0, field);
  return others.filter((other) => other !== hitColumn).indexOf(field);
}

function isShown(field: string, columns: readonly ColumnChoice[]): boolean {
  return isSameField(field, 'time') || columns.some((column) => isSameField(column.field, field));
}
