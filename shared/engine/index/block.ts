/** One merged segment: up to some ten thousand events, as columns. Rows are numbered from 0 within it. */
import { wordsFor } from './bitset';
import type { RawColumn } from './column-layout';
import { Columns } from './columns';
import type { IdentifierColumn, Texts, Uuids } from './identifiers';
import type { RowHashes } from './row-hashes';
import type { RowPlaces } from './row-places';
import type { RowTimes } from './row-times';
import type { Arena } from './arena';

export interface BlockParts {
  readonly base: number;
  readonly rowCount: number;
  readonly times: RowTimes;
  readonly places: RowPlaces;
  readonly hashes: RowHashes;
  readonly columns: readonly RawColumn[];
  readonly uuids: readonly Uuids[];
  readonly texts: readonly Texts[];
  readonly arena: Arena;
}

const none: readonly IdentifierColumn[] = [];

export class Block {
  /** The row id of row 0: a multiple of 32. */
  readonly base: number;
  readonly rowCount: number;
  /** The block's words in a {@link Bitset}. */
  readonly firstWord: number;
  readonly endWord: number;
  readonly times: RowTimes;
  readonly places: RowPlaces;
  readonly hashes: RowHashes;
  readonly columns: Columns;
  readonly uuids: readonly Uuids[];
  readonly texts: readonly Texts[];
  /** By path, once they were asked for. */
  private identifiers: Map<number, IdentifierColumn[]> | null = null;

  constructor(parts: BlockParts) {
    this.base = parts.base;
    this.rowCount = parts.rowCount;
    this.firstWord = parts.base >>> 5;
    this.endWord = this.firstWord + wordsFor(parts.rowCount);
    this.times = parts.times;
    this.places = parts.places;
    this.hashes = parts.hashes;
    this.columns = new Columns(parts.rowCount, parts.columns, parts.arena);
    this.uuids = parts.uuids;
    this.texts = parts.texts;
  }

  /** Bytes held in memory. */
  get byteLength(): number {
    const kept = [...this.uuids, ...this.texts].reduce((sum, column) => sum + column.byteLength, 0);
    const perRow = this.times.byteLength + this.places.byteLength + this.hashes.byteLength;
    return perRow + this.columns.byteLength + kept;
  }

  /** The identifier columns of a path: values of it may be UUIDs, texts, or both. */
  identifiersOf(path: number): readonly IdentifierColumn[] {
    if (this.identifiers === null) {
      this.identifiers = new Map();
      for (const column of [...this.uuids, ...this.texts]) {
        const known = this.identifiers.get(column.path);
        if (known === undefined) this.identifiers.set(column.path, [column]);
        else known.push(column);
      }
    }
    return this.identifiers.get(path) ?? none;
  }
}
