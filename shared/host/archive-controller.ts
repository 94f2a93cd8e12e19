import type { EngineSource } from '#contract/api';
import { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { CallContext } from '#contract/rpc';
import type { ArchiveStatus, ImportProgress } from '#contract/sources';
import type { EngineClient } from './engine-client';
import type { Evidence } from './evidence';
import { isInside } from '#engine/sources/inside';
import type { RecentArchives } from './recent-archives';
import type { SettingsStore } from './settings-store';
import { archiveName, namedApart } from './source-names';

/** Opens and closes archives, one at a time, adds and removes sources, and knows what is open. */
export interface ArchiveController {
  /** Opens these instead of what is open. A newer call cancels it and the queue. */
  open(sources: readonly EngineSource[], caller?: Caller): Promise<ArchiveStatus>;
  /**
   * Adds those that are not open yet, after the previous import; opens them where nothing is open. Rejects with `cancelled` where something
   * else is opened while it is queued.
   */
  add(sources: readonly EngineSource[], caller?: Caller): Promise<ArchiveStatus>;
  /** Removes a source; removing the last one closes the archive. Stops an import of this source alone, and waits for any other. */
  remove(id: SourceId): Promise<ArchiveStatus>;
  /** Stops the running import and drops the queue; events read until then stay. */
  cancel(): void;
  closeArchive(): Promise<void>;
  /** Asks the engine; an ended engine has nothing open. */
  status(): Promise<ArchiveStatus>;
  /** The engine's last reported status, without a call. */
  lastStatus(): ArchiveStatus;
}

/** Who asked for an import. */
export interface Caller {
  readonly context: CallContext<ImportProgress>;
  /** Distinguishes a window that went away from a cancelled call: a reload must not stop an import of an hour. */
  readonly isLeaving: () => boolean;
}

export interface ArchiveControllerParts {
  readonly engine: EngineClient;
  readonly store: SettingsStore;
  readonly recent: RecentArchives;
  readonly evidence: Evidence;
  /** Folders that the host writes to all the time; no folder that contains one can be opened. */
  readonly busyFolders: readonly string[];
  /** A source that was handed out, with its path. Throws `not-found`. */
  readonly find: (id: SourceId) => EngineSource;
  /** Whether an archive with this source can be opened again later. */
  readonly isLasting: (id: SourceId) => boolean;
  readonly log: (line: string) => void;
  /** Called with every change of what is open. */
  readonly changed: (status: ArchiveStatus) => void;
}

interface Import {
  readonly sources: readonly EngineSource[];
  readonly controller: AbortController;
}

export function createArchiveController(parts: ArchiveControllerParts): ArchiveController {
  const { engine, store, recent, evidence, busyFolders, find, isLasting, log, changed } = parts;
  let last = nothingOpen(0);
  /** The running import and the queued ones. */
  const imports = new Set<Import>();
  /** Settles when the last request is done. */
  let turn: Promise<unknown> = Promise.resolve();
  /** Becomes a recent archive when its import ends, even if cancelled, since a part of it can be opened again. */
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

  /** Nothing may be written into evidence, not even settings. Throws `not-written` where that cannot be kept. */
  function guardWrites(sources: readonly EngineSource[]): void {
    for (const { path } of sources) {
      const busy = busyFolders.find((folder) => isInside(path, folder));
      if (busy === undefined) continue;
      throw new AppError(
        'not-written',
        `${path} was not opened: its window keeps files of its own in ${busy}, within it`,
        {
          hint: 'Start Trailglass with --config FOLDER, outside of the evidence.',
        },
      );
    }
    evidence.add(sources.map(({ path }) => path));
  }

  async function status(): Promise<ArchiveStatus> {
    try {
      return await engine.call('archive.status', null);
    } catch (error) {
      if (isStopped(error)) return last;
      throw error;
    }
  }

  function cancel(): void {
    for (const { controller } of imports) controller.abort();
  }

  function begin(sources: readonly EngineSource[], caller: Caller | undefined): Import {
    const controller = new AbortController();
    caller?.context.signal.addEventListener('abort', () => {
      if (!caller.isLeaving()) controller.abort();
    });
    const begun = { sources, controller };
    imports.add(begun);
    return begun;
  }

  /** Has the engine read `sources`; `all` is what is open then. */
  async function read(
    call: 'engine.open' | 'engine.add',
    { sources, controller }: Import,
    all: readonly EngineSource[],
    caller: Caller | undefined,
  ): Promise<ArchiveStatus> {
    guardWrites(sources);
    toRemember = all.every(({ sourceId }) => isLasting(sourceId)) ? all : null;
    await store.settled();
    const request = { name: archiveName(all), sources, limits: (await store.settings()).limits };
    const onProgress = (progress: ImportProgress): void => caller?.context.progress(progress);
    const ended = await engine.call(call, request, { signal: controller.signal, onProgress });
    if (toRemember === all) await remember(all, ended);
    return ended;
  }

  async function addNow(asked: Import, caller: Caller | undefined): Promise<ArchiveStatus> {
    if (asked.controller.signal.aborted) throw new AppError('cancelled', 'it was cancelled while it was queued');
    const now = await status();
    const isOpen = new Set(now.sources.map(({ sourceId }) => sourceId));
    const sources = namedApart(
      asked.sources.filter(({ sourceId }) => !isOpen.has(sourceId)),
      now.sources,
    );
    if (sources.length === 0) return now;
    const all = [...pathsOf(now), ...sources];
    return read(now.state === 'empty' ? 'engine.open' : 'engine.add', { ...asked, sources }, all, caller);
  }

  /** What is open, with paths. */
  function pathsOf({ sources }: ArchiveStatus): readonly EngineSource[] {
    return sources.map((source) => ({ ...find(source.sourceId), ...source }));
  }

  async function closeArchive(): Promise<void> {
    cancel();
    toRemember = null;
    await engine.call('engine.close', null).catch((error: unknown) => {
      if (!isStopped(error)) throw error;
    });
  }

  async function removeNow(id: SourceId): Promise<ArchiveStatus> {
    const now = await status();
    const rest = pathsOf(now).filter(({ sourceId }) => sourceId !== id);
    if (rest.length === now.sources.length) return now;
    if (rest.length === 0) {
      await closeArchive();
      return status();
    }
    toRemember = null;
    const ended = await engine.call('engine.remove', { name: archiveName(rest), sourceId: id });
    if (rest.every(({ sourceId }) => isLasting(sourceId))) await remember(rest, ended);
    return ended;
  }

  /** Runs after earlier requests settle, whether or not they failed. */
  function afterOthers<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  engine.onChanged(take);
  engine.onStopped(() => {
    toRemember = null;
    take(nothingOpen(last.version + 1));
  });

  return {
    open(given, caller) {
      cancel();
      const sources = namedApart(distinct(given), []);
      const begun = begin(sources, caller);
      const done = read('engine.open', begun, sources, caller).finally(() => imports.delete(begun));
      turn = done.catch(() => undefined);
      return done;
    },
    add(given, caller) {
      const begun = begin(distinct(given), caller);
      return afterOthers(() => addNow(begun, caller)).finally(() => imports.delete(begun));
    },
    remove(id) {
      for (const { sources, controller } of imports) {
        if (sources.every(({ sourceId }) => sourceId === id)) controller.abort();
      }
      return afterOthers(() => removeNow(id));
    },
    cancel,
    closeArchive,
    status,
    lastStatus: () => last,
  };
}

function isStopped(error: unknown): boolean {
  return error instanceof AppError && error.code === 'engine-stopped';
}

function distinct(sources: readonly EngineSource[]): readonly EngineSource[] {
  return [...new Map(sources.map((source) => [source.sourceId, source])).values()];
}

/** Whether a status is about these sources, and not a late report about the previous archive. */
function isOf(sources: readonly EngineSource[], status: ArchiveStatus): boolean {
  const open = new Set(status.sources.map((source) => source.sourceId));
  return sources.length === open.size && sources.every((source) => open.has(source.sourceId));
}
