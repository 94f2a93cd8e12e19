/** Installs the packages when package-lock.json and node_modules differ. */
import { readFileSync } from 'node:fs';
import { PlainError, fromRoot, npmCommand, run, say } from './project.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [extraneous]
 */

/**
 * @param {string} path
 * @returns {ReadonlyMap<string, LockedPackage> | undefined} undefined where there is no such file or it is damaged
 */
function readLock(path) {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages));
  } catch {
    return undefined;
  }
}

/**
 * Whether every package of one lock file is in the other, in the same version. What is meant for another system (optional)
 * or belongs to nothing (extraneous) is not installed, and so may be missing.
 *
 * @param {ReadonlyMap<string, LockedPackage>} wanted
 * @param {ReadonlyMap<string, LockedPackage>} present
 */
export function hasEveryPackage(wanted, present) {
  for (const [path, { version, optional, devOptional, extraneous }] of wanted) {
    if (path === '') continue; // The project itself.
    const found = present.get(path);
    if (found ? found.version !== version : !optional && !devOptional && !extraneous) return false;
  }
  return true;
}

/**
 * Whether node_modules holds what package-lock.json asks for.
 *
 * npm writes down what it installed at the very end, in node_modules/.package-lock.json: comparing the two is exact, sees an
 * install that was broken off, and knows an install made by hand, which a stamp of our own would not.
 */
export function isInstalled() {
  const wanted = readLock(fromRoot('package-lock.json'));
  if (!wanted) throw new PlainError('package-lock.json is missing or damaged; restore it from the repository.');
  const present = readLock(fromRoot('node_modules', '.package-lock.json'));
  return present !== undefined && hasEveryPackage(wanted, present);
}

/** Installs what is missing, exactly as locked. */
export async function install() {
  say('Installing packages (only when package-lock.json changes) …');
  // No package here needs its install script, and running none is safer.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = npmCommand(args);
  const code = await run(npm.command, npm.args, { shell: npm.shell });
  if (code !== 0) {
    throw new PlainError(
      'The packages could not be installed. On a machine with no network, copy node_modules from one that has it (same system and processor).',
    );
  }
}
