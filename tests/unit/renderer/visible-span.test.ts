import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import type { TimeRange } from '#core/query/clauses';
import { chosenSpan, visibleSpan } from '../../../renderer/state/visible-span';

const range = (from: number | null, to: number | null): TimeRange => ({
  from: from === null ? null : epochMs(from),
  to: to === null ? null : epochMs(to),
});
const ends = { from: epochMs(1_000), to: epochMs(9_000) };

describe('a chosen range of time', () => {
  it('is drawn from its start to its end, an open end where the timeline ends', () => {
    expect(chosenSpan(range(2_000, 3_000), ends)).toEqual({ from: 2_000, to: 3_000 });
    expect(chosenSpan(range(null, 3_000), ends)).toEqual({ from: 1_000, to: 3_000 });
    expect(chosenSpan(range(2_000, null), ends)).toEqual({ from: 2_000, to: 9_000 });
    expect(chosenSpan(null, ends)).toBeNull();
  });

  it('is not drawn where it ends before it begins, or at once, and the whole archive is in view', () => {
    const archive = { first: epochMs(1_000), last: epochMs(9_000) };
    for (const wrong of [range(8_000, 2_000), range(2_000, 2_000), range(null, 500), range(9_500, null)]) {
      expect(chosenSpan(wrong, ends)).toBeNull();
    }
    expect(visibleSpan(range(8_000, 2_000), archive)).toEqual({ from: null, to: null });
  });
});
