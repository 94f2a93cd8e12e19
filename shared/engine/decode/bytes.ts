/**
 * Byte strings compared and hashed four bytes at a time.
 *
 * Every view given here must be readable for {@link SLACK} bytes past the string: the last word is read whole and masked.
 */

/** Bytes that must be readable (whatever they hold) after the end of every buffer that is scanned. */
export const SLACK = 8;

const MULTIPLIER = 0x9e3779b1 | 0;

/** Mixes one little-endian word into a running hash. The scanner repeats this line in its own loop. */
function mixWord(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, MULTIPLIER);
}

/** Ends a hash: spreads the bits, and makes equal bytes under different tags, or of different lengths, differ. */
export function finishHash(hash: number, tag: number, length: number): number {
  let mixed = hash ^ Math.imul(tag, 0x85ebca6b) ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}

/** The hash of a byte string under a tag. `seed` differs from run to run, so that no file can be made to collide. */
export function hashBytes(view: DataView, start: number, length: number, tag: number, seed: number): number {
  let hash = seed;
  let at = start;
  const lastWord = start + length - 4;
  for (; at <= lastWord; at += 4) hash = mixWord(hash, view.getInt32(at, true));
  const rest = start + length - at;
  if (rest > 0) hash = mixWord(hash, view.getInt32(at, true) & ((1 << (rest << 3)) - 1));
  return finishHash(hash, tag, length);
}

/** Whether two byte strings of the same length are equal. */
export function equalBytes(a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean {
  let i = 0;
  for (const lastWord = length - 4; i <= lastWord; i += 4) {
    if (a.getInt32(aStart + i, true) !== b.getInt32(bStart + i, true)) return false;
  }
  const rest = length - i;
  if (rest === 0) return true;
  return ((a.getInt32(aStart + i, true) ^ b.getInt32(bStart + i, true)) & ((1 << (rest << 3)) - 1)) === 0;
}

type Growable = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** The same array, or a longer copy that has room for `length` elements. Doubles, so that adding one by one stays linear. */
export function withRoom<ArrayType extends Growable>(array: ArrayType, length: number): ArrayType {
  if (length <= array.length) return array;
  const Constructor = array.constructor as new (length: number) => ArrayType;
  const longer = new Constructor(Math.max(length, array.length * 2));
  longer.set(array as never);
  return longer;
}
