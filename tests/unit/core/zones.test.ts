import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { formatTime, formatTimeAndOffset, zoneMinutes } from '#core/time';
import { allZones, dayAround, hourAround, instantsAt, isKnownZone } from '#core/zones';

const at = (text: string) => epochMs(Date.parse(text));
const iso = (time: number): string => new Date(time).toISOString();
const hour = 3_600_000;

describe('zones', () => {
  it('are listed with UTC and the machine first, under the names of today too, each once', () => {
    const zones = allZones();
    expect(zones.slice(0, 2)).toEqual(['UTC', 'local']);
    expect(zones.length).toBeGreaterThan(400);
    expect(zones).toEqual(expect.arrayContaining(['Asia/Kolkata', 'Europe/Kyiv', 'America/Los_Angeles']));
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.every(isKnownZone)).toBe(true);
    for (const name of ['', 'Mars/Olympus', '../etc', 'local ']) expect(isKnownZone(name)).toBe(false);
  });

  it('know the instants of a shown time: one, two where clocks go back, none where they go forward', () => {
    const berlin = (wall: string): string[] => instantsAt(at(wall), 'Europe/Berlin').map(iso);
    expect(berlin('2023-07-10T12:00:00Z')).toEqual(['2023-07-10T10:00:00.000Z']);
    expect(berlin('2023-10-29T02:30:00Z')).toEqual(['2023-10-29T00:30:00.000Z', '2023-10-29T01:30:00.000Z']);
    expect(berlin('2023-03-26T02:30:00Z')).toEqual([]);
    expect(berlin('2023-03-26T01:59:59Z')).toEqual(['2023-03-26T00:59:59.000Z']);
    expect(berlin('2023-03-26T03:00:00Z')).toEqual(['2023-03-26T01:00:00.000Z']);
  });

  it('find every instant again by what clocks show of it', () => {
    const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
    const time = fc.integer({ min: Date.UTC(2006, 0), max: Date.UTC(2035, 0) }).map(epochMs);
    fc.assert(
      fc.property(zone, time, (name, instant) => {
        expect(instantsAt(instant + zoneMinutes(instant, name) * 60_000, name)).toContain(instant);
        for (const span of [dayAround(instant, name), hourAround(instant, name)]) {
          expect(span.from <= instant && instant < span.to).toBe(true);
        }
        expect(formatTime(dayAround(instant, name).from, name)).toMatch(/ 0[01]:[0-5]0:00$/);
      }),
    );
  });

  it('have days of 23 and 25 hours, also where clocks change at midnight, and each hour that comes twice', () => {
    const lengthOf = (time: string, zone: string): number => {
      const { from, to } = dayAround(at(time), zone);
      return (to - from) / hour;
    };
    expect(lengthOf('2023-03-26T12:00:00Z', 'Europe/Berlin')).toBe(23);
    expect(lengthOf('2023-10-29T12:00:00Z', 'Europe/Berlin')).toBe(25);
    expect(lengthOf('2018-11-04T12:00:00Z', 'America/Sao_Paulo')).toBe(23);
    expect(
      formatTimeAndOffset(dayAround(at('2018-11-04T12:00:00Z'), 'America/Sao_Paulo').from, 'America/Sao_Paulo'),
    ).toBe('2018-11-04 01:00:00 -02:00');
    for (const first of ['2023-10-29T00:00:00Z', '2023-10-29T01:00:00Z']) {
      expect(hourAround(epochMs(at(first) + 5), 'Europe/Berlin')).toEqual({ from: at(first), to: at(first) + hour });
    }
    expect(iso(hourAround(at('2023-07-10T12:10:00Z'), 'Asia/Kolkata').from)).toBe('2023-07-10T11:30:00.000Z');
  });
});
