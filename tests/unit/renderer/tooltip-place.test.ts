import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tooltipPlace } from '../../../renderer/lib/tooltip-place';

const room = { width: 720, height: 450 };

describe('the place of a tooltip', () => {
  it('is below what it is about, above at the lower edge, beside what is as high as the window', () => {
    const tip = { width: 100, height: 30 };
    expect(tooltipPlace({ left: 10, top: 10, width: 50, height: 20 }, tip, room)).toEqual({ left: 10, top: 34 });
    expect(tooltipPlace({ left: 700, top: 430, width: 20, height: 20 }, tip, room)).toEqual({ left: 620, top: 396 });
    expect(tooltipPlace({ left: 10, top: 0, width: 50, height: 450 }, tip, room)).toEqual({ left: 64, top: 0 });
  });

  it('is inside the window, and never over what it is about, where there is room on any side', () => {
    const inWindow = fc.record({
      left: fc.integer({ min: 0, max: 600 }),
      top: fc.integer({ min: 0, max: 400 }),
      width: fc.integer({ min: 1, max: 120 }),
      height: fc.integer({ min: 1, max: 50 }),
    });
    const size = fc.record({ width: fc.integer({ min: 1, max: 440 }), height: fc.integer({ min: 1, max: 180 }) });
    fc.assert(
      fc.property(inWindow, size, (about, tip) => {
        const { left, top } = tooltipPlace(about, tip, room);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + tip.width).toBeLessThanOrEqual(room.width);
        expect(top + tip.height).toBeLessThanOrEqual(room.height);
        const isApart =
          left >= about.left + about.width ||
          about.left >= left + tip.width ||
          top >= about.top + about.height ||
          about.top >= top + tip.height;
        expect(isApart).toBe(true);
      }),
    );
  });
});
