/** The real Chromium that the double's windows are pages of. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Switches = ReadonlyMap<string, string>;

export interface RunningChromium {
  /** `ws://127.0.0.1:PORT/devtools/browser/ID` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** As Playwright starts its own, where a test could tell the difference. */
const usual: readonly string[] = [
  '--headless',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--remote-debugging-port=0',
  // With it Chromium answers which switches it was started with.
  '--enable-automation',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-component-update',
  '--disable-features=Translate,OptimizationHints,MediaRouter,HttpsUpgrades,DialMediaRouteProvider',
  '--allow-pre-commit-input',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
];

/** Starts Chromium with the switches of an app. Ends with the process that started it. */
export async function startChromium(program: string, switches: Switches): Promise<RunningChromium> {
  const profile = mkdtempSync(join(tmpdir(), 'electron-double-'));
  const own = [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...usual, ...root, `--user-data-dir=${profile}`, ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    endpoint: await endpointOf(child, program),
    async stop() {
      process.off('exit', kill);
      kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

function endpointOf(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${program} did not start:\n${lines.join('\n')}`)));
    if (child.stderr === null) return;
    createInterface(child.stderr).on('line', (line) => {
      lines.push(line);
      const endpoint = /^DevTools listening on (ws:\/\/\S+)$/.exec(line)?.[1];
      if (endpoint !== undefined) resolve(endpoint);
    });
  });
}
