import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { bridgeChannels } from '#contract/bridge';
import { FakeContents, FakeSession, ipcMain } from '../../helpers/electron-double';
import { archiveStatus, stubEngine } from '../../helpers/stub-engine';

/** What the app did, in order. */
const steps: string[] = [];
const config = mkdtempSync(join(tmpdir(), 'trailglass-test-'));
const logs = mkdtempSync(join(tmpdir(), 'trailglass-test-'));
const windows: FakeWindow[] = [];
const sessions = { ours: new FakeSession(), defaultSession: new FakeSession() };
const engine = stubEngine({
  'archive.status': () => archiveStatus({ state: 'empty' }),
  'engine.open': ({ sources }) => archiveStatus({ name: sources[0]?.name ?? '' }),
});

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents(7);
  readonly options: { readonly webPreferences: { readonly session: unknown; readonly preload: string } };

  constructor(options: FakeWindow['options']) {
    super();
    this.options = options;
    windows.push(this);
    steps.push('window');
  }

  loadURL(url: string): Promise<void> {
    steps.push(`load ${url}`);
    return Promise.resolve();
  }

  getNormalBounds = () => ({ x: 1, y: 2, width: 900, height: 700 });
  isMaximized = () => false;
  isFullScreen = () => false;
  setProgressBar = (value: number) => steps.push(`progress ${String(value)}`);
  isMinimized = () => false;
  focus = () => steps.push('focus');
  show = () => steps.push('show');
}

const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  commandLine: {
    appendSwitch: (name: string) => steps.push(`switch ${name}`),
    hasSwitch: (name: string) => name === 'no-sandbox',
  },
  enableSandbox: () => steps.push('sandbox'),
  setPath: (name: string, path: string) => {
    if (!existsSync(path)) throw new Error(`${path} does not exist`);
    steps.push(`path ${name}`);
  },
  requestSingleInstanceLock: () => {
    steps.push('lock');
    return true;
  },
  whenReady: () => {
    steps.push('ready');
    return Promise.resolve();
  },
  getPath: () => config,
  getVersion: () => '1.2.3',
  quit: () => steps.push('quit'),
  exit: (code: number) => steps.push(`exit ${String(code)}`),
});

vi.mock('electron', async () => ({
  ...(await import('../../helpers/electron-double')).electronModule,
  app,
  BrowserWindow: FakeWindow,
  protocol: { registerSchemesAsPrivileged: () => steps.push('scheme') },
  session: {
    fromPartition: (name: string, options: unknown) => {
      steps.push(`session ${name} ${JSON.stringify(options)}`);
      return sessions.ours;
    },
    defaultSession: sessions.defaultSession,
  },
  screen: { getAllDisplays: () => [] },
  nativeTheme: { shouldUseDarkColors: false, themeSource: 'system' },
  powerSaveBlocker: { start: () => steps.push('awake'), stop: () => steps.push('asleep') },
  Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => steps.push('menu') },
  dialog: {
    showErrorBox: (_title: string, text: string) => steps.push(`error box: ${text}`),
    showMessageBox: (_window: unknown, { message }: { readonly message: string }) => {
      steps.push(`message box: ${message}`);
      return Promise.resolve({ response: 0 });
    },
  },
}));
// The sources lie elsewhere than what is built from them.
vi.mock('../../../electron/fatal', async (original) => ({
  ...(await original<object>()),
  checkInstallation: () => undefined,
}));
vi.mock('#host/engine-client', () => ({ createEngineClient: () => engine }));

afterAll(() => {
  for (const folder of [config, logs]) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

it('starts in the order Electron needs, says where there is no sandbox, serves its window, takes paths of a second start, and ends once the engine has', async () => {
  const stop = vi.spyOn(engine, 'stop');
  process.argv = ['trailglass', `--config=${config}`, logs];
  await import('../../../electron/main');
  await expect.poll(() => engine.asked.map((call) => call.name)).toEqual(['archive.status', 'engine.open']);
  // The menu is made again once the archive is a recent one.
  expect(steps.filter((step) => !step.startsWith('switch')).slice(0, 12)).toEqual([
    'path userData',
    'path sessionData',
    'sandbox',
    'scheme',
    'lock',
    'ready',
    'session trailglass {"cache":false}',
    'menu',
    'window',
    'load app://trailglass/',
    'message box: The sandbox is off',
    'focus',
  ]);
  expect(steps.indexOf('switch host-resolver-rules')).toBeLessThan(steps.indexOf('ready'));
  for (const session of [sessions.ours, sessions.defaultSession]) {
    expect([...session.handlers.keys()]).toContain('onBeforeRequest');
  }
  expect([...sessions.ours.protocols.keys()]).toContain('app');

  const [window] = windows;
  expect(window?.options.webPreferences.session).toBe(sessions.ours);
  expect(window?.options.webPreferences.preload).toMatch(/electron[\\/]preload\.cjs$/);
  const event = { sender: window?.webContents, senderFrame: { parent: null, url: 'app://trailglass/' } };
  ipcMain.emit(bridgeChannels.connect, event);
  ipcMain.emit(bridgeChannels.message, event, { type: 'call', id: 1, name: 'app.info', request: null });
  await expect.poll(() => window?.webContents.sent.at(-1)).toMatchObject([bridgeChannels.message, { type: 'result' }]);

  steps.length = 0;
  app.emit('second-instance', {}, [], '', { paths: [logs, '/no/such', 3] });
  await expect.poll(() => steps).toEqual(['focus', 'error box: /no/such does not exist']);

  steps.length = 0;
  window?.emit('close');
  window?.emit('closed');
  const preventDefault = vi.fn();
  app.emit('will-quit', { preventDefault });
  await expect.poll(() => steps).toEqual(['quit']);
  app.emit('will-quit', { preventDefault });
  expect([preventDefault.mock.calls.length, stop.mock.calls.length]).toEqual([1, 1]);
  expect(existsSync(join(config, 'window.json'))).toBe(true);
});
