import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Group, GroupColumn, Groups, GroupsRequest } from '#contract/query';
import { CrossFilter } from '#engine/search/cross-filter';
import { GroupTable } from '#engine/search/groups';
import { QuerySets } from '#engine/search/query-sets';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { arbitraryArchive, archiveQuery } from '../../../helpers/archives';
import { indexOf, indexOfRecords, parseFor } from '../../../helpers/indexes';
import { leavesOf, type TestEvent } from '../../../helpers/segments';
import { groupsOf as referenceGroups, type NaiveEvent } from '../../../reference/groups';
import { eventTime } from '../../../reference/times';
import { tries } from '../../../helpers/properties';

const request = (fields: readonly string[], more: Partial<GroupsRequest> = {}): GroupsRequest => ({
  text: '',
  withDuplicates: false,
  fields,
  sort: { column: 'count', direction: 'descending' },
  start: 0,
  limit: 10_000,
  timeline: null,
  ...more,
});

function tableOf(index: VisibleIndex, text: string, fields: readonly string[]): GroupTable {
  const sets = new QuerySets(index, () => index.newSet());
  const matches = new CrossFilter(index, sets, parseFor(index, text), false).all();
  return new GroupTable(index, fields, matches, index.visible.counts(false));
}

const groupsOf = (index: VisibleIndex, text: string, ...fields: readonly string[]): Groups =>
  tableOf(index, text, fields).page(request(fields));

/** The test's index takes an event's time from this one place. */
function naiveEvent(event: TestEvent): NaiveEvent {
  const { eventTime: written } = event.record as { readonly eventTime?: unknown };
  return { leaves: leavesOf(event), time: typeof written === 'string' ? eventTime(written) : null };
}

const field = fc.constantFrom(
  ...['service', 'event', 'readonly', 'resource', 'request', 'request.inner', 'requestID', 'time', 'identity'],
  ...['ip', 'class', 'none'],
);
const fields = fc.oneof(fc.tuple(field), fc.tuple(field, field));

const columns: readonly GroupColumn[] = [
  ...(['value', 'second-value', 'count', 'first', 'last', 'errors', 'writes', 'addresses', 'events'] as const),
];

