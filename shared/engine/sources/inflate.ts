/** Unpacks deflate data piece by piece, and recovers everything before the damaged byte. */
import { constants, createInflateRaw, inflateRawSync, type InflateRaw } from 'node:zlib';
import { bytesAt, type PackedInput } from './packed-input';

/** Deflate packs a thousandfold at best: what one piece unpacks to stays far below a limit that matters. */
const pieceBytes = 2 ** 15;
const outputBytes = 2 ** 20;

export interface InflateEnd {
  /** Where the input goes on after the deflate data; after an error, the end of the piece with the error. */
  readonly position: number;
  readonly error: Error | null;
}

/** Data this short is unpacked in one call, several times if need be: that is faster than starting one zlib stream. */
export const maxShortBytes = 2 ** 18;
const maxShortUnpacked = 2 ** 22;

/**
 * Yields what the deflate data from `start` on unpacks to.
 *
 * zlib throws away what it had unpacked of a piece when it meets an error in it. The data is then unpacked once more, with smaller pieces around
 * the error, leaving out what was yielded already. This needs the whole input to be available still.
 */
export async function* inflate(input: PackedInput, start: number): AsyncGenerator<Uint8Array, InflateEnd> {
  const head = await bytesAt(input, start, headBytes);
  const refused = refusal(head);
  const early = refused === null ? null : inflateUpToDamage(head);
  if (early !== null) {
    if (early.bytes.length > 0) yield early.bytes;
    return { position: start + early.used, error: refused };
  }
  const progress: Progress = { yielded: 0, unpacked: 0 };
  let careful: Range | null = null;
  for (;;) {
    const end: RunEnd = yield* run(input, start, careful, progress);
    const isByteExact = end.piece.length <= 1 || (end.error !== null && isTorn(end.error));
    if (end.error === null || isByteExact || input.keptFrom > start) return end;
    if (end.position - start <= maxShortBytes && progress.yielded <= maxShortUnpacked) {
      const packed = await bytesAt(input, start, end.position - start);
      const exact = packed.length === end.position - start ? inflateUpToDamage(packed) : null;
      if (exact !== null) {
        if (exact.bytes.length > progress.yielded) yield exact.bytes.subarray(progress.yielded);
        return { position: start + exact.used, error: end.error };
      }
    }
    careful = end.piece;
    progress.unpacked = 0;
  }
}

/**
 * What damaged data unpacks to before the damage, and how many of its bytes were used; null where it is too long. The damage is where one
 * more byte makes zlib refuse the data.
 */
export function inflateUpToDamage(packed: Uint8Array): { readonly bytes: Uint8Array; readonly used: number } | null {
  let sound = 0;
  let bad = packed.length + 1;
  let bytes: Uint8Array = new Uint8Array(0);
  let isFound = false;
  // Forged data mostly fails at once: try a few short prefixes first, then bisect.
  const starts = shortStarts.filter((length) => length < packed.length).values();
  while (bad - sound > 1) {
    const start = isFound ? undefined : starts.next().value;
    const middle = start ?? (sound + bad) >>> 1;
    try {
      bytes = inflateShort(packed.subarray(0, middle));
      sound = middle;
    } catch (thrown) {
      if (!isDamage(thrown)) return null;
      isFound = true;
      bad = middle;
    }
  }
  return { bytes, used: Math.min(bad, packed.length) };
}

/** Data that is refused within its first bytes is not worth a stream, which is slow to start: there may be thousands of such members. */
const headBytes = 2 ** 8;
/** Prefix lengths to try; nothing shorter than the first unpacks to any byte. */
const shortStarts = [2, 2 ** 5, headBytes];

/** The error zlib gives for data that may go on after its end; null: none. */
function refusal(packed: Uint8Array): Error | null {
  try {
    inflateShort(packed);
    return null;
  } catch (thrown) {
    return isDamage(thrown) ? thrown : null;
  }
}

