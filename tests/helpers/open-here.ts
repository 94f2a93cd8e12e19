/** Opens files on this thread, and reads back all of their events. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceId } from '#contract/ids';
import { type ImportLimits, defaultLimits } from '#contract/limits';
import type { FileReport, ImportReport } from '#contract/report';
import { Engine } from '#engine/engine';
import { filesOnDisk } from '#engine/engine-files';
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
  const { handlers } = new Engine({ files: filesOnDisk(), threads: 0 });
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const source = { path, sourceId: sourceId('s'), kind: 'folder' as const, name: 'evidence', label: path };
  const opened = { sources: [source], limits: { ...defaultLimits, ...limits } };
  await handlers['engine.open'](opened, context);
  const question = { text: '', facets: [], timeline: null, sort: 'oldest-first' as const, withDuplicates: true };
  const { resultId } = await handlers['query.run'](question, context);
  const names: string[] = [];
  const request = { resultId, start: 0, count: 500, columns: [] };
  for (const { row } of (await handlers['result.page'](request, context)).rows) {
    const { raw } = await handlers['event.detail'](row, context);
    names.push((JSON.parse(raw) as { readonly eventName: string }).eventName);
  }
  const report = await handlers['archive.report'](null, context);
  await handlers['engine.close'](null, context);
  return { names, files: report.files, report };
}
