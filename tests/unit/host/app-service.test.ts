import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AppCalls, AppEvents, EngineSource } from '#contract/api';
import { createClient, type Client, type Message } from '#contract/rpc';
import { AppError } from '#contract/errors';
import { defaultLimits } from '#contract/limits';
import type { ArchiveStatus, EngineTrouble, ImportProgress } from '#contract/sources';
import { createAppService, type Connection } from '#host/app-service';
import { filesOnDisk } from '#engine/engine-files';
import { createEvidence } from '#host/evidence';
import { createSettingsStore } from '#host/settings-store';
import { engineHere } from '../../helpers/engine-here';
import { archiveStatus, stubEngine, type StubEngine } from '../../helpers/stub-engine';
import { envelope, record } from '../../helpers/evidence';
import { temporaryFolder } from '../../helpers/temporary-folder';

const progress = { phase: 'reading', events: 5 } as ImportProgress;

const named = (sources: readonly EngineSource[]): Pick<ArchiveStatus, 'name' | 'sources'> => ({
  name: sources[0]?.name ?? '',
  sources,
});

/** An engine whose imports end only when the test says so, or when they are cancelled. */
function patientEngine() {
  const imports: { end(): void; cancel(): void; readonly isCancelled: () => boolean }[] = [];
  const cancelAll = (): null => {
    for (const each of imports) each.cancel();
    return null;
  };
  const engine = stubEngine({
    'engine.open': ({ sources }, { signal, progress: tell }) => {
      cancelAll();
      tell(progress);
      return new Promise<ArchiveStatus>((resolve, reject) => {
        let isCancelled = false;
        const cancel = (): void => {
          if (isCancelled) return;
          isCancelled = true;
          engine.emit(archiveStatus({ ...named(sources), events: 2 }));
          reject(new AppError('cancelled', 'the import was cancelled'));
        };
        imports.push({
          end: () => resolve(archiveStatus(named(sources))),
          cancel,
          isCancelled: () => isCancelled,
        });
        signal.addEventListener('abort', cancel);
      });
    },
    'engine.cancel': cancelAll,
    'engine.close': () => null,
    'archive.status': () => archiveStatus({ name: 'asked' }),
  });
  return { engine, imports };
}

async function startService(engine: StubEngine, busyFolder?: (logs: string) => string) {
  const folder = await temporaryFolder();
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const config = join(folder, 'config');
  const evidence = createEvidence();
  const log = (): void => undefined;
  const service = createAppService(
    {
      info: { version: '1.2.3', host: 'browser', platform: 'linux', nativeDialogs: true },
      startFolder: folder,
      sampleFolder: logs,
      pick: (kind) => Promise.resolve(kind === 'folder' ? [logs] : null),
    },
    {
      engine,
      store: createSettingsStore(config, { log, evidence }),
      evidence,
      busyFolders: busyFolder === undefined ? [] : [busyFolder(logs)],
      log,
    },
  );

  function openWindow(): Client<AppCalls, AppEvents> & { readonly connection: Connection } {
    let toServer: (message: Message) => void = () => undefined;
    let toClient: (message: Message) => void = () => undefined;
    const client = createClient<AppCalls, AppEvents>({
      post: (message) => {
        toServer(message);
      },
      onMessage: (listener) => {
        toClient = listener;
      },
    });
    const connection = service.connect({
      post: (message) => {
        toClient(message);
      },
      onMessage: (listener) => {
        toServer = listener;
      },
    });
    return Object.assign(client, { connection });
  }

  return { service, evidence, openWindow, folder, logs, config };
}

async function pickFolder(window: Client<AppCalls, AppEvents>) {
  const [source] = (await window.call('source.pick', 'folder')) ?? [];
  if (source === undefined) throw new Error('nothing was picked');
  return [source.sourceId] as const;
}

