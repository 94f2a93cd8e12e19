import { join } from 'node:path';
import * as v from 'valibot';
import { defaultFacets } from '#core/fields';
import { epochMs } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import type { Settings } from '#contract/settings';
import { settingsSchema } from './guards';
import { jsonFile, type JsonFileContext } from './json-file';

/** A recent archive as it is stored: by paths, since source ids live only as long as the process. */
export interface StoredArchive {
  readonly name: string;
  readonly sources: readonly { readonly path: string; readonly kind: 'folder' | 'file' }[];
  readonly events: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly openedAt: number;
}

/** What the app remembers between runs. */
export interface SettingsStore {
  /** Where it is kept. */
  readonly folder: string;
  settings(): Promise<Settings>;
  setSettings(settings: Settings): Promise<void>;
  /** Newest first. */
  recent(): Promise<readonly StoredArchive[]>;
  /** Adds an archive as the newest, in place of an older entry of the same paths. Its time is made unique. */
  remember(archive: StoredArchive): Promise<void>;
  forget(openedAt: number): Promise<void>;
  forgetAll(): Promise<void>;
  /** Resolves when every write begun so far has succeeded or failed. */
  settled(): Promise<void>;
}

const mostRecent = 20;

const defaultSettings: Settings = {
  theme: 'system',
  zone: 'UTC',
  columns: [],
  facets: defaultFacets,
  timelineScale: 'linear',
  density: 'compact',
  limits: defaultLimits,
  queries: [],
  folds: [],
};

const recentSchema = v.array(
  v.object({
    name: v.string(),
    sources: v.array(v.object({ path: v.string(), kind: v.picklist(['folder', 'file']) })),
    events: v.number(),
    first: v.nullable(v.number()),
    last: v.nullable(v.number()),
    openedAt: v.number(),
  }),
);

/** Opens the store in a folder, which is made at the first write. */
export function createSettingsStore(folder: string, context: JsonFileContext): SettingsStore {
  const settingsFile = jsonFile<Settings>(join(folder, 'settings.json'), settingsSchema, defaultSettings, context);
  const recentFile = jsonFile<readonly StoredArchive[]>(join(folder, 'recent.json'), recentSchema, [], context);

  return {
    folder,
    settings: () => settingsFile.read(),
    setSettings: (settings) => settingsFile.write(settings),
    recent: () => recentFile.read(),
    async remember(archive) {
      const before = await recentFile.read();
      const others = before.filter((entry) => pathsOf(entry) !== pathsOf(archive));
      // The time is the entry's key, and two archives can be opened within one millisecond.
      const openedAt = epochMs(Math.max(archive.openedAt, ...others.map((entry) => entry.openedAt + 1)));
      await recentFile.write([{ ...archive, openedAt }, ...others].slice(0, mostRecent));
    },
    async forget(openedAt) {
      const before = await recentFile.read();
      await recentFile.write(before.filter((entry) => entry.openedAt !== openedAt));
    },
    forgetAll: () => recentFile.write([]),
    async settled() {
      await Promise.all([settingsFile.settled(), recentFile.settled()]);
    },
  };
}

function pathsOf(archive: StoredArchive): string {
  return JSON.stringify(archive.sources.map((source) => source.path).sort());
}
