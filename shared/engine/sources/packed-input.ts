/** Packed bytes for an unpacker: by offset, as far back as they are still kept. */
import type { FileProblem } from '#contract/report';
import type { Lent } from '../text/lent';
import { unreadable } from './problems';
import type { PeekStream } from './byte-stream';
import type { RandomAccess } from './random-access';

export interface PackedInput {
  /** Bytes from `at`, at most `most` and possibly fewer; none at the end. They may be shared. */
  bytes(at: number, most: number): Promise<Uint8Array>;
  /** The first offset that can still be read. */
  readonly keptFrom: number;
  /** Bytes used of the outermost file: see {@link ByteStream.packedBytes}. */
  readonly packedBytes: number;
  readonly problems: readonly FileProblem[];
  close(): void;
}

export class AccessInput implements PackedInput {
  readonly keptFrom = 0;
  packedBytes = 0;
  readonly problems: FileProblem[] = [];
  private readonly access: RandomAccess;
  private readonly isCancelled: () => boolean;

  /** @param isCancelled once true, there are no more bytes */
  constructor(access: RandomAccess, isCancelled: () => boolean = () => false) {
    this.access = access;
    this.isCancelled = isCancelled;
  }

  bytes(at: number, most: number): Promise<Uint8Array> {
    let bytes: Uint8Array = new Uint8Array(0);
    try {
      if (!this.isCancelled()) bytes = this.access.bytes(at, most);
    } catch (thrown) {
      if (this.problems.length === 0) this.problems.push(unreadable(thrown));
    }
    this.packedBytes = Math.max(this.packedBytes, at + bytes.length);
    return Promise.resolve(bytes);
  }

  close(): void {
    // Whoever opened the file closes it.
  }
}

/** Bytes already passed are kept for a while: damage is noticed after where it begins. */
const keptBytes = 2 ** 18;

export class StreamInput implements PackedInput {
  keptFrom = 0;
  private readonly stream: PeekStream;
  private kept: Uint8Array = new Uint8Array(0);

  constructor(stream: PeekStream) {
    this.stream = stream;
  }

  get packedBytes(): number {
    return this.stream.packedBytes;
  }

  get problems(): readonly FileProblem[] {
    return this.stream.problems;
  }

  async bytes(at: number, most: number): Promise<Uint8Array> {
    while (at >= this.keptFrom + this.kept.length) {
      const piece = await this.stream.next(keptBytes);
      if (piece.length === 0) return this.kept.subarray(this.kept.length);
      this.add(piece);
    }
    const from = Math.max(0, at - this.keptFrom);
    return this.kept.subarray(from, from + most);
  }

  close(): void {
    this.stream.close();
  }

  private add(piece: Lent): void {
    const keep = Math.min(this.kept.length, keptBytes);
    const next = new Uint8Array(keep + piece.length);
    next.set(this.kept.subarray(this.kept.length - keep));
    next.set(piece, keep);
    this.keptFrom += this.kept.length - keep;
    this.kept = next;
  }
}

/** Exactly `length` bytes from `at`, fewer only at the end. */
export async function bytesAt(input: PackedInput, at: number, length: number): Promise<Uint8Array> {
  const first = await input.bytes(at, length);
  if (first.length === length || first.length === 0) return first;
  const all = new Uint8Array(length);
  all.set(first);
  let got = first.length;
  while (got < length) {
    const more = await input.bytes(at + got, length - got);
    if (more.length === 0) break;
    all.set(more, got);
    got += more.length;
  }
  return all.subarray(0, got);
}
