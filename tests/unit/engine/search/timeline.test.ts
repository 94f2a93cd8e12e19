import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { countTimeline } from '#engine/search/timeline';
import { QuerySets } from '#engine/search/query-sets';
import { arbitraryArchive, archiveQuery } from '../../../helpers/archives';
import { indexOf, indexOfRecords, parseFor, rowsIn } from '../../../helpers/indexes';
import type { TestEvent } from '../../../helpers/segments';
import { eventTime } from '../../../reference/times';
import { tries } from '../../../helpers/properties';

function timeOf({ record }: TestEvent): number | null {
  const time = (record as { readonly eventTime?: unknown }).eventTime;
  return typeof time === 'string' ? eventTime(time) : null;
}

const span = fc.oneof(
  fc.constant({ from: null, to: null }),
  fc
    .tuple(fc.integer({ min: 1688900000, max: 1689100000 }), fc.integer({ min: 0, max: 200000 }))
    .map(([from, length]) => ({ from: epochMs(from * 1000), to: epochMs((from + length) * 1000) })),
);

describe('countTimeline', () => {
  it('counts what a walk over the matching events counts, by bin and class', () => {
    fc.assert(
      fc.property(
        arbitraryArchive,
        archiveQuery,
        span,
        fc.integer({ min: 1, max: 200 }),
        (archive, text, wanted, maxBins) => {
          const { index, events } = indexOf(archive);
          const mask = new QuerySets(index, () => index.newSet()).find(parseFor(index, text));
          const timeline = countTimeline(index, mask, { ...wanted, maxBins }, index);
          const times = [...events.values()].map(timeOf).filter((time) => time !== null);
          if (timeline === null) {
            expect(times).toEqual([]);
            return;
          }
          expect(timeline.extent).toEqual({ first: Math.min(...times), last: Math.max(...times) });
          const naive = {
            error: empty(timeline.error),
            write: empty(timeline.error),
            read: empty(timeline.error),
            unstated: empty(timeline.error),
          };
          let undated = 0;
          let outOfRange = 0;
          for (const row of rowsIn(mask)) {
            const event = events.get(row) as TestEvent;
            const time = timeOf(event);
            if (time === null) undated++;
            else {
              const bin = Math.floor((time - timeline.origin) / timeline.stepMs);
              const counts = naive[event.derived?.['@class'] as keyof typeof naive];
              if (bin in counts) counts[bin] = (counts[bin] ?? 0) + 1;
              else if (time < Date.UTC(2006, 0) || time >= Date.UTC(2100, 0)) outOfRange++;
            }
          }
          expect(timeline).toMatchObject({ ...naive, undated, outOfRange, inRange: null });
          expect(Math.abs(timeline.origin % timeline.stepMs)).toBe(0);
          expect(timeline.error.length).toBeLessThanOrEqual(Math.max(2, maxBins));
        },
      ),
      { numRuns: tries(120) },
    );
  });

  it('counts what matches with its time by class, whatever the bins show', () => {
    fc.assert(
      fc.property(arbitraryArchive, archiveQuery, (archive, text) => {
        const { index, events } = indexOf(archive);
        const inRange = new QuerySets(index, () => index.newSet()).find(parseFor(index, text));
        const timeline = countTimeline(
          index,
          index.allRows(),
          { from: null, to: null, maxBins: 2 },
          { first: 0, last: 1 },
          inRange,
        );
        const naive = { error: 0, write: 0, read: 0, unstated: 0 };
        for (const row of rowsIn(inRange)) naive[events.get(row)?.derived?.['@class'] as keyof typeof naive]++;
        expect(timeline?.inRange).toEqual(naive);
      }),
      { numRuns: 100 },
    );
  });

  it('is not stretched by times that cannot be right, and says how many events have one', () => {
    const times = ['0000-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
    const [first, last] = ['2023-07-10T12:00:00Z', '2023-07-10T12:05:00Z'];
    const index = indexOfRecords([...times, first, last].map((eventTime) => ({ eventTime })));
    const timeline = countTimeline(
      index,
      index.allRows(),
      { from: null, to: null, maxBins: 10 },
      index.visible.counts(false),
    );
    expect(timeline).toMatchObject({ stepMs: 60_000, outOfRange: 3, undated: 0 });
    expect([timeline?.from, timeline?.to]).toEqual([Date.parse(first), Date.parse(last)]);
  });

  it('shows times that cannot be right where there are no others', () => {
    const index = indexOfRecords([{ eventTime: '1970-01-01T00:00:00Z' }, { eventTime: '1970-01-01T00:00:09Z' }]);
    const request = { from: null, to: null, maxBins: 10 };
    const timeline = countTimeline(index, index.allRows(), request, index.visible.counts(false));
    expect(timeline).toMatchObject({ from: 0, to: 9000, outOfRange: 0 });
  });

  it('shows nothing where no event has a time', () => {
    const index = indexOfRecords([{ eventName: 'x' }, { eventTime: 'yesterday' }]);
    expect(countTimeline(index, index.allRows(), { from: null, to: null, maxBins: 10 }, index)).toBeNull();
  });
});

const empty = (bins: readonly number[]): number[] => bins.map(() => 0);
