/** Electron's `app`: the order of a start and of an end. */
import { EventEmitter } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { existsSync, mkdirSync } from 'node:fs';
import { BrowserWindow, webContentsCreated, windowsGone } from './browser-window';
import { guarded } from './guard';
import { inside } from './guard';
import { life, mustNotBeReady, switches } from './life';
import { Lock } from './lock';

const home = homedir();

class App extends EventEmitter {
  readonly isPackaged = true;
  name = 'Trailglass';
  readonly commandLine = guarded(
    {
      appendSwitch(name: string, value = '') {
        mustNotBeReady('app.commandLine.appendSwitch');
        switches.set(name, value);
      },
      hasSwitch: (name: string) => switches.has(name),
      getSwitchValue: (name: string) => switches.get(name) ?? '',
    },
    'CommandLine',
  );
  private readonly paths = new Map<string, string>([
    ['home', home],
    ['temp', tmpdir()],
    ['appData', join(home, '.config')],
    ['downloads', join(home, 'Downloads')],
    ['documents', join(home, 'Documents')],
    ['desktop', join(home, 'Desktop')],
    ['exe', process.env['ELECTRON_DOUBLE_PROGRAM'] ?? ''],
  ]);
  private lock: Lock | null = null;
  private ready: (() => void) | null = null;
  private readonly whenIsReady = new Promise<void>((resolve) => (this.ready = resolve));

  constructor() {
    super();
    webContentsCreated.on('created', (contents: object) => this.emit('web-contents-created', {}, contents));
    windowsGone.on('one', (left: number) => {
      if (left > 0) return;
      if (life.isQuitting) this.finish();
      else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
      else this.quit();
    });
    life.atExit(() => this.lock?.release());
  }

  /** Not Electron's: the app's main script has run, and Chromium is there. */
  becomeReady(): void {
    if (life.isQuitting) return;
    life.isReady = true;
    this.emit('ready', {}, {});
    this.ready?.();
    this.lock?.listen((argv, cwd, data) => this.emit('second-instance', {}, argv, cwd, data));
  }

  whenReady = (): Promise<void> => this.whenIsReady;
  isReady = (): boolean => life.isReady;

  enableSandbox(): void {
    mustNotBeReady('app.enableSandbox');
  }

  getVersion = (): string => process.env['ELECTRON_DOUBLE_APP_VERSION'] ?? '0.0.0';
  getName = (): string => this.name;
  getLocale = (): string => 'en-US';

  getPath(name: string): string {
    const path = this.paths.get(name) ?? (name === 'userData' ? join(home, '.config', this.name) : undefined);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    if (name === 'userData' && this.lock !== null) throw new Error('userData is set after the lock that lies in it');
    if (!existsSync(path)) mkdirSync(path, { recursive: true });
    this.paths.set(name, path);
  }

  requestSingleInstanceLock(additionalData?: object): boolean {
    this.lock ??= new Lock(this.getPath('userData'));
    return this.lock.request(process.argv, process.cwd(), additionalData);
  }

  getGPUFeatureStatus = (): object => ({ gpu_compositing: 'disabled_software', rasterization: 'disabled_software' });

  addRecentDocument(_path: string): void {
    // The system's list of recent documents.
  }
  clearRecentDocuments(): void {
    // As above.
  }
  setAppUserModelId(_id: string): void {
    // Windows only.
  }
  focus(): void {
    // One app is always in front here.
  }

  /** Closes the windows, asks, and ends, as Electron does: a listener may stop it at each step. */
  quit(): void {
    if (this.isStopped('before-quit')) return;
    life.isQuitting = true;
    const open = BrowserWindow.getAllWindows();
    for (const window of open) {
      let isRefused = false;
      inside(window).once('closed', () => undefined);
      window.close();
      isRefused = !window.isDestroyed();
      if (isRefused) {
        life.isQuitting = false;
        return;
      }
    }
    if (open.length === 0) setImmediate(() => this.finish());
  }

  exit(code = 0): void {
    process.exit(code);
  }

  private finish(): void {
    if (this.isStopped('will-quit')) return;
    this.emit('quit', {}, 0);
    process.exit(0);
  }

  private isStopped(event: string): boolean {
    let isPrevented = false;
    this.emit(event, { preventDefault: () => (isPrevented = true) });
    return isPrevented;
  }
}

export const app = new App();
