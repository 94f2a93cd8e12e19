/**
 * The dictionary-coded values of one block: a column per path, all in shared memory behind a small table, so that a hostile archive with
 * a hundred thousand paths costs bytes and not objects.
 *
 * Every column has its own short dictionary of value numbers, and codes that count into it, so that nearly all codes are one byte and
 * a column none of whose values are wanted is passed over unread. A column takes the smallest of four forms.
 */
import { type Bitset, fillBits, isEmptyBetween, popcount } from './bitset';
import type { Slab } from './slab';

/** In a column's dictionary: the row has no value. */
export const absent = 0xffffffff;

const Form = {
  /** Every row has the one value. */
  constant: 0,
  /** One bit per row, into a dictionary of two. */
  bits: 1,
  /** One code per row. */
  dense: 2,
  /** Pairs of row and code, by row; the only form that holds several values of one row. */
  sparse: 3,
} as const;

/** One path's values before they are laid out. Rows ascend; no (row, code) pair stands twice. */
export interface RawColumn {
  readonly path: number;
  /** Value numbers by code. */
  readonly dictionary: Uint32Array;
  readonly rows: Uint32Array;
  readonly codes: Uint32Array;
  /** Whether some row stands more than once. */
  readonly isMulti: boolean;
  /** Hashes of the two arrays, by which equal ones of other columns are found. */
  readonly rowsHash: number;
  readonly codesHash: number;
}

// The table's row: form, code width in bytes, entries, where the dictionary, the rows and the codes start, dictionary length.
const stride = 8;
const formAt = 0;
const widthAt = 1;
const countAt = 2;
const dictionaryAt = 3;
const dictionaryLengthAt = 4;
const rowsAt = 5;
const codesAt = 6;
const multiAt = 7;

type Codes = Uint8Array | Uint16Array | Uint32Array;

export class Columns {
  /** Path numbers, ascending. */
  readonly paths: Uint32Array;
  private readonly rowCount: number;
  private readonly table: Uint32Array;
  private readonly bytes: Uint8Array;
  private readonly shorts: Uint16Array;
  private readonly words: Uint32Array;

  constructor(rowCount: number, raw: readonly RawColumn[], slab: Slab) {
    const sorted = [...raw].sort((one, other) => one.path - other.path);
    this.rowCount = rowCount;
    this.paths = slab.words(sorted.length);
    this.paths.set(sorted.map((column) => column.path));
    this.table = slab.words(sorted.length * stride);
    const layout = new Layout(rowCount, this.table);
    const fresh = sorted.map((column, at) => layout.place(column, at));
    this.words = slab.words(layout.words);
    this.shorts = slab.shorts(layout.shorts);
    this.bytes = slab.bytes(layout.bytes);
    sorted.forEach((column, at) => this.write(column, at, fresh[at] ?? allFresh));
  }

  get byteLength(): number {
    const values = this.words.byteLength + this.shorts.byteLength + this.bytes.byteLength;
    return values + this.table.byteLength + this.paths.byteLength;
  }

