/**
 * The one fixture of all end-to-end tests: `app`, the running Trailglass, in a real window over a host and settings of its own.
 *
 * At the end of every test it holds that the page met no error, no broken policy and no request that leaves the machine, and that
 * the host had nothing to complain of and ended cleanly.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  expect,
  test as base,
  type Browser,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { AppWindow } from './app-window';
import { event, writeArchive } from './archives';
import { pasted } from './clipboard';
import { isRealElectron, launchElectron, type ColorScheme, type LaunchedElectron, type StartOptions } from './electron';
import { startHost, type RunningHost } from './host';
import { LastingHosts, type LastingHost } from './lasting-hosts';
import { Trouble } from './trouble';
import { startChromium } from '../electron-double/chromium';
import { findChromium } from '../../build/scripts/chromium.mjs';
import { chromiumSwitches } from '../../electron/switches';

export type HostKind = 'browser' | 'electron';

interface Surroundings {
  readonly browser: Browser;
  /** Where the Chromium under the double of Electron is reached. */
  readonly chromium: string;
  readonly lastingHosts: LastingHosts;
  readonly colorScheme: ColorScheme;
  readonly locale: string;
  readonly timezoneId: string;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** As the app opens it when nothing is stored. */
const usualWindow = { width: 1440, height: 900 };

export class App {
  readonly host: HostKind;
  /** A folder for the test's own files; gone afterwards. */
  readonly folder: string;
  /** Where the settings are kept. */
  config: string;
  /** The home of the person at the keyboard. */
  home: string;
  readonly trouble = new Trouble();
  private readonly surroundings: Surroundings;
  private readonly testInfo: TestInfo;
  private appWindow: AppWindow | null = null;
  private running: RunningHost | null = null;
  /** Where `running` was lent. */
  private lent: LastingHost | null = null;
  private launched: LaunchedElectron | null = null;
  private readonly expectedComplaints: RegExp[] = [];
  private close: () => Promise<void> = () => Promise.resolve();
  private readCopied: () => Promise<string> = () => pasted(this.page);

  constructor(host: HostKind, folder: string, surroundings: Surroundings, testInfo: TestInfo) {
    this.host = host;
    this.folder = folder;
    this.config = join(folder, 'config');
    this.home = join(folder, 'home');
    this.surroundings = surroundings;
    this.testInfo = testInfo;
  }

  /** Leaves the rest of the test out in the desktop window, for this reason. */
  browserOnly(reason: string): void {
    this.testInfo.skip(this.host === 'electron', reason);
  }

  /** Leaves the rest of the test out where Electron's own program runs it, for this reason. */
  onlyInDouble(reason: string): void {
    this.testInfo.skip(isRealElectron, reason);
  }

  /** The window. Only after `start` or `open`. */
  get window(): AppWindow {
    if (this.appWindow === null) throw new Error('the app is not started');
    return this.appWindow;
  }

  get page(): Page {
    return this.window.page;
  }

  /** The main process of the desktop app. */
  get desktop(): ElectronApplication {
    if (this.launched === null) throw new Error('this is not the desktop app');
    return this.launched.application;
  }

  /** How the desktop app is started once more, with these paths. */
  launchOptions(...paths: readonly string[]): StartOptions {
    const { chromium } = this.surroundings;
    return { config: this.config, home: this.home, paths, chromium };
  }

  /** Writes a folder with events of these names, each of its own, and answers with its path. */
  async archive(name: string, ...eventNames: readonly string[]): Promise<string> {
    const records = eventNames.map((eventName, at) => event({ eventName, eventID: `${name} ${String(at)}` }));
    return writeArchive(join(this.folder, name), { 'a.json': { Records: records } });
  }

