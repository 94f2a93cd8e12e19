import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBreakdown } from '#engine/search/breakdown';
import { CrossFilter } from '#engine/search/cross-filter';
import { QuerySets } from '#engine/search/query-sets';
import { countTimeline } from '#engine/search/timeline';
import type { TimelineBreakdown } from '#contract/query';
import { arbitraryArchive, archiveQuery } from '../../../helpers/archives';
import { indexOf, indexOfRecords, parseFor } from '../../../helpers/indexes';

const request = { from: null, to: null, maxBins: 50 };

function breakDown(index: ReturnType<typeof indexOfRecords>, field: string, text = ''): TimelineBreakdown | null {
  const query = parseFor(index, text);
  const filter = new CrossFilter(index, new QuerySets(index, () => index.newSet()), query, false);
  const { rows } = filter.withoutField('time');
  const timeline = countTimeline(index, rows, request, index.visible.counts(false));
  return timeline === null ? null : countBreakdown(index, field, rows, filter.all(), timeline);
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const day = (date: number): string => `2023-07-${date}T12:00:00Z`;

describe('countBreakdown', () => {
  it('gives the five most frequent values, the most frequent first, and counts all others as the rest', () => {
    const names = ['A', 'B', 'B', 'C', 'C', 'C', 'D', 'D', 'D', 'D', 'E', 'E', 'E', 'E', 'E', 'F', 'F'];
    const records = names.map((eventName, at) => ({ eventName, eventTime: day(10 + (at % 2)) }));
    const breakdown = breakDown(indexOfRecords([...records, { eventTime: day(10) }]), 'event');
    expect(breakdown?.values.map(({ value, total }) => [value, total])).toEqual([
      ['E', 5],
      ['D', 4],
      ['C', 3],
      ['B', 2],
      ['F', 2],
    ]);
    expect(breakdown?.rest.total).toBe(2);
    expect(breakdown?.values.map(({ counts }) => sum(counts))).toEqual([5, 4, 3, 2, 2]);
    expect(breakdown === null ? 0 : sum(breakdown.rest.counts)).toBe(2);
  });

  it('takes both spellings of a service together', () => {
    const records = ['s3', 's3.amazonaws.com', 'iam.amazonaws.com'].map((eventSource) => ({
      eventSource,
      eventTime: day(10),
    }));
    const breakdown = breakDown(indexOfRecords(records), 'service');
    expect(breakdown?.values.map(({ value, total }) => [value, total])).toEqual([
      ['s3', 2],
      ['iam', 1],
    ]);
  });

  it('counts an event with several values once', () => {
    const records = [
      { eventTime: day(10), resources: [{ ARN: 'arn:a' }, { ARN: 'arn:b' }] },
      { eventTime: day(10), resources: [{ ARN: 'arn:b' }] },
      { eventTime: day(10) },
    ];
    const breakdown = breakDown(indexOfRecords(records), 'resource');
    const totals = [...(breakdown?.values ?? []), breakdown?.rest].map((series) => series?.total ?? 0);
    expect(sum(totals)).toBe(3);
    expect(breakdown?.rest.total).toBe(1);
  });

  it('names the most frequent within the chosen span, and draws what lies around it too', () => {
    const records = [day(10), day(10), day(12)].map((eventTime) => ({
      eventTime,
      eventName: eventTime === day(12) ? 'Late' : 'Early',
    }));
    const breakdown = breakDown(indexOfRecords(records), 'event', 'time>=2023-07-12');
    expect(breakdown?.values.map(({ value, total }) => [value, total])).toEqual([['Late', 1]]);
    expect(breakdown?.rest.total).toBe(0);
    expect(breakdown === null ? 0 : sum(breakdown.rest.counts)).toBe(2);
  });

  it('adds up, bar by bar, to what the classes count, whatever the field and the query', () => {
    const field = fc.constantFrom(
      'service',
      'event',
      'identity',
      'ip',
      'resource',
      'time',
      'file',
      'id',
      'nothing.here',
    );
    fc.assert(
      fc.property(arbitraryArchive, archiveQuery, field, (archive, text, name) => {
        const { index } = indexOf(archive);
        const filter = new CrossFilter(index, new QuerySets(index, () => index.newSet()), parseFor(index, text), false);
        const { rows } = filter.withoutField('time');
        const timeline = countTimeline(index, rows, request, index.visible.counts(false));
        if (timeline === null) return;
        const breakdown = countBreakdown(index, name, rows, filter.all(), timeline);
        if (breakdown === null) throw new Error('so few values can be counted');
        const series = [...breakdown.values, breakdown.rest];
        const byClass = timeline.error.map(
          (count, bin) =>
            count + (timeline.write[bin] ?? 0) + (timeline.read[bin] ?? 0) + (timeline.unstated[bin] ?? 0),
        );
        expect(byClass.map((_, bin) => sum(series.map(({ counts }) => counts[bin] ?? 0)))).toEqual(byClass);
        expect(sum(series.map(({ total }) => total))).toBe(filter.all().count);
      }),
      { numRuns: 200 },
    );
  });
});
