/** Opens files on this thread, and reads back all of their events. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportLimits } from '#contract/limits';
import type { FileReport, ImportReport } from '#contract/report';
import { engineHere } from './engine-here';
import { temporaryFolder } from './temporary-folder';

export interface OpenedHere {
  /** The names of all events in order of their places, duplicates included. Each was read again from its place. */
  readonly names: readonly string[];
  /** The files that the report lists: those with a loss or a note. */
  readonly files: readonly FileReport[];
  readonly report: ImportReport;
}

/** Opens a file with these bytes. */
export async function openBytes(bytes: Uint8Array, limits: Partial<ImportLimits> = {}): Promise<OpenedHere> {
  const path = join(await temporaryFolder(), 'evidence');
  await writeFile(path, bytes);
  return openHere(path, limits);
}

/** Opens a file or a folder. */
export async function openHere(path: string, limits: Partial<ImportLimits> = {}): Promise<OpenedHere> {
  const engine = engineHere();
  await engine.open(path, { limits });
  const names: string[] = [];
  for (const { row } of await engine.rows('', [], { withDuplicates: true })) {
    const { raw } = await engine.detail(row);
    names.push((JSON.parse(raw) as { readonly eventName: string }).eventName);
  }
  const report = await engine.report();
  await engine.call('engine.close', null);
  return { names, files: report.files, report };
}
