/** Opens a file of the evidence for reading: always through here, so that a pipe or device put in its place cannot block a thread. */
import { closeSync, constants, fstatSync, openSync, statSync, type Stats } from 'node:fs';
import { onDisk } from './raw-path';

export interface OpenEvidence {
  /** To be closed by the caller. */
  readonly descriptor: number;
  readonly state: Stats;
}

/**
 * A pipe without a writer would block its reader for ever, and a blocked thread cannot be ended; a terminal would become the
 * process's own. Windows has neither flag, and needs none.
 */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Throws the system's error, or one that says what is there instead of a file.
 *
 * @param path see `raw-path.ts` for names that are not UTF-8
 */
export function openEvidence(path: string): OpenEvidence {
  let descriptor: number;
  try {
    descriptor = openSync(onDisk(path), flags);
  } catch (thrown) {
    // The system's error for a socket, "no such device or address", says too little.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENXIO') checkIsFile(statSync(onDisk(path)));
    throw thrown;
  }
  try {
    const state = fstatSync(descriptor);
    checkIsFile(state);
    return { descriptor, state };
  } catch (thrown) {
    closeSync(descriptor);
    throw thrown;
  }
}

/** Throws an error that says what it is, unless it is a regular file. */
export function checkIsFile(state: Stats): void {
  if (!state.isFile()) throw new Error(`it is ${kindOf(state)} now`);
}

function kindOf(state: Stats): string {
  if (state.isDirectory()) return 'a folder';
  if (state.isFIFO()) return 'a pipe';
  return state.isSocket() ? 'a socket' : 'a device';
}
