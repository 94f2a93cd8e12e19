/** Makes the archives that many tests share, before the first; takes them away after the last. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSharedArchives } from './archives';

/** Playwright calls the default export of the file its configuration names. */
async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'trailglass-e2e-archives-'));
  await makeSharedArchives(folder);
  return () => rm(folder, { recursive: true, force: true });
}

// eslint-disable-next-line no-restricted-syntax -- what Playwright demands
export default setUp;
