/** Electron's BrowserWindow: bounds and states are kept here, what is shown in it is a page of Chromium. */
import { EventEmitter } from 'node:events';
import { guarded, inside, outside } from './guard';
import { life, mustBeReady } from './life';
import { session, type DoubleSession } from './session';
import { WebContents } from './web-contents';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Options {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: { readonly session?: DoubleSession; readonly preload?: string; readonly sandbox?: boolean };
}

const windows = new Set<BrowserWindow>();

/** Told when the last window is gone. */
export const windowsGone = new EventEmitter();

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly id: number;
  private bounds: Rectangle;
  private isShown: boolean;
  private state: 'normal' | 'maximized' | 'minimized' | 'full screen' = 'normal';
  private title: string;
  private isGone = false;

  constructor(options: Options = {}) {
    super();
    mustBeReady('BrowserWindow');
    const { x = 0, y = 0, width = 800, height = 600, show = true, title = '', webPreferences = {} } = options;
    this.bounds = { x, y, width, height };
    this.isShown = show;
    this.title = title;
    const own = inside(webPreferences.session ?? session.defaultSession);
    const contents = new WebContents({ session: own, preload: webPreferences.preload, width, height });
    this.webContents = guarded(contents, 'WebContents');
    this.id = contents.id;
    windows.add(this);
    contents.on('double-close', () => this.close());
    contents.once('double-shown', () => this.emit('ready-to-show'));
    webContentsCreated.emit('created', this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows].map(outside);
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows()[0] ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return outside([...windows].find((each) => inside(each.webContents) === inside(contents)) ?? null);
  }

  static fromId(id: number): BrowserWindow | null {
    return outside([...windows].find((each) => each.id === id) ?? null);
  }

  loadURL(address: string): Promise<void> {
    return inside(this.webContents).loadURL(address);
  }

  show(): void {
    this.isShown = true;
    this.emit('show');
  }
  hide = (): void => void (this.isShown = false);
  focus(): void {
    this.emit('focus');
  }
  isVisible = (): boolean => this.isShown;
  isDestroyed = (): boolean => this.isGone;
  isFocused = (): boolean => this.isShown;

  maximize(): void {
    this.state = 'maximized';
    this.isShown = true;
    this.emit('maximize');
  }
  minimize(): void {
    this.state = 'minimized';
    this.emit('minimize');
  }
  restore(): void {
    this.state = 'normal';
    this.emit('restore');
  }
  unmaximize(): void {
    this.state = 'normal';
    this.emit('unmaximize');
  }
  setFullScreen(isFull: boolean): void {
    this.state = isFull ? 'full screen' : 'normal';
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }
  isMaximized = (): boolean => this.state === 'maximized';
  isMinimized = (): boolean => this.state === 'minimized';
  isFullScreen = (): boolean => this.state === 'full screen';

  getBounds = (): Rectangle => this.bounds;
  getNormalBounds = (): Rectangle => this.bounds;
  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
    this.emit('resized');
  }
  getTitle = (): string => this.title;
  setTitle = (title: string): void => void (this.title = title);
  setProgressBar(_progress: number): void {
    // There is no taskbar.
  }

  /** Asks the window's own code first, as Electron does. */
  close(): void {
    if (this.isGone) return;
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
  }

  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    windows.delete(this);
    void inside(this.webContents)
      .end()
      .then(() => {
        this.emit('closed');
        windowsGone.emit('one', windows.size);
      })
      .catch((error: unknown) => life.fault(String(error)));
  }
}

/** Told of each window's contents, for `app`. */
export const webContentsCreated = new EventEmitter();
