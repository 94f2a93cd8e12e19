import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import {
  binsForKey,
  dragTo,
  grab,
  moveEdge,
  pxAtTime,
  snapToBins,
  timeAtPx,
  type BrushAxis,
} from '../../../renderer/lib/brush';

/** Ten bins of a minute, 100 px each. */
const minute = 60_000;
const axis: BrushAxis = {
  from: epochMs(0),
  to: epochMs(10 * minute),
  origin: epochMs(0),
  stepMs: minute,
  widthPx: 1000,
};
const minutes = (from: number, to: number) => ({ from: epochMs(from * minute), to: epochMs(to * minute) });

const axes = fc
  .record({
    origin: fc.integer({ min: -1_000_000, max: 1_700_000_000_000 }),
    stepMs: fc.constantFrom(1000, 5000, minute, 86_400_000),
    bins: fc.integer({ min: 1, max: 300 }),
    widthPx: fc.integer({ min: 50, max: 3000 }),
  })
  .map(({ origin, stepMs, bins, widthPx }): BrushAxis => ({
    from: epochMs(origin),
    to: epochMs(origin + bins * stepMs),
    origin: epochMs(origin),
    stepMs,
    widthPx,
  }));
const places = fc.double({ min: -0.2, max: 1.2, noNaN: true });

function expectWholeBins(on: BrushAxis, span: { from: number; to: number }): void {
  expect((span.from - on.origin) % on.stepMs).toBe(0);
  expect((span.to - on.origin) % on.stepMs).toBe(0);
  expect(span.to).toBeGreaterThan(span.from);
  expect(span.from).toBeGreaterThanOrEqual(on.from);
  expect(span.to).toBeLessThanOrEqual(on.to);
}

describe('pixels and times', () => {
  it('turn into each other', () => {
    fc.assert(
      fc.property(axes, fc.double({ min: 0, max: 1, noNaN: true }), (on, share) => {
        const px = share * on.widthPx;
        expect(pxAtTime(on, timeAtPx(on, px))).toBeCloseTo(px, 3);
      }),
    );
  });
});

describe('dragging', () => {
  it('over nothing selects the bins it touches, in either direction', () => {
    expect(dragTo(axis, grab(axis, null, 150), 420)).toEqual(minutes(1, 5));
    expect(dragTo(axis, grab(axis, null, 420), 150)).toEqual(minutes(1, 5));
  });

  it('by less than three pixels is a click and selects nothing', () => {
    expect(dragTo(axis, grab(axis, null, 150), 152)).toBeNull();
  });

  it('inside the selection moves it, keeping its length, up to the ends', () => {
    const drag = grab(axis, minutes(2, 5), 350);
    expect(drag.kind).toBe('move');
    expect(dragTo(axis, drag, 560)).toEqual(minutes(4, 7));
    expect(dragTo(axis, drag, 5000)).toEqual(minutes(7, 10));
  });

  it('at an edge moves that edge, also past the other', () => {
    const drag = grab(axis, minutes(2, 5), 203);
    expect(drag).toMatchObject({ kind: 'edge', edge: 'from' });
    expect(dragTo(axis, drag, 20)).toEqual(minutes(0, 5));
    expect(dragTo(axis, drag, 790)).toEqual(minutes(5, 8));
  });

  it('always selects whole bins of the axis, at least one', () => {
    const selections = fc.option(fc.tuple(places, places));
    fc.assert(
      fc.property(axes, selections, places, places, (on, chosen, start, end) => {
        const times = chosen?.map((share) => epochMs(on.from + share * (on.to - on.from))).sort((a, b) => a - b);
        const selection = times === undefined ? null : { from: times[0] ?? on.from, to: times[1] ?? on.to };
        const span = dragTo(on, grab(on, selection, start * on.widthPx), end * on.widthPx);
        if (span !== null) expectWholeBins(on, span);
      }),
    );
  });
});

describe('snapToBins', () => {
  it('holds what it was given, as far as the axis goes, and is at rest after once', () => {
    fc.assert(
      fc.property(axes, places, places, (on, a, b) => {
        const times = [a, b].map((share) => epochMs(on.from + share * (on.to - on.from))).sort((x, y) => x - y);
        const span = { from: times[0] ?? on.from, to: times[1] ?? on.to };
        const snapped = snapToBins(on, span);
        expectWholeBins(on, snapped);
        expect(snapToBins(on, snapped)).toEqual(snapped);
        if (span.from >= on.from && span.to <= on.to) {
          expect(snapped.from).toBeLessThanOrEqual(span.from);
          expect(snapped.to).toBeGreaterThanOrEqual(span.to);
        }
      }),
    );
  });
});

describe('keys', () => {
  it('move an edge by bins and never across the other', () => {
    expect(moveEdge(axis, minutes(2, 5), 'from', 1)).toEqual(minutes(3, 5));
    expect(moveEdge(axis, minutes(2, 5), 'from', 10)).toEqual(minutes(4, 5));
    expect(moveEdge(axis, minutes(2, 5), 'to', -10)).toEqual(minutes(2, 3));
    expect(moveEdge(axis, minutes(2, 5), 'to', binsForKey('End') ?? 0)).toEqual(minutes(2, 10));
    expect(moveEdge(axis, minutes(2, 5), 'from', binsForKey('Home') ?? 0)).toEqual(minutes(0, 5));
  });

  it('mean one bin by arrows, ten with shift, nothing else', () => {
    expect(['ArrowLeft', 'ArrowRight', 'Shift+ArrowLeft', 'PageUp', 'a'].map(binsForKey)).toEqual([
      -1,
      1,
      -10,
      10,
      null,
    ]);
  });
});
