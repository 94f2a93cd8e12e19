/** The engine's files lie beside the app's archive, where Electron's own check of the archive does not reach. They are checked here. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 in hexadecimal by file name; written into the main program when it is built. */
export type Checksums = Readonly<Record<string, string>>;

declare const builtEngineChecksums: Checksums | undefined;

/** Of the engine that was built with this program; empty where it runs unbuilt, in unit tests. */
export const engineChecksums: Checksums = typeof builtEngineChecksums === 'undefined' ? {} : builtEngineChecksums;

/**
 * The files that are missing or differ from what was built, in the order of `checksums`. A file that was added counts for nothing: no program of ours
 * loads it.
 */
export async function changedFiles(folder: string, checksums: Checksums): Promise<readonly string[]> {
  const states = await Promise.all(
    Object.entries(checksums).map(async ([name, expected]) => {
      const found = await readFile(join(folder, name)).then(sha256, () => null);
      return { name, isChanged: found !== expected };
    }),
  );
  return states.filter(({ isChanged }) => isChanged).map(({ name }) => name);
}

/** What to tell the person whose installation was changed. */
export function changedMessage(folder: string, names: readonly string[]): string {
  return `Trailglass does not start: ${names.join(', ')} in ${folder} is not what was installed. Somebody or something changed it, or the disk is damaged. Install Trailglass again, from a package whose checksum you have compared.`;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
