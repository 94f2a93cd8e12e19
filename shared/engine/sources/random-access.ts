/** Bytes with random access: a file on disk, a part of one, or what is held in memory. */
import { readSync } from 'node:fs';

export interface RandomAccess {
  readonly size: number;
  /** The bytes from `at`, fewer only at the end; none before the start. They may be shared and must not be written to. Throws the system's error. */
  bytes(at: number, length: number): Uint8Array;
  /** A part of it, cut off at its end. */
  slice(start: number, length: number): RandomAccess;
}

/** How far a file on disk has been read, for the progress display. */
export interface ReadMark {
  position: number;
}

export class FileBytes implements RandomAccess {
  readonly size: number;
  private readonly descriptor: number;
  private readonly start: number;
  private readonly mark: ReadMark;

  constructor(descriptor: number, start: number, size: number, mark: ReadMark = { position: 0 }) {
    this.descriptor = descriptor;
    this.start = start;
    this.size = size;
    this.mark = mark;
  }

  bytes(at: number, length: number): Uint8Array {
    // Not zeroed: only the part that was filled is returned.
    const into = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, this.size - at)));
    return into.subarray(0, this.read(into, at, into.length));
  }

  /** As {@link bytes}, into the caller's buffer. */
  read(into: Uint8Array, at: number, length: number): number {
    const wanted = at < 0 ? 0 : Math.max(0, Math.min(length, this.size - at));
    let read = 0;
    while (read < wanted) {
      const now = readSync(this.descriptor, into, read, wanted - read, this.start + at + read);
      if (now === 0) break;
      read += now;
    }
    this.mark.position = this.start + at + read;
    return read;
  }

  slice(start: number, length: number): FileBytes {
    const { from, size } = cut(this.size, start, length);
    return new FileBytes(this.descriptor, this.start + from, size, this.mark);
  }
}

export class HeldBytes implements RandomAccess {
  readonly all: Uint8Array;

  constructor(all: Uint8Array) {
    this.all = all;
  }

  get size(): number {
    return this.all.length;
  }

  bytes(at: number, length: number): Uint8Array {
    return at < 0 ? new Uint8Array(0) : this.all.subarray(at, at + length);
  }

  slice(start: number, length: number): HeldBytes {
    const { from, size } = cut(this.size, start, length);
    return new HeldBytes(this.all.subarray(from, from + size));
  }
}

function cut(whole: number, start: number, length: number): { readonly from: number; readonly size: number } {
  const from = Math.max(0, Math.min(start, whole));
  return { from, size: Math.max(0, Math.min(length, whole - from)) };
}
