/** Counts a set of rows by bin of time and value of a field: the most frequent values, and the rest. */
import type { Timeline, TimelineBreakdown } from '#contract/query';
import { valueLabel } from '#core/fields';
import { shortServiceName } from '#core/query/match';
import { type Bitset, hasBit, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import { absent } from '../index/columns';
import { visitBlock } from '../index/path-values';
import { canonicalTimeText } from '../index/row-times';
import { hasText } from '../index/value-kinds';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Matches } from './cross-filter';
import { countField, type FacetCounts } from './facet-counts';
import { resolveField, type ResolvedField } from './fields';
import { countBlocks, makeBins, seriesOf } from './timeline';

/** As many as can be distinguished in a bar. */
const maxValues = 5;

/**
 * Null where the field's values are too many to count.
 *
 * @param mask the rows that match all clauses but the time range
 * @param found the rows that match all clauses
 * @param timeline the bins
 */
export function countBreakdown(
  index: VisibleIndex,
  name: string,
  mask: Bitset,
  found: Matches,
  { origin, stepMs, error: { length } }: Timeline,
): TimelineBreakdown | null {
  const field = resolveField(index, name);
  const counts = countField(index, field, found);
  if (counts === null) return null;
  const values = mostFrequent(counts);
  const slots = new RowSlots(index, field, values, mask);
  const bins = makeBins(origin, stepMs, length, values.length + 1);
  countBlocks(index, mask, (block) => slots.of(block), bins, { undated: 0, outOfRange: 0 });
  const totals = slots.totals(found.rows);
  const series = (value: string, slot: number) => ({
    ...{ value, label: valueLabel(name, value), counts: seriesOf(bins, slot), total: totals[slot] ?? 0 },
  });
  return { field: name, values: values.map(series), rest: { ...series('', values.length), label: '' } };
}

/** The first values by count, equal ones by name. */
function mostFrequent(counts: FacetCounts): readonly string[] {
  const best: number[] = [];
  const isBefore = (one: number, other: number): boolean =>
    (counts.count(other) - counts.count(one) || counts.compare(one, other)) < 0;
  for (let at = 0; at < counts.length; at++) {
    const place = best.findIndex((other) => isBefore(at, other));
    if (place >= 0) best.splice(place, 0, at);
    else if (best.length < maxValues) best.push(at);
    if (best.length > maxValues) best.pop();
  }
  return best.map((at) => counts.text(at));
}

/** Which of some values each row has, as the number of the value; their count where a row has none of them. */
class RowSlots {
  private readonly index: VisibleIndex;
  private readonly field: ResolvedField;
  private readonly rest: number;
  private readonly byText: ReadonlyMap<string, number>;
  private readonly mask: Bitset;
  /** The slot of a value of the dictionary, plus one; zero where it has not been looked up. */
  private readonly byValue: Uint8Array;
  private rows = new Uint8Array(0);

  constructor(index: VisibleIndex, field: ResolvedField, values: readonly string[], mask: Bitset) {
    this.index = index;
    this.field = field;
    this.mask = mask;
    this.rest = values.length;
    this.byText = new Map(values.map((value, slot) => [value, slot]));
    this.byValue = new Uint8Array(index.dictionary.length);
  }

  /** By row of the block. Valid until the next call. */
  of(block: Block): Uint8Array {
    const { index, field, rest } = this;
    if (this.rows.length < block.rowCount) this.rows = new Uint8Array(block.rowCount);
    const { rows } = this;
    const { computed } = field;
    rows.fill(rest, 0, block.rowCount);
    if (computed !== null) {
      for (let row = 0; row < block.rowCount; row++) {
        if (hasBit(this.mask, block.base + row)) rows[row] = this.slotOf(computed.textOf(index, block, row) ?? '');
      }
      return rows;
    }
    const [main, ...beside] = field.paths;
    if (main === undefined) return rows;
    const column = block.columns.find(main);
    if (column >= 0 && this.isInOneColumn(block, main, column)) {
      const byCode = Uint8Array.from(block.columns.dictionary(column), (value) => this.slotOfValue(value));
      block.columns.mapRows(column, byCode, rest, rows);
    } else this.add(block, main, rows);
    for (const path of beside) this.add(block, path, rows);
    return rows;
  }

  /** How many rows of a set there are by slot. */
  totals(found: Bitset): Uint32Array {
    const totals = new Uint32Array(this.rest + 1);
    for (const block of this.index.blocks) {
      if (isEmptyBetween(found, block.firstWord, block.endWord)) continue;
      const rows = this.of(block);
      for (let at = block.firstWord; at < block.endWord; at++) {
        let word = found[at] as number;
        const first = (at - block.firstWord) << 5;
        while (word !== 0) {
          const slot = rows[first + 31 - Math.clz32(word & -word)] as number;
          word &= word - 1;
          totals[slot] = (totals[slot] as number) + 1;
        }
      }
    }
    return totals;
  }

  /** Whether each row has one value, and that is in the block's column: then codes can be mapped instead of visiting rows. */
  private isInOneColumn(block: Block, path: number, column: number): boolean {
    if (path === this.index.timePath || block.identifiersOf(path).length > 0) return false;
    return !block.columns.isSparse(column);
  }

  /** Adds the values under one path to the rows that have none of the values yet. */
  private add(block: Block, path: number, rows: Uint8Array): void {
    const put = (row: number, slot: number): void => {
      if (rows[row] === this.rest) rows[row] = slot;
    };
    visitBlock(this.index, block, path, {
      coded: (row, value) => put(row, this.slotOfValue(value)),
      identifier: (row, column, at) => put(row, this.slotOf(column.text(at))),
      time: (row, time) => put(row, this.slotOf(canonicalTimeText(time))),
    });
  }

  private slotOfValue(value: number): number {
    const { dictionary } = this.index;
    if (value === absent || !hasText(dictionary.type(value))) return this.rest;
    const known = this.byValue[value] ?? 0;
    if (known > 0) return known - 1;
    const slot = this.slotOf(dictionary.text(value));
    this.byValue[value] = slot + 1;
    return slot;
  }

  private slotOf(text: string): number {
    return this.byText.get(this.field.type === 'service' ? shortServiceName(text) : text) ?? this.rest;
  }
}