function inflateShort(packed: Uint8Array): Uint8Array {
  return inflateRawSync(packed, {
    // zlib allocates this much memory, filled or not.
    chunkSize: Math.max(2 ** 10, Math.min(4 * packed.length, 2 ** 16)),
    maxOutputLength: 2 * maxShortUnpacked,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}

function isDamage(thrown: unknown): thrown is Error {
  return isZlibError(thrown, 'Z_DATA_ERROR');
}

/** Whether the data only ends too early. */
export function isTorn(error: Error): boolean {
  return isZlibError(error, 'Z_BUF_ERROR');
}

export function isZlibError(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

interface Progress {
  /** Bytes yielded, in this run or an earlier one. */
  yielded: number;
  /** Bytes unpacked in this run. */
  unpacked: number;
}

/** A range of the packed bytes. */
interface Range {
  readonly start: number;
  readonly length: number;
}

interface RunEnd extends InflateEnd {
  /** The piece it ended at. */
  readonly piece: Range;
}

/** One run from `start`. Within `careful`, pieces are a small part of its length. */
async function* run(
  input: PackedInput,
  start: number,
  careful: Range | null,
  progress: Progress,
): AsyncGenerator<Uint8Array, RunEnd> {
  const unpacker = new Unpacker();
  let position = start;
  try {
    for (;;) {
      const piece = await input.bytes(position, pieceLength(position, careful));
      const error = await (piece.length === 0 ? unpacker.finish() : unpacker.write(piece));
      for (const bytes of unpacker.take()) {
        const fresh = Math.min(bytes.length, progress.unpacked + bytes.length - progress.yielded);
        progress.unpacked += bytes.length;
        if (fresh <= 0) continue;
        progress.yielded += fresh;
        yield bytes.subarray(bytes.length - fresh);
      }
      const range = { start: position, length: piece.length };
      position += piece.length;
      if (error !== null) return { position, error, piece: range };
      if (unpacker.isOver || piece.length === 0) return { position: start + unpacker.used, error: null, piece: range };
    }
  } finally {
    unpacker.close();
  }
}

function pieceLength(position: number, careful: Range | null): number {
  if (careful === null || position >= careful.start + careful.length) return pieceBytes;
  if (position < careful.start) return Math.min(pieceBytes, careful.start - position);
  return Math.max(1, careful.length >> 8);
}

/** zlib's stream, one piece at a time. */
class Unpacker {
  /** The deflate data has come to its end. */
  isOver = false;
  private readonly inflater: InflateRaw = createInflateRaw({ chunkSize: outputBytes });
  private given = 0;
  private out: Uint8Array[] = [];

  constructor() {
    this.inflater.on('data', (bytes: Uint8Array) => {
      this.out.push(bytes);
    });
  }

  /** Bytes of the input that were used. */
  get used(): number {
    return this.inflater.bytesWritten;
  }

  /** What has been unpacked since the last call. */
  take(): readonly Uint8Array[] {
    const { out } = this;
    this.out = [];
    return out;
  }

  /** Settles when the piece is unpacked: with the error, if there was one. */
  write(piece: Uint8Array): Promise<Error | null> {
    this.given += piece.length;
    return new Promise((resolve) => {
      const settle = (error: Error | null): void => {
        this.inflater.off('error', settle);
        // Bytes after the end of the data are not used.
        this.isOver = error === null && this.used < this.given;
        resolve(error);
      };
      this.inflater.on('error', settle);
      this.inflater.write(piece, (error) => {
        settle(error ?? null);
      });
    });
  }

  /** There is no more input. */
  finish(): Promise<Error | null> {
    return new Promise((resolve) => {
      this.inflater.once('error', resolve);
      this.inflater.once('end', () => {
        resolve(null);
      });
      this.inflater.end();
    });
  }

  close(): void {
    // An error during closing no longer matters.
    this.inflater.on('error', ignore);
    this.inflater.destroy();
  }
}

const ignore = (): void => undefined;
