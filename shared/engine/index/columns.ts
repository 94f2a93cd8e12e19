/**
 * The dictionary-coded values of one block: a column per path, all in one array behind a small table. So a hostile archive with a hundred
 * thousand paths costs bytes, not objects.
 *
 * Every column has its own short dictionary of value numbers, and codes that index it. So nearly all codes are one byte, and a column without
 * a wanted value is skipped. A column takes the smallest of four forms.
 */
import { type Bitset, fillBits, isEmptyBetween, popcount } from './bitset';
import {
  allFresh,
  codesAt,
  countAt,
  dictionaryAt,
  dictionaryLengthAt,
  Form,
  formAt,
  type Fresh,
  hasShortRows,
  Layout,
  multiAt,
  type RawColumn,
  rowsAt,
  stride,
  widthAt,
} from './column-layout';
import { type Codes, countDense, lowerBound, orDense } from './column-scans';
import type { Arena } from './arena';

/** In a column's dictionary: the row has no value. */
export const absent = 0xffffffff;

export class Columns {
  /** Path numbers, ascending. */
  readonly paths: Uint32Array;
  private readonly rowCount: number;
  private readonly table: Uint32Array;
  private readonly bytes: Uint8Array;
  private readonly shorts: Uint16Array;
  private readonly words: Uint32Array;

  constructor(rowCount: number, raw: readonly RawColumn[], arena: Arena) {
    const sorted = [...raw].sort((one, other) => one.path - other.path);
    this.rowCount = rowCount;
    this.paths = arena.words(sorted.length);
    this.paths.set(sorted.map((column) => column.path));
    this.table = arena.words(sorted.length * stride);
    const layout = new Layout(rowCount, this.table);
    const fresh = sorted.map((column, at) => layout.place(column, at));
    this.words = arena.words(layout.words);
    this.shorts = arena.shorts(layout.shorts);
    this.bytes = arena.bytes(layout.bytes);
    sorted.forEach((column, at) => this.write(column, at, fresh[at] ?? allFresh));
  }

  get byteLength(): number {
    const values = this.words.byteLength + this.shorts.byteLength + this.bytes.byteLength;
    return values + this.table.byteLength + this.paths.byteLength;
  }

  /** The number of a path's column, or -1. */
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

  /** Whether only some rows have a value, of which each may have several. */
  isSparse(column: number): boolean {
    return this.meta(column, formAt) === Form.sparse;
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
   * Adds to `counts`, by code, how many rows of `mask` have the value. Returns how many of these rows have a value whose entry in `countable`
   * is 1, or any value where that is null.
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
    const dictionary = this.dictionary(column);
    if (this.meta(column, formAt) === Form.dense) {
      const codes = this.codes(column);
      for (let row = 0; row < codes.length; row++) {
        const value = dictionary[codes[row] as number] as number;
        if (value !== absent) visit(row, value);
      }
      return;
    }
    if (this.meta(column, formAt) !== Form.sparse) {
      for (let row = 0; row < this.rowCount; row++) this.forEachValue(column, row, (value) => visit(row, value));
      return;
    }
    const rows = this.rows(column);
    const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
    for (let at = 0; at < rows.length; at++) {
      visit(rows[at] as number, dictionary[codes === null ? 0 : (codes[at] as number)] as number);
    }
  }

  /** Writes the value number of every row, {@link absent} where it has none; of several values the first. */
  readValues(column: number, out: Uint32Array): void {
    const dictionary = this.dictionary(column);
    switch (this.meta(column, formAt)) {
      case Form.constant:
        out.fill(dictionary[0] as number, 0, this.rowCount);
        return;
      case Form.bits: {
        const start = this.meta(column, codesAt);
        for (let row = 0; row < this.rowCount; row++) {
          out[row] = dictionary[((this.words[start + (row >>> 5)] as number) >>> (row & 31)) & 1] as number;
        }
        return;
      }
      case Form.dense: {
        const codes = this.codes(column);
        for (let row = 0; row < codes.length; row++) out[row] = dictionary[codes[row] as number] as number;
        return;
      }
      default: {
        out.fill(absent, 0, this.rowCount);
        const rows = this.rows(column);
        const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
        for (let at = rows.length - 1; at >= 0; at--) {
          out[rows[at] as number] = dictionary[codes === null ? 0 : (codes[at] as number)] as number;
        }
      }
    }
  }

  /** Writes, for every row, the entry of its code; `none` where it has no value. With several values, the last one's. */
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

  /**
   * Writes the entry of each row's code to `out[base + row]`, where that entry is not negative. Where rows may have several values, calls back
   * with each instead; then rows ascend.
   */
  mapValues(
    column: number,
    byCode: Int32Array,
    base: number,
    out: Int32Array,
    several: (row: number, entry: number) => void,
  ): void {
    const form = this.meta(column, formAt);
    if (form === Form.constant) {
      if ((byCode[0] as number) >= 0) out.fill(byCode[0] as number, base, base + this.rowCount);
    } else if (form === Form.bits) {
      const start = this.meta(column, codesAt);
      for (let row = 0; row < this.rowCount; row++) {
        const entry = byCode[((this.words[start + (row >>> 5)] as number) >>> (row & 31)) & 1] as number;
        if (entry >= 0) out[base + row] = entry;
      }
    } else if (form === Form.dense) {
      const codes = this.codes(column);
      for (let row = 0; row < codes.length; row++) {
        const entry = byCode[codes[row] as number] as number;
        if (entry >= 0) out[base + row] = entry;
      }
    } else {
      const rows = this.rows(column);
      const codes = this.meta(column, widthAt) === 0 ? null : this.codes(column);
      const isMulti = this.meta(column, multiAt) === 1;
      for (let at = 0; at < rows.length; at++) {
        const entry = byCode[codes === null ? 0 : (codes[at] as number)] as number;
        if (entry < 0) continue;
        if (isMulti) several(base + (rows[at] as number), entry);
        else out[base + (rows[at] as number)] = entry;
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
    // A dense or bit column that not all rows have begins with the entry `absent`, so its codes are one higher.
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
