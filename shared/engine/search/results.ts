/** The results of the last queries, for the pages of rows that the list asks for. */
import { AppError } from '#contract/errors';
import { resultId, type ResultId } from '#contract/ids';
import type { FieldOrder, SortOrder } from '#contract/query';
import type { QueryNode } from '#core/query/ast';
import { type Bitset, countBits, hasBit } from '../index/bitset';
import { sortBy } from '../index/radix-sort';
import type { VisibleIndex } from '../visibility/visible-index';
import { resolveField } from './fields';
import { rankRows, type RowRanks } from './row-ranks';
import { orderByTime, type TimeOrder } from './time-order';

/** The most results kept. */
const maxKeptResults = 8;
/** The most results whose sorted rows are kept: four bytes a row, and sorted again in some milliseconds. */
const maxKeptOrders = 2;

const everything: QueryNode = { kind: 'all', span: { from: 0, to: 0 } };

interface Entry {
  readonly id: ResultId;
  readonly rows: Bitset;
  readonly sort: SortOrder;
  readonly query: QueryNode;
  ordered: Uint32Array | null;
}

export class Results {
  private readonly index: VisibleIndex;
  /** The least recently used first. */
  private entries: Entry[] = [];
  private lastNumber = 0;
  private order: TimeOrder | null = null;
  private orderedBlocks = 0;
  /** The ranks by the field that was sorted by last: the same for every query. */
  private ranked: { readonly field: string; readonly blocks: number; readonly ranks: RowRanks } | null = null;
  private readonly prefix: string;

  /** `prefix` distinguishes this archive's results from those of archives opened before. */
  constructor(index: VisibleIndex, prefix: string) {
    this.index = index;
    this.prefix = prefix;
  }

  /** Keeps a result; `rows` must not change afterwards. `query`: what it answers. */
  add(rows: Bitset, sort: SortOrder, query: QueryNode = everything): ResultId {
    const id = resultId(`${this.prefix}-${++this.lastNumber}`);
    this.entries.push({ id, rows, sort, query, ordered: null });
    this.entries = this.entries.slice(-maxKeptResults);
    return id;
  }

  /** Row ids in the result's order. Throws `stale-result`. */
  ordered(id: ResultId): Uint32Array {
    const entry = this.entry(id);
    this.entries = [...this.entries.filter((known) => known !== entry), entry];
    entry.ordered ??= this.sort(entry);
    for (const old of this.entries.filter((known) => known.ordered !== null).slice(0, -maxKeptOrders))
      old.ordered = null;
    return entry.ordered;
  }

  /** What a result answers. Throws `stale-result`. */
  queryOf(id: ResultId): QueryNode {
    return this.entry(id).query;
  }

  /** Makes all results stale, since some of their rows were removed. */
  forget(): void {
    this.entries = [];
  }

  /** The first rows of a set in order of time. */
  firstOf(rows: Bitset, most: number): number[] {
    const found: number[] = [];
    for (const row of this.timeOrder().rows) {
      if (found.length >= most) break;
      if (hasBit(rows, row)) found.push(row);
    }
    return found;
  }

  /** Sorts now, so that the first page does not wait for it. */
  prepare(): void {
    this.timeOrder();
  }

  get byteLength(): number {
    const sets = this.entries.reduce((sum, entry) => sum + entry.rows.byteLength + (entry.ordered?.byteLength ?? 0), 0);
    return sets + (this.order?.rows.byteLength ?? 0) + (this.ranked?.ranks.ranks.byteLength ?? 0);
  }

  private entry(id: ResultId): Entry {
    const entry = this.entries.find((known) => known.id === id);
    if (entry === undefined) throw new AppError('stale-result', 'this result is gone; run the query again');
    return entry;
  }

  private sort(entry: Entry): Uint32Array {
    const { rows, dated } = this.timeOrder();
    const found = new Uint32Array(countBits(entry.rows));
    let length = 0;
    const take = (row: number): void => {
      if (hasBit(entry.rows, row)) found[length++] = row;
    };
    if (entry.sort === 'newest-first') for (let at = dated - 1; at >= 0; at--) take(rows[at] as number);
    else for (let at = 0; at < dated; at++) take(rows[at] as number);
    for (let at = dated; at < rows.length; at++) take(rows[at] as number);
    return typeof entry.sort === 'string' ? found : this.sortByField(found, entry.sort);
  }

  /** Sorts rows that are in order of time, which stays the order among equal values. */
  private sortByField(rows: Uint32Array, { field, direction }: FieldOrder): Uint32Array {
    const { ranks, most } = this.ranksOf(field);
    const keys = new Uint32Array(rows.length);
    for (let at = 0; at < rows.length; at++) {
      const rank = ranks[rows[at] as number] as number;
      keys[at] = rank === 0 ? most + 1 : direction === 'ascending' ? rank : most - rank;
    }
    const order = new Uint32Array(rows.length);
    for (let at = 0; at < order.length; at++) order[at] = at;
    const sorted = sortBy(order, keys, most + 1);
    for (let at = 0; at < sorted.length; at++) sorted[at] = rows[sorted[at] as number] as number;
    return sorted;
  }

  private ranksOf(name: string): RowRanks {
    const blocks = this.index.blocks.length;
    if (this.ranked !== null && this.ranked.field === name && this.ranked.blocks === blocks) return this.ranked.ranks;
    const field = resolveField(this.index, name);
    const ranks = rankRows(this.index, field);
    // What is not fixed may change with no new block.
    this.ranked = field.computed?.isFixed === false ? null : { field: name, blocks, ranks };
    return ranks;
  }

  private timeOrder(): TimeOrder {
    if (this.order === null || this.orderedBlocks !== this.index.blocks.length) {
      this.order = orderByTime(this.index);
      this.orderedBlocks = this.index.blocks.length;
    }
    return this.order;
  }
}
