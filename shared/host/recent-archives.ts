import { stat } from 'node:fs/promises';
import type { EngineSource } from '#contract/api';
import { epochMs } from '#contract/ids';
import type { ArchiveStatus, RecentArchive } from '#contract/sources';
import type { SettingsStore, StoredArchive } from './settings-store';
import type { SourceRegistry } from './source-registry';

/** The archives opened before, as the window sees them. */
export interface RecentArchives {
  /** Newest first; each is checked on disk. */
  list(): Promise<readonly RecentArchive[]>;
  remember(sources: readonly EngineSource[], status: ArchiveStatus): Promise<void>;
}

export function createRecentArchives(store: SettingsStore, registry: SourceRegistry): RecentArchives {
  async function shown(archive: StoredArchive): Promise<RecentArchive> {
    const found = await Promise.all(archive.sources.map((source) => isThere(source.path)));
    return {
      name: archive.name,
      sources: archive.sources.map((source) => registry.note(source.path, source.kind)),
      events: archive.events,
      first: archive.first === null ? null : epochMs(archive.first),
      last: archive.last === null ? null : epochMs(archive.last),
      openedAt: epochMs(archive.openedAt),
      available: found.every(Boolean),
    };
  }

  return {
    list: async () => Promise.all((await store.recent()).map(shown)),
    remember: (sources, { name, events, first, last }) =>
      store.remember({
        name,
        sources: sources.map(({ path, kind }) => ({ path, kind })),
        events,
        first,
        last,
        openedAt: Date.now(),
      }),
  };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
