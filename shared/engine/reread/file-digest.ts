import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AppError } from '#contract/errors';
import { fileState, type FileState } from '../sources/file-state';
import { openEvidence } from '../sources/open-evidence';
import { reasonOf } from '../sources/problems';
import { shownPath } from '../sources/raw-path';

/** The SHA-256 of a file's bytes on disk, in lower-case hex. Rejects with `not-readable`. */
export async function digest({
  path,
}: {
  readonly path: string;
}): Promise<{ readonly sha256: string; readonly state: FileState }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let state: FileState;
  try {
    const { descriptor: fd, state: stats } = openEvidence(path);
    state = fileState(stats);
    for await (const piece of createReadStream('', { fd, highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      sizeBytes += piece.length;
    }
  } catch (thrown) {
    throw new AppError('not-readable', `${shownPath(path)}: ${reasonOf(thrown)}`);
  }
  return { sha256: hash.digest('hex'), state: { ...state, sizeBytes } };
}
