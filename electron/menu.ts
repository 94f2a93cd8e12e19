import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';

export interface MenuContext {
  readonly platform: NodeJS.Platform;
  /** Developer tools are offered only where the app is developed. */
  readonly isPackaged: boolean;
  open(kind: 'folder' | 'files'): void;
  /** Adds to what is open. */
  add(kind: 'folder' | 'files'): void;
}

/** The application menu. No item leads out of the app. */
export function menuTemplate({ platform, isPackaged, open, add }: MenuContext): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: () => open('folder') },
    { label: 'Open Files…', accelerator: 'CmdOrCtrl+Shift+O', click: () => open('files') },
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
  return [
    ...(isMac ? ([{ role: 'appMenu' }] as const) : []),
    { label: '&File', submenu: file },
    { role: 'editMenu' },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
  ];
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
