import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { chooseStep, layOutBins } from '#core/bins';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const time = fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 });

describe('the bins of the timeline', () => {
  it.each([
    [0, 60, second],
    [58 * second, 60, second],
    [59 * second, 60, 5 * second],
    [58 * minute, 120, 30 * second],
    [day, 100, 15 * minute],
    [90 * day, 100, day],
    [5 * 365 * day, 100, 30 * day],
    [100 * 365 * day, 30, 4 * 365 * day],
    [100 * 365 * day, 2, 101 * 365 * day],
  ])('cut %i ms into at most %i bins by steps of %i ms', (span, most, step) => {
    expect(chooseStep(span, most)).toBe(step);
  });

  it('are cut by natural steps', () => {
    const steps = [
      ...[1, 5, 15, 30].flatMap((count) => [count * second, count * minute]),
      ...[1, 3, 6, 12].map((count) => count * hour),
      ...[1, 7, 30, 90, 365].map((count) => count * day),
    ];
    expect(steps.map((step) => chooseStep(58 * step, 60))).toEqual(steps);
  });

  it('lie on multiples of the step, hold the first and the last time, and are no more than asked for', () => {
    fc.assert(
      fc.property(
        time,
        fc.oneof(fc.nat(1e5), fc.nat(1e10), fc.nat(1e14)),
        fc.integer({ min: 2, max: 500 }),
        (first, span, most) => {
          const { stepMs, origin, count } = layOutBins(epochMs(first), epochMs(first + span), most);
          expect(Math.abs(origin % stepMs)).toBe(0);
          expect(origin <= first && first < origin + stepMs).toBe(true);
          expect(first + span < origin + count * stepMs && first + span >= origin + (count - 1) * stepMs).toBe(true);
          expect(count).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  it('make do with two where fewer are asked for', () => {
    const { count } = layOutBins(epochMs(-1), epochMs(5 * day), 0);
    expect(count).toBeLessThanOrEqual(2);
  });
});