  /** Where the column of a path stands, or -1. */
  find(path: number): number {
    let low = 0;
    let high = this.paths.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.paths[middle] as number;
      if (found === path) return middle;
      if (found < path) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** The value numbers of a column, by code; {@link absent} may be among them. */
  dictionary(column: number): Uint32Array {
    const start = this.meta(column, dictionaryAt);
    return this.words.subarray(start, start + this.meta(column, dictionaryLengthAt));
  }

  /** Adds to `out` the rows with a code whose entry in `wanted` is 1. `firstWord` is the word of the block's row 0. */
  orRows(column: number, wanted: Uint8Array, out: Bitset, firstWord: number): void {
    switch (this.meta(column, formAt)) {
      case Form.constant:
        if (wanted[0] === 1) fillBits(out, firstWord, this.rowCount);
        return;
      case Form.bits:
        this.orBits(column, wanted, out, firstWord);
        return;
      case Form.dense:
        orDense(this.codes(column), wanted, out, firstWord);
        return;
      default:
        this.orSparse(column, wanted, out, firstWord);
    }
  }

  /**
   * Adds to `counts`, by code, how many rows of `mask` hold the value. Returns how many rows of it hold any whose entry in
   * `countable` is 1, or any at all where that is null.
   */
  count(column: number, mask: Bitset, firstWord: number, countable: Uint8Array | null, counts: Uint32Array): number {
    switch (this.meta(column, formAt)) {
      case Form.constant:
        counts[0] = (counts[0] as number) + this.countMask(mask, firstWord);
        break;
      case Form.bits:
        this.countBitColumn(column, mask, firstWord, counts);
        break;
      case Form.dense:
        countDense(this.codes(column), mask, firstWord, counts);
        break;
      default:
        return this.countSparse(column, mask, firstWord, countable, counts);
    }
    const isAbsentFirst = this.words[this.meta(column, dictionaryAt)] === absent;
    let rows = 0;
    for (let code = countable === null && isAbsentFirst ? 1 : 0; code < counts.length; code++) {
      if (countable === null || countable[code] === 1) rows += counts[code] as number;
    }
    return rows;
  }

  /** Calls back with every value number a row has under a column, in record order. */
  forEachValue(column: number, row: number, visit: (value: number) => void): void {
    const dictionary = this.meta(column, dictionaryAt);
    const give = (code: number): void => {
      const value = this.words[dictionary + code] as number;
      if (value !== absent) visit(value);
    };
    switch (this.meta(column, formAt)) {
      case Form.constant:
        give(0);
        return;
      case Form.bits:
        give(((this.words[this.meta(column, codesAt) + (row >>> 5)] as number) >>> (row & 31)) & 1);
        return;
      case Form.dense:
        give(this.codes(column)[row] as number);
        return;
      default: {
        const rows = this.rows(column);
        const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
        for (let at = lowerBound(rows, row); at < rows.length && rows[at] === row; at++) {
          give(codes === null ? 0 : (codes[at] as number));
        }
      }
    }
  }

  /** Calls back with every (row, value number) of a column; rows ascend. */
  forEachEntry(column: number, visit: (row: number, value: number) => void): void {
    if (this.meta(column, formAt) !== Form.sparse) {
      for (let row = 0; row < this.rowCount; row++) this.forEachValue(column, row, (value) => visit(row, value));
      return;
    }
    const rows = this.rows(column);
    const dictionary = this.dictionary(column);
    const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
    for (let at = 0; at < rows.length; at++) {
      visit(rows[at] as number, dictionary[codes === null ? 0 : (codes[at] as number)] as number);
    }
  }

  /** Writes, for every row, the entry of its code; `none` where it has no value. Of several values the last counts. */
  mapRows(column: number, byCode: Uint8Array, none: number, out: Uint8Array): void {
    const form = this.meta(column, formAt);
    if (form === Form.constant) out.fill(byCode[0] as number, 0, this.rowCount);
    else if (form === Form.bits) {
      const start = this.meta(column, codesAt);
      for (let row = 0; row < this.rowCount; row++) {
        out[row] = byCode[((this.words[start + (row >>> 5)] as number) >>> (row & 31)) & 1] as number;
      }
    } else if (form === Form.dense) {
      const codes = this.codes(column);
      for (let row = 0; row < codes.length; row++) out[row] = byCode[codes[row] as number] as number;
    } else {
      out.fill(none, 0, this.rowCount);
      const rows = this.rows(column);
      const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
      for (let at = 0; at < rows.length; at++) {
        out[rows[at] as number] = byCode[codes === null ? 0 : (codes[at] as number)] as number;
      }
    }
  }

  private meta(column: number, field: number): number {
    return this.table[column * stride + field] as number;
  }

  private codes(column: number): Codes {
    const at = this.meta(column, codesAt);
    const length = this.meta(column, formAt) === Form.dense ? this.rowCount : this.meta(column, countAt);
    switch (this.meta(column, widthAt)) {
      case 1:
        return this.bytes.subarray(at, at + length);
      case 2:
        return this.shorts.subarray(at, at + length);
      default:
        return this.words.subarray(at, at + length);
    }
  }

  private rows(column: number): Uint16Array | Uint32Array {
    const at = this.meta(column, rowsAt);
    const array = hasShortRows(this.rowCount) ? this.shorts : this.words;
    return array.subarray(at, at + this.meta(column, countAt));
  }

  private write(column: RawColumn, at: number, fresh: Fresh): void {
    const meta = this.table.subarray(at * stride, (at + 1) * stride);
    const form = meta[formAt] as number;
    // A dense or bit column that leaves rows out has `absent` as its first entry, and all codes moved up by one.
    const shift = (meta[dictionaryLengthAt] as number) - column.dictionary.length;
    const dictionary = this.dictionary(at);
    if (shift === 1) dictionary[0] = absent;
    dictionary.set(column.dictionary, shift);
    if (form === Form.bits && fresh.codes) {
      const bits = this.words.subarray(meta[codesAt]);
      for (let i = 0; i < column.rows.length; i++) {
        const row = column.rows[i] as number;
        if ((column.codes[i] as number) + shift === 1)
          bits[row >>> 5] = (bits[row >>> 5] as number) | (1 << (row & 31));
      }
    } else if (form === Form.dense && fresh.codes) {
      const codes = this.codes(at);
      for (let i = 0; i < column.rows.length; i++)
        codes[column.rows[i] as number] = (column.codes[i] as number) + shift;
    } else if (form === Form.sparse) {
      if (fresh.rows) this.rows(at).set(column.rows);
      if (fresh.codes && meta[widthAt] !== 0) this.codes(at).set(column.codes);
    }
  }

  private orBits(column: number, wanted: Uint8Array, out: Bitset, firstWord: number): void {
    const start = this.meta(column, codesAt);
    const both = wanted[0] === 1 && wanted[1] === 1;
    if (both) fillBits(out, firstWord, this.rowCount);
    else if (wanted[0] === 1 || wanted[1] === 1) {
      const flip = wanted[0] === 1 ? 0xffffffff : 0;
      const words = (this.rowCount + 31) >>> 5;
      const tail = this.rowCount & 31;
      for (let at = 0; at < words; at++) {
        let word = (this.words[start + at] as number) ^ flip;
        if (at === words - 1 && tail !== 0) word &= (1 << tail) - 1;
        out[firstWord + at] = (out[firstWord + at] as number) | word;
      }
    }
  }

  private orSparse(column: number, wanted: Uint8Array, out: Bitset, firstWord: number): void {
    const rows = this.rows(column);
    const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
    if (codes === null && wanted[0] !== 1) return;
    for (let at = 0; at < rows.length; at++) {
      if (codes !== null && wanted[codes[at] as number] !== 1) continue;
      const row = rows[at] as number;
      const word = firstWord + (row >>> 5);
      out[word] = (out[word] as number) | (1 << (row & 31));
    }
  }

  private countMask(mask: Bitset, firstWord: number): number {
    let count = 0;
    const end = firstWord + ((this.rowCount + 31) >>> 5);
    for (let at = firstWord; at < end; at++) count += popcount(mask[at] as number);
    return count;
  }

  private countBitColumn(column: number, mask: Bitset, firstWord: number, counts: Uint32Array): void {
    const start = this.meta(column, codesAt);
    const words = (this.rowCount + 31) >>> 5;
    let all = 0;
    let ones = 0;
    for (let at = 0; at < words; at++) {
      const word = mask[firstWord + at] as number;
      if (word === 0) continue;
      all += popcount(word);
      ones += popcount(word & (this.words[start + at] as number));
    }
    counts[0] = (counts[0] as number) + all - ones;
    counts[1] = (counts[1] as number) + ones;
  }

  private countSparse(
    column: number,
    mask: Bitset,
    firstWord: number,
    countable: Uint8Array | null,
    counts: Uint32Array,
  ): number {
    const end = firstWord + ((this.rowCount + 31) >>> 5);
    if (isEmptyBetween(mask, firstWord, end)) return 0;
    const rows = this.rows(column);
    const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
    const isMulti = this.meta(column, multiAt) === 1;
    let present = 0;
    let last = -1;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      if ((((mask[firstWord + (row >>> 5)] as number) >>> (row & 31)) & 1) === 0) continue;
      const code = codes === null ? 0 : (codes[at] as number);
      counts[code] = (counts[code] as number) + 1;
      if ((countable !== null && countable[code] !== 1) || (isMulti && row === last)) continue;
      present++;
      last = row;
    }
    return present;
  }
}

