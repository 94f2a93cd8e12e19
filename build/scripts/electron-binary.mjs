/** Finds Electron's program, which its npm package fetches only on first use, or says why there is none. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchElectron } from './electron-fetch.mjs';
import { withLock } from './lock.mjs';
import { PlainError, fromRoot, say } from './project.mjs';

/** Long enough not to wait at every start without a network, short enough that a cable plugged in now helps soon. */
const retryAfterMs = 10 * 60 * 1000;
const failureFile = fromRoot('node_modules', '.cache', 'trailglass', 'electron-unavailable.json');
const electronFolder = fromRoot('node_modules', 'electron');

/** @typedef {{ readonly version: string, readonly at: number, readonly reason: string }} Failure */

/** The version that package-lock.json names and node_modules holds. */
export function electronVersion() {
  return String(JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')).version);
}

/** The name of Electron's program below its folder. */
function programName() {
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  return names[process.platform] ?? 'electron';
}

/** @returns {Failure | undefined} the last failed attempt to fetch this version, where it is recent */
function recentFailure() {
  try {
    const failure = /** @type {Failure} */ (JSON.parse(readFileSync(failureFile, 'utf8')));
    const age = Date.now() - failure.at;
    return failure.version === electronVersion() && age >= 0 && age < retryAfterMs ? failure : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} reason */
function rememberFailure(reason) {
  try {
    mkdirSync(dirname(failureFile), { recursive: true });
    writeFileSync(failureFile, JSON.stringify({ version: electronVersion(), at: Date.now(), reason }));
  } catch {
    // A folder that cannot be written: the next start tries again.
  }
}

/** @returns {string | undefined} the folder in which a person keeps an Electron of their own */
function ownFolder() {
  return process.env['ELECTRON_OVERRIDE_DIST_PATH'] || undefined;
}

/**
 * Electron's program where it is already here; never fetches. (`require('electron')` would.)
 *
 * @returns {string | undefined}
 */
export function installedElectron() {
  const program = join(ownFolder() ?? join(electronFolder, 'dist'), programName());
  return existsSync(program) ? program : undefined;
}

/**
 * Why no Electron window can be opened on this machine, whether or not the program is here.
 *
 * @returns {string | undefined}
 */
export function noWindowReason() {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'Electron does not run as root with its sandbox on';
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'this machine has no display';
  return undefined;
}

/**
 * Finds Electron's program, fetching it where it is missing; after a failure not again for ten minutes. Where ELECTRON_OVERRIDE_DIST_PATH names a
 * folder, it must be there: nothing is fetched instead.
 *
 * @param {{ retry?: boolean }} [options] `retry` tries again at once after a failure
 * @returns {Promise<{ program: string } | { reason: string }>}
 */
export async function findElectron({ retry = false } = {}) {
  const present = installedElectron();
  if (present) return { program: present };

  const own = ownFolder();
  if (own !== undefined)
    return { reason: `ELECTRON_OVERRIDE_DIST_PATH is ${own}, and there is no ${programName()} in that folder` };

  const failure = retry ? undefined : recentFailure();
  if (failure) {
    const minutes = Math.floor((Date.now() - failure.at) / 60_000);
    const when = minutes === 0 ? 'a moment ago' : `${minutes} min ago`;
    return { reason: `Electron could not be fetched ${when}: ${failure.reason} (--retry-electron tries again)` };
  }

  say(`Fetching Electron ${electronVersion()} (once) …`);
  try {
    await withLock(async () => {
      // Another command may have fetched it while this one waited.
      if (!installedElectron()) await fetchElectron({ folder: electronFolder, program: programName(), say });
    });
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    rememberFailure(error.message);
    return { reason: `Electron could not be fetched: ${error.message}` };
  }
  rmSync(failureFile, { force: true });
  return { program: join(electronFolder, 'dist', programName()) };
}