describe('groups', () => {
  it('have the figures that a walk over the matching events comes to', () => {
    fc.assert(
      fc.property(arbitraryArchive, archiveQuery, fields, (archive, text, wanted) => {
        const made = indexOf(archive);
        const events = Array.from(made.events.values(), naiveEvent);
        const expected = referenceGroups(events, made.read(text), wanted);
        const { rows, total, matched, missing, repeated } = groupsOf(made.index, text, ...wanted);
        expect({ matched, missing, repeated }).toEqual({
          matched: expected.matched,
          missing: expected.missing,
          repeated: expected.repeated,
        });
        expect(total).toBe(expected.groups.size);
        expect(new Map(rows.map((row) => [JSON.stringify(row.values), { ...row, bins: null }]))).toEqual(
          new Map([...expected.groups].map(([key, { times: _, ...group }]) => [key, { ...group, bins: null }])),
        );
      }),
      { numRuns: tries(80) },
    );
  });

  it('have bins that hold the events of each, and those of no other', () => {
    fc.assert(
      fc.property(arbitraryArchive, fields, fc.integer({ min: 2, max: 60 }), (archive, wanted, maxBins) => {
        const made = indexOf(archive);
        const events = Array.from(made.events.values(), naiveEvent);
        const { groups } = referenceGroups(events, made.read(''), wanted);
        const timeline = { from: null, to: null, maxBins };
        const { rows, bins } = tableOf(made.index, '', wanted).page(request(wanted, { timeline }));
        for (const row of rows) {
          const times = groups.get(JSON.stringify(row.values))?.times ?? [];
          const counts = Array.from({ length: bins?.count ?? 0 }, () => 0);
          for (const time of times) {
            const at = bins === null ? -1 : Math.floor((time - bins.origin) / bins.stepMs);
            if (at in counts) counts[at] = (counts[at] ?? 0) + 1;
          }
          expect(row.bins).toEqual(counts);
        }
      }),
      { numRuns: tries(60) },
    );
  });

  it('come in the order asked for, window by window', () => {
    const numbers = { value: null, 'second-value': null } as const;
    const keyOf = (row: Group, column: GroupColumn): string | number | null =>
      column in numbers
        ? (row.values[column === 'value' ? 0 : 1] ?? '').toLowerCase()
        : row[column as Exclude<GroupColumn, keyof typeof numbers>];
    fc.assert(
      fc.property(
        arbitraryArchive,
        fields,
        fc.constantFrom(...columns),
        fc.constantFrom('ascending' as const, 'descending' as const),
        fc.integer({ min: 1, max: 5 }),
        (archive, wanted, column, direction, limit) => {
          const { index } = indexOf(archive);
          const table = tableOf(index, '', wanted);
          const sort = { column, direction };
          const all = table.page(request(wanted, { sort }));
          const keys = all.rows.map((row) => keyOf(row, column));
          for (const [at, key] of keys.entries()) {
            const before = keys[at - 1];
            if (at === 0 || before === undefined || key === null) continue;
            expect(before, 'a group without a time comes last').not.toBeNull();
            if (before !== null) expect(direction === 'ascending' ? before <= key : before >= key).toBe(true);
          }
          for (let start = 0; start <= all.total; start += limit) {
            const page = table.page(request(wanted, { sort, start, limit }));
            expect(page.rows).toEqual(all.rows.slice(start, start + limit));
          }
        },
      ),
      { numRuns: tries(80) },
    );
  });

  it('come in the same order whichever segment was merged first', () => {
    const records = ['b', 'a', 'c', 'a', 'B'].map((eventName) => ({ eventName, eventTime: '2023-07-10T12:00:00Z' }));
    const names = (events: readonly unknown[]): unknown =>
      groupsOf(indexOfRecords(events), '', 'event').rows.map(({ values }) => values[0]);
    expect(names(records)).toEqual(['a', 'B', 'b', 'c']);
    expect(names([...records].reverse())).toEqual(['a', 'B', 'b', 'c']);
  });

  it('count an event once for each value it has, and say of how many events that is so', () => {
    const resources = ['x', 'y', 'x'].map((ARN) => ({ ARN }));
    const index = indexOfRecords([{ eventName: 'A', resources }, { resources: [{ ARN: 'y' }] }, { eventName: 'B' }]);
    const one = groupsOf(index, '', 'resource');
    expect(one.rows.map(({ values, count }) => [values[0], count])).toEqual([
      ['y', 2],
      ['x', 1],
    ]);
    expect(one).toMatchObject({ matched: 3, missing: 1, repeated: 1 });
    const two = groupsOf(index, '', 'resource', 'event');
    expect(two.rows.map(({ values }) => values)).toEqual([
      ['x', 'A'],
      ['y', 'A'],
    ]);
    expect(two).toMatchObject({ matched: 3, missing: 2, repeated: 1 });
  });

  it('leave nothing out of a query that tests their own field', () => {
    const index = indexOfRecords(['A', 'A', 'B'].map((eventName) => ({ eventName })));
    expect(groupsOf(index, 'event:B', 'event').rows).toMatchObject([{ values: ['B'], count: 1 }]);
  });

  it('take a time that cannot be right for first or last only where there is no other', () => {
    const index = indexOfRecords([
      { eventName: 'A', eventTime: '1970-01-01T00:00:00Z' },
      { eventName: 'A', eventTime: '2023-07-10T12:00:00Z' },
      { eventName: 'B', eventTime: '1970-01-01T00:00:00Z' },
      { eventName: 'C' },
    ]);
    const { rows } = tableOf(index, '', ['event']).page(
      request(['event'], { sort: { column: 'value', direction: 'ascending' } }),
    );
    const noon = Date.UTC(2023, 6, 10, 12);
    expect(rows.map(({ first, last }) => [first, last])).toEqual([
      [noon, noon],
      [0, 0],
      [null, null],
    ]);
  });

  it('are made of files too, and of numbers of versions', () => {
    const events = [0, 0, 1].map((file) => ({ record: { eventName: 'A' }, file }));
    const { index } = indexOf({ segments: [{ thread: 0, events }] });
    // The test's index has no names of files: all are the empty text.
    expect(groupsOf(index, '', 'file').rows).toMatchObject([{ values: [''], count: 3 }]);
    expect(groupsOf(index, '', 'versions')).toMatchObject({ rows: [], missing: 3 });
  });

  it('are not counted where a field has too many values to count quickly', () => {
    const index = indexOfRecords([{ eventName: 'A' }]);
    const path = index.paths.add('eventID');
    index.paths.identifiers.array[path] = 500_000;
    const matches = { rows: index.allRows(), count: 500_000, rest: () => index.newSet() };
    const table = new GroupTable(index, ['id'], matches as never, index.visible.counts(false));
    expect(table.page(request(['id']))).toMatchObject({ uncounted: true, total: 0, rows: [] });
  });
});
