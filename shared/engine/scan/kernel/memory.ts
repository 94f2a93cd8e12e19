/**
 * Growable regions of linear memory, and byte strings in them.
 *
 * AssemblyScript, compiled to WebAssembly by the build. Every region ends in {@link slack} spare bytes, since strings are read in words
 * of 8 and vectors of 16 bytes whose tail is masked.
 */

/** Spare bytes after the end of every region. */
export const slack: u32 = 64;

/** A region of memory that can move when it grows: hold offsets into it, never addresses, across a {@link Region.reserve}. */
export class Region {
  base: usize = 0;
  used: u32 = 0;
  capacity: u32 = 0;

  /** Makes room for `bytes` more. Doubles, so that growing little by little stays linear. */
  reserve(bytes: u32): void {
    const wanted: u64 = <u64>this.used + bytes + slack;
    if (wanted <= this.capacity) return;
    let capacity: u64 = max<u64>(4096, <u64>this.capacity * 2);
    while (capacity < wanted) capacity *= 2;
    if (capacity > 0x7fffffff) {
      // TLSF takes no larger block. Reached only by one record, or one dictionary, of about 2 GB.
      if (wanted > 0x7fff0000) abort('a region of the scanner is full (2 GB)');
      capacity = 0x7fff0000;
    }
    this.base = this.base === 0 ? heap.alloc(<usize>capacity) : heap.realloc(this.base, <usize>capacity);
    this.capacity = <u32>capacity;
  }

  /** Adds `bytes` zero bytes and returns their offset. */
  append(bytes: u32): u32 {
    this.reserve(bytes);
    const at = this.used;
    memory.fill(this.base + at, 0, bytes);
    this.used += bytes;
    return at;
  }
}

/**
 * Both differ from run to run, so that no file can be made to collide. A random start alone is not enough: the effect of multiplying by a known
 * number on a difference in the topmost bit is predictable, and the next word could cancel it.
 */
let hashSeed: u64 = 0;
let hashFactor: u64 = 1;

export function setHashSeed(seed: u64, factor: u64): void {
  hashSeed = seed;
  hashFactor = factor | 1;
}

/** Table position for a text's hash and its owner's number: equal texts of many owners must spread. */
export function slotHash(hash: u64, owner: u32): u32 {
  return <u32>(((hash ^ owner) * hashFactor) >> 32);
}

/** Hash of a value's path, from that of the surrounding object or array and the hash of its key or position. */
export function placeOf(container: u64, step: u64): u64 {
  const place = (container ^ step) * hashFactor;
  return place ^ (place >> 32);
}

/** Hash of a byte string; reads up to 7 bytes past it. */
export function hashBytes(start: usize, length: u32, tag: u32): u64 {
  let hash: u64 = hashSeed ^ (((<u64>tag) << 32) | length);
  let at = start;
  let left = length;
  while (left >= 8) {
    hash = mix(hash ^ load<u64>(at));
    at += 8;
    left -= 8;
  }
  return left === 0 ? mix(hash) : mix(hash ^ tail(at, left));
}

/** Mixes a number so that its bits look random. */
export function mix(word: u64): u64 {
  const first = word * 0xff51afd7ed558ccd;
  const second = (first ^ (first >> 32)) * hashFactor;
  return second ^ (second >> 32);
}

/** The 1 to 7 bytes at `at` as a word. */
function tail(at: usize, length: u32): u64 {
  return load<u64>(at) & (((<u64>1) << (length << 3)) - 1);
}

/** Whether two byte strings of this length are equal; reads up to 7 bytes past both. */
export function equalBytes(a: usize, b: usize, length: u32): bool {
  let left = length;
  while (left >= 8) {
    if (load<u64>(a) !== load<u64>(b)) return false;
    a += 8;
    b += 8;
    left -= 8;
  }
  return left === 0 || tail(a, left) === tail(b, left);
}
