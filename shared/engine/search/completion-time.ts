/** Times to offer while a query is typed: the days of the archive, its first and last event, and spans counted back from its end. */
import { epochMs, type EpochMs } from '#contract/ids';
import type { Operator } from '#core/query/operators';
import { formatIso } from '#core/time';
import type { Bitset } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import type { CompletionRest } from './completion-rest';
import { countTimeline } from './timeline';

export interface TimeOffer {
  readonly text: string;
  readonly note: string;
  readonly count: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** More days than this are offered by the month. */
const MAX_DAYS = 31;
const MAX_BINS = 10_000;
/** Characters of a month, a day and an hour: `2023-07`, `2023-07-10`, `2023-07-10T12`. */
const [month, date, hourOf] = [7, 10, 13];

export interface TimePlace {
  readonly index: VisibleIndex;
  readonly rest: CompletionRest;
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
export function lastPeriods({ rest, rows }: TimePlace, typed: string): TimeOffer[] {
  const { word = 'last', count = '' } = /^(?<word>last|past)?\s*(?<count>\d*)/i.exec(typed)?.groups ?? {};
  const { lastEvent } = rest;
  if (lastEvent === null) return [];
  const periods = count === '' ? ['1h', '24h', '7d', '30d'] : ['m', 'h', 'd', 'w'].map((unit) => count + unit);
  return periods
    .map((period) => `${word} ${period}`)
    .filter((text) => text.startsWith(typed.replace(/\s+/g, ' ')))
    .map((text) => ({ text, note: countedBack(lastEvent), count: rest.countOf(text, rows) }))
    .filter((offer) => offer.count > 0);
}

/** Today and yesterday are those of the archive's end. */
function namedDays({ rest, rows }: TimePlace, { last }: Span): TimeOffer[] {
  const days = [
    ['today', last],
    ['yesterday', epochMs(last - day)],
  ] as const;
  return days.map(([text, at]) => ({
    text,
    note: `${formatIso(at).slice(0, date)}, counted from the last event`,
    count: rest.countOf(`time:${text}`, rows),
  }));
}

function bounds({ rest, rows }: TimePlace, operator: Operator, { first, last }: Span): TimeOffer[] {
  const isStart = operator.startsWith('>');
  const at = formatIso(isStart ? first : last);
  const own = { text: at, note: isStart ? 'the first event' : 'the last event' };
  const back = ['now-1h', 'now-24h', 'now-7d'].map((text) => ({ text, note: countedBack(last) }));
  return [own, ...back].map((offer) => ({ ...offer, count: rest.countOf(`time${operator}${offer.text}`, rows) }));
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
  const maxBins = Math.min(MAX_BINS, Math.floor((to - from) / step) + 2);
  const request = { from: epochMs(from), to: epochMs(to), maxBins };
  const timeline = countTimeline(place.index, place.rows, request, span);
  if (timeline === null || timeline.stepMs > step) return [];
  const isFew = (to - from) / day <= MAX_DAYS;
  const length = isHours ? hourOf : isFew || prefix.length >= month ? date : month;
  const counts = new Map<string, number>();
  timeline.error.forEach((errors, bin) => {
    const count = errors + (timeline.write[bin] ?? 0) + (timeline.read[bin] ?? 0) + (timeline.unstated[bin] ?? 0);
    const text = formatIso(epochMs(timeline.origin + bin * timeline.stepMs)).slice(0, length);
    if (count > 0) counts.set(text, (counts.get(text) ?? 0) + count);
  });
  if (operator === null) return Array.from(counts, ([text, count]) => ({ text: `${text}*`, note: '', count }));
  return Array.from(counts.keys(), (text) => text)
    .filter((text) => text.toLowerCase().startsWith(prefix.toLowerCase()))
    .slice(0, MAX_DAYS)
    .map((text) => (isHours ? `${text}:00Z` : text))
    .map((text) => ({ text, note: '', count: place.rest.countOf(`time${operator}${text}`, place.rows) }));
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
