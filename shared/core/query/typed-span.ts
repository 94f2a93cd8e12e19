/** A span of time as a person types it: two texts, in the zone the window shows. */
import { epochMs } from '#contract/ids';
import { isEmptyRange, type TimeRange } from './clauses';
import { formatTimeAndOffset, parseQueryPeriod, type TimeSpan, type Zone } from '../time';
import { firstInstantAt, instantsAt } from '../zones';

/** `not-in-zone`: clocks of the zone go forward over this time. */
export type TypedProblem = 'not-a-time' | 'not-in-zone' | 'before-from';

export interface TypedSpan {
  /** Null for all times, and where there is a problem. */
  readonly range: TimeRange | null;
  readonly from: TypedProblem | null;
  readonly to: TypedProblem | null;
}

/**
 * Reads both ends; an empty text leaves that end open. A text without an offset is a time of the zone. The end is part of the span, as far as it
 * is written: `2023-07-11` is to the end of that day, `12:40:01` to the end of that second. Of an hour that comes twice, the span has both.
 */
export function readTypedSpan(fromText: string, toText: string, zone: Zone): TypedSpan {
  const from = readTypedTime(fromText, zone);
  const to = readTypedTime(toText, zone);
  const problems = { from: problemOf(from), to: problemOf(to) };
  if (problems.from !== null || problems.to !== null) return { range: null, ...problems };
  const range = { from: isSpan(from) ? from.from : null, to: isSpan(to) ? to.to : null };
  if (isEmptyRange(range)) return { range: null, from: null, to: 'before-from' };
  return { range: range.from === null && range.to === null ? null : range, ...problems };
}

/** The two texts that {@link readTypedSpan} reads back as this range; empty where an end is open. */
export function typedTexts({ from, to }: TimeRange, zone: Zone): { readonly from: string; readonly to: string } {
  // The last second, or the last millisecond of an end that is no whole second.
  const last = to === null ? null : epochMs(to % 1000 === 0 ? to - 1000 : to - 1);
  return {
    from: from === null ? '' : formatTimeAndOffset(from, zone),
    to: last === null ? '' : formatTimeAndOffset(last, zone),
  };
}

type Typed = TimeSpan | TypedProblem | null;

/** Null for an empty text. */
function readTypedTime(text: string, zone: Zone): Typed {
  // As the window shows times: `2023-07-10 14:40:01 UTC+02:00`, `… +02:00`.
  const plain = text.trim().replace(/ ?(?:UTC|GMT)?(?=[+-]\d\d:?\d\d$)/, '');
  if (plain === '') return null;
  const span = parseQueryPeriod(plain);
  if (span === null) return 'not-a-time';
  const hasClock = /\d[T ]\d/.test(plain);
  const hasZone = hasClock && /(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$/.test(plain.replace(/^\d{4}-\d\d-\d\d/, ''));
  // A second is written as an instant.
  const lengthMs = span.to > span.from ? span.to - span.from : span.from % 1000 === 0 ? 1000 : 1;
  if (zone === 'UTC' || hasZone) return { from: span.from, to: epochMs(span.from + lengthMs) };
  if (!hasClock) return { from: firstInstantAt(span.from, zone), to: firstInstantAt(span.to, zone) };
  const instants = instantsAt(span.from, zone);
  const [first, last] = [instants[0], instants.at(-1)];
  if (first === undefined || last === undefined) return 'not-in-zone';
  return { from: first, to: epochMs(last + lengthMs) };
}

function isSpan(typed: Typed): typed is TimeSpan {
  return typed !== null && typeof typed === 'object';
}

function problemOf(typed: Typed): TypedProblem | null {
  return typeof typed === 'string' ? typed : null;
}
