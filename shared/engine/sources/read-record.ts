/** Reads a record again from where it was found, and the check sum of its file. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { AppError } from '#contract/errors';
import type { RecordFormat } from '#contract/types';
import { rereadRecord, type RereadRecord } from '../formats/reread';
import { FileDecoder } from './decode-file';
import type { MemberRef } from './member';
import { reasonOf, type ListedFile, type ListedState } from './list-files';

/** A file that unpacks to no more than this is kept, for the next record from it. */
const MAX_KEPT = 64 * 2 ** 20;

/** The bytes of the file at hand. */
interface Kept extends ListedState {
  readonly bytes: Uint8Array;
}

let kept: Kept | null = null;

/** Forgets the file that is kept: its archive was closed. */
export function forgetKeptFile(): void {
  kept = null;
}

/** Where a record stands in the text of its file or member. */
export interface RecordSpot {
  readonly offset: number;
  readonly length: number;
  /** Which of the events that share this place, from 0. */
  readonly ordinal: number;
  readonly format: RecordFormat;
}

/**
 * A record, read again.
 *
 * Rejects with `not-readable` where the file is gone, is not as it was listed, or has no event there: another record in its place must
 * not pass for the one that was indexed.
 */
export async function readRecord(file: ListedFile, member: MemberRef | null, spot: RecordSpot): Promise<RereadRecord> {
  const { size, mtimeMs } = stateOf(file.path);
  const hasChanged = size !== file.sizeBytes || mtimeMs !== file.mtimeMs;
  const slice = hasChanged || member !== null ? null : await find(file, spot.offset, spot.length);
  const record = slice === null ? null : rereadRecord(spot.format, slice, new Uint8Array(0), spot.ordinal);
  if (record === null) {
    throw new AppError('not-readable', `${file.path} has changed since it was opened: the event is not where it was`, {
      hint: 'Open the archive again.',
    });
  }
  return record;
}

async function find(
  { path, sizeBytes, mtimeMs }: ListedState,
  offset: number,
  length: number,
): Promise<Uint8Array | null> {
  if (kept?.path !== path || kept.sizeBytes !== sizeBytes || kept.mtimeMs !== mtimeMs) kept = null;
  if (kept !== null) return slice(kept.bytes, offset, length);
  const record = new Uint8Array(length);
  let got = 0;
  let position = 0;
  let pieces: Uint8Array[] | null = [];
  const problem = await new FileDecoder().decode(path, sizeBytes, (piece) => {
    const from = Math.max(0, offset - position);
    const to = Math.min(piece.length, offset + length - position);
    if (from < to) {
      record.set(piece.subarray(from, to), position + from - offset);
      got += to - from;
    }
    position += piece.length;
    if (position > MAX_KEPT) pieces = null;
    pieces?.push(piece.slice());
    // A large file is read no further than it has to be; one that is kept, to its end.
    return pieces !== null || got < length;
  });
  if (problem?.code === 'unreadable') throw new AppError('not-readable', `${path}: ${problem.message}`);
  if (pieces !== null) kept = { path, sizeBytes, mtimeMs, bytes: Buffer.concat(pieces) };
  return got === length ? record : null;
}

function slice(bytes: Uint8Array, offset: number, length: number): Uint8Array | null {
  return offset + length <= bytes.length ? bytes.slice(offset, offset + length) : null;
}

/** The SHA-256 of a file as it lies on disk, in lower-case hex. Rejects with `not-readable`. */
export async function digest({
  path,
}: {
  readonly path: string;
}): Promise<{ readonly sha256: string; readonly sizeBytes: number; readonly mtimeMs: number }> {
  const { mtimeMs } = stateOf(path);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      sizeBytes += piece.length;
    }
  } catch (thrown) {
    throw new AppError('not-readable', `${path}: ${reasonOf(thrown)}`);
  }
  return { sha256: hash.digest('hex'), sizeBytes, mtimeMs };
}

function stateOf(path: string): { readonly size: number; readonly mtimeMs: number } {
  try {
    return statSync(path);
  } catch (thrown) {
    throw new AppError('not-readable', `${path}: ${reasonOf(thrown)}`);
  }
}
