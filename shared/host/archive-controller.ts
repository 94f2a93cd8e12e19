import { join } from 'node:path';
import type { EngineSource } from '#contract/api';
import { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';
import type { ImportLimits } from '#contract/limits';
import { nothingOpen } from '#contract/nothing-open';
import type { CallContext } from '#contract/rpc';
import type { ArchiveStatus, EngineTrouble, ImportProgress } from '#contract/sources';
import type { EngineClient } from './engine-client';
import type { Evidence } from './evidence';
import { isInside } from '#engine/sources/inside';
import type { RecentArchives } from './recent-archives';
import type { SettingsStore } from './settings-store';

/**
 * What the host has to do with open archives: nothing is written into evidence, recent archives are remembered. The engine owns the order of
 * requests and the names of sources.
 */
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
  cancel(): Promise<void>;
  closeArchive(): Promise<void>;
  /** Ends an engine that is silent; then opens what was open, or was to be opened, when it was last well. */
  startAgain(caller?: Caller): Promise<ArchiveStatus>;
  /** What is wrong with the engine now. */
  trouble(): EngineTrouble | null;
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
  /** Says something to the person, once. */
  readonly notify: (text: string) => void;
  /** Called with every change of what is open. */
  readonly changed: (status: ArchiveStatus) => void;
  /** Called when the engine ends or falls silent, and with null when it is well again. */
  readonly troubled: (trouble: EngineTrouble | null) => void;
}

export function createArchiveController(parts: ArchiveControllerParts): ArchiveController {
  const { engine, store, recent, evidence, busyFolders, find, isLasting, log, notify, changed, troubled } = parts;
  let last = nothingOpen(0);
  /** The version of the archive that was last remembered. */
  let remembered = -1;
  /** What is open, and what is to be once all requests are done: an engine that ends takes both with it. */
  let wanted: readonly EngineSource[] = [];
  let trouble: EngineTrouble | null = null;
  let isPauseTold = false;
  /** Settles when the last request is sent. Never rejects. */
  let sent: Promise<unknown> = Promise.resolve();

  function take(status: ArchiveStatus): void {
    last = status;
    if (status.state !== 'importing') wanted = pathsOf(status);
    changed(status);
    void remember(status);
  }

  /** Every archive whose import has ended becomes a recent archive, even if it was cancelled, since a part of it can be opened again. */
  async function remember(status: ArchiveStatus): Promise<void> {
    const { state, version, events, sources } = status;
    if (state !== 'ready' || version === remembered) return;
    remembered = version;
    if (events === 0 || !sources.every(({ sourceId }) => isLasting(sourceId))) return;
    await recent.remember(pathsOf(status), status).catch((error: unknown) => {
      log(`recent archives were not stored: ${String(error)}`);
    });
  }

  /** What is open, with paths. */
  function pathsOf({ sources }: ArchiveStatus): readonly EngineSource[] {
    return sources.map((source) => ({ ...find(source.sourceId), ...source }));
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
    if (isPauseTold || !evidence.holds(join(store.folder, 'settings.json'))) return;
    isPauseTold = true;
    notify(
      `Settings are kept in ${store.folder}, within what was opened, where nothing is written. Recent archives and what you change now last until Trailglass ends. Start it with --config FOLDER, outside of the evidence.`,
    );
  }

  async function status(): Promise<ArchiveStatus> {
    try {
      return await engine.call('archive.status', null);
    } catch (error) {
      if (isStopped(error)) return last;
      throw error;
    }
  }

  /** Sends a request when earlier ones are sent, however long each takes to prepare: the engine runs them in the order they come. */
  function send<Prepared, Result>(
    prepare: () => Promise<Prepared>,
    request: (prepared: Prepared) => Promise<Result>,
  ): Promise<Result> {
    const prepared = sent.then(prepare);
    sent = prepared.catch(ignore);
    return prepared.then(request);
  }

  async function read(
    call: 'engine.open' | 'engine.add',
    sources: readonly EngineSource[],
    caller: Caller | undefined,
  ): Promise<ArchiveStatus> {
    guardWrites(sources);
    const controller = new AbortController();
    caller?.context.signal.addEventListener('abort', () => {
      if (!caller.isLeaving()) controller.abort();
    });
    const onProgress = (progress: ImportProgress): void => caller?.context.progress(progress);
    const prepare = async (): Promise<ImportLimits> => {
      // A write may have begun before these were evidence.
      await store.settled();
      return (await store.settings()).limits;
    };
    if (trouble?.kind === 'stopped') setTrouble(null);
    const asked = call === 'engine.open' ? sources : [...wanted, ...sources];
    wanted = asked;
    const ended = await send(prepare, (limits) =>
      engine.call(call, { sources, limits }, { signal: controller.signal, onProgress }),
    ).finally(() => {
      if (wanted === asked) wanted = pathsOf(last);
    });
    await remember(ended);
    return ended;
  }

  function setTrouble(next: EngineTrouble | null): void {
    if (next === trouble) return;
    trouble = next;
    troubled(next);
  }

  /** What can be opened again, as the window may know it. */
  function troubleOf(kind: EngineTrouble['kind'], reason: string): EngineTrouble {
    const sources = [...new Map(wanted.map((source) => [source.sourceId, source])).values()];
    return {
      kind,
      reason,
      sources: sources.map(({ sourceId, kind: type, name, label }) => ({ sourceId, kind: type, name, label })),
    };
  }

  function forgetArchive(): void {
    // The next engine counts anew.
    remembered = -1;
    take(nothingOpen(last.version + 1));
  }

  /** Asks for a change. Null: the engine has ended, and has nothing open to change. */
  function change<Result>(request: () => Promise<Result>): Promise<Result | null> {
    return send(nothing, request).catch((error: unknown) => {
      if (isStopped(error)) return null;
      throw error;
    });
  }

  engine.onChanged(take);
  engine.onStopped(({ message }) => {
    setTrouble(troubleOf('stopped', message));
    forgetArchive();
  });
  engine.onSilent((isSilent) => setTrouble(isSilent ? troubleOf('silent', '') : null));

  return {
    open: (sources, caller) => read('engine.open', sources, caller),
    add: (sources, caller) => read('engine.add', sources, caller),
    async remove(id) {
      const left = (await change(() => engine.call('engine.remove', id))) ?? last;
      await remember(left);
      return left;
    },
    async cancel() {
      await change(() => engine.call('engine.cancel', null));
    },
    async closeArchive() {
      await change(() => engine.call('engine.close', null));
    },
    async startAgain(caller) {
      const lost = trouble?.sources ?? [];
      if (trouble?.kind === 'silent') {
        await engine.stop();
        forgetArchive();
      }
      setTrouble(null);
      return lost.length === 0
        ? last
        : read(
            'engine.open',
            lost.map(({ sourceId }) => find(sourceId)),
            caller,
          );
    },
    trouble: () => trouble,
    status,
    lastStatus: () => last,
  };
}

const ignore = (): void => undefined;
const nothing = (): Promise<void> => Promise.resolve();

function isStopped(error: unknown): boolean {
  return error instanceof AppError && error.code === 'engine-stopped';
}
