/** Electron's WebContents: a page of Chromium, reached by its protocol. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { fromChromium, toChromium } from './addresses';
import { makeCodec } from './codec';
import { guarded, outside } from './guard';
import { ipcMain } from './ipc-main';
import { chromium, life } from './life';
import { bindingName, pageScripts, preloadWorld, receiverName, type FromPreload } from './page-worlds';
import type { Protocol } from './protocol';
import type { DoubleSession } from './session';

interface PausedRequest {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string> };
  readonly resourceType: string;
  readonly frameId: string;
}

interface Frame {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
}

type OpenHandler = (details: { url: string; frameName: string; features: string; disposition: string }) => {
  action: string;
};

const codec = makeCodec();
const all = new Map<number, WebContents>();
let lastId = 0;

/** Electron's names of what is requested. */
const resourceTypes: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  Media: 'media',
  WebSocket: 'webSocket',
  CSPViolationReport: 'cspReport',
};

class DoubleFrame {
  readonly parent: DoubleFrame | null;
  url: string;

  constructor(url: string, parent: DoubleFrame | null) {
    this.url = url;
    this.parent = parent && outside(parent);
  }

  get origin(): string {
    return URL.canParse(this.url) ? this.url.split('/').slice(0, 3).join('/') : 'null';
  }
}

export interface WebContentsOptions {
  readonly session: DoubleSession;
  readonly preload: string | undefined;
  readonly width: number;
  readonly height: number;
}

