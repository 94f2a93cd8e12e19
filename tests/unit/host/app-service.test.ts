import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppCalls, AppEvents } from '#contract/api';
import { createClient, type Client, type Message } from '#contract/rpc';
import type { ArchiveStatus, ImportProgress } from '#contract/types';
import { createAppService, type Connection } from '#host/app-service';
import { createSettingsStore } from '#host/settings-store';
import { archiveStatus, stubEngine, type StubEngine } from '../../helpers/stub-engine';
import { temporaryFolder } from '../../helpers/temporary-folder';

const progress = { phase: 'reading', events: 5 } as ImportProgress;

/** An engine whose imports end only when the test says so, or when they are cancelled. */
function patientEngine() {
  const imports: { end(): void; readonly isCancelled: () => boolean }[] = [];
  const engine = stubEngine({
    'engine.open': ({ name, sources }, { signal, progress: tell }) => {
      tell(progress);
      return new Promise<ArchiveStatus>((resolve) => {
        const end = (): void => {
          resolve(archiveStatus({ name, sources }));
        };
        imports.push({ end, isCancelled: () => signal.aborted });
        signal.addEventListener('abort', () => {
          engine.emit(archiveStatus({ name, sources, events: 2 }));
        });
      });
    },
    'engine.close': () => null,
    'archive.status': () => archiveStatus({ name: 'asked' }),
  });
  return { engine, imports };
}

async function startService(engine: StubEngine) {
  const folder = await temporaryFolder();
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const config = join(folder, 'config');
  const service = createAppService(
    {
      info: { version: '1.2.3', host: 'browser', platform: 'linux', nativeDialogs: true },
      startFolder: folder,
      sampleFolder: logs,
      pick: (kind) => Promise.resolve(kind === 'folder' ? [logs] : null),
    },
    { engine, store: createSettingsStore(config, () => undefined), log: () => undefined },
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

  return { service, openWindow, folder, logs, config };
}

async function pickFolder(window: Client<AppCalls, AppEvents>) {
  const [source] = (await window.call('source.pick', 'folder')) ?? [];
  if (source === undefined) throw new Error('nothing was picked');
  return [source.sourceId] as const;
}

describe('the application service', () => {
  it('opens what the user picked, tells of its progress, and remembers it', async () => {
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

  it('remembers neither the sample nor an archive without events', async () => {
    const engine = stubEngine({
      'engine.open': ({ name, sources }) => archiveStatus({ name, sources, events: name === 'logs' ? 0 : 3 }),
    });
    const { openWindow } = await startService(engine);
    const window = openWindow();
    expect(await window.call('archive.open-sample', null)).toMatchObject({ name: 'Sample archive' });
    await window.call('archive.open', await pickFolder(window));
    expect(await window.call('recent.list', null)).toEqual([]);
  });

  it('shows a recent archive that is gone as not available, and forgets it when told', async () => {
    const engine = stubEngine({ 'engine.open': ({ name, sources }) => archiveStatus({ name, sources }) });
    const { openWindow, logs } = await startService(engine);
    const window = openWindow();
    await window.call('archive.open', await pickFolder(window));
    await rm(logs, { recursive: true });
    const [entry] = await window.call('recent.list', null);
    expect(entry?.available).toBe(false);
    if (entry !== undefined) await window.call('recent.forget', entry.openedAt);
    expect(await window.call('recent.list', null)).toEqual([]);
  });

  it('writes no settings into opened evidence, and makes up for it afterwards', async () => {
    const engine = stubEngine({
      'engine.open': ({ name, sources }) => archiveStatus({ name, sources }),
      'engine.close': () => null,
    });
    const { openWindow, folder, config } = await startService(engine);
    const window = openWindow();
    const above = await window.call('folder.find', folder);
    await window.call('archive.open', [above.sourceId]);
    await window.call('settings.set', { ...(await window.call('settings.get', null)), theme: 'dark' });
    expect((await window.call('settings.get', null)).theme).toBe('dark');
    expect(await readdir(folder)).toEqual(['logs']);
    await window.call('archive.close', null);
    expect(await readdir(config)).toEqual(['recent.json', 'settings.json']);
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
