import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import {
  formatInterval,
  formatStep,
  formatZones,
  labelPx,
  placeTicks,
  timeTicks,
} from '../../../renderer/lib/time-axis';

const at = (text: string) => epochMs(Date.parse(text));
const labels = (from: string, to: string, widthPx: number): string[] =>
  timeTicks({ from: at(from), to: at(to) }, widthPx, 'UTC').map(({ label, major }) => (major ? `[${label}]` : label));

describe('timeTicks', () => {
  it('says the date at the first tick and then only the time', () => {
    expect(labels('2023-07-10T11:42:00Z', '2023-07-10T12:40:00Z', 600)).toEqual([
      '[Jul 10 2023, 11:45]',
      '12:00',
      '12:15',
      '12:30',
    ]);
  });

  it('says the date again where the day changes', () => {
    expect(labels('2023-07-10T17:00:00Z', '2023-07-11T13:00:00Z', 700)).toEqual([
      '[Jul 10 2023, 18:00]',
      '21:00',
      '[Jul 11]',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
    ]);
  });

  it('says days within months, months within years, and years', () => {
    expect(labels('2023-06-28T00:00:00Z', '2023-07-04T00:00:00Z', 700)).toEqual([
      '[Jun 28 2023]',
      'Jun 29',
      'Jun 30',
      '[Jul 1]',
      'Jul 2',
      'Jul 3',
      'Jul 4',
    ]);
    expect(labels('2023-10-20T00:00:00Z', '2024-03-20T00:00:00Z', 600)).toEqual([
      '[Nov 1 2023]',
      'Dec',
      '[2024]',
      'Feb',
      'Mar',
    ]);
  });

  it('follows the zone the window shows', () => {
    const span = { from: at('2023-07-10T00:00:00Z'), to: at('2023-07-12T00:00:00Z') };
    const offsetMs = new Date(span.from).getTimezoneOffset() * 60_000;
    const midnights = timeTicks(span, 400, 'local').filter(({ major }) => major);
    expect(midnights.length).toBeGreaterThan(0);
    for (const { time } of midnights.slice(1)) expect((time - offsetMs) % 86_400_000).toBe(0);
  });

  it('stands on whole hours of any zone, twice where clocks go back and not where they go forward', () => {
    const hours = (from: string, to: string, zone: string): string[] =>
      timeTicks({ from: at(from), to: at(to) }, 900, zone).map(
        ({ time, label }) => `${new Date(time).toISOString().slice(11, 16)} ${label}`,
      );
    expect(hours('2023-07-10T00:00:00Z', '2023-07-10T02:00:00Z', 'Asia/Kolkata')).toEqual([
      '00:00 Jul 10 2023, 05:30',
      ...['00:15 05:45', '00:30 06:00', '00:45 06:15', '01:00 06:30', '01:15 06:45', '01:30 07:00', '01:45 07:15'],
      '02:00 07:30',
    ]);
    expect(hours('2023-03-26T00:00:00Z', '2023-03-26T03:00:00Z', 'Europe/Berlin')).toEqual(
      expect.arrayContaining(['00:00 Mar 26 2023, 01:00', '01:00 03:00', '02:00 04:00']),
    );
    expect(hours('2023-10-29T00:00:00Z', '2023-10-29T02:00:00Z', 'Europe/Berlin')).toEqual(
      expect.arrayContaining(['00:00 Oct 29 2023, 02:00', '01:00 02:00', '02:00 03:00']),
    );
  });

  it('gives ascending ticks inside the span, none too close to read', () => {
    const spans = fc.tuple(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.integer({ min: 1, max: 10 ** 12 }));
    const zones = fc.constantFrom('UTC', 'local', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 3000 }), zones, ([from, length], widthPx, zone) => {
        const ticks = timeTicks({ from: epochMs(from), to: epochMs(from + length) }, widthPx, zone);
        for (const [index, { time, label }] of ticks.entries()) {
          expect(label).not.toBe('');
          expect(time).toBeGreaterThanOrEqual(from);
          expect(time).toBeLessThanOrEqual(from + length);
          expect(time).toBeGreaterThan(ticks[index - 1]?.time ?? -1);
        }
        expect(ticks.length).toBeLessThanOrEqual(Math.max(widthPx / 40, 5));
      }),
    );
  });

  it('has nothing to say about an empty span or no room', () => {
    expect(timeTicks({ from: epochMs(5), to: epochMs(5) }, 500, 'UTC')).toEqual([]);
    expect(timeTicks({ from: epochMs(5), to: epochMs(50) }, 0, 'UTC')).toEqual([]);
  });
});

