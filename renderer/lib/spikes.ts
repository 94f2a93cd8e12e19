/** Finds the bars of a timeline that stand out. */
import { epochMs, type EpochMs } from '#contract/ids';
import type { TimeSpan } from '#core/time';

/** A bar stands out with at least this many times the events of the middle bar that has any. */
const leastRatio = 3;
/** Below this a bar is no spike, whatever the others are. */
const leastEvents = 5;

/** The runs of bars that stand out, in order of time; each is one span. */
export function findSpikes(totals: readonly number[], origin: EpochMs, stepMs: number): readonly TimeSpan[] {
  const present = totals.filter((total) => total > 0).sort((one, other) => one - other);
  const middle = present[Math.floor((present.length - 1) / 2)] ?? 0;
  const least = Math.max(leastEvents, middle * leastRatio);
  const spikes: TimeSpan[] = [];
  totals.forEach((total, bin) => {
    if (total < least) return;
    const from = epochMs(origin + bin * stepMs);
    const to = epochMs(from + stepMs);
    const before = spikes.at(-1);
    if (before?.to === from) spikes[spikes.length - 1] = { from: before.from, to };
    else spikes.push({ from, to });
  });
  return spikes;
}

/** The place of the next spike after the one at a place, or of the first or last one where that is -1; -1 where there is no more. */
export function nextSpike(count: number, at: number, direction: 1 | -1): number {
  if (at < 0) return direction === 1 && count > 0 ? 0 : count - 1;
  return direction === 1 && at + 1 >= count ? -1 : at + direction;
}
