/** One install or build at a time, whoever starts them: two commands in two terminals must not write the same files at once. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { dirname } from 'node:path';
import { fromRoot, say } from './project.mjs';

const lockFile = fromRoot('out', '.lock');
const pollMs = 200;

/** @returns {boolean} whether we hold the lock now */
function tryLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Whether the process that took the lock is gone: it crashed or the machine was switched off. */
function isAbandoned() {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (!Number.isSafeInteger(holder) || holder <= 0) return false; // Being written this moment.
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/**
 * Runs `work` while nobody else does, waiting for its turn.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  let isWaiting = false;
  while (!tryLock()) {
    if (isAbandoned()) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!isWaiting) say('Waiting for another Trailglass command to finish installing or building …');
    isWaiting = true;
    await wait(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}
