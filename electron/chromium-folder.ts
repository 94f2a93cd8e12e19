import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '#host/evidence';
import { makeOwnFolder } from '#host/own-folders';

/**
 * Makes the folder for Chromium's own files, which it writes to all the time: next to the settings, or a temporary one where the settings are
 * within what will be opened, or cannot be written. Null where both are.
 */
export function makeChromiumFolder(
  config: string,
  temporary: string,
  evidence: Evidence,
  log: (line: string) => void,
): string | null {
  const usual = join(config, 'window');
  const instead = (): string | null => (evidence.holds(join(temporary, 'x')) ? null : makeOwnFolder(temporary));
  if (evidence.holds(usual)) return instead();
  try {
    mkdirSync(usual, { recursive: true, mode: 0o700 });
    accessSync(usual, constants.W_OK);
    return usual;
  } catch (error) {
    log(
      `${usual} cannot be written, a temporary folder is used: ${error instanceof Error ? error.message : String(error)}`,
    );
    return instead();
  }
}
