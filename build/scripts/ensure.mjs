/**
 * Makes the project ready to run: right Node, packages installed, programs built. Quiet and quick when all is fresh.
 *
 *     node build/scripts/ensure.mjs [--force]
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { PlainError, fromRoot, root, runMain } from './project.mjs';

function checkNode() {
  const wanted = String(JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).engines.node).replace(/[^\d.]/g, '');
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new PlainError(
    `Trailglass needs Node ${wanted} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
}

/**
 * Installs what is missing and builds what is stale.
 *
 * @param {{ force?: boolean, installOnly?: boolean }} [options] `force` builds everything again
 */
export async function ensure({ force = false, installOnly = false } = {}) {
  checkNode();
  // Where nothing is to be done nothing is written: the project may lie on a medium that is read-only.
  if (!force && isInstalled() && (installOnly || isBuilt())) return;
  try {
    await withLock(async () => {
      if (!isInstalled()) await install();
      if (!installOnly) await build({ force });
    });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM') throw error;
    throw new PlainError(
      `${root} cannot be written, and its packages or programs are not up to date. Copy it to a place that can be written, run \`npm start -- --prepare\` there, and carry that copy.`,
    );
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runMain(async () => {
    await ensure({ force: process.argv.includes('--force') });
    return 0;
  });
}
