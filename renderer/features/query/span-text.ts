/** A span of time in little room, as the head of the window shows it. */
import { epochMs, type EpochMs } from '#contract/ids';
import type { TimeRange } from '#core/query/clauses';
import { formatTime, type Zone } from '#core/time';
import { texts } from './texts';

/**
 * `2024-03-05 02:00:00 – 09:00:00`, widened to whole seconds. An open end is said to be open: `before …`, `from …`; empty where
 * both are. Of a span that ends before it begins, which no event is in, it says so.
 */
export function spanText({ from, to }: TimeRange, zone: Zone): string {
  const start = from === null ? '' : formatTime(wholeSecond(from, Math.floor), zone);
  const end = to === null ? '' : formatTime(wholeSecond(to, Math.ceil), zone);
  if (from === null) return to === null ? '' : texts.span.before(end);
  if (to === null) return texts.span.from(start);
  if (to < from) return texts.span.reversed(start, end);
  return texts.span.between(start, start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end);
}

function wholeSecond(time: EpochMs, round: (seconds: number) => number): EpochMs {
  return epochMs(round(time / 1000) * 1000);
}
