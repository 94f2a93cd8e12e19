/** Times to offer while a query is typed: the days of the archive, its first and last event, and spans counted back from its end. */
import { epochMs, type EpochMs } from '#contract/ids';
import { instantRange } from '#core/query/match';
import type { Operator } from '#core/query/operators';
import { lengthOf } from '#core/query/relative-time';
import { formatIso } from '#core/time';
import { type Bitset, countBits } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { countTimeline } from './timeline';

export interface TimeOffer {
  readonly text: string;
  readonly note: string;
  readonly count: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** More days than this are offered by the month. */
const maxDays = 31;
const binLimit = 10_000;
/** Characters of a month, a day and an hour: `2023-07`, `2023-07-10`, `2023-07-10T12`. */
const [month, date, hourOf] = [7, 10, 13];

export interface TimePlace {
  readonly index: VisibleIndex;
  /** The events that match the rest of the query. */
  readonly rows: Bitset;
}

/** What may stand behind `time:` or `time>=`, in order of time. */
export function timeValues(place: TimePlace, operator: Operator, prefix: string): TimeOffer[] {
  const typed = prefix.toLowerCase();
  const span = spanOf(place.index);
  if (span === null) return [];
  const isBound = operator !== 'equals' && operator !== 'differs';
  const offers = isBound ? bounds(place, operator, span) : namedDays(place, span);
  const periods = isBound && prefix === '' ? [] : periodsIn(place, prefix, span, isBound ? operator : null);
  return [...offers, ...periods].filter(({ text, count }) => count > 0 && text.toLowerCase().startsWith(typed));
}

/** `last 2h` and the like, for the number typed or some usual ones. `typed` begins with `last` or `past`, or is the beginning of it. */
export function lastPeriods({ index, rows }: TimePlace, typed: string): TimeOffer[] {
  const { word = 'last', count = '' } = /^(?<word>last|past)?\s*(?<count>\d*)/i.exec(typed)?.groups ?? {};
  const span = spanOf(index);
  if (span === null) return [];
  const periods = count === '' ? ['1h', '24h', '7d', '30d'] : ['m', 'h', 'd', 'w'].map((unit) => count + unit);
  return periods
    .map((period) => `${word} ${period}`)
    .filter((text) => text.startsWith(typed.replace(/\s+/g, ' ')))
    .map((text) => ({
      text,
      note: countedBack(span.last),
      count: countBetween(index, rows, span.last - lengthIn(text), Infinity),
    }))
    .filter((offer) => offer.count > 0);
}

/** Today and yesterday are those of the archive's end. */
function namedDays({ index, rows }: TimePlace, { last }: Span): TimeOffer[] {
  const today = Math.floor(last / day) * day;
  const days = [
    ['today', today],
    ['yesterday', today - day],
  ] as const;
  return days.map(([text, at]) => ({
    text,
    note: `${formatIso(epochMs(at)).slice(0, date)}, counted from the last event`,
    count: countBetween(index, rows, at, at + day),
  }));
}

function bounds({ index, rows }: TimePlace, operator: Operator, { first, last }: Span): TimeOffer[] {
  const isStart = operator.startsWith('>');
  const edge = isStart ? first : last;
  const back = [1, 24, 7 * 24].map((hours) => ({
    text: hours > 24 ? `now-${hours / 24}d` : `now-${hours}h`,
    note: countedBack(last),
    at: last - hours * hour,
  }));
  const own = { text: formatIso(edge), note: isStart ? 'the first event' : 'the last event', at: edge };
  return [own, ...back].map(({ text, note, at }) => ({
    text,
    note,
    count: countBound(index, rows, operator, formatIso(epochMs(at))),
  }));
}

function countBound(index: VisibleIndex, rows: Bitset, operator: Operator, written: string): number {
  const range = operator === 'equals' || operator === 'differs' ? null : instantRange(operator, written);
  return range === null ? 0 : countBetween(index, rows, range.from, range.to);
}

/** How many rows of the set have a time from `from` up to and without `to`, ms. */
function countBetween(index: VisibleIndex, rows: Bitset, from: number, to: number): number {
  let count = 0;
  for (const { times, firstWord, endWord } of index.blocks) {
    if (times.last < from || times.first >= to) continue;
    if (times.undated === 0 && times.first >= from && times.last < to) {
      count += countBits(rows, firstWord, endWord);
      continue;
    }
    for (let at = firstWord; at < endWord; at++) {
      let word = rows[at] as number;
      const first = (at - firstWord) << 5;
      while (word !== 0) {
        const time = times.at(first + 31 - Math.clz32(word & -word));
        word &= word - 1;
        if (time >= from && time < to) count++;
      }
    }
  }
  return count;
}

/**
 * The hours of a day that was typed, else the days of a month that was typed or of the archive, where there are few, else its months. As a
 * bound (`operator`) without a `*`, and counted from there on.
 */
function periodsIn(place: TimePlace, prefix: string, span: Span, operator: Operator | null): TimeOffer[] {
  const isHours = prefix.length > date;
  const within = isHours ? Date.parse(`${prefix.slice(0, date)}T00:00:00Z`) : NaN;
  if (isHours && Number.isNaN(within)) return [];
  const [from, to] = isHours ? [within, within + day - 1] : [span.first, span.last];
  const step = isHours ? hour : day;
  const maxBins = Math.min(binLimit, Math.floor((to - from) / step) + 2);
  const request = { from: epochMs(from), to: epochMs(to), maxBins };
  const timeline = countTimeline(place.index, place.rows, request, span);
  if (timeline === null || timeline.stepMs > step) return [];
  const isFew = (to - from) / day <= maxDays;
  const length = isHours ? hourOf : isFew || prefix.length >= month ? date : month;
  const counts = new Map<string, number>();
  timeline.error.forEach((errors, bin) => {
    const count = errors + (timeline.write[bin] ?? 0) + (timeline.read[bin] ?? 0) + (timeline.unstated[bin] ?? 0);
    const text = formatIso(epochMs(timeline.origin + bin * timeline.stepMs)).slice(0, length);
    if (count > 0) counts.set(text, (counts.get(text) ?? 0) + count);
  });
  if (operator === null) return Array.from(counts, ([text, count]) => ({ text: `${text}*`, note: '', count }));
  const periods = [...counts];
  const isStart = operator.startsWith('>');
  const { index, rows } = place;
  const beyond = !isHours
    ? 0
    : isStart
      ? countBetween(index, rows, to + 1, Infinity)
      : countBetween(index, rows, -Infinity, from);
  const isWithin = operator === '>=' || operator === '<=';
  return periods
    .map(([text], at) => {
      const passing = isStart ? periods.slice(isWithin ? at : at + 1) : periods.slice(0, isWithin ? at + 1 : at);
      const count = passing.reduce((sum, [, events]) => sum + events, beyond);
      return { text: isHours ? `${text}:00Z` : text, note: '', count };
    })
    .filter(({ text }) => text.toLowerCase().startsWith(prefix.toLowerCase()))
    .slice(0, maxDays);
}

/** Milliseconds in `last 24h`. */
function lengthIn(period: string): number {
  const { count, unit } = /(?<count>\d+)(?<unit>[a-z])$/.exec(period)?.groups ?? {};
  return lengthOf(count, unit) ?? 0;
}

interface Span {
  readonly first: EpochMs;
  readonly last: EpochMs;
}

/** Null where no event has a time. */
function spanOf(index: VisibleIndex): Span | null {
  const { first, last } = index.visible.counts(false);
  return first > last ? null : { first: epochMs(first), last: epochMs(last) };
}

const countedBack = (last: EpochMs): string => `before ${formatIso(last)}, the last event`;
