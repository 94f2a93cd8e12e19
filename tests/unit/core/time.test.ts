import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import {
  formatIso,
  formatSpan,
  formatTime,
  formatTimeWithZone,
  parseEventTime,
  parseQueryTime,
  readFieldTime,
  readTime,
  zoneMinutes,
} from '#core/time';

const utc = (...parts: [number, number, number, ...number[]]): number => {
  const [year, month, day, ...rest] = parts;
  return Date.UTC(year, month - 1, day, ...(rest as [number?, number?, number?, number?]));
};
const instant = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});

const two = fc.nat(99).map((number) => String(number).padStart(2, '0'));
const usual = (max: number): fc.Arbitrary<string> => fc.nat(max).map((number) => String(number).padStart(2, '0'));
/** Texts that are times, or that miss being one by a little. */
const spelling = fc
  .tuple(
    fc.constantFrom('2023', '1999', '2024', '0000', '99', '02023'),
    fc.constantFrom('-', '-', '-', '-', '/', ''),
    fc.oneof(usual(12), two),
    fc.oneof(usual(31), two),
    fc.constantFrom('T', ' ', 't', '  ', ''),
    fc.oneof(usual(23), two),
    fc.constantFrom(':', ':', ':', ':', ''),
    fc.oneof(usual(59), two),
    fc.oneof(usual(59), two, fc.constant('')),
    fc.constantFrom('', '.0', '.000', '.123456789', ',5', '.', '.x'),
    fc.constantFrom('', ' ', '  '),
    fc.constantFrom('', 'Z', 'z', 'UTC', 'GMT', 'CET', '+01', '-0530', '+02:00', '+24:00', '+1', '+00:60'),
  )
  .map(([year, dash, month, date, gap, hour, colon, minute, second, fraction, space, zone]) =>
    [year, dash, month, dash, date, gap, hour, colon, minute, colon, second, fraction, space, zone].join(''),
  );

/** The rule again, in another way: without an expression for the whole, and with the calendar of `Date`. */
function naiveTime(text: string): { readonly time: number; readonly isZoneAssumed: boolean } | null {
  const isNumber = (part: string, length: number): boolean =>
    part.length === length && [...part].every((digit) => '0123456789'.includes(digit));
  const isBasic = text[8] === 'T';
  const full = isBasic
    ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 11)}:${text.slice(11, 13)}:${text.slice(13)}`
    : text;
  const [day, clock] = [full.slice(0, 10), full.slice(11, 19)];
  if (full[10] !== 'T' && full[10] !== ' ') return null;
  const [days, clocks] = [day.split('-'), clock.split(':')];
  if (days.length !== 3 || clocks.length !== 3) return null;
  if (!isNumber(days[0] ?? '', 4) || ![...days.slice(1), ...clocks].every((part) => isNumber(part, 2))) return null;
  let rest = full.slice(19);
  let milliseconds = '000';
  if (rest.startsWith('.') || (rest.startsWith(',') && !isBasic)) {
    let end = 1;
    while (isNumber(rest[end] ?? '', 1)) end++;
    if (end === 1) return null;
    milliseconds = `${rest.slice(1, end)}00`.slice(0, 3);
    rest = rest.slice(end);
  }
  const zone = rest.startsWith(' ') && !isBasic ? rest.slice(1) : rest;
  if (zone === '' && (rest !== '' || isBasic)) return null;
  if (isBasic && (zone === 'UTC' || zone === 'GMT' || zone.length === 3)) return null;
  let offset = 0;
  if (!['', 'Z', 'UTC', 'GMT'].includes(zone)) {
    const sign = zone.startsWith('+') ? 1 : zone.startsWith('-') ? -1 : 0;
    const [hours, minutes] = [zone.slice(1, 3), zone.slice(3).replace(':', '') || '00'];
    if (sign === 0 || !isNumber(hours, 2) || !isNumber(minutes, 2)) return null;
    if (Number(hours) > 23 || Number(minutes) > 59) return null;
    offset = sign * (Number(hours) * 60 + Number(minutes)) * 60_000;
  }
  const instant = new Date(`${day}T${clock}.${milliseconds}Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(`${day}T${clock}`)) return null;
  return { time: instant.getTime() - offset, isZoneAssumed: zone === '' };
}

