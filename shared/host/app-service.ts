/**
 * The application behind every window, the same in both hosts: the engine's calls passed on, the host's own answered here.
 */
import type { AppCalls, AppEvents, EngineSource, WindowDialog } from '#contract/api';
import { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';
import { createServer, type Handlers, type Port, type Server } from '#contract/rpc';
import type { AppInfo } from '#contract/settings';
import type { ArchiveStatus, EngineTrouble, SourceRef } from '#contract/sources';
import { counted } from '#core/figures';
import type { EngineClient } from './engine-client';
import type { Evidence } from './evidence';
import { listFolder, typedPath } from './folder-picker';
import { guardHandlers } from './guards';
import { createArchiveController } from './archive-controller';
import { createRecentArchives } from './recent-archives';
import type { SettingsStore } from './settings-store';
import { createSourceRegistry, type SourceRegistry } from './source-registry';

/** The differences between the hosts. */
export interface Platform {
  readonly info: AppInfo;
  /** Where a folder picker starts. */
  readonly startFolder: string;
  /** The archive that comes with the app. */
  readonly sampleFolder: string;
  /** The platform's own dialog; null where the user closed it. Asked only where `info.nativeDialogs`. */
  pick(kind: 'folder' | 'files'): Promise<readonly string[] | null>;
}

export interface AppServiceParts {
  readonly engine: EngineClient;
  readonly store: SettingsStore;
  readonly evidence: Evidence;
  /** What the host knows of itself, line by line, for `app.diagnostics`. */
  readonly diagnostics?: () => readonly string[];
  /** Folders that the host writes to all the time; may be empty. */
  readonly busyFolders?: readonly string[];
  readonly log: (line: string) => void;
}

/** Called with every change. */
export interface ServiceWatcher {
  changed(status: ArchiveStatus): void;
  troubled(trouble: EngineTrouble | null): void;
}

/** A window's connection. */
export interface Connection {
  /** The window is gone: cancels its calls. An import it started goes on, since a reload must not stop it. */
  close(): void;
}

export interface AppService {
  readonly sources: SourceRegistry;
  /** Serves a window over a port, and sends it at once what is open. */
  connect(port: Port): Connection;
  /** Sets who else is to know what is open, and what is wrong with the engine. */
  watch(watcher: ServiceWatcher): void;
  /** Says something in the window, or in the next one. */
  notify(text: string): void;
  /** Opens a dialog of the window, or of the next one. */
  show(dialog: WindowDialog): void;
  /** Forgets all recent archives. */
  clearRecent(): Promise<void>;
  /** What is open. */
  status(): Promise<ArchiveStatus>;
  /**
   * Opens paths named by the user outside a window: command line, menu, a file dropped on the icon. Rejects where one is not found. An import
   * that was cancelled or replaced by another is not a failure.
   */
  openPaths(paths: readonly string[]): Promise<ArchiveStatus>;
  /** Like {@link openPaths}, but adds to what is open. */
  addPaths(paths: readonly string[]): Promise<ArchiveStatus>;
  /** Waits for running writes, then ends all connections and the engine. Resolves to whether all threads have ended. */
  close(): Promise<boolean>;
}

export function createAppService(platform: Platform, parts: AppServiceParts): AppService {
  const { engine, store, evidence, diagnostics = () => [], busyFolders = [], log } = parts;
  const sources = createSourceRegistry();
  const recent = createRecentArchives(store, sources);
  const servers = new Set<Server<AppEvents>>();
  let sampleId: SourceId | null = null;
  let watcher: ServiceWatcher | null = null;
  /** What is to be said to the next window. */
  let unsaid: (() => void)[] = [];
  const opener = createArchiveController({
    engine,
    store,
    recent,
    evidence,
    busyFolders,
    log,
    find: (id) => sources.find(id),
    // Dropped files last no longer than the process, and the sample has its own button.
    isLasting: (id) => id !== sampleId && !sources.isCopy(id),
    notify: (text) => say('app.notice', text),
    changed(status) {
      watcher?.changed(status);
      tellAll('archive.changed', status);
    },
    troubled(trouble) {
      watcher?.troubled(trouble);
      tellAll('engine.trouble', trouble);
    },
  });

  function tellAll<Name extends keyof AppEvents & string>(name: Name, payload: AppEvents[Name]): void {
    for (const server of servers) server.emit(name, payload);
  }

  /** Where there is no window, the next one gets it. */
  function say<Name extends 'app.notice' | 'app.show'>(name: Name, payload: AppEvents[Name]): void {
    if (servers.size > 0) tellAll(name, payload);
    else unsaid.push(() => tellAll(name, payload));
  }

  async function openSample(): Promise<readonly EngineSource[]> {
    sampleId = (await sources.add(platform.sampleFolder)).sourceId;
    return [{ ...sources.find(sampleId), name: 'Sample archive' }];
  }

  const findAll = (ids: readonly SourceId[]): readonly EngineSource[] => ids.map((id) => sources.find(id));

  async function withPaths(
    paths: readonly string[],
    read: (found: readonly EngineSource[]) => Promise<ArchiveStatus>,
  ): Promise<ArchiveStatus> {
    const refs = await Promise.all(paths.map((path) => sources.add(path)));
    try {
      return await read(findAll(refs.map((ref) => ref.sourceId)));
    } catch (error) {
      if (error instanceof AppError && error.code === 'cancelled') return opener.lastStatus();
      throw error;
    }
  }

  /** `isLeaving` distinguishes a window that went away from a cancelled call. */
  const handlersFor = (isLeaving: () => boolean): Handlers<AppCalls> => ({
    'archive.status': () => opener.status(),
    'archive.report': (request, { signal }) => engine.call('archive.report', request, { signal }),
    'archive.files': (request, { signal }) => engine.call('archive.files', request, { signal }),
    'archive.report-text': (request, { signal }) => engine.call('archive.report-text', request, { signal }),
    'archive.integrity': (request, { signal }) => engine.call('archive.integrity', request, { signal }),
    'archive.manifest': (request, { signal }) => engine.call('archive.manifest', request, { signal }),
    'archive.trail-settings': (request, { signal }) => engine.call('archive.trail-settings', request, { signal }),
    'archive.integrity-text': (request, { signal }) => engine.call('archive.integrity-text', request, { signal }),
    'query.run': (request, { signal }) => engine.call('query.run', request, { signal }),
    'query.facet': (request, { signal }) => engine.call('query.facet', request, { signal }),
    'query.seen': (request, { signal }) => engine.call('query.seen', request, { signal }),
    'query.groups': (request, { signal }) => engine.call('query.groups', request, { signal }),
    'result.page': (request, { signal }) => engine.call('result.page', request, { signal }),
    'result.rows': (request, { signal }) => engine.call('result.rows', request, { signal }),
    'result.locate': (request, { signal }) => engine.call('result.locate', request, { signal }),
    'event.detail': (request, { signal }) => engine.call('event.detail', request, { signal }),
    'event.related': (request, { signal }) => engine.call('event.related', request, { signal }),
    'event.integrity': (request, { signal }) => engine.call('event.integrity', request, { signal }),
    'event.digest': (request, { signal }) => engine.call('event.digest', request, { signal }),
    'event.diff': (request, { signal }) => engine.call('event.diff', request, { signal }),
    'event.diff-text': (request, { signal }) => engine.call('event.diff-text', request, { signal }),
    'event.same-call': (request, { signal }) => engine.call('event.same-call', request, { signal }),
    'field.list': (request, { signal }) => engine.call('field.list', request, { signal }),
    'query.complete': (request, { signal }) => engine.call('query.complete', request, { signal }),

    'app.info': () => platform.info,
    'app.diagnostics': () => {
      const { state, sources: open, events, indexBytes } = opener.lastStatus();
      const { version, host } = platform.info;
      return [
        `Trailglass ${version}, ${host} host`,
        `Open: ${state}, ${counted(open.length, 'source')}, ${counted(events, 'event')}, ${String(Math.round(indexBytes / 2 ** 20))} MiB of index`,
        ...diagnostics(),
      ].join('\n');
    },
    'settings.get': () => store.settings(),
    'settings.set': async (settings) => {
      await store.setSettings(settings);
      return null;
    },
    'source.pick': async (kind): Promise<readonly SourceRef[] | null> => {
      const paths = await platform.pick(kind);
      return paths === null ? null : Promise.all(paths.map((path) => sources.add(path)));
    },
    'folder.list': (id) => listFolder(id === null ? platform.startFolder : sources.find(id).path, sources),
    'folder.find': (typed) => sources.add(typedPath(typed)),
    'archive.check-manifest': (id, { signal }) =>
      engine.call('engine.check-manifest', sources.find(id).path, { signal }),
    'archive.add-proofs': (ids) =>
      engine.call(
        'engine.add-proofs',
        findAll(ids).map(({ path }) => path),
      ),
    'archive.open': (ids, context) => opener.open(findAll(ids), { context, isLeaving }),
    'archive.add': (ids, context) => opener.add(findAll(ids), { context, isLeaving }),
    'archive.remove': (id) => opener.remove(id),
    'archive.open-sample': async (_, context) => opener.open(await openSample(), { context, isLeaving }),
    'archive.start-again': (_, context) => opener.startAgain({ context, isLeaving }),
    'archive.cancel': async () => {
      await opener.cancel();
      return null;
    },
    'archive.close': async () => {
      await opener.closeArchive();
      return null;
    },
    'recent.list': () => recent.list(),
    'recent.forget': async (openedAt) => {
      await store.forget(openedAt);
      return null;
    },
  });

  return {
    sources,
    connect(port) {
      let isLeaving = false;
      const server = createServer<AppCalls, AppEvents>(port, guardHandlers(handlersFor(() => isLeaving)));
      servers.add(server);
      server.emit('archive.changed', opener.lastStatus());
      const trouble = opener.trouble();
      if (trouble !== null) server.emit('engine.trouble', trouble);
      for (const each of unsaid) each();
      unsaid = [];
      return {
        close() {
          isLeaving = true;
          servers.delete(server);
          server.close();
        },
      };
    },
    watch(next) {
      watcher = next;
    },
    notify: (text) => say('app.notice', text),
    show: (dialog) => say('app.show', dialog),
    async clearRecent() {
      await store.forgetAll();
      tellAll('recent.changed', null);
    },
    status: () => opener.status(),
    openPaths: (paths) => withPaths(paths, (found) => opener.open(found)),
    addPaths: (paths) => withPaths(paths, (found) => opener.add(found)),
    async close() {
      for (const server of servers) server.close();
      servers.clear();
      const [haveEnded] = await Promise.all([engine.stop(), store.settled()]);
      return haveEnded;
    },
  };
}