const hasShortRows = (rowCount: number): boolean => rowCount <= 0x10000;

/** Which arrays of a column are its own to write; the others are an earlier column's. */
interface Fresh {
  readonly rows: boolean;
  readonly codes: boolean;
}

const allFresh: Fresh = { rows: true, codes: true };

/** A column and where it stands in the table. */
interface Placed {
  readonly column: RawColumn;
  readonly at: number;
}

/**
 * Chooses the smallest form of each column, and the places for it.
 *
 * Many columns are alike: all parameters of one call stand in the same rows, and an ARN changes when the name in it does, so that
 * codes numbered by first appearance are the same. Equal arrays are kept once.
 */
class Layout {
  words = 0;
  shorts = 0;
  bytes = 0;
  private readonly rowCount: number;
  private readonly table: Uint32Array;
  private readonly byRows = new Map<number, Placed[]>();
  private readonly byCodes = new Map<number, Placed[]>();

  constructor(rowCount: number, table: Uint32Array) {
    this.rowCount = rowCount;
    this.table = table;
  }

  place(column: RawColumn, at: number): Fresh {
    const meta = this.meta(at);
    const distinct = column.dictionary.length;
    const rowWidth = hasShortRows(this.rowCount) ? 2 : 4;
    const sparseWidth = distinct === 1 ? 0 : widthFor(distinct);
    const denseLength = distinct + (column.rows.length < this.rowCount ? 1 : 0);
    const denseBytes = denseLength <= 2 ? Math.ceil(this.rowCount / 32) * 4 : this.rowCount * widthFor(denseLength);
    const isSparse = column.isMulti || column.rows.length * (rowWidth + sparseWidth) < denseBytes;
    const form = isSparse
      ? Form.sparse
      : denseLength === 1
        ? Form.constant
        : denseLength === 2
          ? Form.bits
          : Form.dense;
    const width = isSparse ? sparseWidth : form === Form.dense ? widthFor(denseLength) : 0;
    meta[formAt] = form;
    meta[widthAt] = width;
    meta[countAt] = column.rows.length;
    meta[dictionaryLengthAt] = isSparse ? distinct : denseLength;
    meta[dictionaryAt] = this.take(4, meta[dictionaryLengthAt]);
    meta[multiAt] = column.isMulti ? 1 : 0;
    const sameRows = isSparse ? this.findSame(this.byRows, column, at, column.rowsHash, this.hasSameRows) : null;
    const sameCodes =
      form === Form.constant || (isSparse && width === 0)
        ? null
        : this.findSame(this.byCodes, column, at, column.codesHash, isSparse ? this.hasSameCodes : this.hasSameBoth);
    if (sameRows !== null) meta[rowsAt] = this.meta(sameRows)[rowsAt] as number;
    else if (isSparse) meta[rowsAt] = this.take(rowWidth, column.rows.length);
    if (sameCodes !== null) meta[codesAt] = this.meta(sameCodes)[codesAt] as number;
    else if (form === Form.bits) meta[codesAt] = this.take(4, Math.ceil(this.rowCount / 32));
    else if (width !== 0) meta[codesAt] = this.take(width, isSparse ? column.rows.length : this.rowCount);
    return { rows: sameRows === null, codes: sameCodes === null };
  }

