import type { IpcMainEvent } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeChannels } from '#contract/bridge';
import { createAppService } from '#host/app-service';
import { createEvidence } from '#host/evidence';
import { createSettingsStore } from '#host/settings-store';
import { createIpc, isTrustedSender } from '../../../electron/ipc';
import { FakeContents, ipcMain } from '../../helpers/electron-double';
import { stubEngine } from '../../helpers/stub-engine';
import { temporaryFolder } from '../../helpers/temporary-folder';

vi.mock('electron', async () => (await import('../../helpers/electron-double')).electronModule);

const ourFrame = { parent: null, url: 'app://trailglass/' };
const eventFrom = (sender: FakeContents, senderFrame: unknown = ourFrame): IpcMainEvent =>
  ({ sender, senderFrame }) as unknown as IpcMainEvent;
const appInfo = { type: 'call', id: 1, name: 'app.info', request: null };

beforeEach(() => {
  ipcMain.removeAllListeners();
  ipcMain.handlers.clear();
});

async function start() {
  const folder = await temporaryFolder();
  const info = { version: '1', host: 'electron', platform: 'linux', nativeDialogs: true } as const;
  const evidence = createEvidence();
  const log = (): void => undefined;
  const service = createAppService(
    { info, startFolder: folder, sampleFolder: folder, pick: () => Promise.resolve(null) },
    { engine: stubEngine(), store: createSettingsStore(folder, { log, evidence }), evidence, log },
  );
  const lines: string[] = [];
  const ipc = createIpc(service, (line) => lines.push(line));
  const window = new FakeContents(1);
  ipc.attach(window.asContents());
  const replies = (): unknown[] =>
    window.sent.map(([, message]) => message).filter((message) => (message as { type: string }).type !== 'event');
  return { ipc, window, lines, folder, replies };
}

describe('who may speak to the main process', () => {
  const window = new FakeContents(1);

  it('is our window, by its top frame, on our page', () => {
    expect(isTrustedSender(eventFrom(window), window.asContents())).toBe(true);
  });

  it.each([
    ['a frame that is gone', window, null],
    ['a frame within the page', window, { parent: ourFrame, url: 'app://trailglass/' }],
    ['another page', window, { parent: null, url: 'https://example.com/' }],
    ['a page whose address begins like ours', window, { parent: null, url: 'app://trailglass.example/' }],
    ['a blank page', window, { parent: null, url: 'about:blank' }],
    ['another window', new FakeContents(2), ourFrame],
  ])('is not %s', (_, sender, frame) => {
    expect(isTrustedSender(eventFrom(sender, frame), window.asContents())).toBe(false);
  });

  it('is nobody before there is a window', () => {
    expect(isTrustedSender(eventFrom(window), null)).toBe(false);
  });
});

describe('the IPC', () => {
  it('answers our window', async () => {
    const { window, replies } = await start();
    ipcMain.emit(bridgeChannels.connect, eventFrom(window));
    ipcMain.emit(bridgeChannels.message, eventFrom(window), appInfo);
    await expect.poll(replies).toMatchObject([{ type: 'result', id: 1, result: { host: 'electron' } }]);
    expect(window.sent.every(([channel]) => channel === bridgeChannels.message)).toBe(true);
  });

  it('drops what a stranger sends, on every channel, and says so', async () => {
    const { window, lines, folder, replies } = await start();
    const stranger = new FakeContents(2);
    ipcMain.emit(bridgeChannels.connect, eventFrom(stranger));
    ipcMain.emit(bridgeChannels.connect, eventFrom(window));
    ipcMain.emit(bridgeChannels.message, eventFrom(stranger), appInfo);
    ipcMain.emit(bridgeChannels.message, eventFrom(window, null), appInfo);
    const register = ipcMain.handlers.get(bridgeChannels.registerPaths);
    expect(await register?.(eventFrom(stranger) as never, [folder] as never)).toEqual([]);
    expect([replies(), stranger.sent, lines.length]).toEqual([[], [], 4]);
  });

  it.each([null, 'x', [], { type: 'result', id: 1, result: 1 }, { ...appInfo, id: 'x' }, { ...appInfo, extra: 1 }])(
    'drops %j, which is no message of a window',
    async (value) => {
      const { window, lines, replies } = await start();
      ipcMain.emit(bridgeChannels.connect, eventFrom(window));
      ipcMain.emit(bridgeChannels.message, eventFrom(window), value);
      expect([replies(), lines]).toEqual([[], ['dropped a malformed message']]);
    },
  );

  it('turns dropped paths into sources and leaves out what is not there', async () => {
    const { window, folder } = await start();
    const register = ipcMain.handlers.get(bridgeChannels.registerPaths);
    const found = await register?.(eventFrom(window) as never, [folder, '/no/such', '', 'a\0b'] as never);
    expect(found).toMatchObject([{ kind: 'folder', label: folder }]);
    await expect(register?.(eventFrom(window) as never, [1] as never)).rejects.toThrow();
  });

  it('forgets what an earlier page asked once the page is loaded again', async () => {
    const { window, replies, ipc } = await start();
    ipcMain.emit(bridgeChannels.connect, eventFrom(window));
    ipcMain.emit(bridgeChannels.message, eventFrom(window), appInfo);
    ipcMain.emit(bridgeChannels.connect, eventFrom(window));
    ipcMain.emit(bridgeChannels.message, eventFrom(window), { ...appInfo, id: 2 });
    await expect.poll(replies).toMatchObject([{ id: 2 }]);
    ipc.detach();
    ipcMain.emit(bridgeChannels.message, eventFrom(window), { ...appInfo, id: 3 });
    await Promise.resolve();
    expect(replies()).toHaveLength(1);
  });
});
