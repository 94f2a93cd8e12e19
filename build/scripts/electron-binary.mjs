/** Finds Electron's program, which its npm package fetches only on first use, or says why there is none. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromRoot, run, say } from './project.mjs';

const fetchLimitMs = 30_000;
const retryAfterMs = 24 * 60 * 60 * 1000;
const failureFile = fromRoot('node_modules', '.cache', 'trailglass', 'electron-unavailable.json');

/** @typedef {{ readonly version: string, readonly at: number }} Failure */

/** The version that package-lock.json names and node_modules holds. */
function electronVersion() {
  return String(JSON.parse(readFileSync(fromRoot('node_modules', 'electron', 'package.json'), 'utf8')).version);
}

/** @returns {Failure | undefined} the last failed attempt to fetch this version */
function lastFailure() {
  try {
    const failure = /** @type {Failure} */ (JSON.parse(readFileSync(failureFile, 'utf8')));
    return failure.version === electronVersion() && Number.isFinite(failure.at) ? failure : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Electron's program where it is already here; never fetches. (`require('electron')` would.)
 *
 * @returns {string | undefined}
 */
export function installedElectron() {
  const folder = fromRoot('node_modules', 'electron');
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const program = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    names[process.platform] ?? 'electron',
  );
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
 * Finds Electron's program, fetching it where it is missing: for at most 30 seconds, and after a failure not again for a day.
 *
 * @param {{ retry?: boolean }} [options] `retry` tries again although it failed today
 * @returns {Promise<{ program: string } | { reason: string }>}
 */
export async function findElectron({ retry = false } = {}) {
  const present = installedElectron();
  if (present) return { program: present };

  const failure = lastFailure();
  if (failure && !retry && Date.now() - failure.at < retryAfterMs) {
    const day = new Date(failure.at).toISOString().slice(0, 10);
    return { reason: `Electron could not be fetched on ${day} (--retry-electron tries again)` };
  }

  say(`Fetching Electron ${electronVersion()} (once; at most ${fetchLimitMs / 1000} s) …`);
  // What it prints is a stack trace of its own; the reason that matters is ours to say.
  await run(process.execPath, [fromRoot('node_modules', 'electron', 'install.js')], {
    timeoutMs: fetchLimitMs,
    quiet: true,
  });
  const fetched = installedElectron();
  if (fetched) {
    rmSync(failureFile, { force: true });
    return { program: fetched };
  }
  mkdirSync(dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, JSON.stringify({ version: electronVersion(), at: Date.now() }));
  return { reason: 'Electron could not be fetched from its release host' };
}
