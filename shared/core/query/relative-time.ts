/** Times counted from now, as other tools write them. */
import { epochMs, type EpochMs } from '#contract/ids';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
export const day = 24 * hour;

/** Lengths of units by their first letters; a month is 30 days, as a span of time. */
const units: readonly (readonly [pattern: RegExp, length: number])[] = [
  [/^(?:mon|mo|M)/, 30 * day],
  [/^s/i, second],
  [/^m/, minute],
  [/^h/i, hour],
  [/^d/i, day],
  [/^w/i, 7 * day],
  [/^y/i, 365 * day],
];

/** Milliseconds in so many units; null for an unknown unit. */
export function lengthOf(count: string | undefined, written: string | undefined): number | null {
  const length = units.find(([first]) => first.test(written ?? ''))?.[1];
  return length === undefined || count === undefined ? null : Number(count) * length;
}

/** The instant that `now`, `now-7d`, `-24h` or `now-1d/d` means; null where it is none of these, or no event has a time. */
export function relativeTime(written: string, lastEvent: EpochMs | null): EpochMs | null {
  const match =
    /^(?:now(?:\(\))?)?(?:(?<way>[+-])(?<count>\d+)(?<unit>[a-zA-Z]+))?(?:[/@](?<round>[a-zA-Z])\w*)?$/.exec(
      written.replace(/^"|"$/g, ''),
    );
  if (match?.groups === undefined || lastEvent === null || written === '') return null;
  const { way, count, unit: name, round } = match.groups;
  const length = way === undefined ? 0 : lengthOf(count, name);
  if (length === null) return null;
  const at = lastEvent + (way === '+' ? length : -length);
  const step = round === undefined ? null : lengthOf('1', round);
  return epochMs(step === null || step > day ? at : Math.floor(at / step) * step);
}
