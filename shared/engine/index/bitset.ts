/**
 * Sets of rows, one bit each, as plain words: row r is bit `r & 31` of word `r >>> 5`.
 *
 * Every block of the index begins at a multiple of 32, so that no two blocks share a word. The two sides of an operation may differ in
 * length: rows added after a set was made are not in it.
 */
export type Bitset = Uint32Array;

/** The number of words that hold rows 0 to `rows - 1`. */
export const wordsFor = (rows: number): number => (rows + 31) >>> 5;

/** Bits set in a 32-bit word. */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows in the set, or in a part of its words. */
export function countBits(set: Bitset, from = 0, to = set.length): number {
  let count = 0;
  // Reads past the end cannot happen: both bounds are within the set.
  for (let at = from; at < to; at++) count += popcount(set[at] as number);
  return count;
}

export function isEmptyBetween(set: Bitset, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (set[at] !== 0) return false;
  return true;
}

/** Whether all of a run of rows that begins with a word are in. */
export function isFullFrom(set: Bitset, fromWord: number, rows: number): boolean {
  const whole = fromWord + (rows >>> 5);
  for (let at = fromWord; at < whole; at++) if (set[at] !== 0xffffffff) return false;
  const tail = ~(-1 << (rows & 31));
  return ((set[whole] ?? 0) & tail) === tail;
}

export function hasBit(set: Bitset, row: number): boolean {
  return (((set[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
}

export function setBit(set: Bitset, row: number): void {
  const word = row >>> 5;
  set[word] = (set[word] ?? 0) | (1 << (row & 31));
}

/** Keeps in `target` only what is also in `other`. */
export function andInto(target: Bitset, other: Bitset): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] as number) & (other[at] ?? 0);
}

/** Adds all of `other` to `target`. */
export function orInto(target: Bitset, other: Bitset): void {
  const length = Math.min(target.length, other.length);
  for (let at = 0; at < length; at++) target[at] = (target[at] as number) | (other[at] as number);
}

/** What is in `all` but not in `set`. */
export function complement(set: Bitset, all: Bitset): Bitset {
  const rest = new Uint32Array(all.length);
  for (let at = 0; at < all.length; at++) rest[at] = (all[at] as number) & ~(set[at] ?? 0);
  return rest;
}

/** Sets bits 0 to `rows - 1`, counted from a word. */
export function fillBits(set: Bitset, fromWord: number, rows: number): void {
  const whole = fromWord + (rows >>> 5);
  set.fill(0xffffffff, fromWord, whole);
  if ((rows & 31) !== 0) set[whole] = (set[whole] ?? 0) | ~(-1 << (rows & 31));
}
