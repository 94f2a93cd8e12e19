/** Finds a Chromium for the end-to-end tests and the screenshots, installing one where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, runNode, say } from './project.mjs';

const installLimitMs = 300_000;

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Whether it starts: a Chromium without its libraries is no Chromium. On Windows asking for the version would open a window. */
function works(/** @type {string} */ program) {
  if (!existsSync(program)) return false;
  return process.platform === 'win32' || spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0;
}

/** Where Playwright puts its own Chromium, installed or not. */
async function playwrightChromium() {
  try {
    const { chromium } = await import('@playwright/test');
    return [chromium.executablePath()];
  } catch {
    return [];
  }
}

/**
 * A Chromium that is already on this machine: `CHROMIUM_PATH`, then what is on the PATH, then Playwright's own.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) return works(chosen) ? chosen : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...(await playwrightChromium()), ...usualPlaces].find(works);
}

/**
 * Finds a Chromium, else installs Playwright's, else (as root on a system with apt) the system's.
 *
 * @returns {Promise<string | undefined>} undefined after saying what to do
 */
export async function ensureChromium() {
  const present = await findChromium();
  if (present) return present;
  if (process.env['CHROMIUM_PATH']) {
    say(`CHROMIUM_PATH is not a Chromium that starts: ${process.env['CHROMIUM_PATH']}`);
    return undefined;
  }

  say("No Chromium found; installing Playwright's …");
  await runNode('node_modules/@playwright/test/cli.js', ['install', 'chromium'], { timeoutMs: installLimitMs });
  const fetched = await findChromium();
  if (fetched) return fetched;

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("Installing the system's Chromium …");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '--no-install-recommends', 'chromium'];
    if ((await run('apt-get', ['update', '-q'], { env })) === 0) await run('apt-get', install, { env });
    const installed = await findChromium();
    if (installed) return installed;
  }
  say(
    'The end-to-end tests need a Chromium: install one (Debian: apt-get install chromium), or set CHROMIUM_PATH to it.',
  );
  return undefined;
}
