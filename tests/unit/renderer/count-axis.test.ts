import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisFigures, countTicks, heightOf, stackEdges, placeFigures } from '../../../renderer/lib/count-axis';

const scales = fc.constantFrom('linear' as const, 'log' as const);

describe('heightOf', () => {
  it('grows with the count from nothing to the whole height', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 1, max: 10 ** 9 }), fc.nat(), fc.nat(), (scale, max, a, b) => {
        const axis = { scale, max, heightPx: 80 };
        const [low, high] = [Math.min(a, b) % (max + 1), Math.max(a, b) % (max + 1)].sort((x, y) => x - y);
        expect(heightOf(axis, low ?? 0)).toBeLessThanOrEqual(heightOf(axis, high ?? 0));
        expect(heightOf(axis, 0)).toBe(0);
        expect(heightOf(axis, max)).toBeCloseTo(80);
      }),
    );
  });
});

describe('stackEdges', () => {
  const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 }), fc.nat()), { maxLength: 5 });

  it('lets every part that counts anything be seen, in order, within the axis', () => {
    fc.assert(
      fc.property(scales, counts, fc.integer({ min: 20, max: 200 }), (scale, parts, heightPx) => {
        const max = Math.max(
          parts.reduce((sum, part) => sum + part, 0),
          1,
        );
        const edges = stackEdges({ scale, max, heightPx }, parts);
        let below = 0;
        for (const [index, edge] of edges.entries()) {
          if ((parts[index] ?? 0) > 0) expect(edge - below).toBeGreaterThanOrEqual(2);
          else expect(edge).toBe(below);
          below = edge;
        }
        expect(below).toBeLessThanOrEqual(heightPx);
      }),
    );
  });

  it('shows one failure among thousands', () => {
    expect(stackEdges({ scale: 'linear', max: 10_000, heightPx: 100 }, [1, 9_999])).toEqual([2, 100]);
    expect(stackEdges({ scale: 'linear', max: 10_000, heightPx: 100 }, [9_999, 1])).toEqual([98, 100]);
  });
});

describe('countTicks', () => {
  it('are few round figures up to the highest bar', () => {
    expect([1, 3, 7, 95, 12_345].map((max) => countTicks('linear', max))).toEqual([
      [1],
      [1, 2, 3],
      [2, 4, 6],
      [50],
      [5000, 10_000],
    ]);
    expect(countTicks('log', 12_345)).toEqual([1, 100, 10_000]);
    expect(countTicks('log', 0)).toEqual([]);
  });

  it('never exceed the highest bar or crowd', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 1, max: 10 ** 9 }), (scale, max) => {
        const ticks = countTicks(scale, max);
        expect(ticks.length).toBeGreaterThanOrEqual(1);
        expect(ticks.length).toBeLessThanOrEqual(5);
        for (const [index, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThan(ticks[index - 1] ?? 0);
          expect(tick).toBeLessThanOrEqual(max);
        }
      }),
    );
  });
});

describe('placeFigures', () => {
  it('keeps the highest, and of the others those that do not stand on one another', () => {
    const lines = [
      { count: 1, y: 55 },
      { count: 2, y: 40 },
      { count: 3, y: 31 },
      { count: 4, y: 2 },
    ];
    expect(placeFigures(lines)).toEqual([
      { count: 1, y: 52 },
      { count: 3, y: 28 },
      { count: 4, y: 12 },
    ]);
  });

  it('never lets two overprint each other or the lower edge', () => {
    fc.assert(
      fc.property(
        scales,
        fc.integer({ min: 1, max: 10 ** 6 }),
        fc.integer({ min: 20, max: 300 }),
        (scale, max, heightPx) => {
          const lines = countTicks(scale, max).map((count) => ({
            count,
            y: heightPx - Math.round(heightOf({ scale, max, heightPx: heightPx - 2 }, count)),
          }));
          const placed = placeFigures(lines);
          expect(placed.at(-1)?.count).toBe(lines.at(-1)?.count);
          for (const [index, { y }] of placed.entries()) {
            expect(y).toBeLessThanOrEqual(heightPx);
            const next = placed[index + 1];
            if (next !== undefined) expect(y - next.y).toBeGreaterThanOrEqual(12);
          }
        },
      ),
    );
  });
});

describe('axisFigures', () => {
  const written = (counts: readonly number[]): readonly string[] => [...axisFigures(counts).values()];

  it('writes the figures of one axis alike', () => {
    expect(written([500, 1000, 1500])).toEqual(['500', '1,000', '1,500']);
    expect(written([5000, 10_000, 15_000])).toEqual(['5K', '10K', '15K']);
    expect(written([500_000, 1_000_000, 1_500_000])).toEqual(['0.5M', '1M', '1.5M']);
  });

  it('writes powers of ten in the units they have', () => {
    expect(written([1, 100, 10_000, 1_000_000])).toEqual(['1', '100', '10K', '1M']);
    expect(written([1, 10, 100, 1000])).toEqual(['1', '10', '100', '1,000']);
    expect(written([])).toEqual([]);
  });
});
