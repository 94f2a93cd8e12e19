/** One install or build at a time, whoever starts them: two commands in two terminals must not write the same files at once. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { dirname } from 'node:path';
import { fromRoot, say } from './project.mjs';

const pollMs = 200;
/** No install takes longer; a number in an older lock may long mean another process. */
const abandonedAfterMs = 30 * 60 * 1000;

/**
 * @param {string} path
 * @returns {boolean} whether we hold the lock now
 */
function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Whether the process that took the lock is gone: it crashed or the machine was switched off.
 *
 * @param {string} path
 */
function isAbandoned(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > abandonedAfterMs) return true;
    const holder = Number(readFileSync(path, 'utf8'));
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
 * @param {string} [path] of the lock file
 * @returns {Promise<T>}
 */
export async function withLock(work, path = fromRoot('out', '.lock')) {
  let isWaiting = false;
  while (!tryLock(path)) {
    if (isAbandoned(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!isWaiting) say('Waiting for another Trailglass command to finish installing or building …');
    isWaiting = true;
    await wait(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
