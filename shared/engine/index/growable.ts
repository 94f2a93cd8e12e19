/** Typed arrays that grow. They hold up to half as much again as they need while the import runs; `trim` gives that back. */

/** Numbers from 0 to 2^32 - 1. */
export class GrowableU32 {
  /** Valid up to `length`; replaced when it grows, so fetch it anew after a push. */
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

  trim(): void {
    if (this.array.length > this.length) this.array = this.array.slice(0, this.length);
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

  trim(): void {
    if (this.array.length > this.length) this.array = this.array.slice(0, this.length);
  }
}

function grown<T extends Uint32Array | Uint8Array>(array: T, needed: number): T {
  const length = Math.max(needed, Math.ceil(array.length * 1.5) + 16);
  const larger = (array instanceof Uint32Array ? new Uint32Array(length) : new Uint8Array(length)) as T;
  larger.set(array);
  return larger;
}
