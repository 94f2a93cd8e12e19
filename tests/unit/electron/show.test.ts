import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WindowState } from '../../../electron/window-state';
import { FakeContents, FakeSession } from '../../helpers/electron-double';

class FakeWindow extends EventEmitter {
  static last: FakeWindow | null = null;
  readonly webContents = Object.assign(new FakeContents(), { setZoomFactor: vi.fn() });
  readonly show = vi.fn();
  constructor() {
    super();
    FakeWindow.last = this;
  }
  isDestroyed = (): boolean => false;
  loadURL = (): Promise<void> => new Promise(() => undefined);
}

vi.mock('electron', async () => ({
  ...(await import('../../helpers/electron-double')).electronModule,
  BrowserWindow: FakeWindow,
  screen: { getAllDisplays: () => [] },
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  ['once there is something to see', true],
  ['after eight seconds where nothing comes', false],
])('the window is shown, once: %s', async (_, comes) => {
  const { openWindow } = await import('../../../electron/window');
  const recorded: string[] = [];
  const before: WindowState = { bounds: null, isMaximized: false, isFullScreen: false, zoom: 1 };
  await openWindow({
    session: new FakeSession().asSession(),
    preload: '/out/electron/preload.cjs',
    state: { read: () => Promise.resolve(before), write: () => Promise.resolve(), settled: () => Promise.resolve() },
    diary: { record: (code) => recorded.push(code), lines: () => [] },
    log: () => undefined,
  });
  const show = FakeWindow.last?.show;
  expect(show).not.toHaveBeenCalled();
  if (comes) FakeWindow.last?.emit('ready-to-show');
  vi.advanceTimersByTime(7_999);
  expect(show).toHaveBeenCalledTimes(comes ? 1 : 0);
  vi.advanceTimersByTime(60_000);
  FakeWindow.last?.emit('ready-to-show');
  expect(show).toHaveBeenCalledOnce();
  expect(recorded).toEqual(comes ? [] : ['window-shown-late']);
});
