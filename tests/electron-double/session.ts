/** Electron's sessions: a browser context of Chromium each, and what the app has decided for it. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromChromium, ownSchemes, toChromium } from './addresses';
import { chromium, life, mustBeReady } from './life';
import { guarded } from './guard';

type Handler = (request: Request) => Response | Promise<Response>;
type Callback<Value> = (value: Value) => void;
interface RequestDetails {
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
}

/** Electron's names of permissions, and Chromium's where its protocol can set them. */
const permissionNames: Readonly<Record<string, readonly object[]>> = {
  'clipboard-read': [{ name: 'clipboard-read' }],
  'clipboard-sanitized-write': [{ name: 'clipboard-write', allowWithoutSanitization: false }],
  geolocation: [{ name: 'geolocation' }],
  notifications: [{ name: 'notifications' }],
  media: [{ name: 'camera' }, { name: 'microphone' }],
  midi: [{ name: 'midi', sysex: false }],
  midiSysex: [{ name: 'midi', sysex: true }],
  'idle-detection': [{ name: 'idle-detection' }],
  'window-management': [{ name: 'window-management' }],
  'local-fonts': [{ name: 'local-fonts' }],
  'storage-access': [{ name: 'storage-access' }],
};

export class DoubleSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  readonly webRequest = guarded(
    {
      onBeforeRequest: (...args: unknown[]) => {
        this.beforeRequest = args.at(-1) as typeof this.beforeRequest;
      },
    },
    'WebRequest',
  );
  readonly protocol = guarded(
    {
      handle: (scheme: string, handler: Handler) => {
        if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
        this.handlers.set(scheme, handler);
      },
      unhandle: (scheme: string) => this.handlers.delete(scheme),
      isProtocolHandled: (scheme: string) => this.handlers.has(scheme),
    },
    'Protocol',
  );
  private beforeRequest: ((details: RequestDetails, callback: Callback<{ cancel?: boolean }>) => void) | null = null;
  private permissionRequest: ((contents: unknown, permission: string, callback: Callback<boolean>) => void) | null =
    null;
  private permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | null = null;
  private opened: Promise<string> | null = null;

  setSpellCheckerEnabled(_isOn: boolean): void {
    // Headless Chromium has no spell checker.
  }
  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(_handler: unknown): void {
    // Nothing asks for a device in a Chromium that has none.
  }
  setDisplayMediaRequestHandler(_handler: unknown): void {
    // As above.
  }

  /** Chromium's browser context of this session, made at first use. */
  context(): Promise<string> {
    this.opened ??= this.open();
    return this.opened;
  }

  /** Whether the app lets a request go on. */
  isAllowed(details: RequestDetails): Promise<boolean> {
    const { beforeRequest } = this;
    if (beforeRequest === null) return Promise.resolve(true);
    return new Promise((resolve) => beforeRequest(details, ({ cancel }) => resolve(cancel !== true)));
  }

  /** What the app decides about each permission, for Chromium to hold a page to. */
  async setPermissions(address: string, contents: unknown): Promise<void> {
    const origin = new URL(toChromium(address)).origin;
    const browserContextId = await this.context();
    for (const [name, permissions] of Object.entries(permissionNames)) {
      const isChecked = this.permissionCheck?.(contents, name, fromChromium(origin)) ?? true;
      const isGranted = await new Promise<boolean>((resolve) => {
        if (this.permissionRequest === null) resolve(true);
        else this.permissionRequest(contents, name, resolve);
      });
      const setting = isChecked && isGranted ? 'granted' : 'denied';
      for (const permission of permissions) {
        await (await chromium()).send('Browser.setPermission', { permission, setting, origin, browserContextId });
      }
    }
  }

  /** Grants a permission while something runs. */
  async lend<Result>(permission: object, address: string, work: () => Promise<Result>): Promise<Result> {
    const protocol = await chromium();
    const where = { permission, origin: new URL(toChromium(address)).origin, browserContextId: await this.context() };
    await protocol.send('Browser.setPermission', { ...where, setting: 'granted' });
    try {
      return await work();
    } finally {
      await protocol.send('Browser.setPermission', { ...where, setting: 'denied' });
    }
  }

  private async open(): Promise<string> {
    const protocol = await chromium();
    const downloadPath = mkdtempSync(join(tmpdir(), 'electron-double-'));
    life.atExit(() => rmSync(downloadPath, { recursive: true, force: true }));
    const { browserContextId } = await protocol.send<{ browserContextId: string }>('Target.createBrowserContext', {
      disposeOnDetach: true,
    });
    await protocol.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      browserContextId,
      downloadPath,
      eventsEnabled: true,
    });
    const items = new Map<string, DoubleDownload>();
    protocol.on<{ guid: string; url: string; suggestedFilename: string; frameId: string }>(
      'Browser.downloadWillBegin',
      ({ guid, url, suggestedFilename }) => {
        if (items.has(guid)) return;
        const item = new DoubleDownload(fromChromium(url), suggestedFilename, join(downloadPath, guid));
        items.set(guid, item);
        let isRefused = false;
        const event = { preventDefault: () => (isRefused = true) };
        this.emit('will-download', event, guarded(item, 'DownloadItem'), null);
        if (isRefused) void protocol.send('Browser.cancelDownload', { guid, browserContextId }).catch(() => undefined);
        else if (item.savePath === '')
          life.fault('a download without setSavePath: Electron would open a dialog of its own');
      },
    );
    protocol.on<{ guid: string; state: string }>('Browser.downloadProgress', ({ guid, state }) => {
      if (state === 'completed') void items.get(guid)?.complete();
    });
    return browserContextId;
  }
}

/** Something that is being saved. */
class DoubleDownload extends EventEmitter {
  savePath = '';
  private readonly url: string;
  private readonly name: string;
  private readonly stored: string;

  constructor(url: string, name: string, stored: string) {
    super();
    this.url = url;
    this.name = name;
    this.stored = stored;
  }

  getURL = (): string => this.url;
  getURLChain = (): string[] => [this.url];
  getFilename = (): string => this.name;
  /** A blob's address begins with the origin of the page that made it. */
  getInitiatorOrigin = (): string => /^(?:blob:)?([a-z]+:\/\/[^/]*)/.exec(this.url)?.[1] ?? '';
  setSavePath(path: string): void {
    this.savePath = path;
  }

  async complete(): Promise<void> {
    if (this.savePath !== '') await copyFile(this.stored, this.savePath);
    this.emit('done', {}, 'completed');
  }
}

const partitions = new Map<string, DoubleSession>();

function fromPartition(name: string, _options?: object): DoubleSession {
  mustBeReady('session.fromPartition');
  let session = partitions.get(name);
  if (session === undefined) partitions.set(name, (session = new DoubleSession()));
  return guarded(session, 'Session');
}

/** The module's `session`. */
export const session = {
  fromPartition,
  get defaultSession() {
    return fromPartition('');
  },
};

/** The module's `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged(
    schemes: readonly { scheme: string; privileges?: { standard?: boolean; secure?: boolean } }[],
  ): void {
    if (life.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard === true && privileges.secure === true) ownSchemes.add(scheme);
    }
  },
};
