import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '#host/evidence';
import { makeOwnFolder } from '#host/own-folders';

/**
 * Makes the folder for Chromium's own files, which it writes to all the time: next to the settings, or a temporary one where the settings are
 * within what will be opened. Null where both are.
 */
export function makeChromiumFolder(config: string, temporary: string, evidence: Evidence): string | null {
  const usual = join(config, 'window');
  if (evidence.holds(usual)) return evidence.holds(join(temporary, 'x')) ? null : makeOwnFolder(temporary);
  mkdirSync(usual, { recursive: true, mode: 0o700 });
  return usual;
}
