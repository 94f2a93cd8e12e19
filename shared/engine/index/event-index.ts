/**
 * The index of an open archive: blocks of events over one dictionary. Grows by whole segments, which can be queried at once; no block ever
 * changes. Knows nothing of duplicates or removed sources: see `visibility/`.
 */
import type { ByteStrings, CodedColumn, Segment, ValueType } from '../scan/segment';
import { type Bitset, fillBits, wordsFor } from './bitset';
import { Block } from './block';
import type { RawColumn } from './column-layout';
import { Dictionary } from './dictionary';
import { Texts, Uuids } from './identifiers';
import { countIdentifiers } from './identifier-counts';
import { PathTable } from './path-table';
import { RowHashes } from './row-hashes';
import { RowPlaces } from './row-places';
import { RowTimes } from './row-times';
import { Arena } from './arena';
import { hasText } from './value-kinds';

/** Maps one decode thread's numbers to the index's. */
interface ThreadNumbers {
  readonly paths: number[];
  /** By the thread's path: the index's value by the thread's code. */
  readonly values: number[][];
}

export class EventIndex {
  readonly paths = new PathTable();
  readonly dictionary = new Dictionary(this.paths);
  readonly blocks: Block[] = [];
  /** Rows in all blocks, visible or not. Counts here and in the dictionary include both. */
  total = 0;
  undated = 0;
  /** The first and last event time, ms; Infinity and -Infinity where there is none. */
  first = Infinity;
  last = -Infinity;
  /** The path `eventTime`, whose canonical values are kept in the blocks' times. */
  readonly timePath: number;
  private readonly arena = new Arena();
  private nextBase = 0;
  private isSettled = false;
  private readonly threads = new Map<number, ThreadNumbers>();
  private all: Bitset = new Uint32Array(0);

  constructor() {
    this.timePath = this.paths.add('eventTime');
  }

  /** Words of a set that has a bit for every row. */
  get words(): number {
    return this.nextBase >>> 5;
  }

  /** Bytes held in memory. */
  get byteLength(): number {
    const blocks = this.blocks.reduce((sum, block) => sum + block.byteLength, 0);
    return this.dictionary.byteLength + blocks;
  }

  newSet(): Bitset {
    return new Uint32Array(this.words);
  }

  /** Every row. Must not be written to. */
  allRows(): Bitset {
    if (this.all.length !== this.words) {
      this.all = this.newSet();
      for (const block of this.blocks) fillBits(this.all, block.firstWord, block.rowCount);
    }
    return this.all;
  }

  /** The block that holds a row id, or undefined. */
  blockOf(row: number): Block | undefined {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.blocks[middle]?.base ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const block = this.blocks[low];
    return block !== undefined && row >= block.base && row < block.base + block.rowCount ? block : undefined;
  }

  /**
   * Adds a segment and takes over its arrays, which must not be used afterwards. Segments of one thread must be added in the order the thread
   * made them. Their file 0 gets the number `firstFile`.
   */
  merge(segment: Segment, thread: number, firstFile = 0): void {
    if (this.isSettled) this.dictionary.resume();
    this.isSettled = false;
    const numbers = this.numbersOf(thread);
    for (const path of segment.newPaths) {
      numbers.paths.push(this.paths.add(path));
      numbers.values.push([]);
    }
    this.addValues(segment, numbers);
    const { rowCount } = segment;
    const { arena } = this;
    if (rowCount === 0) return;
    const path = (number: number): number => numbers.paths[number] as number;
    const times = new RowTimes(segment.times.subarray(0, rowCount), segment.canonicalTimes, arena);
    const block = new Block({
      base: this.nextBase,
      rowCount,
      times,
      places: new RowPlaces(segment, firstFile, arena),
      hashes: new RowHashes(segment, arena),
      columns: segment.coded.map((column) => this.mergeColumn(column, path(column.path), numbers)),
      uuids: segment.uuids.map((column) => new Uuids(path(column.path), column, rowCount, arena)),
      texts: segment.texts.map((column) => new Texts(path(column.path), column, rowCount, arena)),
      arena,
    });
    countIdentifiers(this, block, null, (counted, events, values) => {
      this.paths.events.array[counted] = this.paths.events.at(counted) + events;
      this.paths.identifiers.array[counted] = this.paths.identifiers.at(counted) + values;
    });
    this.blocks.push(block);
    this.nextBase += wordsFor(rowCount) * 32;
    this.total += rowCount;
    this.undated += times.undated;
    this.first = Math.min(this.first, times.first);
    this.last = Math.max(this.last, times.last);
  }

  /** Ends an import: frees what only an import needs. Later segments belong to another import, whose threads start numbering again. */
  settle(): void {
    this.threads.clear();
    if (!this.isSettled) this.dictionary.settle();
    this.isSettled = true;
  }

  private numbersOf(thread: number): ThreadNumbers {
    const known = this.threads.get(thread);
    if (known !== undefined) return known;
    const numbers: ThreadNumbers = { paths: [], values: [] };
    this.threads.set(thread, numbers);
    return numbers;
  }

  private addValues(segment: Segment, numbers: ThreadNumbers): void {
    const { paths, types, text } = segment.newValues;
    forEachText(text, paths.length, (at, from, to) => {
      const threadPath = paths[at] as number;
      const value = this.dictionary.add(
        numbers.paths[threadPath] as number,
        types[at] as ValueType,
        text.bytes,
        from,
        to,
      );
      (numbers.values[threadPath] as number[]).push(value);
    });
  }

  /** The column with the index's values. Its codes do not change, since they index the column's own dictionary. */
  private mergeColumn(column: CodedColumn, path: number, numbers: ThreadNumbers): RawColumn {
    const { rows, codes, isMulti, rowsHash, codesHash } = column;
    const values = numbers.values[column.path] as number[];
    const dictionary = new Uint32Array(column.values.length);
    const events = this.dictionary.events.array;
    let present = 0;
    let isTextOnly = true;
    for (let code = 0; code < dictionary.length; code++) {
      // All within bounds: the segment's arrays match each other.
      const value = values[column.values[code] as number] as number;
      dictionary[code] = value;
      events[value] = (events[value] as number) + (column.events[code] as number);
      if (hasText(this.dictionary.type(value))) present += column.events[code] as number;
      else isTextOnly = false;
    }
    if (isMulti) present = this.rowsWithText(column, dictionary, isTextOnly);
    this.paths.events.array[path] = this.paths.events.at(path) + present;
    return { path, dictionary, rows, codes, isMulti, rowsHash, codesHash };
  }

  /** Rows that have any value with text; a row may occur several times. */
  private rowsWithText({ rows, codes }: CodedColumn, dictionary: Uint32Array, isTextOnly: boolean): number {
    let count = 0;
    let last = -1;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      if (row === last) continue;
      if (!isTextOnly && !hasText(this.dictionary.type(dictionary[codes[at] as number] as number))) continue;
      count++;
      last = row;
    }
    return count;
  }
}

function forEachText(text: ByteStrings, count: number, visit: (at: number, from: number, to: number) => void): void {
  let from = 0;
  for (let at = 0; at < count; at++) {
    const to = text.ends[at] as number;
    visit(at, from, to);
    from = to;
  }
}