describe('an event time', () => {
  it.each([
    ['2023-07-10T12:40:01Z', utc(2023, 7, 10, 12, 40, 1)],
    ['2023-07-10T12:40:01.5Z', utc(2023, 7, 10, 12, 40, 1, 500)],
    ['2023-07-10T12:40:01.123999Z', utc(2023, 7, 10, 12, 40, 1, 123)],
    ['2023-07-10T12:40:01+02:00', utc(2023, 7, 10, 10, 40, 1)],
    ['2023-07-10T12:40:01-0530', utc(2023, 7, 10, 18, 10, 1)],
    ['20131102T010628Z', utc(2013, 11, 2, 1, 6, 28)],
    ['2024-02-29T00:00:00Z', utc(2024, 2, 29)],
    ['2023-01-22 16:53:53.000', utc(2023, 1, 22, 16, 53, 53)],
    ['2023-01-22 16:53:53.000 UTC', utc(2023, 1, 22, 16, 53, 53)],
    ['2023-01-22T16:53:53.123456789Z', utc(2023, 1, 22, 16, 53, 53, 123)],
    ['2023-07-10T12:00:00.000+0000', utc(2023, 7, 10, 12)],
    ['2023-07-10 12:00:00,250 +02', utc(2023, 7, 10, 10, 0, 0, 250)],
    ['2023-07-10T12:40Z', utc(2023, 7, 10, 12, 40)],
    ['2023-07-10 12:40', utc(2023, 7, 10, 12, 40)],
    ['Jul 10, 2023 @ 12:31:02.500', utc(2023, 7, 10, 12, 31, 2, 500)],
    ['Jul 9, 2023 @ 02:31:02', utc(2023, 7, 9, 2, 31, 2)],
  ])('%s is read', (text, expected) => {
    expect(parseEventTime(text)).toBe(expected);
  });

  it('has a zone that was assumed where Kibana or a table named none', () => {
    for (const text of ['Jul 10, 2023 @ 12:31:02.500', '2023-07-10 12:40'])
      expect(readTime(text)?.isZoneAssumed).toBe(true);
    expect(readTime('2023-07-10T12:40Z')?.isZoneAssumed).toBe(false);
  });

  it.each([
    ['1689000000', 1_689_000_000_000],
    ['1689000000.1239', 1_689_000_000_123],
    ['1689000000123', 1_689_000_000_123],
    ['2023-07-10T12:40Z', utc(2023, 7, 10, 12, 40)],
  ])('may be counted from 1970 in a field that holds times: %s', (text, expected) => {
    expect(readFieldTime(text)).toEqual({ time: expected, isZoneAssumed: false });
  });

  it.each(['5', '20230710', '16890000001', '1689000000123.5', '-1689000000'])('%s is none there either', (text) => {
    expect(readFieldTime(text)).toBeNull();
  });

  it.each([
    '',
    '2023-07-10',
    '2023-07-10T12Z',
    '12:40',
    'Jul 10 2023 @ 12:40:01',
    'Foo 10, 2023 @ 12:40:01.000',
    'Feb 30, 2023 @ 12:40:01.000',
    '2023-07-10  12:40:01',
    '2023-07-10 12:40:01 CET',
    '2023-07-10 12:40:01  UTC',
    '2023-07-10 12:40:01 ',
    '20230710T124001',
    '2023-07-10t12:40:01z',
    '2023-02-29T00:00:00Z',
    '2023-04-31T00:00:00Z',
    '2023-00-10T00:00:00Z',
    '2023-13-10T00:00:00Z',
    '2023-07-00T00:00:00Z',
    '2023-07-10T24:00:00Z',
    '2023-07-10T12:60:00Z',
    '2023-07-10T12:00:60Z',
    '2023-07-10T12:00:00+24:00',
    ' 2023-07-10T12:40:01Z',
    'Jan 22, 2021 12:46:28 AM',
    '1689000000',
  ])('%s is none', (text) => {
    expect(parseEventTime(text)).toBeNull();
  });

  it('is read by one rule, zone and all, that agrees with a reader which takes the text apart by hand', () => {
    fc.assert(
      fc.property(spelling, (text) => {
        expect(readTime(text)).toEqual(naiveTime(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is written so that it reads back, in any year of four digits', () => {
    fc.assert(
      fc.property(instant, (date) => {
        expect(parseEventTime(formatIso(epochMs(date.getTime())))).toBe(date.getTime());
      }),
    );
  });

  it('exists exactly where the calendar has the day', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(13), fc.nat(32), (year, month, day) => {
        const two = (value: number): string => String(value).padStart(2, '0');
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T00:00:00Z`;
        const parsed = parseEventTime(text);
        const date = new Date(text);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text.slice(0, 10);
        expect(parsed).toBe(exists ? date.getTime() : null);
      }),
    );
  });
});

describe('a time in a query', () => {
  it.each([
    ['2023-07-10', utc(2023, 7, 10), utc(2023, 7, 11)],
    ['2023-07-10T12', utc(2023, 7, 10, 12), utc(2023, 7, 10, 13)],
    ['2023-07-10T12:40Z', utc(2023, 7, 10, 12, 40), utc(2023, 7, 10, 12, 41)],
    ['2023-07-10 12:40', utc(2023, 7, 10, 12, 40), utc(2023, 7, 10, 12, 41)],
    ['2023-07-10 12:40 UTC', utc(2023, 7, 10, 12, 40), utc(2023, 7, 10, 12, 41)],
    ['2023-07-10T12:40+02:00', utc(2023, 7, 10, 10, 40), utc(2023, 7, 10, 10, 41)],
    ['2023-07-10T12:40:01', utc(2023, 7, 10, 12, 40, 1), utc(2023, 7, 10, 12, 40, 1)],
    ['20230710T124001Z', utc(2023, 7, 10, 12, 40, 1), utc(2023, 7, 10, 12, 40, 1)],
  ])('%s stands for all of what it names', (text, from, to) => {
    expect(parseQueryTime(text)).toEqual({ from, to });
  });

  it.each(['2023', '2023-07', '2023-07-10Z', '2023-07-32', '12:40', '2023-07-10T', 'now'])('%s is none', (text) => {
    expect(parseQueryTime(text)).toBeNull();
  });
});

describe('a time on screen', () => {
  const time = epochMs(utc(2023, 7, 10, 12, 40, 1));

  it('is shown in UTC, in a named zone, and with the zone behind it', () => {
    expect(formatTime(time, 'UTC')).toBe('2023-07-10 12:40:01');
    expect(formatTime(epochMs(time + 50), 'UTC')).toBe('2023-07-10 12:40:01.050');
    expect(formatTimeWithZone(time, 'UTC')).toBe('2023-07-10 12:40:01 UTC');
    expect(formatTimeWithZone(time, 'Europe/Berlin')).toBe('2023-07-10 14:40:01 UTC+02:00');
    expect(formatTimeWithZone(time, 'Asia/Kolkata')).toBe('2023-07-10 18:10:01 UTC+05:30');
    expect(formatTimeWithZone(epochMs(utc(2023, 1, 10)), 'America/New_York')).toBe('2023-01-09 19:00:00 UTC-05:00');
  });

  it('shows midnight as 00', () => {
    expect(formatTime(epochMs(utc(2023, 7, 9, 22)), 'Europe/Berlin')).toBe('2023-07-10 00:00:00');
  });

  it('reads back in any zone with that zone given', () => {
    const recent = fc.date({
      min: new Date('1975-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(recent, fc.constantFrom('UTC', 'local', 'Asia/Kolkata', 'America/St_Johns'), (date, zone) => {
        const shown = epochMs(date.getTime());
        const asUtc = parseQueryTime(formatTime(shown, zone))?.from ?? NaN;
        expect(asUtc - zoneMinutes(shown, zone) * 60_000).toBe(shown);
        expect(formatTimeWithZone(shown, zone)).toMatch(/ UTC([+-]\d\d:\d\d)?$/);
      }),
    );
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0 seconds'],
    [250, '250 ms'],
    [1000, '1 second'],
    [3_480_000, '58 minutes'],
    [3_600_000, '1 hour'],
    [3_661_000, '1 hour 1 minute'],
    [273_600_000, '3 days 4 hours'],
    [86_400_000 * 1500, '4 years 40 days'],
  ])('%i ms is %s', (span, words) => {
    expect(formatSpan(span)).toBe(words);
  });
});
