import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../../build/scripts/lock.mjs';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailglass-lock-'));
  path = join(folder, 'deep', '.lock');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('lets one in at a time, and everyone in the end', async () => {
  const log: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    log.push(`${name} in`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} out`);
  };
  await Promise.all([withLock(work('first'), path), withLock(work('second'), path)]);
  expect(log).toEqual(['first in', 'first out', 'second in', 'second out']);
});

it('is given back when the work fails', async () => {
  await expect(withLock(() => Promise.reject(new Error('no disk')), path)).rejects.toThrow('no disk');
  expect(existsSync(path)).toBe(false);
});

it('is taken from a process that is gone', async () => {
  await withLock(() => Promise.resolve(), path);
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(path, String(gone));
  await expect(withLock(() => Promise.resolve('done'), path)).resolves.toBe('done');
});

it('is taken from a holder whose number now means another process', async () => {
  await withLock(() => Promise.resolve(), path);
  writeFileSync(path, String(process.pid));
  utimesSync(path, 0, 0);
  await expect(withLock(() => Promise.resolve('done'), path)).resolves.toBe('done');
});
