/**
 * A double of the `electron` module: remembers its calls, and lets a test be Electron.
 *
 * Use: `vi.mock('electron', async () => (await import('../../helpers/electron-double')).electronModule)`.
 */
import { EventEmitter } from 'node:events';
import type { DownloadItem, Session, WebContents } from 'electron';

type Answer = (...args: never[]) => unknown;

/** Every function the app sets somewhere, by the name of the method it was set with. */
export class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Answer>();
  readonly protocols = new Map<string, (request: Request) => Response | Promise<Response>>();
  isSpellCheckerOn = true;

  readonly webRequest = { onBeforeRequest: this.setter('onBeforeRequest') };
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
      this.protocols.set(scheme, handler);
    },
  };
  readonly setPermissionRequestHandler = this.setter('setPermissionRequestHandler');
  readonly setPermissionCheckHandler = this.setter('setPermissionCheckHandler');
  readonly setDevicePermissionHandler = this.setter('setDevicePermissionHandler');
  readonly setDisplayMediaRequestHandler = this.setter('setDisplayMediaRequestHandler');

  setSpellCheckerEnabled(isOn: boolean): void {
    this.isSpellCheckerOn = isOn;
  }

  /** Calls a handler as Electron would. */
  ask(name: string, ...args: unknown[]): unknown {
    const handler = this.handlers.get(name);
    if (handler === undefined) throw new Error(`${name} was not set`);
    return handler(...(args as never[]));
  }

  /** Begins a download as Electron would. */
  download(item: FakeDownload): 'begun' | 'refused' {
    let isRefused = false;
    const preventDefault = (): void => {
      isRefused = true;
    };
    this.emit('will-download', { preventDefault }, item, null, null);
    return isRefused ? 'refused' : 'begun';
  }

  asSession(): Session {
    return this as unknown as Session;
  }

  private setter(name: string): (handler: Answer) => void {
    return (handler) => {
      this.handlers.set(name, handler);
    };
  }
}

/** A file that is to be saved. */
export class FakeDownload implements Pick<
  DownloadItem,
  'getURL' | 'getURLChain' | 'getInitiatorOrigin' | 'getFilename'
> {
  name = 'report.txt';
  /** Null while Electron would ask the user itself. */
  savePath: string | null = null;
  private readonly url: string;
  private readonly origin: string;
  private readonly before: readonly string[];

  constructor(url: string, origin: string, ...before: readonly string[]) {
    this.url = url;
    this.origin = origin;
    this.before = before;
  }

  getURL = (): string => this.url;
  getURLChain = (): string[] => [...this.before, this.url];
  getInitiatorOrigin = (): string => this.origin;
  getFilename = (): string => this.name;

  setSavePath(path: string): void {
    this.savePath = path;
  }
}

/** A page's contents. */
export class FakeContents extends EventEmitter {
  readonly id: number;
  readonly sent: unknown[][] = [];
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null;
  reloads = 0;

  constructor(id = 1) {
    super();
    this.id = id;
  }

  send(...args: unknown[]): void {
    this.sent.push(args);
  }

  isDestroyed(): boolean {
    return false;
  }

  webRtcPolicy = 'default';

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }

  reload(): void {
    this.reloads++;
  }

  getZoomFactor(): number {
    return 1;
  }

  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler;
  }

  asContents(): WebContents {
    return this as unknown as WebContents;
  }
}

class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Answer>();

  handle(channel: string, handler: Answer): void {
    this.handlers.set(channel, handler);
  }
}

class FakeIpcRenderer extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly invoked: unknown[][] = [];

  send(...args: unknown[]): void {
    this.sent.push(args);
  }

  invoke(...args: unknown[]): Promise<unknown> {
    this.invoked.push(args);
    return Promise.resolve([]);
  }
}

export const ipcMain = new FakeIpcMain();
export const ipcRenderer = new FakeIpcRenderer();
/** What the preload put on the page, by name. */
export const exposed = new Map<string, unknown>();
export const registeredSchemes: unknown[] = [];

/** The module. Only what the code under test imports. */
export const electronModule = {
  ipcMain,
  ipcRenderer,
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => exposed.set(name, api) },
  webUtils: { getPathForFile: (file: { readonly onDisk?: string }) => file.onDisk ?? '' },
  protocol: { registerSchemesAsPrivileged: (schemes: unknown[]) => registeredSchemes.push(...schemes) },
  app: { getVersion: () => '1.2.3', getPath: (name: string) => `/path/of/${name}` },
  dialog: {},
  BrowserWindow: EventEmitter,
  Menu: {},
  nativeTheme: {},
  screen: {},
};
