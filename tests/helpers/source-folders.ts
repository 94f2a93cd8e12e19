/** Folders of records as sources, and an engine that opens, adds and removes them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineSource } from '#contract/api';
import type { EventRow } from '#contract/events';
import { defaultLimits } from '#contract/limits';
import type { ArchiveStatus } from '#contract/sources';
import { importSources } from '#engine/decode/decode-pool';
import { type EngineFiles, filesOnDisk } from '#engine/engine-files';
import { sourceAt } from './ask-engine';
import { engineHere, type EngineHere } from './engine-here';
import { temporaryFolder } from './temporary-folder';

/** An event with this ID, named after it. */
export const record = (id: string, more: object = {}): object => ({
  eventVersion: '1.08',
  eventID: id,
  eventName: `Name${id}`,
  eventTime: '2023-07-10T12:40:01Z',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  ...more,
});

/** A folder with these files of records. */
export async function folder(name: string, files: Readonly<Record<string, readonly object[]>>): Promise<EngineSource> {
  const path = join(await temporaryFolder(), name);
  await mkdir(path);
  for (const [file, Records] of Object.entries(files)) await writeFile(join(path, file), JSON.stringify({ Records }));
  return sourceAt(path, name);
}

export interface Opened extends Omit<EngineHere, 'rows'> {
  add(...sources: readonly EngineSource[]): Promise<ArchiveStatus>;
  remove(source: EngineSource): Promise<ArchiveStatus>;
  /** With the event ID as their one cell. */
  rows(text: string, withDuplicates?: boolean): Promise<readonly EventRow[]>;
  /** What the facet of event names counts. */
  counts(): Promise<Record<string, number>>;
}

export async function open(sources: readonly EngineSource[], files: EngineFiles = filesOnDisk()): Promise<Opened> {
  const engine = engineHere({ files });
  const { call } = engine;
  if (sources.length > 0) await call('engine.open', { sources, limits: defaultLimits });
  return {
    ...engine,
    add: (...more) => call('engine.add', { sources: more, limits: defaultLimits }),
    remove: ({ sourceId: id }) => call('engine.remove', id),
    rows: (text, withDuplicates = false) => engine.rows(text, ['id'], { withDuplicates }),
    counts: async () => {
      const { values } = await engine.facet('', 'event');
      return Object.fromEntries(values.map(({ value, count }) => [value, count]));
    },
  };
}

/** The real files, but every import waits to be let go. */
export function held(): EngineFiles & { readonly letGo: (() => void)[] } {
  const letGo: (() => void)[] = [];
  return {
    ...filesOnDisk(),
    letGo,
    async importSources(sources, options) {
      await new Promise<void>((resolve) => {
        letGo.push(resolve);
        options.signal?.addEventListener('abort', () => resolve());
      });
      return importSources(sources, options);
    },
  };
}

/** Where a row must be: `rows[0] ?? raise()`. */
export function raise(): never {
  throw new Error('there is no such row');
}
