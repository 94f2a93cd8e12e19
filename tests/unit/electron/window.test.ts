import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readCommandLine } from '../../../electron/command-line';
import { menuTemplate } from '../../../electron/menu';
import { windowOptions } from '../../../electron/window';
import { visibleBounds } from '../../../electron/window-state';
import { FakeSession } from '../../helpers/electron-double';

vi.mock('electron', async () => (await import('../../helpers/electron-double')).electronModule);

describe('the window', () => {
  it('is sandboxed and isolated, and has no Node, no webview and no spell checker', () => {
    const session = new FakeSession().asSession();
    const { webPreferences } = windowOptions({ session, preload: '/out/electron/preload.cjs' }, null, true);
    expect(webPreferences).toEqual({
      session,
      preload: '/out/electron/preload.cjs',
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      sandbox: true,
      spellcheck: false,
      webviewTag: false,
    });
  });

  it('changes nothing of what Electron warns to leave as it is', () => {
    const folder = join(import.meta.dirname, '../../../electron');
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    expect(sources).toContain('window.ts');
    const warned =
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|[bB]link-?[fF]eatures|disable-web-security|allow-running-insecure-content/;
    expect(sources.filter((name) => warned.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
  });

  it('comes back where it was, if a screen still shows it', () => {
    const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
    const at = (x: number, y: number) => visibleBounds({ x, y, width: 800, height: 600 }, screens) !== null;
    expect([at(10, 10), at(-600, 10), at(-750, 10), at(1850, 10), at(10, -20), at(10, 1060)]).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(visibleBounds(null, screens)).toBeNull();
  });
});

describe('the menu', () => {
  it('leads nowhere out of the app, and to developer tools only where it is developed', () => {
    const roles = (platform: NodeJS.Platform, isPackaged: boolean): string =>
      JSON.stringify(menuTemplate({ platform, isPackaged, open: () => undefined, add: () => undefined }));
    expect(roles('linux', true)).not.toMatch(/help|reload|toggleDevTools/);
    expect(roles('linux', false)).toMatch(/toggleDevTools/);
    expect(roles('darwin', true)).toMatch(/appMenu/);
  });
});

describe('the command line of the desktop app', () => {
  const workingDirectory = '/evidence';

  it('gives absolute paths and leaves switches to Chromium', () => {
    const argv = ['/opt/trailglass', '--enable-features=x', 'logs', '/more', '--config', 'conf', '-x', ''];
    expect(readCommandLine(argv, { isPackaged: true, workingDirectory })).toEqual({
      paths: ['/evidence/logs', '/more'],
      config: '/evidence/conf',
    });
  });

  it('passes over the app itself and what tools put before it', () => {
    const argv = ['electron', '--inspect=0', '-r', '/loader.js', '/app', '--config=/conf', 'logs'];
    expect(readCommandLine(argv, { isPackaged: false, workingDirectory })).toEqual({
      paths: ['/evidence/logs'],
      config: '/conf',
    });
    expect(readCommandLine(['electron', '.'], { isPackaged: false, workingDirectory }).paths).toEqual([]);
  });

  it('takes what follows -- as paths, a dash before the name of a file that is there, and file addresses', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trailglass-test-'));
    writeFileSync(join(folder, '-there'), '');
    const argv = ['app', '-there', '-not-there', 'file:///logs/a%20b', 'file://', '--', '--config', '-x'];
    const { paths, config } = readCommandLine(argv, { isPackaged: true, workingDirectory: folder });
    rmSync(folder, { recursive: true });
    expect(paths).toEqual([join(folder, '-there'), '/logs/a b', '/', join(folder, '--config'), join(folder, '-x')]);
    expect(config).toBeUndefined();
  });
});
