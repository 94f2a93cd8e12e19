/** Which events are in which group: a group for each value of one field, or for each pair of values of two. */
import { type Bitset, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Matches } from './cross-filter';
import { resolveField } from './fields';
import { PairTable } from './pair-table';
import { noValue, readRowValues, type RowValues } from './row-values';

/** More places of events in groups than this take too long, and too much memory. */
const maxEntries = 8_000_000;

/** The rows of each group, as pairs of row and group, in order of rows. */
export interface GroupRows {
  readonly length: number;
  readonly rows: Uint32Array;
  readonly groups: Uint32Array;
  /** By block: its first entry; one more at the end. */
  readonly blockStarts: readonly number[];
  /** All groups are below this; some may have no row. */
  readonly groupCount: number;
  /** Matching rows in no group, and those in several. */
  readonly missing: number;
  readonly repeated: number;
  /** The values of a group, one for each field. */
  values(group: number): readonly string[];
}

/** Null where a field has too many values to number quickly. */
export function groupRows(index: VisibleIndex, fields: readonly string[], matches: Matches): GroupRows | null {
  const columns = fields.map((field) => readRowValues(index, resolveField(index, field), matches.rows, matches.count));
  const [left, right = null] = columns;
  if (left === undefined || columns.includes(null)) return null;
  const entries = new Entries(matches.count);
  const pairs = right === null ? null : new PairTable();
  const { blockStarts } = entries;
  let grouped = 0;
  let repeated = 0;
  for (const block of index.blocks) {
    blockStarts.push(entries.length);
    if (isEmptyBetween(matches.rows, block.firstWord, block.endWord)) continue;
    forEachRow(block, matches.rows, (row) => {
      const before = entries.length;
      if (pairs === null || right === null) entries.addAll(row, left as RowValues);
      else entries.addPairs(row, left as RowValues, right, pairs);
      if (entries.length > before) grouped++;
      if (entries.length > before + 1) repeated++;
    });
    if (entries.length > maxEntries) return null;
  }
  blockStarts.push(entries.length);
  const { length, rows, groups } = entries;
  return {
    ...{ length, rows, groups, blockStarts, repeated },
    groupCount: pairs?.length ?? (left as RowValues).length,
    missing: matches.count - grouped,
    values: (group) =>
      pairs === null || right === null
        ? [(left as RowValues).text(group)]
        : [(left as RowValues).text(pairs.leftOf(group)), right.text(pairs.rightOf(group))],
  };
}

class Entries {
  rows: Uint32Array;
  groups: Uint32Array;
  length = 0;
  readonly blockStarts: number[] = [];

  constructor(capacity: number) {
    this.rows = new Uint32Array(capacity);
    this.groups = new Uint32Array(capacity);
  }

  addAll(row: number, values: RowValues): void {
    const value = values.first[row] as number;
    if (value === noValue) return;
    this.add(row, value);
    if (values.hasSeveral) values.forEachFurther(row, (other) => this.add(row, other));
  }

  addPairs(row: number, left: RowValues, right: RowValues, pairs: PairTable): void {
    const one = left.first[row] as number;
    const other = right.first[row] as number;
    if (one === noValue || other === noValue) return;
    this.add(row, pairs.numberOf(one, other));
    if (!left.hasSeveral && !right.hasSeveral) return;
    const [lefts, rights] = [[one], [other]];
    left.forEachFurther(row, (value) => lefts.push(value));
    right.forEachFurther(row, (value) => rights.push(value));
    for (const [at, value] of lefts.entries()) {
      for (const [by, beside] of rights.entries()) {
        if (this.length > maxEntries) return;
        if (at + by > 0) this.add(row, pairs.numberOf(value, beside));
      }
    }
  }

  private add(row: number, group: number): void {
    if (this.length === this.rows.length) this.grow();
    this.rows[this.length] = row;
    this.groups[this.length++] = group;
  }

  private grow(): void {
    const [rows, groups] = [this.rows, this.groups];
    this.rows = new Uint32Array(rows.length * 2 + 64);
    this.groups = new Uint32Array(groups.length * 2 + 64);
    this.rows.set(rows);
    this.groups.set(groups);
  }
}

function forEachRow(block: Block, rows: Bitset, visit: (row: number) => void): void {
  for (let at = block.firstWord; at < block.endWord; at++) {
    let word = rows[at] as number;
    while (word !== 0) {
      visit((at << 5) + 31 - Math.clz32(word & -word));
      word &= word - 1;
    }
  }
}
