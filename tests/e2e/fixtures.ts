/**
 * The one fixture of all end-to-end tests: `app`, the running Trailglass, in a real window over a host and settings of its own.
 *
 * At the end of every test it holds that the page met no error, no broken policy and no request that leaves the machine, and that
 * the host had nothing to complain of and ended cleanly.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test as base, type Browser, type Page, type TestInfo } from '@playwright/test';
import { AppWindow } from './app-window';
import { pasted } from './clipboard';
import { isRealElectron, launchElectron } from './electron';
import { startHost, type RunningHost } from './host';
import { Trouble } from './trouble';
import { startChromium } from '../electron-double/chromium';
import { findChromium } from '../../build/scripts/chromium.mjs';
import { chromiumSwitches } from '../../electron/switches';

export type HostKind = 'browser' | 'electron';

interface Chromiums {
  readonly browser: Browser;
  /** Where the Chromium under the double of Electron is reached. */
  readonly chromium: string;
}

export class App {
  readonly host: HostKind;
  /** A folder for the test's own files; gone afterwards. */
  readonly folder: string;
  readonly trouble = new Trouble();
  private readonly browser: Browser;
  private readonly chromium: string;
  private readonly testInfo: TestInfo;
  private appWindow: AppWindow | null = null;
  private running: RunningHost | null = null;
  private close: () => Promise<void> = () => Promise.resolve();
  private readCopied: () => Promise<string> = () => pasted(this.page);

  constructor(host: HostKind, folder: string, { browser, chromium }: Chromiums, testInfo: TestInfo) {
    this.host = host;
    this.folder = folder;
    this.browser = browser;
    this.chromium = chromium;
    this.testInfo = testInfo;
  }

  /** Leaves the rest of the test out in the desktop window, for this reason. */
  browserOnly(reason: string): void {
    this.testInfo.skip(this.host === 'electron', reason);
  }

  /** The window. Only after `start` or `open`. */
  get window(): AppWindow {
    if (this.appWindow === null) throw new Error('the app is not started');
    return this.appWindow;
  }

  get page(): Page {
    return this.window.page;
  }

  /** The home of the person at the keyboard. */
  get home(): string {
    return join(this.folder, 'home');
  }

  /** The address a browser enters by. */
  get address(): string {
    return this.running?.address ?? '';
  }

  /** Starts the app with these paths on its command line, and waits for its window, not for an import. */
  async start(...paths: readonly string[]): Promise<void> {
    await mkdir(this.home, { recursive: true });
    const config = join(this.folder, 'config');
    if (this.host === 'electron') {
      const { application, origin, go } = await launchElectron({
        config,
        home: this.home,
        paths,
        chromium: this.chromium,
      });
      this.close = () => application.close();
      this.readCopied = () => application.evaluate(({ clipboard }) => clipboard.readText());
      await this.trouble.watch(application.context(), origin);
      await go();
      this.appWindow = new AppWindow(await application.firstWindow());
    } else {
      const running = await startHost({ config, home: this.home, paths });
      this.running = running;
      const context = await this.browser.newContext();
      this.close = () => context.close();
      await this.trouble.watch(context, new URL(running.address).origin);
      const page = await context.newPage();
      this.appWindow = new AppWindow(page);
      await page.goto(running.address);
    }
    await this.idle();
  }

  /** Starts the app over these paths, and waits until all is read. */
  async open(...paths: readonly string[]): Promise<AppWindow> {
    await this.start(...paths);
    await this.window.imported();
    return this.window;
  }

  /**
   * Starts the app and lets its window begin an import, so that the window is there from the first byte on however slow it came.
   *
   * The desktop window has no picker of its own to be driven: there the command line begins it.
   */
  async startImporting(folder: string): Promise<AppWindow> {
    if (this.host === 'electron') {
      await this.start(folder);
      return this.window;
    }
    await this.start();
    await this.page.keyboard.press('o');
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
    const running = this.running;
    this.running = null;
    if (running === null) return;
    const code = await running.stop();
    if (code !== 0) this.trouble.add(`the host ended with ${String(code)}`);
    if (running.complaints() !== '') this.trouble.add(`the host complained: ${running.complaints()}`);
  }

  async end(): Promise<void> {
    await this.close();
    await this.stopHost();
  }
}

interface Fixtures {
  readonly hostKind: HostKind;
  readonly app: App;
}

interface WorkerFixtures {
  /** One for all the windows of a worker: starting it costs as much as a test. Empty where the double is not used. */
  readonly doubleChromium: string;
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
  hostKind: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures out of this pattern
    async ({}, use, testInfo) => {
      await use(testInfo.project.name === 'electron' ? 'electron' : 'browser');
    },
    { auto: true },
  ],
  app: async ({ hostKind, browser, doubleChromium }, use, testInfo) => {
    const folder = await mkdtemp(join(tmpdir(), 'trailglass-e2e-'));
    const app = new App(hostKind, folder, { browser, chromium: doubleChromium }, testInfo);
    await use(app);
    await app.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    expect(app.trouble.list()).toEqual([]);
  },
});

export { expect };