export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session: DoubleSession;
  /** The page, once Chromium has made it. */
  readonly page: Promise<string>;
  targetId = '';
  private readonly options: WebContentsOptions;
  private readonly frames = new Map<string, DoubleFrame>();
  private readonly requestedByPage = new Set<string>();
  private readonly worlds = new Map<number, string>();
  private world: number | null = null;
  private mainFrameId = '';
  private openHandler: OpenHandler | null = null;
  private hasEnded = false;
  private zoom = 1;
  private policy = 'default';

  constructor(options: WebContentsOptions) {
    super();
    this.options = options;
    this.session = options.session;
    all.set(this.id, this);
    this.page = this.create();
    this.page.catch((error: unknown) => life.fault(String(error)));
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  static fromTarget(targetId: string): WebContents | undefined {
    return [...all.values()].find((each) => each.targetId === targetId);
  }

  get mainFrame(): DoubleFrame | null {
    return this.frames.get(this.mainFrameId) ?? null;
  }

  send(channel: string, ...args: unknown[]): void {
    const encoded = codec.encode(args);
    void this.inPreload(`deliver(${JSON.stringify(channel)}, ${JSON.stringify(encoded)})`);
  }

  isDestroyed(): boolean {
    return this.hasEnded;
  }

  getURL(): string {
    return this.mainFrame?.url ?? '';
  }

  reload(): void {
    void this.tell('Page.reload');
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.policy = policy;
  }

  getWebRTCIPHandlingPolicy(): string {
    return this.policy;
  }

  get zoomFactor(): number {
    return this.zoom;
  }

  set zoomFactor(factor: number) {
    this.zoom = factor;
  }

  getZoomFactor(): number {
    return this.zoom;
  }

  setZoomFactor(factor: number): void {
    this.zoom = factor;
  }

  forcefullyCrashRenderer(): void {
    // Chromium never answers: what should answer is gone.
    void this.tell('Page.crash');
  }

  /** Undefined while there is no page to ask. */
  async executeJavaScript(code: string): Promise<unknown> {
    const reply = await this.tell<{ result?: { value?: unknown } }>('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    });
    return reply?.result?.value;
  }

  invalidate(): void {
    // A headless page is painted when it is looked at.
  }

  openDevTools(): void {
    // Nobody looks.
  }

  close(): void {
    this.emit('double-close');
  }

  /** Loads an address for the main process: no will-navigate is asked about it. */
  async loadURL(address: string): Promise<void> {
    const protocol = await chromium();
    const sessionId = await this.page;
    await this.session.setPermissions(address, outside(this as WebContents));
    const { errorText } = await protocol.send<{ errorText?: string }>(
      'Page.navigate',
      { url: toChromium(address) },
      sessionId,
    );
    if (errorText !== undefined) throw new Error(`${errorText} loading '${address}'`);
  }

  /** Runs in the preload's world, where a page has one. */
  async inPreload(expression: string): Promise<unknown> {
    if (this.world === null) return undefined;
    return this.evaluate(`${receiverName}.${expression}`, true);
  }

  /** Evaluates in the preload's world. */
  async evaluate(expression: string, returnByValue: boolean): Promise<unknown> {
    const reply = await this.tell<{ result?: { value?: unknown; objectId?: string } }>('Runtime.evaluate', {
      expression,
      contextId: this.world,
      awaitPromise: true,
      returnByValue,
    });
    return returnByValue ? reply?.result?.value : reply?.result?.objectId;
  }

  /** What a page that goes away no longer answers is no fault. */
  async tell<Result>(method: string, params: object = {}): Promise<Result | undefined> {
    const sessionId = await this.page;
    if (this.hasEnded) return undefined;
    return (await chromium()).send<Result>(method, params as never, sessionId).catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.page.catch(() => undefined);
    if (this.hasEnded) return;
    this.hasEnded = true;
    all.delete(this.id);
    await (await chromium()).send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined);
    this.emit('destroyed');
  }

  private async create(): Promise<string> {
    const protocol = await chromium();
    await protocol.send('Target.setDiscoverTargets', { discover: true });
    const browserContextId = await this.session.context();
    const { width, height } = this.options;
    const target = { url: 'about:blank', browserContextId, width, height, newWindow: true };
    this.targetId = (await protocol.send<{ targetId: string }>('Target.createTarget', target)).targetId;
    const attach = { targetId: this.targetId, flatten: true };
    const { sessionId } = await protocol.send<{ sessionId: string }>('Target.attachToTarget', attach);
    this.listen(protocol, sessionId);
    const say = (method: string, params: object = {}): Promise<unknown> =>
      protocol.send(method, params as never, sessionId);
    const scripts = pageScripts(this.options.preload === undefined ? '' : readFileSync(this.options.preload, 'utf8'));
    await Promise.all([
      say('Page.enable'),
      say('Runtime.enable'),
      say('Inspector.enable'),
      say('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      say('Emulation.setFocusEmulationEnabled', { enabled: true }),
      say('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
      say('Runtime.addBinding', { name: bindingName, executionContextName: preloadWorld }),
      say('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
      say('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: preloadWorld }),
      say('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ]);
    const tree = (await say('Page.getFrameTree')) as { frameTree: { frame: Frame } };
    this.mainFrameId = tree.frameTree.frame.id;
    this.setFrame(tree.frameTree.frame);
    // Answered only once every client that watches new pages has let this one go on.
    await say('Runtime.evaluate', { expression: '1' });
    return sessionId;
  }

  private listen(protocol: Protocol, own: string): void {
    const sessions = new Set([own]);
    const on = <Event>(method: string, listener: (event: Event, sessionId: string) => void): void => {
      protocol.on<Event>(method, (event, sessionId) => {
        if (sessionId !== undefined && sessions.has(sessionId)) listener(event, sessionId);
      });
    };
    on<{ sessionId: string }>('Target.attachedToTarget', ({ sessionId }) => {
      sessions.add(sessionId);
      void protocol.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId).catch(() => undefined);
      void protocol.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => undefined);
    });
    on<PausedRequest>('Fetch.requestPaused', (paused, sessionId) => {
      this.answer(protocol, sessionId, paused).catch((error: unknown) => {
        if (!this.hasEnded) life.fault(String(error));
      });
    });
    on<{ frameId: string; reason: string; url: string }>(
      'Page.frameRequestedNavigation',
      ({ frameId, url, reason }) => {
        if (reason !== 'reload') this.requestedByPage.add(`${frameId} ${url.split('#')[0] ?? ''}`);
      },
    );
    on<{ frame: Frame }>('Page.frameNavigated', ({ frame }) => this.setFrame(frame));
    on<{ frameId: string; url: string }>('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.frames.get(frameId);
      if (frame !== undefined) frame.url = fromChromium(url);
    });
    on<{ frameId: string }>('Page.frameDetached', ({ frameId }) => this.frames.delete(frameId));
    on<{ url: string; windowName: string }>('Page.windowOpen', ({ url, windowName }) =>
      this.askToOpen(url, windowName),
    );
    on('Page.loadEventFired', () => {
      this.emit('did-finish-load');
      this.emit('double-shown');
    });
    on<{ context: { id: number; name: string; auxData?: { frameId: string } } }>(
      'Runtime.executionContextCreated',
      ({ context }) => {
        const frameId = context.auxData?.frameId ?? '';
        this.worlds.set(context.id, frameId);
        if (context.name === preloadWorld && frameId === this.mainFrameId) this.world = context.id;
      },
    );
    on<{ executionContextId: number }>('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.worlds.delete(executionContextId);
      if (this.world === executionContextId) this.world = null;
    });
    on('Runtime.executionContextsCleared', () => {
      this.worlds.clear();
      this.world = null;
    });
    on<{ payload: string; executionContextId: number }>('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      void this.receive(JSON.parse(payload) as FromPreload, executionContextId);
    });
    on('Inspector.targetCrashed', () => {
      this.world = null;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 133 });
    });
    // A window that a link asked for is there already when Chromium tells of it.
    protocol.on<{ targetInfo: { targetId: string; openerId?: string } }>('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== this.targetId) return;
      void protocol.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
    });
    protocol.on<{ targetId: string }>('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === this.targetId && !this.hasEnded) this.emit('double-close');
    });
  }

  private setFrame({ id, parentId, url }: Frame): void {
    const parent = parentId === undefined ? null : (this.frames.get(parentId) ?? null);
    const frame = guarded(new DoubleFrame(fromChromium(url), parent), 'WebFrameMain');
    this.frames.set(id, frame);
  }

  private askToOpen(url: string, frameName: string): void {
    const details = { url: fromChromium(url), frameName, features: '', disposition: 'foreground-tab' };
    const answer = this.openHandler?.(details);
    if (answer?.action !== 'deny') life.fault(`a window was let open for ${details.url}, and the double opens none`);
  }

  /** A request of the page: refused, answered by the app's own scheme, or left to Chromium. */
  private async answer(protocol: Protocol, sessionId: string, paused: PausedRequest): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    const url = fromChromium(request.url);
    const fail = (errorReason: string): Promise<unknown> =>
      protocol.send('Fetch.failRequest', { requestId, errorReason }, sessionId);
    if (resourceType === 'Document' && !this.mayNavigate(frameId, request.url)) return void (await fail('Aborted'));
    const type = frameId !== this.mainFrameId && resourceType === 'Document' ? 'subFrame' : resourceTypes[resourceType];
    const details = {
      id: lastRequest++,
      url,
      method: request.method,
      webContentsId: this.id,
      resourceType: type ?? 'other',
      referrer: '',
      timestamp: Date.now(),
    };
    if (!(await this.session.isAllowed(details))) return void (await fail('BlockedByClient'));
    const handler = this.session.handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) return void (await protocol.send('Fetch.continueRequest', { requestId }, sessionId));
    const response = await handler(new Request(url, { method: request.method }));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    const answer = { requestId, responseCode: response.status, responseHeaders, body };
    await protocol.send('Fetch.fulfillRequest', answer, sessionId);
  }

  /** 'will-frame-navigate' and 'will-navigate', for what the page itself has asked for. */
  private mayNavigate(frameId: string, address: string): boolean {
    if (!this.requestedByPage.delete(`${frameId} ${address.split('#')[0] ?? ''}`)) return true;
    let isPrevented = false;
    const isMainFrame = frameId === this.mainFrameId;
    const event = {
      url: fromChromium(address),
      isMainFrame,
      isSameDocument: false,
      frame: this.frames.get(frameId) ?? null,
      preventDefault: () => (isPrevented = true),
    };
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, event.url);
    return !isPrevented;
  }

  private async receive(message: FromPreload, context: number): Promise<void> {
    if (message.type === 'fault') return life.fault(`the preload failed: ${message.message}`);
    if (message.type === 'open') return this.askToOpen(message.url, message.name);
    if (message.type === 'files') return this.findPaths(message.id, message.count);
    const frame = this.frames.get(this.worlds.get(context) ?? '') ?? null;
    const event = { sender: outside(this as WebContents), senderFrame: frame, processId: 1, frameId: 1 };
    const args = codec.decode(message.args) as unknown[];
    if (message.type === 'send') return void ipcMain.emit(message.channel, event, ...args);
    const { error, value } = await ipcMain.answer(codec, event, message.channel, args);
    await this.inPreload(`settle(${String(message.id)}, ${JSON.stringify(error)}, ${JSON.stringify(value)})`);
  }

  /** The paths of files the page has, which only Chromium knows. */
  private async findPaths(id: number, count: number): Promise<void> {
    const paths: string[] = [];
    for (let index = 0; index < count; index++) {
      const objectId = await this.evaluate(`${receiverName}.fileAt(${String(id)}, ${String(index)})`, false);
      paths.push((await this.tell<{ path: string }>('DOM.getFileInfo', { objectId }))?.path ?? '');
    }
    await this.inPreload(`setPaths(${String(id)}, ${JSON.stringify(paths)})`);
  }
}

let lastRequest = 1;
