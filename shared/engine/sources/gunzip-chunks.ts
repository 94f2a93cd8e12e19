/** Unpacks a gzip file piece by piece, and gets everything out of a damaged one up to the very byte of the damage. */
import { readSync } from 'node:fs';
import { createGunzip, type Gunzip } from 'node:zlib';
import type { FileProblem } from '#contract/types';
import { isZlibError, tornProblem, type TakeBytes } from './decode-file';

const PIECE_BYTES = 2 ** 16;
const OUTPUT_BYTES = 2 ** 20;

/**
 * Unpacks the file from its start.
 *
 * zlib throws away what it had unpacked of a piece when it meets an error in it. The file is then unpacked once more, with smaller pieces around the
 * place, and what was taken already is left out.
 */
export async function gunzipChunks(descriptor: number, take: TakeBytes): Promise<FileProblem | null> {
  const progress: Progress = { taken: 0, position: 0, goesOn: true };
  let careful: Range | null = null;
  for (;;) {
    const failure = await unpack(descriptor, careful, progress, take);
    if (!progress.goesOn) return null;
    if (failure === null || failure.piece.length === 1 || isZlibError(failure.error, 'Z_BUF_ERROR')) {
      if (progress.taken > 0 || failure === null) take(new Uint8Array(0), true, progress.position);
      return failure === null ? null : describe(failure.error, progress.taken);
    }
    careful = failure.piece;
  }
}

interface Progress {
  /** Unpacked bytes that were handed over, in this run or an earlier one. */
  taken: number;
  /** Packed bytes that were used. */
  position: number;
  goesOn: boolean;
}

/** A range of the packed file. */
interface Range {
  readonly start: number;
  readonly length: number;
}

interface Failure {
  readonly error: Error;
  /** The piece that zlib failed at. */
  readonly piece: Range;
}

/** One run from the start of the file. Within `careful`, pieces are a 256th of its length. */
async function unpack(
  descriptor: number,
  careful: Range | null,
  progress: Progress,
  take: TakeBytes,
): Promise<Failure | null> {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  let unpacked = 0;
  let position = 0;
  gunzip.on('data', (bytes: Uint8Array) => {
    const fresh = Math.min(bytes.length, unpacked + bytes.length - progress.taken);
    unpacked += bytes.length;
    if (fresh <= 0 || !progress.goesOn) return;
    progress.taken += fresh;
    progress.goesOn = take(bytes.subarray(bytes.length - fresh), false, position);
  });
  const packed = new Uint8Array(PIECE_BYTES);
  try {
    while (progress.goesOn) {
      const length = readSync(descriptor, packed, 0, pieceLength(position, careful), position);
      const error = await (length === 0 ? finish(gunzip) : write(gunzip, packed.subarray(0, length)));
      if (error !== null) return { error, piece: { start: position, length: Math.max(1, length) } };
      if (length === 0) return null;
      position += length;
      progress.position = position;
    }
    return null;
  } finally {
    gunzip.destroy();
  }
}

function pieceLength(position: number, careful: Range | null): number {
  if (careful === null || position >= careful.start + careful.length) return PIECE_BYTES;
  if (position < careful.start) return Math.min(PIECE_BYTES, careful.start - position);
  return Math.max(1, careful.length >> 8);
}

/** Settles when the piece is unpacked and handed over: with the error, if there was one. */
function write(gunzip: Gunzip, piece: Uint8Array): Promise<Error | null> {
  return new Promise((resolve) => {
    const onError = (error: Error): void => {
      resolve(error);
    };
    gunzip.once('error', onError);
    gunzip.write(piece, (error) => {
      gunzip.off('error', onError);
      resolve(error ?? null);
    });
  });
}

function finish(gunzip: Gunzip): Promise<Error | null> {
  return new Promise((resolve) => {
    gunzip.once('error', resolve);
    gunzip.once('end', () => {
      resolve(null);
    });
    gunzip.end();
  });
}

function describe(error: Error, atByte: number): FileProblem {
  if (isZlibError(error, 'Z_BUF_ERROR')) return tornProblem(atByte);
  const message =
    messages.get(error.message) ?? `the gzip data is damaged (${error.message}); what came before was read`;
  return { code: 'bad-gzip', severity: 'loss', message, atByte, snippet: '' };
}

const messages: ReadonlyMap<string, string> = new Map([
  [
    'incorrect data check',
    'the gzip check sum is wrong: the file was damaged or changed; all of it was read nevertheless',
  ],
  [
    'incorrect length check',
    'the gzip length is wrong: the file was damaged or changed; all of it was read nevertheless',
  ],
  ['incorrect header check', 'what follows the gzip data is not gzip; it was left out'],
]);
