/**
 * Which of the index's rows are visible: each event once, or with its duplicates, and none of a removed source.
 */
import { isBelievable } from '#core/time';
import { type Bitset, complement, countBits, isFullFrom, popcount, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import { EventDuplicates } from './event-duplicates';
import type { EventIndex } from '../index/event-index';
import type { RowTimes } from '../index/row-times';
import { ComparedFields } from './compared-fields';
import { type Totals, totalsOf } from './totals';

export interface RowCounts {
  readonly events: number;
  readonly undated: number;
  /** Events with a time outside `believableTimes`, where others have one within; not counted in `first` and `last`. */
  readonly outOfRange: number;
  /** The first and last event time, ms; Infinity and -Infinity where there is none. */
  readonly first: number;
  readonly last: number;
  /** Events without request and response. */
  readonly summaryOnly: number;
  /** Events in a gzip member after the one that CloudTrail writes. */
  readonly appended: number;
}

/** Results for the current rows; null until asked for. */
interface Known {
  rows: Bitset | null;
  counts: RowCounts | null;
}

export class VisibleRows {
  readonly duplicates: EventDuplicates;
  private readonly index: EventIndex;
  private removedRows: Bitset = new Uint32Array(0);
  private removedCount = 0;
  private once: Known = { rows: null, counts: null };
  private withDuplicates: Known = { rows: null, counts: null };
  private knownTotals: Totals | null = null;

  constructor(index: EventIndex) {
    this.index = index;
    this.duplicates = new EventDuplicates(index, new ComparedFields(index));
  }

  get byteLength(): number {
    const sets = [this.removedRows, this.once.rows, this.withDuplicates.rows];
    return sets.reduce((sum, set) => sum + (set?.byteLength ?? 0), this.duplicates.byteLength);
  }

  /** The rows of removed sources. Must not be written to. */
  get removed(): Bitset {
    return this.removedRows;
  }

  /** All rows except those of removed sources and, unless `withDuplicates`, duplicates. Must not be written to. */
  rows(withDuplicates: boolean): Bitset {
    const known = withDuplicates ? this.withDuplicates : this.once;
    known.rows ??= this.findRows(withDuplicates);
    return known.rows;
  }

  counts(withDuplicates: boolean): RowCounts {
    const known = withDuplicates ? this.withDuplicates : this.once;
    known.counts ??= this.count(this.rows(withDuplicates));
    return known.counts;
  }

  /** How often values and paths occur, each event counted once. */
  totals(): Totals {
    this.knownTotals ??= totalsOf(
      this.index,
      this.hidesAny(false) ? complement(this.rows(false), this.index.allRows()) : null,
    );
    return this.knownTotals;
  }

  /** Adds the newest block. */
  add(block: Block): void {
    this.duplicates.add(block, this.removedRows);
    this.forget();
  }

  /** Removes the rows of these files, given by number. */
  remove(isRemoved: (file: number) => boolean): void {
    const removed = this.index.newSet();
    removed.set(this.removedRows);
    for (const { base, places } of this.index.blocks) {
      for (let run = 0; run < places.runs; run++) {
        if (!isRemoved(places.fileOfRun(run))) continue;
        for (let row = places.runStart(run); row < places.runStart(run + 1); row++) setBit(removed, base + row);
      }
    }
    this.removedRows = removed;
    this.removedCount = countBits(removed);
    this.duplicates.restart(removed);
    this.forget();
  }

  /** The import has ended: decides which rows count. */
  settle(): void {
    this.duplicates.settle(this.removedRows);
    this.forget();
  }

  private forget(): void {
    this.once = { rows: null, counts: null };
    this.withDuplicates = { rows: null, counts: null };
    this.knownTotals = null;
  }

  private hidesAny(withDuplicates: boolean): boolean {
    return this.removedCount > 0 || (!withDuplicates && this.duplicates.count > 0);
  }

  private findRows(withDuplicates: boolean): Bitset {
    const all = this.index.allRows();
    if (!this.hidesAny(withDuplicates)) return all;
    const rows = complement(this.removedRows, all);
    if (!withDuplicates) this.duplicates.subtractFrom(rows);
    return rows;
  }

  private count(rows: Bitset): RowCounts {
    const counts = { ...nothing(), summaryOnly: 0, appended: 0 };
    for (const block of this.index.blocks) {
      const { times, rowCount, firstWord, endWord, hashes } = block;
      const isWhole = isFullFrom(rows, firstWord, rowCount);
      const part = isWhole ? wholePart(times, rowCount) : countPart(block, rows);
      counts.events += part.events;
      counts.undated += part.undated;
      counts.outOfRange += part.outOfRange;
      counts.first = Math.min(counts.first, part.first);
      counts.last = Math.max(counts.last, part.last);
      counts.anyFirst = Math.min(counts.anyFirst, part.anyFirst);
      counts.anyLast = Math.max(counts.anyLast, part.anyLast);
      counts.summaryOnly += countBoth(rows, hashes.summaries, firstWord, endWord);
      counts.appended += countBoth(rows, hashes.appended, firstWord, endWord);
    }
    const { events, undated, summaryOnly, appended, outOfRange, first, last, anyFirst, anyLast } = counts;
    // Where all times are out of range, they are all there is to show.
    if (first > last) return { events, undated, summaryOnly, appended, outOfRange: 0, first: anyFirst, last: anyLast };
    return { events, undated, summaryOnly, appended, outOfRange, first, last };
  }
}

/** Rows of a block that are in both sets. `marked` starts at the block; null means empty. */
function countBoth(rows: Bitset, marked: Bitset | null, firstWord: number, endWord: number): number {
  if (marked === null) return 0;
  let count = 0;
  for (let at = firstWord; at < endWord; at++)
    count += popcount((rows[at] as number) & (marked[at - firstWord] as number));
  return count;
}

/** The counts of some rows, with the first and last time whether believable or not. */
interface PartCounts {
  events: number;
  undated: number;
  outOfRange: number;
  first: number;
  last: number;
  anyFirst: number;
  anyLast: number;
}

const nothing = (): PartCounts => ({
  events: 0,
  undated: 0,
  outOfRange: 0,
  first: Infinity,
  last: -Infinity,
  anyFirst: Infinity,
  anyLast: -Infinity,
});

function wholePart(times: RowTimes, events: number): PartCounts {
  const { undated, outOfRange, believableFirst, believableLast, first, last } = times;
  return { events, undated, outOfRange, first: believableFirst, last: believableLast, anyFirst: first, anyLast: last };
}

function countPart({ times, base, firstWord, endWord }: Block, rows: Bitset): PartCounts {
  const counts = nothing();
  for (let at = firstWord; at < endWord; at++) {
    let word = rows[at] as number;
    while (word !== 0) {
      const row = (at << 5) + 31 - Math.clz32(word & -word);
      word &= word - 1;
      const time = times.at(row - base);
      counts.events++;
      if (Number.isNaN(time)) counts.undated++;
      else {
        if (time < counts.anyFirst) counts.anyFirst = time;
        if (time > counts.anyLast) counts.anyLast = time;
        if (!isBelievable(time)) counts.outOfRange++;
        else {
          if (time < counts.first) counts.first = time;
          if (time > counts.last) counts.last = time;
        }
      }
    }
  }
  return counts;
}
