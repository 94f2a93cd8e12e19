/** The rows related to one event: its duplicates and versions, the other account's view, what it amends and what amends it. */
import type { RelatedEvents } from '#contract/events';
import { andInto, type Bitset, setBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { RowReader } from './event-rows';
import type { QuerySets } from './query-sets';
import { type FieldValues, rowsWith } from './rows-with';

/** The paths by which one record refers to others. */
const links = ['eventID', 'sharedEventID', 'addendum.originalEventID'] as const;

/** The rows by kind. Includes duplicates, visible or not, but nothing of a removed source. */
export function findRelated(
  { index, sets }: { readonly index: VisibleIndex; readonly sets: QuerySets },
  row: number,
): Readonly<Record<keyof RelatedEvents, Bitset>> {
  const { duplicates } = index.visible;
  const [id, sharedId, amendedId] = new RowReader(index, links).read(row)?.cells ?? [];
  const shown = (fields: FieldValues): Bitset => {
    const rows = rowsWith(sets, fields);
    andInto(rows, index.visible.rows(false));
    clearRow(rows, row);
    return rows;
  };
  const none = index.newSet();
  const same = duplicates.sameId(row, index.visible.removed);
  const isDuplicate = (other: number): boolean => duplicates.areOne(row, other);
  const others = same.filter((other) => other !== row);
  const shared = sharedId ? shown([['sharedEventID', sharedId]]) : none;
  for (const other of same) clearRow(shared, other);
  return {
    duplicates: setOf(index, others.filter(isDuplicate)),
    versions: setOf(
      index,
      others.filter((other) => !isDuplicate(other) && !duplicates.isDuplicate(other)),
    ),
    shared,
    amends: amendedId ? shown([['eventID', amendedId]]) : none,
    amendedBy: id ? shown([['addendum.originalEventID', id]]) : none,
  };
}

function setOf(index: VisibleIndex, rows: readonly number[]): Bitset {
  const set = index.newSet();
  for (const row of rows) setBit(set, row);
  return set;
}

function clearRow(rows: Bitset, row: number): void {
  rows[row >>> 5] = (rows[row >>> 5] ?? 0) & ~(1 << (row & 31));
}
