import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { App } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { secureApp, secureSession } from '../../../electron/security';
import { FakeContents, FakeDownload, FakeSession } from '../../helpers/electron-double';

vi.mock('electron', async () => (await import('../../helpers/electron-double')).electronModule);

const elsewhere = [
  'https://example.com/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'data:text/html,x',
  'javascript:alert(1)',
  'about:blank',
  'app://trailglass.example/',
  'app://example/',
  'app://trailglass:80/',
  'app://user@trailglass/',
  'APPS://trailglass/',
  'not a url',
];

function securedContents() {
  const switches = new Map<string, string | undefined>();
  let isSandboxed = false;
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: () => {
      isSandboxed = true;
    },
    commandLine: { appendSwitch: (name: string, value?: string) => switches.set(name, value) },
  });
  secureApp(app as unknown as App, () => undefined);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return { contents, switches, isSandboxed: () => isSandboxed };
}

function isPrevented(contents: FakeContents, event: string, url: string): boolean {
  let prevented = false;
  contents.emit(event, {
    url,
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}

describe('every page', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays on ours: %s', (event) => {
    const { contents } = securedContents();
    for (const url of elsewhere) expect(isPrevented(contents, event, url), url).toBe(true);
    expect(isPrevented(contents, event, 'app://trailglass/')).toBe(false);
  });

  it('opens no other window, not even on our own address', () => {
    const { contents } = securedContents();
    for (const url of [...elsewhere, 'app://trailglass/']) {
      expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    }
  });

  it('embeds no other page', () => {
    expect(isPrevented(securedContents().contents, 'will-attach-webview', '')).toBe(true);
  });

  it('is sandboxed, and Chromium is configured to stay off the network', () => {
    const { switches, isSandboxed } = securedContents();
    expect(isSandboxed()).toBe(true);
    expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    expect([...switches.keys()].sort()).toEqual([
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'host-resolver-rules',
      'no-pings',
      'no-proxy-server',
      'webrtc-ip-handling-policy',
    ]);
  });
});

describe('the session', () => {
  const toSave = (fileName: string): string => join('/where/to/save', fileName);

  function secured(hasDevTools = false, savePath: (fileName: string) => string | null = toSave): FakeSession {
    const session = new FakeSession();
    secureSession(session.asSession(), { hasDevTools, savePath, log: () => undefined });
    return session;
  }

  function isCancelled(session: FakeSession, url: string): unknown {
    let answer: unknown;
    session.ask('onBeforeRequest', { url }, (response: { readonly cancel: boolean }) => {
      answer = response.cancel;
    });
    return answer;
  }

  it('cancels every request but those to our own scheme', () => {
    const session = secured();
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:1/',
      'ws://x/',
      'ftp://x/',
      'file:///x',
      'devtools://x/',
    ]) {
      expect(isCancelled(session, url), url).toBe(true);
    }
    for (const url of ['blob:https://example.com/1', 'blob:null/1', 'blob:app://trailglass.example/1']) {
      expect(isCancelled(session, url), url).toBe(true);
    }
    expect(isCancelled(session, 'app://trailglass/assets/a.js')).toBe(false);
    expect(isCancelled(session, 'blob:app://trailglass/1')).toBe(false);
  });

  it('lets the developer tools load where the app is developed, and nothing more', () => {
    const session = secured(true);
    expect(isCancelled(session, 'devtools://devtools/bundled/x.js')).toBe(false);
    expect(isCancelled(session, 'https://example.com/devtools:')).toBe(true);
  });

  it('grants copying and full screen, and refuses every other permission, asked or checked', () => {
    const session = secured();
    const names = [
      'clipboard-read',
      'clipboard-sanitized-write',
      'display-capture',
      'fileSystem',
      'fullscreen',
      'geolocation',
      'hid',
      'idle-detection',
      'local-fonts',
      'local-network-access',
      'media',
      'midi',
      'notifications',
      'openExternal',
      'persistent-storage',
      'pointerLock',
      'serial',
      'usb',
      'window-management',
      'unknown',
      '__proto__',
      'constructor',
    ];
    const asked = names.filter((name) => {
      let isGranted = false;
      session.ask('setPermissionRequestHandler', null, name, (granted: boolean) => {
        isGranted = granted;
      });
      return isGranted;
    });
    const checked = names.filter((name) => session.ask('setPermissionCheckHandler', null, name) === true);
    expect([asked, checked]).toEqual([
      ['clipboard-sanitized-write', 'fullscreen'],
      ['clipboard-sanitized-write', 'fullscreen'],
    ]);
  });

  it('shares no device and no screen and fetches no dictionary', () => {
    const session = secured();
    expect(session.ask('setDevicePermissionHandler', {})).toBe(false);
    let streams: unknown = 'unanswered';
    session.ask('setDisplayMediaRequestHandler', {}, (given: unknown) => {
      streams = given;
    });
    expect(streams).toBeNull();
    expect(session.isSpellCheckerOn).toBe(false);
  });

  it('saves what our page made, where the user says, and nowhere where the user says nothing', () => {
    const item = new FakeDownload('blob:app://trailglass/1', 'app://trailglass');
    expect(secured().download(item)).toBe('begun');
    expect(item.savePath).toBe(join('/where/to/save', 'report.txt'));
    expect(secured(false, () => null).download(item)).toBe('refused');
  });

  it.each<[what: string, item: FakeDownload]>([
    ...elsewhere.map((url): [string, FakeDownload] => [url, new FakeDownload(url, 'app://trailglass')]),
    ['a file of the app', new FakeDownload('app://trailglass/index.html', 'app://trailglass')],
    ['a blob of another page', new FakeDownload('blob:https://example.com/1', 'app://trailglass')],
    ['a blob of no page', new FakeDownload('blob:null/1', 'app://trailglass')],
    ['a blob within a blob', new FakeDownload('blob:blob:app://trailglass/1', 'app://trailglass')],
    ['what another page began', new FakeDownload('blob:app://trailglass/1', 'https://example.com')],
    ['what a page without an origin began', new FakeDownload('blob:app://trailglass/1', 'null')],
    ['what no page began', new FakeDownload('blob:app://trailglass/1', '')],
    [
      'what came by another way',
      new FakeDownload('blob:app://trailglass/1', 'app://trailglass', 'https://example.com/'),
    ],
  ])('does not save %s', (_what, item) => {
    const asked: string[] = [];
    expect(secured(false, (name) => (asked.push(name), null)).download(item)).toBe('refused');
    expect([asked, item.savePath]).toEqual([[], null]);
  });

  it('asks for a path by the name alone where the name is a path', () => {
    const item = new FakeDownload('blob:app://trailglass/1', 'app://trailglass');
    item.name = '../../logs/report.txt';
    secured().download(item);
    expect(item.savePath).toBe(join('/where/to/save', 'report.txt'));
  });
});