  private take(width: number, length: number): number {
    const kind = width === 1 ? 'bytes' : width === 2 ? 'shorts' : 'words';
    const at = this[kind];
    this[kind] += length;
    return at;
  }

  private meta(at: number): Uint32Array {
    return this.table.subarray(at * stride, (at + 1) * stride);
  }

  /** The column whose array can be used, or null after noting this one. */
  private findSame(
    known: Map<number, Placed[]>,
    column: RawColumn,
    at: number,
    hash: number,
    isSame: (one: Placed, other: Placed) => boolean,
  ): number | null {
    const placed = { column, at };
    const alike = known.get(hash);
    const same = alike?.find((other) => isSame(placed, other));
    if (same !== undefined) return same.at;
    if (alike === undefined) known.set(hash, [placed]);
    else alike.push(placed);
    return null;
  }

  private readonly hasSameRows = (one: Placed, other: Placed): boolean => {
    return areEqual(one.column.rows, other.column.rows);
  };

  private readonly hasSameCodes = (one: Placed, other: Placed): boolean => {
    return this.hasSameShape(one.at, other.at) && areEqual(one.column.codes, other.column.codes);
  };

  private readonly hasSameBoth = (one: Placed, other: Placed): boolean => {
    return this.hasSameCodes(one, other) && this.hasSameRows(one, other);
  };

  private hasSameShape(one: number, other: number): boolean {
    const [left, right] = [this.meta(one), this.meta(other)];
    return left[formAt] === right[formAt] && left[widthAt] === right[widthAt];
  }
}

function areEqual(one: Uint32Array, other: Uint32Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

const widthFor = (codes: number): number => (codes <= 0x100 ? 1 : codes <= 0x10000 ? 2 : 4);

function orDense(codes: Codes, wanted: Uint8Array, out: Bitset, firstWord: number): void {
  const whole = codes.length & ~31;
  let word = firstWord;
  // Within bounds: `wanted` has an entry per code, `out` a word per 32 rows.
  for (let row = 0; row < codes.length; word++) {
    const end = row < whole ? row + 32 : codes.length;
    if (out[word] === 0xffffffff) {
      row = end;
      continue;
    }
    let bits = 0;
    for (let bit = 0; row < end; row++, bit++) bits |= (wanted[codes[row] as number] as number) << bit;
    if (bits !== 0) out[word] = (out[word] as number) | bits;
  }
}

function countDense(codes: Codes, mask: Bitset, firstWord: number, counts: Uint32Array): void {
  const words = (codes.length + 31) >>> 5;
  for (let at = 0; at < words; at++) {
    let word = mask[firstWord + at] as number;
    if (word === 0) continue;
    const row = at << 5;
    if (word === 0xffffffff) {
      for (let bit = 0; bit < 32; bit++) {
        const code = codes[row + bit] as number;
        counts[code] = (counts[code] as number) + 1;
      }
      continue;
    }
    while (word !== 0) {
      const bit = 31 - Math.clz32(word & -word);
      word &= word - 1;
      const code = codes[row + bit] as number;
      counts[code] = (counts[code] as number) + 1;
    }
  }
}

function lowerBound(rows: Uint16Array | Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
