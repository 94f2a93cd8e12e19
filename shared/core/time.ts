/** Times as CloudTrail writes them, as people type them, and as the window shows them. */
import { epochMs, type EpochMs } from '#contract/ids';
import { formatCount } from './figures';

/** `UTC`, the machine's own zone, or the name of any zone `Intl` knows. */
export type Zone = 'UTC' | 'local' | (string & {});

/** A half-open span of time. */
export interface TimeSpan {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Times outside of these cannot be right: AWS began in 2006, and programs write the years 1, 1970 and 9999 for an unknown time. Such events
 * are in the list; a timeline that included them would show all others in one bar.
 */
export const believableTimes: TimeSpan = { from: epochMs(Date.UTC(2006, 0)), to: epochMs(Date.UTC(2100, 0)) };

/** The query for events with such a time. */
export const outOfRangeQuery = 'time<2006-01-01 OR time>=2100-01-01';

/** The query for events without a time, or with one that cannot be read: `-time:*` would leave out the latter, which have a text. */
export const undatedQuery = '-(time<2006-01-01 OR time>=2006-01-01)';

/** False for NaN. */
export function isBelievable(time: number): boolean {
  return time >= believableTimes.from && time < believableTimes.to;
}

/** CloudTrail's `T` and `Z`, and what tables and databases write: a space, no seconds, no zone or its name, any number of decimals. */
const extended =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/;
const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$/;
/** As Kibana shows and exports times, in whichever zone it is set to: `Jul 10, 2023 @ 12:31:02.000`. */
const shownByKibana = /^([A-Z][a-z]{2}) (\d\d?), (\d{4}) @ (\d\d:\d\d:\d\d(?:\.\d+)?)$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Seconds since 1970, as Splunk writes `_time`, or milliseconds: from 1973 to 2286. */
const epoch = /^(?:(\d{9,10})(?:\.(\d+))?|(\d{12,13}))$/;
const typed = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** The time in a record's text. */
export interface ReadTime {
  readonly time: EpochMs;
  /** The text names no zone, and UTC was assumed. */
  readonly isZoneAssumed: boolean;
}

/**
 * The rule for which texts are the time of an event: a full ISO-8601 time, extended or basic (`20131102T010628Z`), or as Athena,
 * CloudTrail Lake and Splunk write it (`2023-01-22 16:53:53.000`, `… 16:53:53 UTC`, `…+0000`), also without seconds; or as Kibana shows it.
 * Null for anything else, including days that do not exist. Digits below a millisecond are cut off.
 */
export function readTime(text: string): ReadTime | null {
  const iso = fromKibana(text) ?? text;
  const match = extended.exec(iso) ?? basic.exec(iso);
  if (match === null) return null;
  const time = instantOf(match);
  return time === null ? null : { time, isZoneAssumed: match[8] === undefined };
}

/** The time of a field that holds times: as {@link readTime}, or seconds or milliseconds since 1970. */
export function readFieldTime(text: string): ReadTime | null {
  const [, seconds, fraction = '', milliseconds] = epoch.exec(text) ?? [];
  if (seconds === undefined && milliseconds === undefined) return readTime(text);
  const time = Number(milliseconds ?? `${seconds}${fraction.slice(0, 3).padEnd(3, '0')}`);
  return { time: epochMs(time), isZoneAssumed: false };
}

function fromKibana(text: string): string | null {
  const [, month = '', date = '', year = '', clock = ''] = shownByKibana.exec(text) ?? [];
  const number = months.indexOf(month) + 1;
  return number === 0 ? null : `${year}-${String(number).padStart(2, '0')}-${date.padStart(2, '0')} ${clock}`;
}

/** The instant that {@link readTime} finds in a text; null where it is not a time. */
export function parseEventTime(text: string): EpochMs | null {
  return readTime(text)?.time ?? null;
}

/**
 * The time a query names: a full time, or a shorter one that means the whole day, hour or minute. UTC where no zone is
 * given. A full time, to the second or finer, is an instant: `to` equals `from`.
 */
export function parseQueryTime(text: string): TimeSpan | null {
  const match = typed.exec(text.replace(/(?<=:\d\d) ?(?:UTC|GMT)$/, 'Z'));
  const from = match === null ? parseEventTime(text) : instantOf(match);
  if (from === null) return null;
  if (match === null || match[6] !== undefined) return { from, to: from };
  const length = match[5] !== undefined ? minute : match[4] !== undefined ? hour : day;
  return { from, to: epochMs(from + length) };
}

/** The time a comparison names: as {@link parseQueryTime}, or a whole year or month of UTC (`2023`, `2023-07`). */
export function parseQueryPeriod(text: string): TimeSpan | null {
  const match = /^(\d{4})(?:-(\d\d))?$/.exec(text);
  if (match === null) return parseQueryTime(text);
  const [, year = '', month] = match;
  const [from, to] = [Number(month ?? 1), month === undefined ? 13 : Number(month) + 1];
  const first = dayNumber(Number(year), from, 1);
  const next = to > 12 ? dayNumber(Number(year) + 1, 1, 1) : dayNumber(Number(year), to, 1);
  return first === null || next === null ? null : { from: epochMs(first * day), to: epochMs(next * day) };
}

function instantOf(match: RegExpExecArray): EpochMs | null {
  const [, year = '', month = '', date = '', hours = '0', minutes = '0', seconds = '0', fraction = '', zone = 'Z'] =
    match;
  const days = dayNumber(Number(year), Number(month), Number(date));
  if (days === null || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const offset = zoneOffset(zone);
  if (offset === null) return null;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const time = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * second + milliseconds;
  return epochMs(days * day + time - offset);
}

function zoneOffset(zone: string): number | null {
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * hour + minutes * minute);
}

/** Days since 1970-01-01, or null for a day that does not exist. `Date.UTC` would take years below 100 for 19xx. */
function dayNumber(year: number, month: number, date: number): number | null {
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, date);
  const exists = instant.getUTCMonth() === month - 1 && instant.getUTCDate() === date;
  return exists ? instant.getTime() / day : null;
}

