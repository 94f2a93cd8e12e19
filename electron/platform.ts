import { app, dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { Platform } from '#host/app-service';

/** How the dialogs look. Nothing opened is added to the system's list of recent documents. */
const dialogs: Readonly<Record<'folder' | 'files', OpenDialogOptions>> = {
  folder: { title: 'Open folder', properties: ['openDirectory', 'multiSelections', 'dontAddToRecent'] },
  files: {
    title: 'Open files',
    properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    filters: [
      {
        name: 'Logs and archives',
        extensions: ['json', 'jsonl', 'ndjson', 'gz', 'tgz', 'zip', 'tar', 'csv', 'log', 'txt'],
      },
      // Content decides what a file is: an export may have any name.
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

/** What the desktop host gives the service. `window` is asked for late: dialogs belong to the window of the moment. */
export function createPlatform(sampleFolder: string, window: () => BrowserWindow | null): Platform {
  return {
    info: { version: app.getVersion(), host: 'electron', platform: process.platform, nativeDialogs: true },
    startFolder: app.getPath('home'),
    sampleFolder,
    async pick(kind) {
      const owner = window();
      const options = dialogs[kind];
      const chosen = await (owner === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(owner, options));
      return chosen.canceled || chosen.filePaths.length === 0 ? null : chosen.filePaths;
    },
  };
}
