/**
 * The decompressed bytes of a file, recognised by content: gzip or plain. Small files come whole, large ones chunk by chunk, so that a file of
 * any length takes the same memory.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import type { FileProblem } from '#contract/types';
import { gunzipChunks } from './gunzip-chunks';
import { reasonOf } from './list-files';

const CHUNK_BYTES = 2 ** 20;
/** Larger gzip files, or ones that unpack to more, are streamed. */
const MAX_WHOLE_GZIP = 16 * 2 ** 20;
const MAX_WHOLE = 48 * 2 ** 20;
/** Deflate cannot do better. A trailer that claims more is wrong. */
const MAX_RATIO = 1032;

/**
 * Takes a piece of the file; with `isLast`, there is nothing more. The piece is only lent. `position`: bytes of the file on disk used so far.
 *
 * Returns false to have no more: not even the last piece.
 */
export type TakeBytes = (piece: Uint8Array, isLast: boolean, position: number) => boolean;

/** Reused from file to file; one decoder per thread. */
export class FileDecoder {
  private packed: Uint8Array<ArrayBuffer> = new Uint8Array(CHUNK_BYTES);

  /** Decodes one file. What was wrong with the file itself (not with what is in it) is returned; all that was readable has been taken. */
  async decode(path: string, sizeBytes: number, take: TakeBytes): Promise<FileProblem | null> {
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r');
    } catch (thrown) {
      return unreadable(thrown);
    }
    try {
      const whole = sizeBytes <= MAX_WHOLE_GZIP;
      const read = this.read(descriptor, whole ? sizeBytes + 1 : CHUNK_BYTES);
      const isGzip = read >= 2 && this.packed[0] === 0x1f && this.packed[1] === 0x8b;
      // A file that grew since it was listed is not whole.
      const isWhole = whole && read <= sizeBytes;
      if (!isGzip) return this.takePlain(descriptor, read, isWhole, take);
      if (isWhole) {
        const unpacked = gunzipWhole(this.packed.subarray(0, read));
        if (unpacked !== null) {
          // Of nothing but damage it need not be said as well that it is empty.
          if (unpacked.bytes.length > 0 || unpacked.problem === null) take(unpacked.bytes, true, read);
          return unpacked.problem;
        }
      }
      return await gunzipChunks(descriptor, take);
    } catch (thrown) {
      return unreadable(thrown);
    } finally {
      closeSync(descriptor);
    }
  }

  private takePlain(descriptor: number, read: number, isWhole: boolean, take: TakeBytes): FileProblem | null {
    let length = read;
    let position = read;
    let isLast = isWhole;
    let problem: FileProblem | null = null;
    while (take(this.packed.subarray(0, length), isLast, position) && !isLast) {
      try {
        length = this.read(descriptor, CHUNK_BYTES);
      } catch (thrown) {
        // What was read before still has its end to be told.
        problem = unreadable(thrown);
        length = 0;
      }
      position += length;
      isLast = length === 0;
    }
    return problem;
  }

  /** Reads up to `length` bytes from where the file stands into `packed`. */
  private read(descriptor: number, length: number): number {
    if (this.packed.length < length) this.packed = new Uint8Array(length);
    let read = 0;
    while (read < length) {
      const now = readSync(descriptor, this.packed, read, length - read, null);
      if (now === 0) break;
      read += now;
    }
    return read;
  }
}

/** Unpacks in one call; null where that cannot be done and the file has to be streamed. */
function gunzipWhole(packed: Uint8Array): { readonly bytes: Uint8Array; readonly problem: FileProblem | null } | null {
  // The trailer states the length, of the last member at least. Room for all of it in one buffer spares zlib from joining pieces.
  const trailer = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const stated = packed.length < 18 ? 0 : trailer.getUint32(packed.length - 4, true);
  if (stated > MAX_WHOLE) return null;
  const chunkSize = Math.max(1024, Math.min(stated, packed.length * MAX_RATIO) + 64);
  try {
    return { bytes: gunzipSync(packed, { chunkSize, maxOutputLength: MAX_WHOLE }), problem: null };
  } catch (thrown) {
    if (!isZlibError(thrown, 'Z_BUF_ERROR')) return null;
  }
  try {
    // The same, but content with what there is.
    const finishFlush = constants.Z_SYNC_FLUSH;
    const bytes = gunzipSync(packed, { chunkSize: 65536, maxOutputLength: MAX_WHOLE, finishFlush });
    return { bytes, problem: tornProblem(bytes.length) };
  } catch {
    return null;
  }
}

/** A gzip file that ends too early. */
export function tornProblem(atByte: number): FileProblem {
  return {
    code: 'torn',
    severity: 'loss',
    message: 'the gzip file ends too early; what came before was read',
    atByte,
    snippet: '',
  };
}

export function isZlibError(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

function unreadable(thrown: unknown): FileProblem {
  return { code: 'unreadable', severity: 'loss', message: reasonOf(thrown), atByte: null, snippet: '' };
}
