/** The values of one path and block that are kept in row order, outside the dictionary: see `scan/segment.ts`. */
import type { TextColumn, UuidColumn } from '../scan/segment';
import { type Bitset, hasBit, isFullFrom } from './bitset';
import type { Arena } from './arena';
import { TextStore } from './text-store';

/** Which row each value belongs to. */
class RowList {
  /** Null where value i is row i's. */
  private readonly rows: Uint16Array | Uint32Array | null;

  constructor(rows: Uint32Array, rowCount: number, arena: Arena) {
    if (rows.length === rowCount && rows.every((row, at) => row === at)) this.rows = null;
    else {
      this.rows = rowCount <= 0x10000 ? arena.shorts(rows.length) : arena.words(rows.length);
      this.rows.set(rows);
    }
  }

  get byteLength(): number {
    return this.rows?.byteLength ?? 0;
  }

  /** The row of a value. */
  at(value: number): number {
    return this.rows === null ? value : (this.rows[value] as number);
  }

  /** Whether the rows of all values are in a set; `base` is the set's number of row 0, `rowCount` the rows there are. */
  areAllIn(set: Bitset, base: number, rowCount: number): boolean {
    if (this.rows === null) return isFullFrom(set, base >>> 5, rowCount);
    for (const row of this.rows) if (!hasBit(set, base + row)) return false;
    return true;
  }

  /** The first value of a row, or of the next row that has one. */
  firstOf(row: number): number {
    if (this.rows === null) return row;
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.rows[middle] as number) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What both kinds of identifier column offer. */
export interface IdentifierColumn {
  readonly path: number;
  readonly length: number;
  readonly byteLength: number;
  rowOf(value: number): number;
  /** Whether the rows of all values are in a set already; `base` is the set's number of row 0. */
  areAllIn(set: Bitset, base: number): boolean;
  /** The value as written in the record. */
  text(value: number): string;
  /** Calls back with every value of a row, in record order. */
  forEachOfRow(row: number, visit: (value: number) => void): void;
}

export class Uuids implements IdentifierColumn {
  readonly path: number;
  readonly length: number;
  /** 16 bytes each. */
  readonly packed: Buffer;
  private readonly rows: RowList;

  constructor(path: number, column: UuidColumn, rowCount: number, arena: Arena) {
    this.path = path;
    this.length = column.rows.length;
    const bytes = arena.bytes(this.length * 16);
    bytes.set(column.uuids.subarray(0, this.length * 16));
    this.packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.rows = new RowList(column.rows, rowCount, arena);
  }

  get byteLength(): number {
    return this.packed.byteLength + this.rows.byteLength;
  }

  rowOf(value: number): number {
    return this.rows.at(value);
  }

  areAllIn(set: Bitset, base: number): boolean {
    return this.rows.areAllIn(set, base, this.length);
  }

  text(value: number): string {
    const hex = this.packed.toString('hex', value * 16, value * 16 + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  forEachOfRow(row: number, visit: (value: number) => void): void {
    for (let at = this.rows.firstOf(row); at < this.length && this.rows.at(at) === row; at++) visit(at);
  }
}

export class Texts implements IdentifierColumn {
  readonly path: number;
  readonly store: TextStore;
  private readonly rows: RowList;

  constructor(path: number, column: TextColumn, rowCount: number, arena: Arena) {
    this.path = path;
    this.store = TextStore.of(column.text, arena);
    this.rows = new RowList(column.rows, rowCount, arena);
  }

  get length(): number {
    return this.store.length;
  }

  get byteLength(): number {
    return this.store.byteLength + this.rows.byteLength;
  }

  rowOf(value: number): number {
    return this.rows.at(value);
  }

  areAllIn(set: Bitset, base: number): boolean {
    return this.rows.areAllIn(set, base, this.length);
  }

  text(value: number): string {
    return this.store.text(value);
  }

  forEachOfRow(row: number, visit: (value: number) => void): void {
    for (let at = this.rows.firstOf(row); at < this.length && this.rows.at(at) === row; at++) visit(at);
  }
}
