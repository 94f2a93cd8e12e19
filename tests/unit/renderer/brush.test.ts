import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import {
  binsForKey,
  dragTo,
  factorForKey,
  grab,
  moveEdge,
  moveSpan,
  pxAtTime,
  snapToBins,
  timeAtPx,
  wheelFactor,
  wholeBins,
  zoomAbout,
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
    expect(dragTo(axis, grab(axis, null, 150, 40), 420)).toEqual(minutes(1, 5));
    expect(dragTo(axis, grab(axis, null, 420, 40), 150)).toEqual(minutes(1, 5));
  });

  it('by less than three pixels is a click and selects nothing', () => {
    expect(dragTo(axis, grab(axis, null, 150, 40), 152)).toBeNull();
  });

  it('inside the selection chooses a part of it', () => {
    const drag = grab(axis, minutes(2, 8), 350, 40);
    expect(dragTo(axis, drag, 560)).toEqual(minutes(3, 6));
  });

  it('by the handle over the selection moves it, keeping its length, up to the ends', () => {
    const drag = grab(axis, minutes(2, 5), 350, 4);
    expect(drag.kind).toBe('move');
    expect(dragTo(axis, drag, 560)).toEqual(minutes(4, 7));
    expect(dragTo(axis, drag, 5000)).toEqual(minutes(7, 10));
  });

  it('at an edge moves that edge, also past the other', () => {
    const drag = grab(axis, minutes(2, 5), 203, 40);
    expect(drag).toMatchObject({ kind: 'edge', edge: 'from' });
    expect(dragTo(axis, drag, 20)).toEqual(minutes(0, 5));
    expect(dragTo(axis, drag, 790)).toEqual(minutes(5, 8));
  });

  it('always selects whole bins of the axis, at least one', () => {
    const selections = fc.option(fc.tuple(places, places));
    const heights = fc.constantFrom(2, 40);
    fc.assert(
      fc.property(axes, selections, places, places, heights, (on, chosen, start, end, yPx) => {
        const times = chosen?.map((share) => epochMs(on.from + share * (on.to - on.from))).sort((a, b) => a - b);
        const selection = times === undefined ? null : { from: times[0] ?? on.from, to: times[1] ?? on.to };
        const span = dragTo(on, grab(on, selection, start * on.widthPx, yPx), end * on.widthPx);
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

describe('zooming', () => {
  const whole = minutes(0, 100);

  it('keeps the time under the pointer where it is', () => {
    expect(zoomAbout(minutes(20, 40), epochMs(25 * minute), 0.5, whole)).toEqual(minutes(22.5, 32.5));
    expect(zoomAbout(minutes(20, 40), epochMs(25 * minute), 2, whole)).toEqual(minutes(15, 55));
  });

  it('goes no further out than the whole', () => {
    expect(zoomAbout(minutes(0, 40), epochMs(30 * minute), 2, whole)).toEqual(minutes(0, 80));
    expect(zoomAbout(minutes(10, 90), epochMs(30 * minute), 4, whole)).toEqual(whole);
  });

  it('out and in again by the same turn of the wheel comes back', () => {
    expect(wheelFactor(120) * wheelFactor(-120)).toBeCloseTo(1);
    expect(wheelFactor(-100)).toBeLessThan(1);
  });

  it('chooses whole bins, also beyond the axis', () => {
    expect(wholeBins(axis, minutes(2.5, 4.1))).toEqual(minutes(2, 5));
    expect(wholeBins(axis, minutes(-2.5, 12.5))).toEqual(minutes(-3, 13));
    expect(wholeBins(axis, minutes(3, 3))).toEqual(minutes(3, 4));
  });

  it('has a key for each way', () => {
    expect(['+', '=', '-', 'a'].map(factorForKey)).toEqual([0.5, 0.5, 2, null]);
  });
});

describe('keys', () => {
  it('move the whole selection, keeping its length, up to the ends', () => {
    expect(moveSpan(axis, minutes(2, 5), 1)).toEqual(minutes(3, 6));
    expect(moveSpan(axis, minutes(2, 5), binsForKey('End') ?? 0)).toEqual(minutes(7, 10));
    expect(moveSpan(axis, minutes(2, 5), binsForKey('Home') ?? 0)).toEqual(minutes(0, 3));
  });

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
