/** The loops over the codes of dense columns, which take nearly all of a query's time. */
import type { Bitset } from './bitset';

/** One code per row. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Adds to `out` the rows whose code's entry in `wanted` is 1. */
export function orDense(codes: Codes, wanted: Uint8Array, out: Bitset, firstWord: number): void {
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

/** Adds to `counts`, by code, the rows of `mask` that have it. */
export function countDense(codes: Codes, mask: Bitset, firstWord: number, counts: Uint32Array): void {
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

/** The first position of a row, or of the next row that occurs. */
export function lowerBound(rows: Uint16Array | Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
