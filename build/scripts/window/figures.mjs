/** What is measured of an act in the window, the bars it is held to, and how it is printed. */

/**
 * @typedef {object} ActFigures All in ms.
 * @property {string} name
 * @property {number} frames how many animation frames there were
 * @property {number} frameP50 between two frames, by the clock
 * @property {number} frameP95
 * @property {number} frameMax
 * @property {number} frameCpuP95 processor time of the main thread from one frame to the next
 * @property {number} longestTask of the main thread, by the clock
 * @property {number} longestTaskCpu the most processor time of one task of the main thread
 * @property {number} result from the last input until the window is at rest
 */

export const bars = { frameP95: 33.4, longestTask: 100 };

/** @param {readonly number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/**
 * A sentence for each bar that is broken.
 *
 * @param {readonly ActFigures[]} acts
 */
export function brokenBars(acts) {
  return acts.flatMap(({ name, frameP95, longestTask, longestTaskCpu }) => [
    ...(frameP95 > bars.frameP95
      ? [`${name}: 95 of 100 frames take up to ${frameP95} ms, over ${bars.frameP95} ms`]
      : []),
    ...(longestTask > bars.longestTask
      ? [
          `${name}: a task takes ${longestTask} ms, over ${bars.longestTask} ms (${longestTaskCpu} ms of processor time)`,
        ]
      : []),
  ]);
}

/** @type {readonly (readonly [heading: string, of: (act: ActFigures) => number])[]} */
const columns = [
  ['frame p50', (act) => act.frameP50],
  ['p95', (act) => act.frameP95],
  ['max', (act) => act.frameMax],
  ['cpu p95', (act) => act.frameCpuP95],
  ['longest task', (act) => act.longestTask],
  ['its most cpu', (act) => act.longestTaskCpu],
  ['result', (act) => act.result],
];

/** @param {readonly ActFigures[]} acts */
export function table(acts) {
  const wide = Math.max(...acts.map(({ name }) => name.length), 4);
  const lines = acts.map((act) => [
    act.name.padEnd(wide),
    ...columns.map(([heading, of]) =>
      of(act)
        .toFixed(1)
        .padStart(heading.length + 2),
    ),
  ]);
  const head = ['ms'.padEnd(wide), ...columns.map(([heading]) => `  ${heading}`)];
  return [head, ...lines].map((cells) => cells.join(' ')).join('\n');
}
