import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Evidence } from './evidence';

/**
 * Temporary folders named after their process, so that those of a crashed process can be removed by the next one.
 *
 * The name holds the computer too: several may share one folder for what is temporary, and know nothing of each other's processes.
 */
const prefix = `trailglass-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;
const ours = new RegExp(`^${prefix}(\\d+)-\\w{6}$`);

/** Makes a folder of this process that nobody else can look into. */
export function makeOwnFolder(within: string): string {
  return mkdtempSync(join(within, `${prefix}${String(process.pid)}-`));
}

/**
 * Removes the folders that dead processes of this user left behind. Folders in the evidence stay, as do those that cannot be removed.
 *
 * Returns how many were removed.
 */
export function sweepOwnFolders(within: string, evidence: Evidence): number {
  let removed = 0;
  for (const name of namesIn(within)) {
    const pid = Number(ours.exec(name)?.[1] ?? 0);
    const path = join(within, name);
    if (pid === 0 || isAlive(pid) || !isOurs(path) || evidence.holds(path)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
      removed++;
    } catch {
      // Tried again at the next start.
    }
  }
  return removed;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Anybody may put a folder or a link of such a name where everybody may write. */
function isOurs(path: string): boolean {
  const state = lstatSync(path, { throwIfNoEntry: false });
  return state?.isDirectory() === true && (process.getuid === undefined || state.uid === process.getuid());
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process has the number now: ours, which could be asked, has ended.
    return !(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'));
  }
}