/** `2023-07-10T12:40:01Z`, with milliseconds only where there are any. {@link parseEventTime} reads it back. */
export function formatIso(time: EpochMs): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** `2023-07-10 12:40:01` in the zone, with milliseconds only where there are any. */
export function formatTime(time: EpochMs, zone: Zone): string {
  const fraction = ((time % second) + second) % second;
  const whole = zone === 'UTC' ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : formatIn(time, zone);
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(3, '0')}`;
}

/** {@link formatTime} with the zone behind it: `2023-07-10 12:40:01 UTC`, `2023-07-10 14:40:01 UTC+02:00`. */
export function formatTimeWithZone(time: EpochMs, zone: Zone): string {
  return `${formatTime(time, zone)} ${formatZone(time, zone)}`;
}

/** {@link formatTime} with the offset behind it where the zone is not UTC: `2023-07-10 14:40:01 +02:00`. For columns that name the zone. */
export function formatTimeAndOffset(time: EpochMs, zone: Zone): string {
  return zone === 'UTC' ? formatTime(time, zone) : `${formatTime(time, zone)} ${formatOffset(zoneMinutes(time, zone))}`;
}

/** The zone's offset at that time, as daylight saving changes it: `UTC`, `UTC+02:00`. */
export function formatZone(time: EpochMs, zone: Zone): string {
  const minutes = zoneMinutes(time, zone);
  return minutes === 0 ? 'UTC' : `UTC${formatOffset(minutes)}`;
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How far the zone is ahead of UTC at that time, in minutes. */
export function zoneMinutes(time: EpochMs, zone: Zone): number {
  if (zone === 'UTC') return 0;
  const shown = parseQueryTime(formatIn(time, zone));
  return shown === null ? 0 : Math.round((shown.from - Math.floor(time / second) * second) / minute);
}

const formatters = new Map<Zone, Intl.DateTimeFormat>();

function formatIn(time: EpochMs, zone: Zone): string {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      ...(zone === 'local' ? {} : { timeZone: zone }),
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(time).map((part) => [part.type, part.value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** A length of time in words, in its two largest units: `58 minutes`, `3 days 4 hours`, `250 ms`. */
export function formatSpan(spanMs: number): string {
  if (spanMs > 0 && spanMs < second) return `${Math.round(spanMs)} ms`;
  // A year here is 365 days: two words about how long, not a date.
  const units = [
    ['year', 365 * day],
    ['day', day],
    ['hour', hour],
    ['minute', minute],
    ['second', second],
  ] as const;
  const largest = units.findIndex(([, length]) => spanMs >= length);
  if (largest < 0) return '0 seconds';
  const words: string[] = [];
  let rest = spanMs;
  for (const [name, length] of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) words.push(`${formatCount(count)} ${name}${count === 1 ? '' : 's'}`);
  }
  return words.join(' ');
}