/** The engine itself, without a thread. Imports last until the test ends them, while it says so. */
function stubbedEngine() {
  const imports: (() => void)[] = [];
  const control = { isPatient: false };
  const files = filesOnDisk();
  const { handlers } = engineHere({
    onChanged: (status) => engine.emit(status),
    files: {
      ...files,
      async importSources(sources, options) {
        if (control.isPatient) {
          await new Promise<void>((resolve) => {
            imports.push(resolve);
            options.signal?.addEventListener('abort', () => resolve());
          });
        }
        return files.importSources(sources, options);
      },
    },
  });
  const engine = stubEngine(handlers);
  return { engine, imports, control };
}

const oneEvent = (name: string): string => envelope(record('Call', { eventID: `id of ${name}` }));

const changes = ({ asked }: StubEngine): readonly string[] =>
  asked.map(({ name }) => name).filter((name) => name.startsWith('engine.'));

describe('the application service', () => {
  it('opens what the user picked, reports its progress, and remembers it', async () => {
    const { engine, imports } = patientEngine();
    const { openWindow, logs } = await startService(engine);
    const window = openWindow();
    const told: ImportProgress[] = [];
    const ids = await pickFolder(window);
    const opening = window.call('archive.open', ids, { onProgress: (step) => told.push(step) });
    await expect.poll(() => imports.length).toBe(1);
    imports[0]?.end();
    expect(await opening).toMatchObject({ name: 'logs', events: 3 });
    expect(told).toEqual([progress]);
    expect(await window.call('recent.list', null)).toMatchObject([{ name: 'logs', events: 3, available: true }]);
    expect(engine.asked).toMatchObject([
      { name: 'engine.open', request: { sources: [{ path: logs, kind: 'folder' }] } },
    ]);
    expect(await window.call('source.pick', 'files')).toBeNull();
  });

  it('knows which folders are evidence, from the moment they are to be opened', async () => {
    const { engine, imports } = patientEngine();
    const { service, evidence, folder, logs } = await startService(engine);
    const asked = [logs, join(logs, 'deeper'), folder, `${logs}-copy`];
    const held = (): readonly string[] => asked.filter((path) => evidence.holds(path));
    expect(held()).toEqual([]);
    const opening = service.openPaths([logs]);
    await expect.poll(() => imports.length).toBe(1);
    expect(held()).toEqual([logs, join(logs, 'deeper')]);
    const { request } = engine.asked.find(({ name }) => name === 'engine.open') ?? {};
    imports[0]?.end();
    engine.emit(archiveStatus(request as ArchiveStatus));
    await opening;
    engine.emit(archiveStatus({ state: 'empty', sources: [] }));
    // Closed again, it is evidence still.
    expect(held()).toEqual([logs, join(logs, 'deeper')]);
  });

  it('keeps and remembers what was read when an import is cancelled', async () => {
    const { engine, imports } = patientEngine();
    const { openWindow } = await startService(engine);
    const window = openWindow();
    const opening = window.call('archive.open', await pickFolder(window));
    await expect.poll(() => imports.length).toBe(1);
    await window.call('archive.cancel', null);
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(imports[0]?.isCancelled()).toBe(true);
    await expect.poll(() => window.call('recent.list', null)).toMatchObject([{ name: 'logs', events: 2 }]);
  });

  it('lets an import outlive the window that began it, but not its own cancellation', async () => {
    const { engine, imports } = patientEngine();
    const { openWindow } = await startService(engine);
    const window = openWindow();
    void window.call('archive.open', await pickFolder(window)).catch(() => undefined);
    await expect.poll(() => imports.length).toBe(1);
    window.connection.close();
    expect(imports[0]?.isCancelled()).toBe(false);

    const next = openWindow();
    const controller = new AbortController();
    const again = next.call('archive.open', await pickFolder(next), { signal: controller.signal });
    await expect.poll(() => imports.length).toBe(2);
    expect(imports[0]?.isCancelled()).toBe(true);
    controller.abort();
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => imports[1]?.isCancelled()).toBe(true);
  });

  it('tells every window what is open, a new one at once', async () => {
    const engine = stubEngine();
    const { service, openWindow } = await startService(engine);
    const seen: string[] = [];
    const watch = (name: string, window: Client<AppCalls, AppEvents>): void => {
      window.on('archive.changed', (status) => seen.push(`${name} ${status.name}`));
    };
    const closed = openWindow();
    watch('one', openWindow());
    watch('closed', closed);
    closed.connection.close();
    engine.emit(archiveStatus({ name: 'first' }));
    const posted: Message[] = [];
    engine.emit(archiveStatus({ name: 'second' }));
    service.connect({ post: (message) => posted.push(message), onMessage: () => undefined });
    expect(seen).toEqual(['one first', 'one second']);
    expect(posted).toMatchObject([{ type: 'event', name: 'archive.changed', payload: { name: 'second' } }]);
  });

  it('says that nothing is open once the engine has stopped, and opens again', async () => {
    const { engine, imports } = patientEngine();
    const { openWindow } = await startService(engine);
    const window = openWindow();
    const seen: ArchiveStatus[] = [];
    window.on('archive.changed', (status) => seen.push(status));
    const opening = window.call('archive.open', await pickFolder(window));
    await expect.poll(() => imports.length).toBe(1);
    engine.crash();
    await expect(opening).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(seen).toMatchObject([{ state: 'empty', events: 0 }]);
    expect(await window.call('archive.status', null)).toMatchObject({ state: 'empty' });
    expect(await window.call('archive.close', null)).toBeNull();
  });

  it('says that the engine stopped, to a window that comes later too, and opens again what was open and what was to be', async () => {
    const engine = stubEngine({
      'engine.open': ({ sources }) => archiveStatus(named(sources)),
      'engine.add': () => new Promise(() => undefined),
    });
    const { service, openWindow, logs, folder } = await startService(engine);
    const window = openWindow();
    const told: (EngineTrouble | null)[] = [];
    window.on('engine.trouble', (trouble) => told.push(trouble));
    await window.call('archive.open', await pickFolder(window));
    engine.emit(archiveStatus({ sources: [await service.sources.add(logs)] }));
    const adding = window.call('archive.add', [(await window.call('folder.find', folder)).sourceId]);
    await expect.poll(() => engine.asked.map(({ name }) => name)).toEqual(['engine.open', 'engine.add']);
    engine.crash();
    await expect(adding).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(told).toMatchObject([{ kind: 'stopped', reason: 'The engine stopped: exit code 1' }]);
    expect(told[0]?.sources.map(({ label }) => label)).toEqual([logs, folder]);

    const posted: Message[] = [];
    service.connect({ post: (message) => posted.push(message), onMessage: () => undefined });
    expect(posted.at(-1)).toMatchObject({ name: 'engine.trouble', payload: { kind: 'stopped' } });
  });

  it('ends a silent engine before it starts again, and says so when a silent one answers', async () => {
    const engine = stubEngine({ 'engine.open': ({ sources }) => archiveStatus(named(sources)) });
    const { service, openWindow, logs } = await startService(engine);
    const window = openWindow();
    const told: unknown[] = [];
    window.on('engine.trouble', (trouble) => told.push(trouble?.kind ?? null));
    engine.emit(archiveStatus({ sources: [await service.sources.add(logs)] }));
    engine.silent(true);
    engine.silent(false);
    const stop = vi.spyOn(engine, 'stop');
    engine.silent(true);
    expect(stop).not.toHaveBeenCalled();
    await window.call('archive.start-again', null);
    expect(stop).toHaveBeenCalledOnce();
    expect(engine.asked.at(-1)).toMatchObject({ name: 'engine.open', request: { sources: [{ path: logs }] } });
    expect(told).toEqual(['silent', null, 'silent', null]);
  });

  it('remembers neither the sample nor an archive without events', async () => {
    const engine = stubEngine({
      'engine.open': ({ sources }) => archiveStatus({ ...named(sources), events: sources[0]?.name === 'logs' ? 0 : 3 }),
    });
    const { openWindow } = await startService(engine);
    const window = openWindow();
    expect(await window.call('archive.open-sample', null)).toMatchObject({ name: 'Sample archive' });
    await window.call('archive.open', await pickFolder(window));
    expect(await window.call('recent.list', null)).toEqual([]);
  });

  it('shows a recent archive that is gone as not available, and forgets it when asked to', async () => {
    const engine = stubEngine({ 'engine.open': ({ sources }) => archiveStatus(named(sources)) });
    const { openWindow, logs } = await startService(engine);
    const window = openWindow();
    await window.call('archive.open', await pickFolder(window));
    await rm(logs, { recursive: true });
    const [entry] = await window.call('recent.list', null);
    expect(entry?.available).toBe(false);
    if (entry !== undefined) await window.call('recent.forget', entry.openedAt);
    expect(await window.call('recent.list', null)).toEqual([]);
  });

  it('writes no settings into opened evidence, not even once it is closed, and says so once', async () => {
    const engine = stubEngine({
      'engine.open': ({ sources }) => archiveStatus(named(sources)),
      'engine.close': () => null,
    });
    const { openWindow, folder } = await startService(engine);
    const window = openWindow();
    const above = await window.call('folder.find', folder);
    await window.call('archive.open', [above.sourceId]);
    const settings = { ...(await window.call('settings.get', null)), theme: 'dark' as const };
    await expect(window.call('settings.set', settings)).rejects.toMatchObject({
      code: 'not-written',
      message: expect.stringContaining('lies within the opened evidence') as string,
    });
    expect(await window.call('settings.set', settings)).toBeNull();
    expect((await window.call('settings.get', null)).theme).toBe('dark');
    expect(await readdir(folder)).toEqual(['logs']);
    await window.call('archive.close', null);
    expect(await window.call('settings.set', settings)).toBeNull();
    expect(await readdir(folder)).toEqual(['logs']);
  });

  it('refuses to open a folder that holds files which are written to all the time', async () => {
    const engine = stubEngine({ 'engine.open': ({ sources }) => archiveStatus(named(sources)) });
    const { service, logs } = await startService(engine, (folder) => join(folder, 'busy', 'window'));
    await mkdir(join(logs, 'busy', 'window'), { recursive: true });
    await expect(service.openPaths([join(logs, 'busy')])).rejects.toMatchObject({ code: 'not-written' });
    expect(engine.asked).toEqual([]);
  });

  it('takes the cancelling of what the command line opened for no failure', async () => {
    const { engine, imports } = patientEngine();
    const { service, openWindow, logs } = await startService(engine);
    const opening = service.openPaths([logs]);
    await expect.poll(() => imports.length).toBe(1);
    await openWindow().call('archive.cancel', null);
    expect(await opening).toMatchObject({ state: 'ready', events: 2 });
  });

  it('rejects paths of the command line that are not there, by name', async () => {
    const { service, logs } = await startService(stubEngine());
    await expect(service.openPaths([logs, '/no/such'])).rejects.toMatchObject({
      code: 'not-found',
      message: '/no/such does not exist',
    });
  });
});

