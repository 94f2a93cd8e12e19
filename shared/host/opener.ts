import { relative, isAbsolute } from 'node:path';
import type { EngineSource } from '#contract/api';
import { AppError } from '#contract/errors';
import { nothingOpen } from '#contract/nothing-open';
import type { CallContext } from '#contract/rpc';
import type { ArchiveStatus, ImportProgress } from '#contract/types';
import type { EngineClient } from './engine-client';
import type { RecentArchives } from './recent-archives';
import type { SettingsStore } from './settings-store';

/** Opens and closes archives, one at a time, and knows what is open. */
export interface Opener {
  /** Opens these instead of what is open. A newer call cancels it. */
  open(
    sources: readonly EngineSource[],
    options: { readonly isRemembered: boolean },
    context?: CallContext<ImportProgress>,
    isLeaving?: () => boolean,
  ): Promise<ArchiveStatus>;
  /** Stops the running import; what was read stays open. */
  cancel(): void;
  closeArchive(): Promise<void>;
  /** Asks the engine; an ended engine has nothing open. */
  status(): Promise<ArchiveStatus>;
  /** What the engine said last, without asking. */
  lastStatus(): ArchiveStatus;
}

export interface OpenerParts {
  readonly engine: EngineClient;
  readonly store: SettingsStore;
  readonly recent: RecentArchives;
  readonly log: (line: string) => void;
  /** Called with every change of what is open. */
  readonly changed: (status: ArchiveStatus) => void;
}

export function createOpener({ engine, store, recent, log, changed }: OpenerParts): Opener {
  let last = nothingOpen(0);
  let running: AbortController | null = null;
  /** What becomes a recent archive when its import ends, be it cancelled: what was read is worth coming back to. */
  let toRemember: readonly EngineSource[] | null = null;

  function take(status: ArchiveStatus): void {
    last = status;
    changed(status);
    if (status.state === 'ready' && toRemember !== null && isOf(toRemember, status)) void remember(toRemember, status);
  }

  async function remember(sources: readonly EngineSource[], status: ArchiveStatus): Promise<void> {
    toRemember = null;
    if (status.events === 0) return;
    await recent.remember(sources, status).catch((error: unknown) => {
      log(`recent archives were not stored: ${String(error)}`);
    });
  }

  /** Settings that cannot be stored keep nobody from the evidence. */
  async function pauseWrites(paused: boolean): Promise<void> {
    await store.pauseWrites(paused).catch((error: unknown) => {
      log(`settings were not stored: ${String(error)}`);
    });
  }

  engine.onChanged(take);
  engine.onStopped(() => {
    toRemember = null;
    take(nothingOpen(last.version + 1));
  });

  return {
    async open(sources, { isRemembered }, context, isLeaving = () => false) {
      running?.abort();
      const controller = new AbortController();
      running = controller;
      toRemember = isRemembered ? sources : null;
      // A reload closes the window's calls; that alone must not stop an import of an hour.
      context?.signal.addEventListener('abort', () => {
        if (!isLeaving()) controller.abort();
      });
      await pauseWrites(sources.some((source) => holds(source.path, store.folder)));
      try {
        const request = { name: nameOf(sources), sources, limits: (await store.settings()).limits };
        const onProgress = (progress: ImportProgress): void => context?.progress(progress);
        const status = await engine.call('engine.open', request, { signal: controller.signal, onProgress });
        if (toRemember === sources) await remember(sources, status);
        return status;
      } finally {
        if (running === controller) running = null;
      }
    },
    cancel() {
      running?.abort();
    },
    async closeArchive() {
      running?.abort();
      toRemember = null;
      await engine.call('engine.close', null).catch((error: unknown) => {
        if (!isStopped(error)) throw error;
      });
      await pauseWrites(false);
    },
    async status() {
      try {
        return await engine.call('archive.status', null);
      } catch (error) {
        if (isStopped(error)) return last;
        throw error;
      }
    },
    lastStatus: () => last,
  };
}

function isStopped(error: unknown): boolean {
  return error instanceof AppError && error.code === 'engine-stopped';
}

/** Whether a status is about these sources, and not a late word about what was open before. */
function isOf(sources: readonly EngineSource[], status: ArchiveStatus): boolean {
  const open = new Set(status.sources.map((source) => source.sourceId));
  return sources.length === open.size && sources.every((source) => open.has(source.sourceId));
}

/** The name of one source, or of the first and how many more. */
function nameOf(sources: readonly EngineSource[]): string {
  const [first, ...others] = sources;
  if (first === undefined) throw new AppError('bad-request', 'nothing to open');
  return others.length === 0 ? first.name : `${first.name} and ${String(others.length)} more`;
}

/** Whether a folder lies at or below another: evidence must not be written into, not even with our own settings. */
function holds(folder: string, inner: string): boolean {
  const way = relative(folder, inner);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
