import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { formatTimeAndOffset, formatTimeWithZone } from '#core/time';
import { readTypedSpan, typedTexts } from '#core/query/typed-span';

const iso = (time: number | null | undefined): string | null =>
  time === null || time === undefined ? null : new Date(time).toISOString().replace('.000Z', 'Z');
const range = (from: string, to: string, zone = 'UTC') => {
  const read = readTypedSpan(from, to, zone);
  expect([read.from, read.to]).toEqual([null, null]);
  return [iso(read.range?.from), iso(read.range?.to)];
};

describe('a span that is typed', () => {
  it('goes from the beginning of what is written first to the end of what is written last', () => {
    expect(range('2023-07-10', '2023-07-10')).toEqual(['2023-07-10T00:00:00Z', '2023-07-11T00:00:00Z']);
    expect(range('2023-07-10 12:40', '2023-07-10T12:40')).toEqual(['2023-07-10T12:40:00Z', '2023-07-10T12:41:00Z']);
    expect(range('2023-07-10 12:40:01', '2023-07-10 12:40:01')).toEqual([
      '2023-07-10T12:40:01Z',
      '2023-07-10T12:40:02Z',
    ]);
    expect(range('2023', '2023-12')).toEqual(['2023-01-01T00:00:00Z', '2024-01-01T00:00:00Z']);
    expect(range('', ' 2023-07-10 12')).toEqual([null, '2023-07-10T13:00:00Z']);
    expect(readTypedSpan(' ', '', 'UTC')).toEqual({ range: null, from: null, to: null });
  });

  it('is of the zone of the window, unless an offset is written', () => {
    const kolkata = 'Asia/Kolkata';
    expect(range('2023-07-10', '2023-07-10', kolkata)).toEqual(['2023-07-09T18:30:00Z', '2023-07-10T18:30:00Z']);
    expect(range('2023-07-10 05:30', '2023-07-10T00:00Z', kolkata)).toEqual([
      '2023-07-10T00:00:00Z',
      '2023-07-10T00:01:00Z',
    ]);
    const berlin = '2023-07-10 14:40:01';
    for (const text of [`${berlin}+02:00`, `${berlin} +02:00`, `${berlin} UTC+02:00`, '2023-07-10 12:40:01 UTC']) {
      expect(range(text, text, kolkata)[0]).toBe('2023-07-10T12:40:01Z');
    }
  });

  it('has both hours where clocks go back, the short day where they go forward, and no time they leave out', () => {
    const berlin = 'Europe/Berlin';
    expect(range('2023-10-29 02:00', '2023-10-29 02:59', berlin)).toEqual([
      '2023-10-29T00:00:00Z',
      '2023-10-29T02:00:00Z',
    ]);
    expect(range('2023-03-26', '2023-03-26', berlin)).toEqual(['2023-03-25T23:00:00Z', '2023-03-26T22:00:00Z']);
    expect(readTypedSpan('2023-03-26 02:30', '2023-03-26 04:00', berlin).from).toBe('not-in-zone');
    expect(range('2018-11-04', '2018-11-04', 'America/Sao_Paulo')).toEqual([
      '2018-11-04T03:00:00Z',
      '2018-11-05T02:00:00Z',
    ]);
  });

  it('names what is wrong at the end that has it', () => {
    expect(readTypedSpan('yesterday', '2023-02-30', 'UTC')).toEqual({
      range: null,
      from: 'not-a-time',
      to: 'not-a-time',
    });
    expect(readTypedSpan('2023-07-10', '2023-07-09', 'UTC')).toEqual({ range: null, from: null, to: 'before-from' });
    expect(readTypedSpan('2023-07-10 12:00', 'x', 'UTC')).toEqual({ range: null, from: null, to: 'not-a-time' });
  });

  it('reads back every span as it is filled in, and every time as the window shows it', () => {
    const zone = fc.constantFrom('UTC', 'local', 'Asia/Kolkata', 'Europe/Berlin', 'Australia/Lord_Howe');
    const time = fc.integer({ min: Date.UTC(2006, 0), max: Date.UTC(2035, 0) });
    const step = fc.constantFrom(1, 1000, 60_000);
    fc.assert(
      fc.property(zone, time, fc.nat(10 ** 9), step, (name, start, length, unit) => {
        const from = epochMs(Math.floor(start / unit) * unit);
        const to = epochMs(from + (length + 1) * unit);
        const texts = typedTexts({ from, to }, name);
        const read = readTypedSpan(texts.from, texts.to, name);
        expect(read.range?.from).toBe(from);
        // An end within a second that is no whole one but ends in zeros is widened to the second at most.
        expect(read.range?.to).toBeGreaterThanOrEqual(to);
        expect((read.range?.to ?? 0) - to).toBeLessThan(1000);
        if (unit > 1) expect(read.range?.to).toBe(to);
        expect(readTypedSpan(formatTimeAndOffset(from, name), '', name).range?.from).toBe(from);
        expect(readTypedSpan(formatTimeWithZone(from, name), '', 'America/New_York').range?.from).toBe(from);
      }),
    );
  });
});