describe('sources that are added to an open archive and removed', () => {
  async function start(engine: StubEngine) {
    const { openWindow, folder, logs, service, config } = await startService(engine);
    const window = openWindow();
    const source = async (name: string) => {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, 'log.json'), oneEvent(name));
      return (await window.call('folder.find', join(folder, name))).sourceId;
    };
    const recent = async () => (await window.call('recent.list', null)).map(({ name, events }) => `${name}: ${events}`);
    return { window, openWindow, source, recent, folder, logs, service, config };
  }

  it('is read beside what is open, and each set of sources is remembered', async () => {
    const { engine } = stubbedEngine();
    const { window, source, recent, folder } = await start(engine);
    const [one, two] = [await source('one'), await source('two')];
    // Where nothing is open, adding opens.
    expect(await window.call('archive.add', [one, one])).toMatchObject({ name: 'one', events: 1 });
    expect(await window.call('archive.add', [two, one])).toMatchObject({ name: 'one and 1 more', events: 2 });
    expect(engine.asked.at(-1)).toMatchObject({
      name: 'engine.add',
      request: { sources: [{ path: join(folder, 'two') }, { path: join(folder, 'one') }], limits: defaultLimits },
    });
    expect(await recent()).toEqual(['one and 1 more: 2', 'one: 1']);

    expect(await window.call('archive.remove', one)).toMatchObject({ name: 'two', events: 1 });
    expect(await recent()).toEqual(['two: 1', 'one and 1 more: 2', 'one: 1']);
    expect(await window.call('archive.remove', two)).toMatchObject({ state: 'empty' });
    expect(changes(engine)).toEqual(['engine.add', 'engine.add', 'engine.remove', 'engine.remove']);
  });

  it('changes nothing where it is open already, or never was', async () => {
    const { engine } = stubbedEngine();
    const { window, source } = await start(engine);
    const [one, two] = [await source('one'), await source('two')];
    const opened = await window.call('archive.open', [one]);
    expect(await window.call('archive.add', [one])).toEqual(opened);
    expect(await window.call('archive.remove', two)).toEqual(opened);
  });

  it('is named by its folder where another source has the same name', async () => {
    const { engine } = stubbedEngine();
    const { window, source } = await start(engine);
    await window.call('archive.open', [await source('case-a/AWSLogs')]);
    const { sources } = await window.call('archive.add', [await source('case-b/AWSLogs'), await source('other')]);
    expect(sources.map(({ name }) => name)).toEqual(['AWSLogs', 'case-b/AWSLogs', 'other']);
    const both = [await source('case-a/AWSLogs'), await source('case-b/AWSLogs')];
    const opened = await window.call('archive.open', both);
    expect(opened.sources.map(({ name }) => name)).toEqual(['case-a/AWSLogs', 'case-b/AWSLogs']);
  });

  it('is not remembered beside the sample or a dropped copy, and is once they are gone', async () => {
    const { engine } = stubbedEngine();
    const { window, source, recent, folder, service } = await start(engine);
    const dropped = service.sources.noteCopy(join(folder, '000001-x.json'), 'file', 'x.json').sourceId;
    const one = await source('one');
    const { sources } = await window.call('archive.open-sample', null);
    await window.call('archive.add', [one]);
    await window.call('archive.add', [dropped]);
    for (const { sourceId } of sources) await window.call('archive.remove', sourceId);
    expect(await recent()).toEqual([]);
    expect(await window.call('archive.remove', dropped)).toMatchObject({ name: 'one' });
    expect(await recent()).toEqual(['one: 1']);
  });

  it('keeps settings out of evidence that was added, also once it is removed', async () => {
    const { engine } = stubbedEngine();
    const { window, source, folder, config } = await start(engine);
    const one = await source('one');
    const above = (await window.call('folder.find', folder)).sourceId;
    await window.call('archive.open', [one]);
    await window.call('archive.add', [above]);
    const before = await readdir(config);
    const settings = { ...(await window.call('settings.get', null)), theme: 'dark' as const };
    await expect(window.call('settings.set', settings)).rejects.toMatchObject({ code: 'not-written' });
    await window.call('archive.remove', above);
    await window.call('settings.set', settings);
    expect(await readdir(config)).toEqual(before);
  });

  it('waits for the import before it, and is given up with it when the user cancels', async () => {
    const { engine, imports, control } = stubbedEngine();
    const { window, source } = await start(engine);
    await window.call('archive.open', [await source('one')]);
    control.isPatient = true;
    const first = window.call('archive.add', [await source('two')]);
    const second = window.call('archive.add', [await source('three')]);
    await expect.poll(() => imports.length).toBe(1);
    imports[0]?.();
    expect(await first).toMatchObject({ events: 2 });
    await expect.poll(() => imports.length).toBe(2);
    const ended = Promise.allSettled([second, window.call('archive.add', [await source('four')])]);
    await window.call('archive.cancel', null);
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
    expect(await ended).toMatchObject([cancelled, cancelled]);
    expect(imports).toHaveLength(2);
  });

  it('gives way to what is opened instead', async () => {
    const { engine, imports, control } = stubbedEngine();
    const { window, source } = await start(engine);
    await window.call('archive.open', [await source('one')]);
    control.isPatient = true;
    const added = [await source('two'), await source('three')].map((id) => window.call('archive.add', [id]));
    const ended = Promise.allSettled(added);
    await expect.poll(() => imports.length).toBe(1);
    const four = await source('four');
    control.isPatient = false;
    expect(await window.call('archive.open', [four])).toMatchObject({ name: 'four' });
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
    expect(await ended).toMatchObject([cancelled, cancelled]);
    expect(await window.call('archive.status', null)).toMatchObject({ name: 'four' });
  });

  it('outlives the window that asked for it', async () => {
    const { engine, imports, control } = stubbedEngine();
    const { window, openWindow, source } = await start(engine);
    await window.call('archive.open', [await source('one')]);
    control.isPatient = true;
    void window.call('archive.add', [await source('two')]).catch(() => undefined);
    void window.call('archive.add', [await source('three')]).catch(() => undefined);
    await expect.poll(() => imports.length).toBe(1);
    window.connection.close();
    const next = openWindow();
    imports[0]?.();
    await expect.poll(() => imports.length).toBe(2);
    imports[1]?.();
    await expect.poll(async () => (await next.call('archive.status', null)).events).toBe(3);
  });

  it('stops the import of a source that is removed', async () => {
    const { engine, imports, control } = stubbedEngine();
    const { window, source } = await start(engine);
    const [one, two] = [await source('one'), await source('two')];
    await window.call('archive.open', [one]);
    control.isPatient = true;
    const adding = window.call('archive.add', [two]);
    await expect.poll(() => imports.length).toBe(1);
    const ended = Promise.allSettled([adding, window.call('archive.remove', two)]);
    expect(await ended).toMatchObject([
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'fulfilled', value: { name: 'one', events: 1 } },
    ]);
  });

  it('is asked for in the order of the calls, however fast they come', async () => {
    const { engine } = stubbedEngine();
    const { window, source } = await start(engine);
    const [one, two] = [await source('one'), await source('two')];
    const asked = [
      window.call('archive.open', [one]),
      window.call('archive.add', [two]),
      window.call('archive.remove', two),
      window.call('archive.add', [two]),
      window.call('archive.cancel', null),
    ];
    await Promise.allSettled(asked);
    expect(changes(engine)).toEqual(['engine.open', 'engine.add', 'engine.remove', 'engine.add', 'engine.cancel']);
  });

  it('is remembered with all its events where another source is read again', async () => {
    const { engine } = stubbedEngine();
    const { window, source, recent } = await start(engine);
    const part = await source('all/part');
    const all = await source('all');
    await window.call('archive.open', [part]);
    expect(await window.call('archive.add', [all])).toMatchObject({ events: 2 });
    await window.call('archive.remove', part);
    await expect.poll(recent).toEqual(['all: 2', 'part and 1 more: 2', 'part: 1']);
  });

  it('comes from the menu too, where missing paths are reported', async () => {
    const { engine } = stubbedEngine();
    const { service, logs } = await start(engine);
    expect(await service.addPaths([logs])).toMatchObject({ name: 'logs' });
    await expect(service.addPaths(['/no/such'])).rejects.toMatchObject({ code: 'not-found' });
  });
});
