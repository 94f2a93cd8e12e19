/**
 * Measures how smooth the window is over a large archive, in Chromium over the browser host:
 *
 *     npm run bench:window -- [PATH] [--events N] [--seed S] [--check] [--only NAME,NAME…] [--profile FOLDER]
 *
 *   PATH         an archive to open; a synthetic one is made where left out
 *   --events N   events of the synthetic archive (default 1000000), made by --seed S (default 1)
 *   --check      exit code 1 where a bar is broken: 95 of 100 frames within 33 ms, no task over 100 ms
 *   --only       these acts alone, by name, in the order of window/acts.mjs
 *   --profile    writes a CPU profile of the window per act there, for the developer tools
 *
 * Prints a table and, last, one JSON line. For each act:
 *   frames       p50, p95 and max of the time between two animation frames, in ms by the clock, until the window is at rest again
 *   frameCpuP95  processor time of the window's main thread from one frame to the next
 *   longestTask  the longest task of the window's main thread, in ms by the clock, and the processor time of the longest
 *   result       from the last key or move until the window is at rest, less the time that rest is waited for
 *
 * The act `nothing` tells what the machine itself adds. A browser that is kept waiting by other programs shows long frames and long
 * tasks with little processor time in them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureChromium } from './chromium.mjs';
import { ensure } from './ensure.mjs';
import { startHost } from './host.mjs';
import { PlainError, runMain, runNode, say } from './project.mjs';
import { acts } from './window/acts.mjs';
import { brokenBars, table } from './window/figures.mjs';
import { idle, Meter } from './window/meter.mjs';

/** @typedef {import('./window/figures.mjs').ActFigures} ActFigures */

const viewport = { width: 1440, height: 900 };
const importLimitMs = 600_000;

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        events: { type: 'string', default: '1000000' },
        seed: { type: 'string', default: '1' },
        check: { type: 'boolean', default: false },
        only: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new PlainError(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string | undefined} only */
function chosenActs(only) {
  if (only === undefined) return acts;
  const names = only.split(',');
  const unknown = names.filter((name) => !acts.some((act) => act.name === name));
  if (unknown.length > 0)
    throw new PlainError(`No act is called ${unknown.join(', ')}: ${acts.map(({ name }) => name).join(', ')}.`);
  return acts.filter(({ name }) => names.includes(name));
}

await runMain(async () => {
  const { values, positionals } = readOptions();
  const chosen = chosenActs(values.only);
  if (positionals.length > 1) throw new PlainError('Give one path at most.');
  await ensure();
  const executablePath = await ensureChromium();
  if (!executablePath) return 1;
  const folder = mkdtempSync(join(tmpdir(), 'trailglass-bench-window-'));
  try {
    const [given] = positionals;
    const archive = given === undefined ? join(folder, 'archive') : resolve(process.env['INIT_CWD'] ?? '', given);
    if (given === undefined) {
      const made = await runNode('out/tools/make-archive.js', [
        archive,
        '--events',
        values.events,
        '--seed',
        values.seed,
      ]);
      if (made !== 0) return made;
    }
    const figures = await measure({ executablePath, folder, archive, chosen, profiles: values.profile });
    say(table(figures.acts));
    const broken = brokenBars(figures.acts);
    for (const line of broken) say(line);
    process.stdout.write(`${JSON.stringify({ ...figures, broken })}\n`);
    return values.check && broken.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * @param {{ executablePath: string, folder: string, archive: string, chosen: typeof acts, profiles: string | undefined }} options
 */
async function measure({ executablePath, folder, archive, chosen, profiles }) {
  const host = await startHost(['--port', '0', '--config', join(folder, 'config'), archive]);
  // Playwright hides scroll bars, and one of the acts drags one.
  const browser = await chromium.launch({ executablePath, ignoreDefaultArgs: ['--hide-scrollbars'] });
  try {
    const page = await browser.newPage({ viewport, locale: 'en-US', timezoneId: 'UTC' });
    await page.goto(host.address);
    await page.waitForFunction(() => '__idle' in globalThis);
    say('reading the archive');
    await imported(page);
    const meter = await Meter.start(page, profiles);
    /** @type {ActFigures[]} */
    const measured = [];
    for (const act of chosen) {
      say(act.name);
      measured.push(await meter.measure(act));
    }
    const events = await page.getByRole('banner').getByRole('status').innerText();
    const cpu = cpus()[0]?.model.trim() ?? 'unknown';
    return {
      shown: events,
      acts: measured,
      machine: { cpu, cores: availableParallelism(), chromium: browser.version() },
    };
  } finally {
    await browser.close();
    host.close();
  }
}

/**
 * Waits until all is read, and ends with what the window says where something went wrong.
 *
 * @param {import('@playwright/test').Page} page
 */
async function imported(page) {
  const read = page.locator('footer button:enabled', { hasText: 'not read' });
  const wrong = page.getByRole('alert').first();
  await read.or(wrong).first().waitFor({ timeout: importLimitMs });
  if (await wrong.isVisible()) throw new PlainError(`The archive was not read: ${await wrong.innerText()}`);
  await idle(page);
}
