/** The timeline's bins: natural steps on UTC multiples, shared by the engine that counts and the axis that labels. */
import { epochMs, type EpochMs } from '#contract/ids';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const naturalSteps: readonly number[] = [
  ...[1, 5, 15, 30].map((count) => count * second),
  ...[1, 5, 15, 30].map((count) => count * minute),
  ...[1, 3, 6, 12].map((count) => count * hour),
  ...[1, 7, 30, 90, 365].map((count) => count * day),
];
const largestStep = 365 * day;

/** Consecutive bins: bin `i` covers `origin + i * stepMs` up to the next. */
export interface BinLayout {
  readonly stepMs: number;
  /** A multiple of the step, at or before the first time. */
  readonly origin: EpochMs;
  readonly count: number;
}

/**
 * The smallest natural step that cuts a span of this length into at most `maxBins` bins, wherever the span begins. Past a year, steps are
 * whole years.
 */
export function chooseStep(spanMs: number, maxBins: number): number {
  const most = Math.max(2, Math.floor(maxBins));
  const fits = (step: number): boolean => Math.floor(spanMs / step) + 2 <= most;
  const natural = naturalSteps.find(fits);
  if (natural !== undefined) return natural;
  if (most === 2) return (Math.floor(spanMs / largestStep) + 1) * largestStep;
  return (Math.floor(spanMs / (most - 1) / largestStep) + 1) * largestStep;
}

/** The bins that hold every time from `first` to `last`, both included: at most `maxBins`, or two where fewer are asked for. */
export function layOutBins(first: EpochMs, last: EpochMs, maxBins: number): BinLayout {
  const stepMs = chooseStep(Math.max(0, last - first), maxBins);
  const origin = Math.floor(first / stepMs) * stepMs;
  return { stepMs, origin: epochMs(origin), count: Math.max(1, Math.floor((last - origin) / stepMs) + 1) };
}
