/** Measures what the window does during an act: its frames from within, its tasks from the browser's trace. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from './figures.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('@playwright/test').CDPSession} CdpSession
 * @typedef {object} Act
 * @property {string} name
 * @property {(page: Page) => Promise<void>} [arrange] what comes before, not measured
 * @property {(page: Page) => Promise<void>} perform as a person does it, until the last key or move
 * @property {(page: Page) => Promise<void>} [restore] what comes after, not measured
 * @typedef {{ name: string, ph: string, ts: number, pid: number, tid: number, dur?: number, tdur?: number, args: { name?: string } }} TraceEvent
 */

/** What `__idle` waits for while nothing happens: see renderer/lib/idle.ts. */
const restMs = 100;

export class Meter {
  /**
   * @param {Page} page
   * @param {CdpSession} session
   * @param {number} processId of the window's renderer
   * @param {string | undefined} profiles the folder for CPU profiles
   */
  constructor(page, session, processId, profiles) {
    this.page = page;
    this.session = session;
    this.processId = processId;
    this.profiles = profiles;
  }

  /**
   * @param {Page} page
   * @param {string} [profiles]
   */
  static async start(page, profiles) {
    const session = await page.context().newCDPSession(page);
    if (profiles !== undefined) {
      mkdirSync(profiles, { recursive: true });
      await session.send('Profiler.enable');
      await session.send('Profiler.setSamplingInterval', { interval: 200 });
    }
    const browser = page.context().browser();
    if (browser === null) throw new Error('the window has no browser');
    const whole = await browser.newBrowserCDPSession();
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    const busiest = renderers.sort((one, other) => other.cpuTime - one.cpuTime)[0];
    return new Meter(page, session, busiest?.id ?? 0, profiles);
  }

  /**
   * @param {Act} act
   * @returns {Promise<import('./figures.mjs').ActFigures>}
   */
  async measure({ name, arrange, perform, restore }) {
    const { page, session } = this;
    await arrange?.(page);
    await idle(page);
    if (this.profiles !== undefined) await session.send('Profiler.start');
    const tasks = await this.traceTasks(session);
    await page.evaluate(startFrames);
    await perform(page);
    const last = performance.now();
    await idle(page);
    const result = Math.max(0, performance.now() - last - restMs);
    const gaps = await page.evaluate(() => /** @type {any} */ (globalThis).__stopFrames());
    const traced = await tasks();
    if (this.profiles !== undefined) {
      const { profile } = await session.send('Profiler.stop');
      writeFileSync(join(this.profiles, `${name}.cpuprofile`), JSON.stringify(profile));
    }
    await restore?.(page);
    return {
      name,
      frames: gaps.length,
      frameP50: tenths(percentile(gaps, 0.5)),
      frameP95: tenths(percentile(gaps, 0.95)),
      frameMax: tenths(percentile(gaps, 1)),
      frameCpuP95: tenths(percentile(traced.frames, 0.95)),
      longestTask: tenths(traced.wall),
      longestTaskCpu: tenths(traced.cpu),
      result: tenths(result),
    };
  }

  /**
   * Begins to trace; the answer ends it, and tells what the window's main thread did.
   *
   * @param {CdpSession} session
   */
  async traceTasks(session) {
    /** @type {TraceEvent[]} */
    const events = [];
    const collect = (/** @type {{ value: unknown[] }} */ { value }) =>
      void events.push(.../** @type {any[]} */ (value));
    session.on('Tracing.dataCollected', collect);
    const includedCategories = ['__metadata', 'toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
    await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
    return async () => {
      const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
      await session.send('Tracing.end');
      await complete;
      session.off('Tracing.dataCollected', collect);
      return readTrace(events, this.processId);
    };
  }
}

/**
 * The longest task of the window's main thread, by the clock and by processor time, and the processor time from one frame to the next,
 * each in ms.
 *
 * @param {readonly TraceEvent[]} events
 * @param {number} processId
 */
function readTrace(events, processId) {
  const main = events.find(
    ({ name, pid, args }) => name === 'thread_name' && pid === processId && args.name === 'CrRendererMain',
  );
  const ofMain = events
    .filter(({ ph, pid, tid }) => ph === 'X' && pid === main?.pid && tid === main?.tid)
    .sort((one, other) => one.ts - other.ts);
  const frames = [0];
  let wall = 0;
  let cpu = 0;
  for (const { name, dur = 0, tdur = 0 } of ofMain) {
    if (name === 'FireAnimationFrame') frames.push(0);
    if (name !== 'RunTask') continue;
    frames[frames.length - 1] = (frames.at(-1) ?? 0) + tdur / 1000;
    wall = Math.max(wall, dur / 1000);
    cpu = Math.max(cpu, tdur / 1000);
  }
  if (wall === 0) throw new Error('the trace has no task of the window');
  return { wall, cpu, frames };
}

/** @param {Page} page */
export async function idle(page) {
  await page.evaluate(() => /** @type {any} */ (globalThis).__idle());
}

/** Runs in the window: notes the time between frames until `__stopFrames` is called, which returns them. */
function startFrames() {
  const window = /** @type {any} */ (globalThis);
  /** @type {number[]} */
  const gaps = [];
  let previous = performance.now();
  let isOn = true;
  const note = () => {
    if (!isOn) return;
    const now = performance.now();
    gaps.push(now - previous);
    previous = now;
    window.requestAnimationFrame(note);
  };
  window.requestAnimationFrame(note);
  window.__stopFrames = () => {
    isOn = false;
    return gaps;
  };
}

/** @param {number} value */
function tenths(value) {
  return Math.round(value * 10) / 10;
}
