/**
 * Times by ISO 8601 and the README: a time without a zone is UTC, a query's date stands for the whole day. Apart from the product:
 * `Date` does the reckoning, and a time that it moves (the 30th of February) does not exist.
 */

/** The instant of an event's time in ms, cut to whole ms; null where the text is no full time. */
export function eventTime(text: string): number | null {
  return readTime(text)?.time ?? null;
}

/** The same, and whether UTC was assumed since no zone is written. */
export function readTime(text: string): { readonly time: number; readonly isZoneAssumed: boolean } | null {
  const zone = String.raw`(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`;
  const extended = new RegExp(String.raw`^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?${zone}$`).exec(text);
  if (extended !== null) {
    const time = instant(extended[1], extended[2], extended[3], extended[4]);
    return time === null ? null : { time, isZoneAssumed: extended[4] === undefined };
  }
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$/.exec(text);
  if (basic === null) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = basic;
  const time = instant([year, month, day].join('-'), [hour, minute, second].join(':'), fraction, offset);
  return time === null ? null : { time, isZoneAssumed: false };
}

/** The time a query names, from `from` up to and without `to`: a day, an hour, a minute, or one millisecond. Null where it is none. */
export function namedTime(text: string): { readonly from: number; readonly to: number } | null {
  const short = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d)(?::(\d\d))?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (short === null) {
    const from = eventTime(text);
    return from === null ? null : { from, to: from + 1 };
  }
  const [, day, hour, minute, zone] = short;
  const from = instant(day, `${hour ?? '00'}:${minute ?? '00'}:00`, undefined, zone);
  if (from === null) return null;
  return { from, to: from + (minute !== undefined ? 60_000 : hour !== undefined ? 3_600_000 : 86_400_000) };
}

function instant(day = '', clock = '', fraction = '', zone = 'Z'): number | null {
  const written = `${day}T${clock}`;
  const time = Date.parse(`${written}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(written)) return null;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? time + ahead : time - ahead;
}

/** What a time is compared with: a time, a year or a month, with when it begins and ends. */
export function namedBound(text: string): { readonly from: number; readonly to: number } | null {
  const [, year = '', month] = /^(\d{4})(?:-(\d\d))?$/.exec(text) ?? [];
  if (year === '') return namedTime(text);
  const from = instant(`${year}-${month ?? '01'}-01`, '00:00:00');
  if (from === null) return null;
  const next = new Date(from);
  if (month === undefined) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  return { from, to: next.getTime() };
}
