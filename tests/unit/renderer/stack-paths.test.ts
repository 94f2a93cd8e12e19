import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binEdges, binTotals, stackPaths } from '../../../renderer/lib/stack-paths';

interface Bar {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function bars(path: string): readonly Bar[] {
  return [...path.matchAll(/M(\S+) (\S+)h(\S+)v(\S+)h\S+z/g)].map((match) => {
    const [left = NaN, top = NaN, width = NaN, height = NaN] = match.slice(1).map(Number);
    return { left, top, width, height };
  });
}

describe('binEdges', () => {
  it('cuts the width into as many whole-pixel bins without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 3000 }), (bins, widthPx) => {
        const edges = binEdges(bins, widthPx);
        expect([edges.length, edges[0], edges.at(-1)]).toEqual([bins + 1, 0, widthPx]);
        for (const [index, edge] of edges.entries()) expect(edge).toBeGreaterThanOrEqual(edges[index - 1] ?? 0);
      }),
    );
  });
});

describe('stackPaths', () => {
  const layers = fc
    .integer({ min: 1, max: 40 })
    .chain((bins) =>
      fc.array(fc.array(fc.nat({ max: 500 }), { minLength: bins, maxLength: bins }), { minLength: 1, maxLength: 4 }),
    );

  it('draws one bar per series and bin that counts anything, each standing on the one before it', () => {
    fc.assert(
      fc.property(layers, fc.integer({ min: 100, max: 2000 }), (series, widthPx) => {
        const bins = series[0]?.length ?? 0;
        const max = Math.max(...binTotals(series, bins), 1);
        const edges = binEdges(bins, widthPx);
        const paths = stackPaths(series, edges, { scale: 'log', max, heightPx: 80 });
        const floor = new Map<number, number>();
        for (const [part, values] of series.entries()) {
          const drawn = bars(paths[part] ?? '');
          const counted = values.flatMap((count, bin) => (count > 0 ? [edges[bin]] : []));
          expect(drawn.map(({ left }) => left)).toEqual(counted);
          for (const { left, top, height } of drawn) {
            expect(top + height).toBe(floor.get(left) ?? 80);
            expect(top).toBeGreaterThanOrEqual(0);
            floor.set(left, top);
          }
        }
      }),
    );
  });

  it('leaves a gap between bars only where they are wide enough', () => {
    const axis = { scale: 'linear', max: 1, heightPx: 10 } as const;
    expect(bars(stackPaths([[1, 1]], [0, 10, 20], axis)[0] ?? '').map(({ width }) => width)).toEqual([9, 9]);
    expect(bars(stackPaths([[1, 1]], [0, 3, 6], axis)[0] ?? '').map(({ width }) => width)).toEqual([3, 3]);
    expect(bars(stackPaths([[1, 1]], [0, 0, 1], axis)[0] ?? '').map(({ width }) => width)).toEqual([1, 1]);
  });
});
