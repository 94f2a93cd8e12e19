/** The module `electron` of the main process: everything the app may import. A name that is not here cannot be imported at all. */
import { EventEmitter } from 'node:events';
import * as application from './app';
import * as windows from './browser-window';
import * as dialogs from './dialog';
import { guarded, guardedClass } from './guard';
import * as ipc from './ipc-main';
import { mustBeReady } from './life';
import * as menus from './menu';
import * as sessions from './session';
import { WebContents } from './web-contents';

menus.quitter.quit = () => application.app.quit();

export const app = guarded(application.app, 'App');
export const BrowserWindow = guardedClass(windows.BrowserWindow, 'BrowserWindow');
export const Menu = guardedClass(menus.Menu, 'Menu');
export const MenuItem = guardedClass(menus.MenuItem, 'MenuItem');
export const dialog = guarded(dialogs.dialog, 'Dialog');
export const clipboard = guarded(dialogs.clipboard, 'Clipboard');
export const ipcMain = guarded(ipc.ipcMain, 'IpcMain');
export const protocol = guarded(sessions.protocol, 'Protocol');
export const session = guarded(sessions.session, 'typeof Session');

export const webContents = guarded(
  {
    fromDevToolsTargetId: (targetId: string) => WebContents.fromTarget(targetId),
    fromId: (id: number) => WebContents.fromId(id),
  },
  'typeof WebContents',
);

export const nativeTheme = guarded(
  Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' }),
  'NativeTheme',
);

const area = { x: 0, y: 0, width: 1920, height: 1080 };
export const screen = guarded(
  Object.assign(new EventEmitter(), {
    getAllDisplays() {
      mustBeReady('screen');
      return [{ id: 1, bounds: area, workArea: area, scaleFactor: 1 }];
    },
    getPrimaryDisplay() {
      mustBeReady('screen');
      return { id: 1, bounds: area, workArea: area, scaleFactor: 1 };
    },
  }),
  'Screen',
);

let lastBlocker = 0;
const blockers = new Set<number>();
export const powerSaveBlocker = guarded(
  {
    start(_type: string) {
      blockers.add(++lastBlocker);
      return lastBlocker;
    },
    stop: (id: number) => blockers.delete(id),
    isStarted: (id: number) => blockers.has(id),
  },
  'PowerSaveBlocker',
);
