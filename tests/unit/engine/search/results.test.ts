import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultId } from '#contract/ids';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { Results } from '#engine/search/results';
import { arbitraryArchive, type TestArchive } from '../../../helpers/archives';
import { indexOf, indexOfRecords } from '../../../helpers/indexes';
import { eventTime } from '../../../reference/times';

/** Row ids in order of time; equal times, and events without one, by file and place in it. */
function naiveOrder({ segments }: TestArchive): { index: VisibleIndex; dated: number[]; undated: number[] } {
  // One thread reads a whole file.
  const archive = segments.map(({ thread, events }) => ({
    thread,
    events: events.map((event) => ({ ...event, file: (event.file ?? 0) * 2 + thread })),
  }));
  const { index, events } = indexOf({ segments: archive });
  const placed = [...events].map(([row, event]) => {
    const block = index.blockOf(row);
    const time = (event.record as { readonly eventTime?: unknown }).eventTime;
    return {
      row,
      time: typeof time === 'string' ? eventTime(time) : null,
      file: event.file ?? 0,
      offset: block?.places.offset(row - block.base) ?? 0,
    };
  });
  placed.sort((one, other) => one.file - other.file || one.offset - other.offset);
  const dated = placed.filter(({ time }) => time !== null);
  dated.sort((one, other) => (one.time ?? 0) - (other.time ?? 0));
  const rows = (some: typeof placed): number[] => some.map(({ row }) => row);
  return { index, dated: rows(dated), undated: rows(placed.filter(({ time }) => time === null)) };
}

describe('Results', () => {
  it('orders rows by time either way, equal times by their places, and those without a time last', () => {
    fc.assert(
      fc.property(arbitraryArchive, (archive) => {
        const { index, dated, undated } = naiveOrder(archive);
        const results = new Results(index, 'r');
        const ordered = (id: ResultId): number[] => [...results.ordered(id)];
        expect(ordered(results.add(index.allRows(), 'oldest-first'))).toEqual([...dated, ...undated]);
        expect(ordered(results.add(index.allRows(), 'newest-first'))).toEqual([...dated.toReversed(), ...undated]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps to the rows that match', () => {
    const index = indexOfRecords(['02', '01', '03'].map((second) => ({ eventTime: `2023-07-10T12:00:${second}Z` })));
    const results = new Results(index, 'r');
    expect([...results.ordered(results.add(Uint32Array.of(0b101), 'oldest-first'))]).toEqual([0, 2]);
  });

  it('lets the least recently used result go stale, and says so', () => {
    const index = indexOfRecords([{ eventName: 'x' }]);
    const results = new Results(index, 'r');
    const ids = Array.from({ length: 8 }, () => results.add(index.allRows(), 'oldest-first'));
    const [first, second] = ids as [ResultId, ResultId];
    results.ordered(first);
    results.add(index.allRows(), 'oldest-first');
    expect([...results.ordered(first)]).toEqual([0]);
    expect(() => results.ordered(second)).toThrowError(expect.objectContaining({ code: 'stale-result' }));
  });
});