  /** The desktop app's questions are answered by this button from now on, and what its dialogs say is kept for {@link dialogs}. */
  async answerWith(button: string): Promise<void> {
    await this.desktop.evaluate(({ dialog }, wanted) => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      dialog.showErrorBox = (title, text) => void said.push(`${title}: ${text}`);
      dialog.showMessageBox = ((...args: unknown[]) => {
        const { message, buttons = [] } = args.at(-1) as { readonly message: string; readonly buttons?: string[] };
        said.push(message);
        return Promise.resolve({ response: buttons.indexOf(wanted), checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    }, button);
  }

  /** What the dialogs have said since {@link answerWith}. */
  dialogs(): Promise<readonly string[]> {
    return this.desktop.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  }

  /** The desktop app writes lines of this kind, which is what the test is about. */
  expectComplaints(pattern: RegExp): void {
    this.expectedComplaints.push(pattern);
  }

  /** What the desktop app wrote on its standard error so far. */
  complaints(): string {
    return this.launched?.complaints() ?? '';
  }

  /** Chooses these paths when the system's dialog is opened next. */
  async choose(...paths: readonly string[]): Promise<void> {
    await this.desktop.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    }, paths as string[]);
  }

  /** Drops files or folders on the middle of the window, as the system does. */
  async drop(...files: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
    }
    await session.detach();
  }

  /** What is saved when this is done, and under which name. */
  async saved(act: () => Promise<void>): Promise<{ readonly name: string; readonly text: string }> {
    if (this.host === 'browser') {
      const saving = this.page.waitForEvent('download');
      await act();
      const download = await saving;
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    }
    const path = join(this.folder, 'saved.txt');
    await this.desktop.evaluate(({ dialog }, answer) => {
      dialog.showSaveDialogSync = (...args: unknown[]) => {
        Object.assign(globalThis, { proposed: (args.at(-1) as { defaultPath: string }).defaultPath });
        return answer;
      };
    }, path);
    await act();
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).not.toBe('');
    const proposed = await this.desktop.evaluate(() => (globalThis as unknown as { proposed: string }).proposed);
    return { name: basename(proposed), text: await readFile(path, 'utf8') };
  }

  /** The address a browser enters by. */
  get address(): string {
    return this.running?.address ?? '';
  }

  /** Starts the app with these paths on its command line, and waits for its window, not for an import. One that runs is ended before. */
  async start(...paths: readonly string[]): Promise<void> {
    await this.end();
    if (this.host === 'electron') {
      await mkdir(this.home, { recursive: true });
      const { chromium, colorScheme, locale, timezoneId, viewport } = this.surroundings;
      await this.windowOf(viewport);
      const launch = { config: this.config, home: this.home, paths, chromium, colorScheme, locale, timezoneId };
      const launched = await launchElectron(launch);
      this.launched = launched;
      const { application } = launched;
      this.readCopied = () => application.evaluate(({ clipboard }) => clipboard.readText());
      await this.trouble.watch(application.context(), launched.origin);
      await launched.go();
      const page = await application.firstWindow();
      // The bounds of a real window include its frame, and it has a least size.
      await page.setViewportSize(viewport);
      this.appWindow = new AppWindow(page);
    } else {
      const running = await this.hostOver(paths);
      this.running = running;
      const context = await this.surroundings.browser.newContext();
      this.close = () => context.close();
      await this.trouble.watch(context, new URL(running.address).origin);
      const page = await context.newPage();
      this.appWindow = new AppWindow(page);
      await page.goto(running.address);
    }
    await this.idle();
  }

  /** Starts the app over these paths, and waits until all is read. The window may come after the import: see {@link startImporting}. */
  async open(...paths: readonly string[]): Promise<AppWindow> {
    await this.start(...paths);
    await this.window.imported();
    return this.window;
  }

  /** Starts the app and lets its window begin an import, so that the window is there from the first byte on however slow it came. */
  async startImporting(folder: string): Promise<AppWindow> {
    await this.start();
    if (this.host === 'electron') await this.choose(folder);
    await this.page.keyboard.press('o');
    if (this.host === 'electron') return this.window;
    const picker = this.window.dialog('Open folder or files');
    await picker.getByRole('textbox', { name: 'Path' }).fill(folder);
    await picker.getByRole('button', { name: 'Go', exact: true }).click();
    await expect(picker.getByRole('navigation')).toContainText(basename(folder));
    await picker.getByRole('button', { name: 'Open this folder' }).click();
    return this.window;
  }

  /** Another window of the same host. */
  async openSecondWindow(): Promise<AppWindow> {
    const page = await this.page.context().newPage();
    await page.goto(this.address);
    const second = new AppWindow(page);
    await second.idle();
    return second;
  }

  /** What was copied last. The app lets its page write to the clipboard, never read it. */
  copied(): Promise<string> {
    return this.readCopied();
  }

  idle(): Promise<void> {
    return this.window.idle();
  }

  /** Ends the host under the window, as a crash or a Ctrl-C would. */
  async stopHost(): Promise<void> {
    const { launched } = this;
    this.launched = null;
    const running =
      this.running ?? (launched && { stop: () => launched.quit(), complaints: () => launched.complaints() });
    this.running = null;
    if (running === null) return;
    const code = await running.stop();
    if (code !== 0) this.trouble.add(`the host ended with ${String(code)}`);
    for (const line of running.complaints().split('\n')) {
      const isExpected = line === '' || this.expectedComplaints.some((pattern) => pattern.test(line));
      if (!isExpected) this.trouble.add(`the host complained: ${line}`);
    }
  }

  async end(): Promise<void> {
    await this.closeWindows();
    await this.stopHost();
  }

  /** The end of a test: a host that was lent goes to the next. */
  async finish(): Promise<void> {
    await this.closeWindows();
    const { running, lent } = this;
    if (running === null || running !== lent) return this.stopHost();
    this.running = null;
    this.config = join(this.folder, 'config');
    this.home = join(this.folder, 'home');
    for (const wrong of await this.surroundings.lastingHosts.takeBack(lent)) this.trouble.add(wrong);
  }

  private async closeWindows(): Promise<void> {
    const { close } = this;
    this.close = () => Promise.resolve();
    await close();
  }

  /** The desktop window has this size from the start: the page chooses its first columns by it. */
  private async windowOf({ width, height }: Surroundings['viewport']): Promise<void> {
    const file = join(this.config, 'window.json');
    const isUsual = width === usualWindow.width && height === usualWindow.height;
    // What a test or the app itself has stored is kept.
    if (isUsual || existsSync(file)) return;
    await mkdir(this.config, { recursive: true, mode: 0o700 });
    await writeFile(
      file,
      JSON.stringify({ bounds: { x: 0, y: 0, width, height }, isMaximized: false, isFullScreen: false, zoom: 1 }),
    );
  }

  private async hostOver(paths: readonly string[]): Promise<RunningHost> {
    // What a test has put into the settings or the home is for a host of its own.
    const isUntouched = !existsSync(this.config) && !existsSync(this.home);
    const lent = isUntouched ? await this.surroundings.lastingHosts.lend(paths) : null;
    if (lent === null) {
      await mkdir(this.home, { recursive: true });
      return startHost({ config: this.config, home: this.home, paths });
    }
    this.lent = lent;
    this.config = lent.config;
    this.home = lent.home;
    return lent;
  }
}

