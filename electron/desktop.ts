import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog, Menu, session as sessions, type BrowserWindow } from 'electron';
import { createAppService } from '#host/app-service';
import { createEngineClient } from '#host/engine-client';
import type { Evidence } from '#host/evidence';
import { callLogging } from '#host/log';
import { createSettingsStore } from '#host/settings-store';
import { listStaticFiles } from '#host/static-files';
import { serveApp } from './app-protocol';
import { changedFiles, changedMessage, engineChecksums } from './engine-files';
import { checkInstallation, showError } from './fatal';
import { listInstalled } from './installed-files';
import { createIpc } from './ipc';
import { menuTemplate } from './menu';
import { createOpenRequests } from './open-requests';
import { createPlatform } from './platform';
import { isSandboxOff, warnOfNoSandbox } from './sandbox-warning';
import { chooseSavePath } from './save-path';
import { secureSession } from './security';
import { openWindow } from './window';
import { windowStateFile } from './window-state';

/** The running desktop app. */
export interface Desktop {
  /** Brings the window to the front, or opens it again. */
  show(): Promise<void>;
  /** Opens paths the user named, and asks where something is open already; a dialog reports those not found. */
  openPaths(paths: readonly string[]): Promise<void>;
  /** Resolves to whether all threads have ended. */
  close(): Promise<boolean>;
}

export interface DesktopOptions {
  /** The build's output, `out/`. */
  readonly out: string;
  /** The folder of the settings. */
  readonly config: string;
  /** Chromium's folder. */
  readonly userData: string;
  readonly evidence: Evidence;
  readonly log: (line: string) => void;
}

/** Puts the desktop app together. The app must be ready. Rejects where the engine is not the one that was built. */
export async function startDesktop({ out, config, userData, evidence, log }: DesktopOptions): Promise<Desktop> {
  let window: BrowserWindow | null = null;
  let isWarned = false;
  const onDisk = unpacked(out);
  checkInstallation(out, onDisk);
  const engineFolder = join(onDisk, 'engine');
  const changed = await changedFiles(engineFolder, engineChecksums);
  if (changed.length > 0) throw new Error(changedMessage(engineFolder, changed));
  const engine = createEngineClient({
    url: pathToFileURL(join(engineFolder, 'engine-worker.js')),
    logCalls: callLogging(process.env),
    log,
  });
  const platform = createPlatform(join(onDisk, 'sample'), () => window);
  const service = createAppService(platform, {
    engine,
    store: createSettingsStore(config, { log, evidence }),
    evidence,
    busyFolders: [userData],
    log,
  });

  // A session without a name on disk: no cache, no storage, nothing of the evidence stays behind.
  const session = sessions.fromPartition('trailglass', { cache: false });
  const savePath = (fileName: string): string | null =>
    chooseSavePath(fileName, evidence, {
      ask(name) {
        const options = { defaultPath: join(saveFolder(evidence), name) };
        return window === null ? dialog.showSaveDialogSync(options) : dialog.showSaveDialogSync(window, options);
      },
      refuse: (title, message) => dialog.showErrorBox(title, message),
    });
  const security = { hasDevTools: !app.isPackaged, savePath, log };
  for (const each of [session, sessions.defaultSession]) secureSession(each, security);
  serveApp(session, await listStaticFiles(join(out, 'renderer'), listInstalled));
  const ipc = createIpc(service, log);
  const state = windowStateFile(config, { log, evidence });

  const requests = createOpenRequests({
    status: () => service.status(),
    open: (paths) => service.openPaths(paths),
    add: (paths) => service.addPaths(paths),
    async ask(question) {
      const { response } = await (window === null
        ? dialog.showMessageBox(question)
        : dialog.showMessageBox(window, question));
      return response;
    },
  });

  const desktop: Desktop = {
    async show() {
      if (window === null) {
        const opened = await openWindow({ session, preload: join(out, 'electron', 'preload.cjs'), state, log });
        ipc.attach(opened.webContents);
        opened.on('closed', () => {
          window = null;
          ipc.detach();
        });
        window = opened;
        if (isSandboxOff() && !isWarned) void warnOfNoSandbox(opened);
        isWarned = true;
      }
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    async openPaths(paths) {
      if (paths.length > 0) await requests.request(paths).catch(tell);
    },
    async close() {
      const [haveEnded] = await Promise.all([service.close(), state.settled()]);
      return haveEnded;
    },
  };

  const open = (kind: 'folder' | 'files'): void => {
    void platform.pick(kind).then((paths) => (paths === null ? null : service.openPaths(paths).catch(tell)));
  };
  const add = (kind: 'folder' | 'files'): void => {
    void platform.pick(kind).then((paths) => (paths === null ? null : service.addPaths(paths).catch(tell)));
  };
  const menu = menuTemplate({ platform: process.platform, isPackaged: app.isPackaged, open, add });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  return desktop;
}

const tell = (error: unknown): void => showError('Trailglass', error);

/** The folder in which the save dialog starts: the first of the user's folders that is not evidence. */
function saveFolder(evidence: Evidence): string {
  const folders = (['downloads', 'documents', 'desktop'] as const).map((name) => app.getPath(name));
  return folders.find((folder) => !evidence.holds(join(folder, 'report'))) ?? app.getPath('temp');
}

/** Where a packaged app has the files that are kept beside its archive: see `asarUnpack` in the packaging's configuration. */
export function unpacked(path: string): string {
  return path.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked');
}
