import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  app,
  dialog,
  Menu,
  nativeTheme,
  powerSaveBlocker,
  session as sessions,
  type BrowserWindow,
  type MessageBoxOptions,
} from 'electron';
import { createAppService } from '#host/app-service';
import { createEngineClient } from '#host/engine-client';
import type { Settings } from '#contract/settings';
import type { Evidence } from '#host/evidence';
import { callLogging } from '#host/log';
import { createSettingsStore, type SettingsStore } from '#host/settings-store';
import { listStaticFiles } from '#host/static-files';
import { serveApp } from './app-protocol';
import { createCloseQuestion } from './close-question';
import { desktopDiagnostics } from './diagnostics';
import { changedFiles, changedMessage, engineChecksums } from './engine-files';
import { checkInstallation, showError } from './fatal';
import { createImportSigns } from './import-signs';
import { listInstalled } from './installed-files';
import { createIpc } from './ipc';
import { menuTemplate } from './menu';
import { createOpenRequests } from './open-requests';
import { createPlatform } from './platform';
import { watchGraphics, watchPage } from './lost-window';
import type { RingLog } from './ring-log';
import { isSandboxOff, warnOfNoSandbox } from './sandbox-warning';
import { chooseSavePath } from './save-path';
import { secureSession } from './security';
import { showRecent } from './system-recent';
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
  readonly diary: RingLog;
  readonly log: (line: string) => void;
}

/** Puts the desktop app together. The app must be ready. Rejects where the engine is not the one that was built. */
export async function startDesktop({ out, config, userData, evidence, diary, log }: DesktopOptions): Promise<Desktop> {
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
  const store = watched(createSettingsStore(config, { log, evidence }), {
    theme: (theme) => (nativeTheme.themeSource = theme),
    recent: () => void showArchives(),
  });
  const service = createAppService(platform, {
    engine,
    store,
    evidence,
    diagnostics: () => desktopDiagnostics(window, diary),
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

  async function ask(question: MessageBoxOptions): Promise<number> {
    const { response } = await (window === null
      ? dialog.showMessageBox(question)
      : dialog.showMessageBox(window, question));
    return response;
  }

  const lost = { ask, notify: (text: string) => service.notify(text), diary, log };
  watchGraphics(app, () => window?.webContents ?? null, lost);
  const signs = createImportSigns({
    blocker: powerSaveBlocker,
    platform: process.platform,
    window: () => window,
  });
  let isImporting = false;
  service.watch({
    changed(status) {
      signs.follow(status);
      if (isImporting === (status.state === 'importing')) return;
      isImporting = !isImporting;
      diary.record(isImporting ? 'import-begun' : 'import-ended', {
        sources: status.sources.length,
        events: status.events,
      });
    },
    troubled(trouble) {
      diary.record(trouble === null ? 'engine-well' : (`engine-${trouble.kind}` as const));
    },
  });
  const closing = createCloseQuestion({ platform: process.platform, isImporting: () => isImporting, ask });
  app.on('before-quit', (event) => closing.onQuit(event, () => app.quit()));

  const requests = createOpenRequests({
    status: () => service.status(),
    open: (paths) => service.openPaths(paths),
    add: (paths) => service.addPaths(paths),
    ask,
  });

  const desktop: Desktop = {
    async show() {
      if (window === null) {
        const opened = await openWindow({ session, preload: join(out, 'electron', 'preload.cjs'), state, diary, log });
        ipc.attach(opened.webContents);
        watchPage(opened, lost);
        opened.on('close', (event) => closing.onClose(event, () => opened.close()));
        diary.record('window-opened');
        opened.on('closed', () => {
          window = null;
          ipc.detach();
        });
        window = opened;
        signs.show();
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
  async function showArchives(): Promise<void> {
    const archives = await store.recent();
    showRecent(archives, { app, platform: process.platform, evidence });
    const menu = menuTemplate({
      platform: process.platform,
      isPackaged: app.isPackaged,
      recent: archives.map(({ name, sources }) => ({ name, paths: sources.map(({ path }) => path) })),
      open,
      add,
      openRecent: (paths) => void desktop.show().then(() => desktop.openPaths(paths)),
      clearRecent: () => void service.clearRecent().catch(tell),
      show: (name) => void desktop.show().then(() => service.show(name)),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  }

  nativeTheme.themeSource = (await store.settings()).theme;
  await showArchives();
  return desktop;
}

interface StoreListener {
  theme(theme: Settings['theme']): void;
  recent(): void;
}

/** The same store, which also says what the system is to know: the theme, and that the recent archives have changed. */
function watched(store: SettingsStore, { theme, recent }: StoreListener): SettingsStore {
  return {
    ...store,
    setSettings(settings) {
      theme(settings.theme);
      return store.setSettings(settings);
    },
    remember: (archive) => store.remember(archive).finally(recent),
    forget: (openedAt) => store.forget(openedAt).finally(recent),
    forgetAll: () => store.forgetAll().finally(recent),
  };
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
