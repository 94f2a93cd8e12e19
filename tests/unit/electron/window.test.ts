import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { readCommandLine } from '../../../electron/command-line';
import { menuTemplate, type MenuContext } from '../../../electron/menu';
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
  const nothing = (): void => undefined;
  const context: MenuContext = {
    platform: 'linux',
    isPackaged: true,
    recent: [],
    open: nothing,
    add: nothing,
    openRecent: nothing,
    clearRecent: nothing,
    show: nothing,
  };
  const labels = (items: MenuItemConstructorOptions[] | undefined): (string | undefined)[] =>
    (items ?? []).map(({ label, role }) => label ?? role);
  const submenu = (menu: MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] =>
    menu.find((item) => item.label === label)?.submenu as MenuItemConstructorOptions[];

  it('leads nowhere out of the app, and to developer tools only where it is developed', () => {
    const text = (platform: NodeJS.Platform, isPackaged: boolean): string =>
      JSON.stringify(menuTemplate({ ...context, platform, isPackaged }));
    expect(text('linux', true)).not.toMatch(/role":"(?:help|reload|toggleDevTools)/);
    expect(text('linux', false)).toMatch(/toggleDevTools/);
  });

  it.each([
    ['linux', ['&File', 'editMenu', '&View', 'windowMenu', '&Help'], true],
    ['win32', ['&File', 'editMenu', '&View', 'windowMenu', '&Help'], true],
    ['darwin', ['Trailglass', '&File', 'editMenu', '&View', 'windowMenu', '&Help'], false],
  ] as const)('has About, Licences, Help and the diagnostics on %s', (platform, menus, isAboutInHelp) => {
    const shown: string[] = [];
    const menu = menuTemplate({ ...context, platform, show: (name) => shown.push(name) });
    expect(labels(menu)).toEqual(menus);
    const help = submenu(menu, '&Help');
    expect(labels(help).includes('About Trailglass')).toBe(isAboutInHelp);
    const all = [...help, ...(platform === 'darwin' ? submenu(menu, 'Trailglass') : [])];
    for (const item of all) (item.click as (() => void) | undefined)?.();
    expect(shown.sort()).toEqual(['about', 'diagnostics', 'help', 'licences']);
  });

  it('lists what was opened before, names written out, and a way to forget them', () => {
    const did: unknown[] = [];
    const menu = menuTemplate({
      ...context,
      recent: [{ name: 'a & b\u202e', paths: ['/a', '/b'] }],
      openRecent: (paths) => did.push(paths),
      clearRecent: () => did.push('cleared'),
    });
    const items = submenu(submenu(menu, '&File'), 'Open Recent');
    expect(labels(items)).toEqual(['a && b⟨U+202E⟩', undefined, 'Clear Recent']);
    for (const item of items) (item.click as (() => void) | undefined)?.();
    expect(did).toEqual([['/a', '/b'], 'cleared']);
    expect(submenu(submenu(menuTemplate(context), '&File'), 'Open Recent')).toMatchObject([{ enabled: false }]);
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
