import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { findSpikes, nextSpike } from '../../../renderer/lib/spikes';

const span = (from: number, to: number) => ({ from: epochMs(from), to: epochMs(to) });

describe('the spikes of a timeline', () => {
  it('are bars far above the middle one, neighbours taken together', () => {
    const totals = [2, 3, 40, 50, 2, 0, 0, 3, 30, 2];
    expect(findSpikes(totals, epochMs(100), 10)).toEqual([span(120, 140), span(180, 190)]);
  });

  it('are none where all bars are alike, few events make a bar, or there is none', () => {
    expect(findSpikes([20, 22, 19, 25], epochMs(0), 10)).toEqual([]);
    expect(findSpikes([1, 1, 4, 1], epochMs(0), 10)).toEqual([]);
    expect(findSpikes([], epochMs(0), 10)).toEqual([]);
  });

  it('are found among quiet bars, however high the highest is', () => {
    expect(findSpikes([1, 1, 1, 10_000, 1, 9, 1], epochMs(0), 10)).toHaveLength(2);
  });
});

describe('going from spike to spike', () => {
  it('begins at the first or the last', () => {
    expect([nextSpike(3, -1, 1), nextSpike(3, -1, -1)]).toEqual([0, 2]);
    expect([nextSpike(0, -1, 1), nextSpike(0, -1, -1)]).toEqual([-1, -1]);
  });

  it('goes on, and ends', () => {
    expect([nextSpike(3, 1, 1), nextSpike(3, 1, -1)]).toEqual([2, 0]);
    expect([nextSpike(3, 2, 1), nextSpike(3, 0, -1)]).toEqual([-1, -1]);
  });
});
