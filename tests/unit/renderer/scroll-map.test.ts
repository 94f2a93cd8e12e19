import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampTop,
  followScroll,
  rowsInView,
  scrollAt,
  scrollMap,
  topAt,
  topShowing,
  trackLimitPx,
} from '../../../renderer/lib/scroll-map';

const rowHeightPx = 24;
const rowCounts = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 100_000_000 }));
const maps = fc
  .tuple(rowCounts, fc.integer({ min: 30, max: 2000 }))
  .map(([rowCount, viewportPx]) => scrollMap(rowCount, rowHeightPx, viewportPx));
const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe('scrollMap', () => {
  it('keeps the track below the limit for any number of rows', () => {
    fc.assert(
      fc.property(maps, (map) => {
        expect(map.trackPx).toBeLessThanOrEqual(trackLimitPx);
        expect(map.maxScroll).toBeLessThanOrEqual(map.maxTop);
      }),
    );
  });

  it('is the plain one-to-one map as long as the rows fit', () => {
    const map = scrollMap(1000, rowHeightPx, 600);
    expect(map.scaled).toBe(false);
    expect([topAt(map, 0), topAt(map, 1234.5), topAt(map, 99_999)]).toEqual([0, 1234.5, 23_400]);
  });

  it('shows the first row at one end of the scroll bar and the last row at the other', () => {
    fc.assert(
      fc.property(maps, (map) => {
        expect(rowsInView(map, topAt(map, 0)).first).toBe(0);
        const end = topAt(map, map.maxScroll);
        expect(rowsInView(map, end).last).toBe(map.rowCount - 1);
        expect(end + map.viewportPx).toBeGreaterThanOrEqual(map.rowCount * rowHeightPx);
      }),
    );
  });

  it('never goes back when the scroll bar goes on', () => {
    fc.assert(
      fc.property(maps, shares, shares, (map, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(topAt(map, low * map.maxScroll)).toBeLessThanOrEqual(topAt(map, high * map.maxScroll));
      }),
    );
  });

  it('takes a scroll position of its own, rounded by the browser, for the echo it is', () => {
    fc.assert(
      fc.property(maps, shares, fc.double({ min: -0.5, max: 0.5, noNaN: true }), (map, share, rounding) => {
        fc.pre(map.scaled);
        const top = clampTop(map, Math.round(share * map.maxTop));
        expect(followScroll(map, top, scrollAt(map, top) + rounding)).toBe(top);
      }),
    );
  });

  it('reaches every row by steps of a few pixels, without drift', () => {
    const steps = fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 60 });
    fc.assert(
      fc.property(maps, shares, steps, (map, share, deltas) => {
        let top = clampTop(map, Math.round(share * map.maxTop));
        let reference = top;
        for (const delta of deltas) {
          reference = Math.min(Math.max(reference + delta, 0), map.maxTop);
          // As the view does: the top moves, the scroll bar follows in whole pixels, and its event comes back.
          top = clampTop(map, top + delta);
          top = followScroll(map, top, map.scaled ? Math.round(scrollAt(map, top)) : scrollAt(map, top));
        }
        expect(top).toBe(reference);
      }),
    );
  });
});

describe('topShowing', () => {
  it('brings the whole row into view, and moves nothing where it is in view already', () => {
    fc.assert(
      fc.property(maps, shares, shares, fc.constantFrom('nearest', 'center'), (map, at, which, align) => {
        fc.pre(map.rowCount > 0);
        const before = at * map.maxTop;
        const row = Math.min(Math.floor(which * map.rowCount), map.rowCount - 1);
        const top = topShowing(map, before, row, align);
        expect(top).toBeLessThanOrEqual(row * rowHeightPx);
        expect(top + map.viewportPx).toBeGreaterThanOrEqual((row + 1) * rowHeightPx);
        expect(topShowing(map, top, row, align)).toBe(top);
      }),
    );
  });
});

describe('rowsInView', () => {
  it('names exactly the rows that overlap the viewport', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 30, max: 300 }), shares, (count, viewport, at) => {
        const map = scrollMap(count, rowHeightPx, viewport);
        const top = at * map.maxTop;
        const overlapping = Array.from({ length: count }, (_, row) => row).filter(
          (row) => (row + 1) * rowHeightPx > top && row * rowHeightPx < top + viewport,
        );
        const { first, last } = rowsInView(map, top);
        expect(Array.from({ length: last - first + 1 }, (_, index) => first + index)).toEqual(overlapping);
      }),
    );
  });
});
