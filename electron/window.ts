import { BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions, type Session } from 'electron';
import type { JsonFile } from '#host/json-file';
import { appUrl } from './app-protocol';
import { addContextMenu } from './menu';
import { errorFacts, type RingLog } from './ring-log';
import { visibleBounds, type WindowState } from './window-state';

export interface WindowParts {
  readonly session: Session;
  readonly preload: string;
  readonly state: JsonFile<WindowState>;
  readonly diary: RingLog;
  readonly log: (line: string) => void;
}

/** The window's options: the security rules 2, 3, 4, 11 and the spell checker are here, stated even where they are defaults. */
export function windowOptions(
  { session, preload }: Pick<WindowParts, 'session' | 'preload'>,
  bounds: WindowState['bounds'],
  isDark: boolean,
): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Trailglass',
    backgroundColor: isDark ? '#16181b' : '#ffffff',
    webPreferences: {
      session,
      preload,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      sandbox: true,
      spellcheck: false,
      webviewTag: false,
    },
  };
}

/** Opens the window where it was last time, and shows it once there is something to see. */
export async function openWindow({ session, preload, state, diary, log }: WindowParts): Promise<BrowserWindow> {
  const before = await state.read();
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const bounds = visibleBounds(before.bounds, screens);
  const window = new BrowserWindow(windowOptions({ session, preload }, bounds, nativeTheme.shouldUseDarkColors));
  if (before.isMaximized) window.maximize();
  if (before.isFullScreen) window.setFullScreen(true);
  // A zoom set before there is a page would be lost with the empty one.
  window.webContents.once('did-finish-load', () => window.webContents.setZoomFactor(before.zoom));
  showWhenReady(window, diary);
  window.on('close', () => {
    const now: WindowState = {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
      zoom: window.webContents.getZoomFactor(),
    };
    state.write(now).catch((error: unknown) => {
      log(`the window's position was not stored: ${String(error)}`);
    });
  });
  addContextMenu(window.webContents);
  // Not awaited: what the page shows when it cannot be loaded is no reason not to have a window.
  window.loadURL(appUrl).catch((error: unknown) => {
    log(`the page was not loaded: ${String(error)}`);
    diary.record('page-not-loaded', errorFacts(error));
    if (!window.isDestroyed()) window.show();
  });
  return window;
}

/** Shows the window once there is something to see, or after a while without: a window that is never shown looks like no answer at all. */
function showWhenReady(window: BrowserWindow, diary: RingLog): void {
  const limitMs = 8_000;
  let isShown = false;
  const show = (): void => {
    clearTimeout(limit);
    if (isShown || window.isDestroyed()) return;
    isShown = true;
    window.show();
  };
  const limit = setTimeout(() => {
    diary.record('window-shown-late');
    show();
  }, limitMs);
  window.once('ready-to-show', show);
  window.once('closed', () => clearTimeout(limit));
}