describe('spans and steps in words', () => {
  it('say the date once where one is enough', () => {
    const noon = { from: at('2023-07-10T12:40:00Z'), to: at('2023-07-10T12:45:00Z') };
    const midnight = { from: at('2023-07-10T23:00:00Z'), to: at('2023-07-11T00:00:00Z') };
    expect(formatInterval(noon, 'UTC')).toBe('2023-07-10 12:40:00 – 12:45:00 UTC');
    expect(formatInterval(midnight, 'UTC')).toBe('2023-07-10 23:00:00 – 2023-07-11 00:00:00 UTC');
  });

  it('say both offsets where summer time begins within', () => {
    const span = { from: at('2023-03-25T12:00:00Z'), to: at('2023-03-26T12:00:00Z') };
    expect(formatZones(span, 'Europe/Berlin')).toBe('UTC+01:00 / UTC+02:00');
    expect(formatZones(span, 'UTC')).toBe('UTC');
  });

  it('say steps in the greatest unit that divides them', () => {
    expect([5000, 60_000, 900_000, 10_800_000, 604_800_000, 1500].map(formatStep)).toEqual([
      '5 s',
      '1 min',
      '15 min',
      '3 h',
      '7 d',
      '1500 ms',
    ]);
  });
});

describe('placeTicks', () => {
  const tick = (px: number, label: string, major = false) => ({ time: epochMs(px), label, major });
  const shown = (ticks: readonly ReturnType<typeof tick>[], roomPx: number): string[] =>
    placeTicks(ticks, (time) => time, roomPx).flatMap(({ label, anchor }) => (anchor === null ? [] : [label]));

  it('leaves out labels that would run into the one before, but not one that says a new day', () => {
    expect(shown([tick(0, 'Jul 10 2023, 11:40', true), tick(60, '11:45'), tick(180, '11:50')], 500)).toEqual([
      'Jul 10 2023, 11:40',
      '11:50',
    ]);
    expect(shown([tick(100, '23:00'), tick(130, 'Jul 11', true), tick(160, '01:00')], 500)).toEqual(['Jul 11']);
  });

  it('leaves out every minor label that a new day would run into, not the nearest alone', () => {
    const ticks = [tick(100, '22:00'), tick(150, '23:00'), tick(160, 'Jul 11, 00:00', true)];
    expect(shown(ticks, 500)).toEqual(['Jul 11, 00:00']);
  });

  it('keeps within the room there is and keeps every tick', () => {
    const ticks = [tick(100, '12:00'), tick(195, '12:05')];
    expect(shown(ticks, 200)).toEqual(['12:00']);
    expect(placeTicks(ticks, (time) => time, 200).map(({ px }) => px)).toEqual([100, 195]);
  });

  it('never lets two labels overlap', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 });
    const labels = fc.infiniteStream(fc.tuple(fc.constantFrom('12:00', 'Jul 11, 12:00', '2024'), fc.boolean()));
    fc.assert(
      fc.property(places, labels, (all, words) => {
        const ticks = [...all]
          .sort((a, b) => a - b)
          .map((px) => {
            const [label, major] = words.next().value;
            return tick(px, label, major);
          });
        let endPx = 0;
        for (const { px, label, anchor } of placeTicks(ticks, (time) => time, 1000)) {
          if (anchor === null) continue;
          const startPx = anchor === 'start' ? px : px - labelPx(label) / 2;
          expect(startPx).toBeGreaterThanOrEqual(endPx);
          endPx = startPx + labelPx(label);
          expect(endPx).toBeLessThanOrEqual(1000);
        }
      }),
    );
  });
});
