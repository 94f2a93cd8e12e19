import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { secureApp, secureSession } from '../../../electron/security';
import { FakeContents, FakeSession } from '../../helpers/electron-double';

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

  it('is sandboxed, and Chromium is told to stay off the network', () => {
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
    ]);
  });
});

describe('the session', () => {
  function secured(hasDevTools = false): FakeSession {
    const session = new FakeSession();
    secureSession(session.asSession(), { hasDevTools, log: () => undefined });
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
    expect(isCancelled(session, 'app://trailglass/assets/a.js')).toBe(false);
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

  it('shares no device and no screen, downloads nothing and fetches no dictionary', () => {
    const session = secured();
    expect(session.ask('setDevicePermissionHandler', {})).toBe(false);
    let streams: unknown = 'unanswered';
    session.ask('setDisplayMediaRequestHandler', {}, (given: unknown) => {
      streams = given;
    });
    expect(streams).toBeNull();
    let prevented = false;
    session.emit('will-download', {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect([prevented, session.isSpellCheckerOn]).toEqual([true, false]);
  });
});