interface Fixtures {
  readonly hostKind: HostKind;
  readonly app: App;
}

interface WorkerFixtures {
  /** One for all the windows of a worker: starting it costs as much as a test. Empty where the double is not used. */
  readonly doubleChromium: string;
  readonly lastingHosts: LastingHosts;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  doubleChromium: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures out of this pattern
    async ({}, use, { project }) => {
      if (project.name !== 'electron' || isRealElectron) return use('');
      const running = await startChromium((await findChromium()) ?? 'chromium', new Map(chromiumSwitches));
      await use(running.endpoint);
      await running.stop();
    },
    { scope: 'worker' },
  ],
  lastingHosts: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures out of this pattern
    async ({}, use) => {
      const hosts = await LastingHosts.create();
      await use(hosts);
      expect(await hosts.end()).toEqual([]);
    },
    { scope: 'worker' },
  ],
  hostKind: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures out of this pattern
    async ({}, use, testInfo) => {
      await use(testInfo.project.name === 'electron' ? 'electron' : 'browser');
    },
    { auto: true },
  ],
  app: async (
    { hostKind, browser, doubleChromium, lastingHosts, colorScheme, locale, timezoneId, viewport },
    use,
    testInfo,
  ) => {
    const folder = await mkdtemp(join(tmpdir(), 'trailglass-e2e-'));
    if (locale === undefined || timezoneId === undefined || viewport === null)
      throw new Error('see playwright.config.ts');
    const surroundings = { browser, chromium: doubleChromium, lastingHosts, colorScheme, locale, timezoneId, viewport };
    const app = new App(hostKind, folder, surroundings, testInfo);
    await use(app);
    await app.finish();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    expect(app.trouble.list()).toEqual([]);
  },
});

export { expect };
