/**
 * Typed arrays that grow during an import, and move to an arena afterwards.
 *
 * Past a small size they take a large piece at once: its untouched pages cost nothing, and growing step by step would leave holes in the C
 * heap.
 */
import { pieceBytes, type Arena } from './arena';

const smallBytes = 256 << 10;

/** Numbers from 0 to 2^32 - 1. */
export class GrowableU32 {
  /** Valid up to `length`; replaced when it grows, so read it again after a push. */
  array: Uint32Array;
  length = 0;

  /** Fills `array` first, where one is given. */
  constructor(array: Uint32Array = new Uint32Array(64)) {
    this.array = array;
  }

  push(value: number): void {
    if (this.length === this.array.length) this.array = grown(this.array, this.length + 1);
    this.array[this.length++] = value;
  }

  /** 0 where nothing was pushed. */
  at(index: number): number {
    return this.array[index] ?? 0;
  }

  /** Moves to memory of just the size. */
  settle(arena: Arena): void {
    const settled = arena.words(this.length);
    settled.set(this.array.subarray(0, this.length));
    this.array = settled;
  }
}

/** Bytes, one after another. */
export class GrowableBytes {
  /** Valid up to `length`; replaced when it grows. */
  array: Uint8Array;
  length = 0;

  /** Fills `array` first, where one is given. */
  constructor(array: Uint8Array = new Uint8Array(256)) {
    this.array = array;
  }

  push(value: number): void {
    this.reserve(1);
    this.array[this.length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.array.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Makes room for this many more, which the caller writes into `array` itself before it raises `length`. */
  reserve(count: number): void {
    if (this.length + count > this.array.length) this.array = grown(this.array, this.length + count);
  }

  /** Moves to memory of just the size. */
  settle(arena: Arena): void {
    const settled = arena.bytes(this.length);
    settled.set(this.array.subarray(0, this.length));
    this.array = settled;
  }
}

/** Zeroed words for a time. Many come straight from the operating system, so that they are returned to it. */
export function passingWords(length: number): Uint32Array {
  const isSmall = length * 4 <= smallBytes;
  return new Uint32Array(isSmall ? length : Math.max(length, pieceBytes / 4)).subarray(0, length);
}

function grown<T extends Uint32Array | Uint8Array>(array: T, needed: number): T {
  const width = array.BYTES_PER_ELEMENT;
  const doubled = Math.max(needed * width, array.byteLength * 2, 1024);
  const byteLength = doubled > smallBytes ? Math.max(pieceBytes, doubled) : doubled;
  const length = Math.ceil(byteLength / width);
  const larger = (array instanceof Uint32Array ? new Uint32Array(length) : new Uint8Array(length)) as T;
  larger.set(array);
  return larger;
}
