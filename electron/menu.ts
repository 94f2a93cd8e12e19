import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import type { WindowDialog } from '#contract/api';
import { escapeInvisible } from '#core/visible';

/** An archive opened before, as the menu shows it. */
export interface RecentItem {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface MenuContext {
  readonly platform: NodeJS.Platform;
  /** Developer tools are offered only where the app is developed. */
  readonly isPackaged: boolean;
  /** Newest first. */
  readonly recent: readonly RecentItem[];
  open(kind: 'folder' | 'files'): void;
  /** Adds to what is open. */
  add(kind: 'folder' | 'files'): void;
  openRecent(paths: readonly string[]): void;
  clearRecent(): void;
  /** Opens a dialog of the window. */
  show(dialog: WindowDialog): void;
}

/** More would not fit on a screen; the window's first page lists all. */
const mostRecent = 10;

/** The application menu. No item leads out of the app. */
export function menuTemplate(context: MenuContext): MenuItemConstructorOptions[] {
  const { platform, isPackaged, open, add, show } = context;
  const isMac = platform === 'darwin';
  const about: MenuItemConstructorOptions = { label: 'About Trailglass', click: () => show('about') };
  const file: MenuItemConstructorOptions[] = [
    { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: () => open('folder') },
    { label: 'Open Files…', accelerator: 'CmdOrCtrl+Shift+O', click: () => open('files') },
    { label: 'Open Recent', submenu: recentItems(context) },
    { type: 'separator' },
    { label: 'Add Folder to the Open Archive…', click: () => add('folder') },
    { label: 'Add Files to the Open Archive…', click: () => add('files') },
    { type: 'separator' },
    { role: isMac ? 'close' : 'quit' },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
  ];
  // Without the role: it would add the system's search, which leads nowhere here.
  const help: MenuItemConstructorOptions[] = [
    { label: 'Trailglass Help', click: () => show('help') },
    { type: 'separator' },
    { label: 'Copy Diagnostics…', click: () => show('diagnostics') },
    { label: 'Licences', click: () => show('licences') },
    ...(isMac ? [] : [{ type: 'separator' } as const, about]),
  ];
  return [
    ...(isMac ? [{ label: 'Trailglass', submenu: appMenu(about) }] : []),
    { label: '&File', submenu: file },
    { role: 'editMenu' },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
    { label: '&Help', submenu: help },
  ];
}

/** The first menu of macOS, with our own About in place of Electron's panel. */
function appMenu(about: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return [
    about,
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { role: 'quit' },
  ];
}

function recentItems({ recent, openRecent, clearRecent }: MenuContext): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: 'No Recent Archives', enabled: false }];
  return [
    ...recent.slice(0, mostRecent).map(({ name, paths }): MenuItemConstructorOptions => ({
      label: menuText(name),
      sublabel: menuText(paths.join(', ')),
      click: () => openRecent(paths),
    })),
    { type: 'separator' },
    { label: 'Clear Recent', click: clearRecent },
  ];
}

/** A name from the evidence as a menu shows it: an ampersand would mark the letter behind it as a key. */
function menuText(text: string): string {
  return escapeInvisible(text).replace(/&/g, '&&');
}

/** Copy and paste by the right mouse button, which Electron leaves to the app. */
export function addContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const items: MenuItemConstructorOptions[] = isEditable
      ? [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { type: 'separator' }, { role: 'selectAll' }]
      : [{ role: 'copy', enabled: selectionText !== '' }];
    Menu.buildFromTemplate(items).popup();
  });
}
