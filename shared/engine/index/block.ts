/** One merged segment: up to some ten thousand events, as columns. Rows are numbered from 0 within it. */
import type { FileRun } from '../decode/segment';
import { wordsFor } from './bitset';
import { Columns, type RawColumn } from './columns';
import type { IdentifierColumn, Texts, Uuids } from './identifiers';
import type { RowTimes } from './row-times';

/** Where each row stands in its file. */
export interface RowPlaces {
  readonly offsets: Uint32Array | Float64Array;
  readonly lengths: Uint16Array | Uint32Array;
  readonly files: readonly FileRun[];
}

export interface BlockParts {
  readonly base: number;
  readonly rowCount: number;
  readonly times: RowTimes;
  readonly places: RowPlaces;
  readonly columns: readonly RawColumn[];
  readonly uuids: readonly Uuids[];
  readonly texts: readonly Texts[];
}

export class Block {
  /** The row id of row 0: a multiple of 32. */
  readonly base: number;
  readonly rowCount: number;
  /** The block's words in a {@link Bitset}. */
  readonly firstWord: number;
  readonly endWord: number;
  readonly times: RowTimes;
  readonly places: RowPlaces;
  readonly columns: Columns;
  readonly uuids: readonly Uuids[];
  readonly texts: readonly Texts[];

  constructor(parts: BlockParts) {
    this.base = parts.base;
    this.rowCount = parts.rowCount;
    this.firstWord = parts.base >>> 5;
    this.endWord = this.firstWord + wordsFor(parts.rowCount);
    this.times = parts.times;
    this.places = parts.places;
    this.columns = new Columns(parts.rowCount, parts.columns);
    this.uuids = parts.uuids;
    this.texts = parts.texts;
  }

  /** Bytes held in memory. */
  get byteLength(): number {
    const { offsets, lengths, files } = this.places;
    const places = offsets.byteLength + lengths.byteLength + files.length * 32;
    const kept = [...this.uuids, ...this.texts].reduce((sum, column) => sum + column.byteLength, 0);
    return this.times.byteLength + places + this.columns.byteLength + kept;
  }

  /** The identifier columns of a path: values of it may be UUIDs, texts, or both. */
  identifiersOf(path: number): IdentifierColumn[] {
    return [...this.uuids, ...this.texts].filter((column) => column.path === path);
  }

  /** The number of the file that holds a row. */
  fileOf(row: number): number {
    const { files } = this.places;
    let low = 0;
    let high = files.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((files[middle]?.rowStart ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return files[low]?.file ?? 0;
  }
}
