import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatShare } from '#core/figures';
import { splitForMiddle } from '../../../renderer/lib/shorten';

describe('figures', () => {
  it('groups counts alike in every locale', () => {
    expect([0, 999, 12_345, 10_000_000].map(formatCount)).toEqual(['0', '999', '12,345', '10,000,000']);
  });

  it('writes bytes in decimal units', () => {
    expect([0, 999, 1000, 1_290_000_000, 12_900_000_000].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '1.3 GB',
      '13 GB',
    ]);
  });

  it('has a unit for every size', () => {
    const powers = [0, 1, 2, 3, 4].map((power) => 1000 ** power);
    expect(powers.map((bytes) => formatBytes(bytes * 2))).toEqual(['2 B', '2 kB', '2 MB', '2 GB', '2 TB']);
  });

  it('rounds bytes to the nearest, into the next unit where they come to one', () => {
    expect([415_879, 1_949, 1_951, 9_949, 9_951, 999_499, 999_500].map(formatBytes)).toEqual([
      '416 kB',
      '1.9 kB',
      '2 kB',
      '9.9 kB',
      '10 kB',
      '999 kB',
      '1 MB',
    ]);
  });

  it('writes a duration that is rounded up to a whole unit in that unit', () => {
    const spans = [999.4, 999.5, 9_949, 9_950, 59_499, 59_500, 3_599_499, 3_599_500, 86_369_000, 86_370_000];
    expect(spans.map(formatDuration)).toEqual([
      '999 ms',
      '1.0 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min',
      '59 min 59 s',
      '1 h',
      '23 h 59 min',
      '1 d',
    ]);
  });

  it('writes durations in their two greatest units', () => {
    const spans = [0, 340, 999.6, 4830, 9960, 59_600, 65_000, 3_600_000, 12_000_000, 187_200_000];
    expect(spans.map(formatDuration)).toEqual([
      '0 ms',
      '340 ms',
      '1.0 s',
      '4.8 s',
      '10 s',
      '1 min',
      '1 min 5 s',
      '1 h',
      '3 h 20 min',
      '2 d 4 h',
    ]);
  });

  it('never calls a part all or nothing that is not', () => {
    expect([formatShare(0, 9), formatShare(1, 1000), formatShare(999, 1000), formatShare(3, 3)]).toEqual([
      '0%',
      '<1%',
      '>99%',
      '100%',
    ]);
  });
});

describe('splitForMiddle', () => {
  it('never cuts an escape in two', () => {
    expect(splitForMiddle(`${'x'.repeat(20)}⟨U+202E⟩yz`, 6)).toEqual({ head: 'x'.repeat(20), tail: '⟨U+202E⟩yz' });
  });

  it('loses nothing and never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (text, tailLength) => {
        const { head, tail } = splitForMiddle(text, tailLength);
        expect(head + tail).toBe(text);
        expect([...head, ...tail]).toEqual([...text]);
      }),
    );
  });
});
