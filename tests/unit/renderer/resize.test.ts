import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampSize, columnDropIndex, sizeAfterDrag, sizeAfterKey } from '../../../renderer/lib/resize';

const limits = { minPx: 100, maxPx: 500 };

describe('sizes', () => {
  it('follow the pointer within the limits, to either side', () => {
    expect(sizeAfterDrag(200, 30.4, 1, limits)).toBe(230);
    expect(sizeAfterDrag(200, 30, -1, limits)).toBe(170);
    expect(sizeAfterDrag(200, -900, 1, limits)).toBe(100);
  });

  it('follow the arrows along their axis, shift going further, Home and End to the limits', () => {
    const chords = ['ArrowRight', 'ArrowLeft', 'Shift+ArrowRight', 'Home', 'End', 'ArrowUp', 'Enter'];
    expect(chords.map((chord) => sizeAfterKey(chord, 200, 'x', 1, limits))).toEqual([
      208,
      192,
      280,
      100,
      500,
      null,
      null,
    ]);
    expect(sizeAfterKey('ArrowDown', 200, 'y', -1, limits)).toBe(192);
  });

  it('keep the least size where the window leaves room for less', () => {
    expect(clampSize(300, { minPx: 100, maxPx: 40 })).toBe(100);
  });
});

describe('columnDropIndex', () => {
  it('is where the column stands after it was taken out and put in at the pointer', () => {
    const widths = [100, 50, 200];
    expect([10, 124, 126, 249, 251, 900].map((x) => columnDropIndex(widths, 0, x))).toEqual([0, 0, 1, 1, 2, 2]);
    expect([10, 60, 340].map((x) => columnDropIndex(widths, 2, x))).toEqual([0, 1, 2]);
  });

  it('leaves a column in place while the pointer is over it', () => {
    const columns = fc.array(fc.integer({ min: 40, max: 400 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(columns, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (widths, which, at) => {
        const dragged = which % widths.length;
        const left = widths.slice(0, dragged).reduce((sum, width) => sum + width, 0);
        expect(columnDropIndex(widths, dragged, left + at * (widths[dragged] ?? 0))).toBe(dragged);
      }),
    );
  });
});
