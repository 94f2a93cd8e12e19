/** A stream of bytes, one piece after another, of any length. */
import { crc32 } from 'node:zlib';
import type { FileProblem } from '#contract/report';
import { lentBytes, type Lent } from '../text/lent';
import { loss, unreadable } from './problems';
import type { RandomAccess } from './random-access';

const pieceBytes = 2 ** 20;

export interface ByteStream {
  /** The next piece, at most some MB; empty at the end. Lent until the next call. */
  next(): Promise<Lent>;
  /** Skips up to `length` bytes without reading them; returns how many. Absent where skipping is not cheap. */
  readonly skip?: (length: number) => number;
  /** Bytes used so far of the outermost packed file or member. */
  readonly packedBytes: number;
  /** What was wrong with the bytes themselves. Complete at the end. */
  readonly problems: readonly FileProblem[];
  /** Ends it early. */
  close(): void;
}

/** Reads from start to end what allows random access. */
export class AccessStream implements ByteStream {
  readonly problems: FileProblem[] = [];
  packedBytes = 0;
  private readonly access: RandomAccess;

  constructor(access: RandomAccess) {
    this.access = access;
  }

  next(): Promise<Lent> {
    let piece: Uint8Array = new Uint8Array(0);
    try {
      piece = this.access.bytes(this.packedBytes, pieceBytes);
      this.packedBytes += piece.length;
    } catch (thrown) {
      // The part that was read before still needs its end reported.
      this.problems.push(unreadable(thrown));
    }
    return Promise.resolve(piece);
  }

  readonly skip = (length: number): number => {
    const skipped = Math.max(0, Math.min(length, this.access.size - this.packedBytes));
    this.packedBytes += skipped;
    return skipped;
  };

  close(): void {
    this.packedBytes = this.access.size;
  }
}

/** A stream that can be looked into before it is used. */
export class PeekStream {
  /** Bytes used so far. */
  position = 0;
  private readonly stream: ByteStream;
  private piece: Uint8Array = new Uint8Array(0);
  private readonly isCancelled: () => boolean;
  private isOver = false;

  /** @param isCancelled once true, the stream ends wherever it is */
  constructor(stream: ByteStream, isCancelled: () => boolean = () => false) {
    this.stream = stream;
    this.isCancelled = isCancelled;
  }

  get problems(): readonly FileProblem[] {
    return this.stream.problems;
  }

  get packedBytes(): number {
    return this.stream.packedBytes;
  }

  /** The next `length` bytes without using them; fewer at the end. Lent until the next call. */
  async peek(length: number): Promise<Lent> {
    while (this.piece.length < length && !this.isOver) {
      const before = this.piece;
      // The piece is lent until the next call.
      const kept = before.length === 0 ? before : before.slice();
      const more = await this.more();
      if (kept.length > 0) this.piece = joined(kept, more);
    }
    return this.piece.subarray(0, length);
  }

  /** The next bytes, at most `most`; empty at the end. Lent until the next call. */
  async next(most = Infinity): Promise<Lent> {
    if (this.piece.length === 0 && !this.isOver) await this.more();
    const taken = this.piece.subarray(0, most);
    this.piece = this.piece.subarray(taken.length);
    this.position += taken.length;
    return taken;
  }

  /** Skips the next `length` bytes; returns how many there were. */
  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0) {
      if (this.piece.length === 0 && this.stream.skip !== undefined) {
        const skipped = this.stream.skip(left);
        this.position += skipped;
        return length - left + skipped;
      }
      const passed = (await this.next(left)).length;
      if (passed === 0) break;
      left -= passed;
    }
    return length - left;
  }

  /** All remaining bytes in a new buffer; null if there are more than `most`. */
  async hold(most: number, expected: number): Promise<Uint8Array | null> {
    let held = new Uint8Array(Math.min(most, Math.max(expected, 4096)));
    let length = 0;
    for (let piece = await this.next(); piece.length > 0; piece = await this.next()) {
      if (length + piece.length > most) return null;
      if (length + piece.length > held.length) {
        const larger = new Uint8Array(Math.min(most, Math.max(length + piece.length, 2 * held.length)));
        larger.set(held.subarray(0, length));
        held = larger;
      }
      held.set(piece, length);
      length += piece.length;
    }
    return held.subarray(0, length);
  }

  close(): void {
    this.piece = this.piece.subarray(this.piece.length);
    this.isOver = true;
    this.stream.close();
  }

  private async more(): Promise<Lent> {
    this.piece = this.isCancelled() ? new Uint8Array(0) : lentBytes(await this.stream.next());
    this.isOver = this.piece.length === 0;
    return this.piece;
  }
}

/** The next `length` bytes of another stream, as a stream: a member of a tar. The caller skips there what is not used here. */
export class PartStream implements ByteStream {
  packedBytes = 0;
  readonly problems: FileProblem[] = [];
  private readonly whole: PeekStream;
  private readonly length: number;

  constructor(whole: PeekStream, length: number) {
    this.whole = whole;
    this.length = length;
  }

  async next(): Promise<Lent> {
    const left = this.length - this.packedBytes;
    if (left <= 0) return new Uint8Array(0);
    const piece = await this.whole.next(left);
    this.packedBytes += piece.length;
    if (piece.length === 0 && this.problems.length === 0) {
      this.problems.push(
        loss('torn', 'its archive ends in the middle of it; what came before was read', this.packedBytes),
      );
    }
    return piece;
  }

  close(): void {
    // The stream it is part of goes on.
  }
}

/** A stream whose checksum and length are verified at its end. */
export class CheckedStream implements ByteStream {
  private readonly stream: ByteStream;
  private readonly check: (crc: number, length: number) => FileProblem | null;
  private readonly own: FileProblem[] = [];
  private crc = 0;
  private length = 0;

  constructor(stream: ByteStream, check: (crc: number, length: number) => FileProblem | null) {
    this.stream = stream;
    this.check = check;
  }

  get packedBytes(): number {
    return this.stream.packedBytes;
  }

  get problems(): readonly FileProblem[] {
    return [...this.stream.problems, ...this.own];
  }

  async next(): Promise<Lent> {
    const piece = await this.stream.next();
    if (piece.length > 0) {
      this.crc = crc32(lentBytes(piece), this.crc);
      this.length += piece.length;
      return piece;
    }
    // Known damage explains a wrong checksum: one problem is enough.
    const problem = this.problems.length === 0 ? this.check(this.crc, this.length) : null;
    if (problem !== null) this.own.push(problem);
    return piece;
  }

  close(): void {
    this.stream.close();
  }
}

function joined(one: Uint8Array, other: Lent): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
