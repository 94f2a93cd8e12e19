import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '#core/query/parse';
import type { ValueCount } from '#contract/report';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { Completer } from '#engine/search/completion';
import { CrossFilter } from '#engine/search/cross-filter';
import { RowReader } from '#engine/search/event-rows';
import { findFacet } from '#engine/search/facets';
import { listFields } from '#engine/search/field-list';
import { fieldLookup } from '#engine/search/fields';
import { QuerySets } from '#engine/search/query-sets';
import { Results } from '#engine/search/results';
import { countTimeline } from '#engine/search/timeline';
import { Vocabulary } from '#engine/search/vocabulary';
import { archiveQuery, archiveWithDuplicates } from '../../../helpers/archives';
import { filesPerImport, indexOf, indexOfImports, parseFor, rowsIn } from '../../../helpers/indexes';
import { naiveRows, type NaiveRows } from '../../../helpers/naive-duplicates';
import { leavesOf, TestThread, type TestEvent } from '../../../helpers/segments';
import { facetOf } from '../../../reference/facet';
import type { Leaf } from '../../../reference/fields';
import { matches } from '../../../reference/query-match';
import type { Query } from '../../../reference/query-text';
import { eventTime } from '../../../reference/times';
import { tries } from '../../../helpers/properties';

interface Shown {
  readonly index: VisibleIndex;
  readonly events: ReadonlyMap<number, TestEvent>;
  readonly naive: NaiveRows;
  readonly read: (text: string) => Query;
}

/** One or two imports, of which the files with some numbers were removed. */
const shown: fc.Arbitrary<Shown> = fc
  .tuple(
    fc.array(archiveWithDuplicates, { minLength: 1, maxLength: 2 }),
    fc.uniqueArray(fc.nat(filesPerImport + 5), { maxLength: 12 }),
  )
  .map(([archives, removed]) => {
    const { index, events, read } = indexOfImports(archives);
    if (removed.length > 0) index.visible.remove((file) => removed.includes(file));
    const left = new Map([...events].filter(([, { file = 0 }]) => !removed.includes(file)));
    return { index, events: left, naive: naiveRows(left), read };
  });

const timeOf = ({ record }: TestEvent): number | null => {
  const time = (record as { readonly eventTime?: unknown }).eventTime;
  return typeof time === 'string' ? eventTime(time) : null;
};

/** The times a timeline spans: those that can be right, or all where none can. */
function believable(times: readonly number[]): readonly number[] {
  const found = times.filter((time) => time >= Date.UTC(2006, 0) && time < Date.UTC(2100, 0));
  return found.length > 0 ? found : times;
}

describe('the rows that are shown', () => {
  it('are each event once, in the place that comes first, and nothing of what was removed', () => {
    fc.assert(
      fc.property(shown, ({ index, naive, events }) => {
        expect(rowsIn(index.visible.rows(false))).toEqual(naive.once);
        expect(rowsIn(index.visible.rows(true))).toEqual(naive.withDuplicates);
        const { duplicates } = index.visible;
        expect(duplicates.count).toBe(naive.withDuplicates.length - naive.once.length);
        const reader = new RowReader(index);
        const once = new Set(naive.once);
        for (const [row, event] of events) {
          expect(reader.read(row)).toMatchObject({
            isSummary: event.isSummary === true,
            isDuplicate: !once.has(row),
            otherVersions: naive.otherVersions.get(row) ?? 0,
          });
        }
        expect(duplicates.versions).toBe(naive.once.filter((row) => (naive.otherVersions.get(row) ?? 0) > 0).length);
      }),
      { numRuns: tries(60) },
    );
  });

  it('are what is counted in all, with their times', () => {
    fc.assert(
      fc.property(shown, fc.boolean(), ({ index, naive, events }, withDuplicates) => {
        const rows = withDuplicates ? naive.withDuplicates : naive.once;
        const of = (row: number): TestEvent => events.get(row) as TestEvent;
        const times = rows.map((row) => timeOf(of(row))).filter((time) => time !== null);
        const counted = believable(times);
        expect(index.visible.counts(withDuplicates)).toEqual({
          events: rows.length,
          undated: rows.length - times.length,
          outOfRange: times.length - counted.length,
          first: Math.min(...counted),
          last: Math.max(...counted),
          summaryOnly: rows.filter((row) => of(row).isSummary === true).length,
          appended: 0,
        });
      }),
    );
  });

  it('are what every query, facet and page finds', () => {
    fc.assert(
      fc.property(shown, archiveQuery, fc.boolean(), ({ index, naive, events, read }, text, withDuplicates) => {
        const rows = withDuplicates ? naive.withDuplicates : naive.once;
        const query = parseFor(index, text);
        const filter = new CrossFilter(index, new QuerySets(index, () => index.newSet()), query, withDuplicates);
        const reading = read(text);
        const leaves = new Map(rows.map((row) => [row, leavesOf(events.get(row) as TestEvent)]));
        const matching = rows.filter((row) => matches(reading, leaves.get(row) ?? []));
        expect(rowsIn(filter.all().rows)).toEqual(matching);
        const results = new Results(index, 'r');
        const ordered = [...results.ordered(results.add(filter.all().rows, 'oldest-first'))];
        expect(ordered.toSorted((one, other) => one - other)).toEqual(matching);
        for (const field of ['ip', 'event', 'requestID', 'time']) {
          const facet = findFacet(index, filter, query, { field, search: '', order: 'most', limit: 1000 });
          const { counts, missing } = facetOf(leaves.values(), reading, field);
          const counted = facet.values.filter(({ count }) => count > 0);
          expect(new Map(counted.map(({ value, count }) => [value, count]))).toEqual(counts);
          expect(facet).toMatchObject({ missing, distinct: counts.size });
        }
      }),
      { numRuns: tries(60) },
    );
  });

  it('are what the timeline spans and counts', () => {
    fc.assert(
      fc.property(shown, fc.boolean(), ({ index, naive, events }, withDuplicates) => {
        const rows = withDuplicates ? naive.withDuplicates : naive.once;
        const times = rows.map((row) => timeOf(events.get(row) as TestEvent)).filter((time) => time !== null);
        const request = { from: null, to: null, maxBins: 50 };
        const timeline = countTimeline(
          index,
          index.visible.rows(withDuplicates),
          request,
          index.visible.counts(withDuplicates),
        );
        if (timeline === null) {
          expect(times).toEqual([]);
          return;
        }
        const inRange = believable(times);
        expect(timeline.extent).toEqual({ first: Math.min(...inRange), last: Math.max(...inRange) });
        const counted = [timeline.error, timeline.write, timeline.read, timeline.unstated].flat();
        expect(counted.reduce((sum, count) => sum + count, timeline.outOfRange)).toBe(times.length);
        expect(timeline.undated).toBe(rows.length - times.length);
      }),
    );
  });

  /** How many versions there are of a row's event, as its value; none where it has no other. */
  const versionsOf = (naive: NaiveRows, row: number): string[] => {
    const others = naive.otherVersions.get(row) ?? 0;
    return others === 0 ? [] : [String(others + 1)];
  };
  const setsOf = (index: VisibleIndex): QuerySets => new QuerySets(index, () => index.newSet());

  it('are found by how many versions of the event there are', () => {
    const asked = fc.constantFrom(
      ...['versions>1', 'versions>=3', 'versions:2', 'VERSIONS:*', 'NOT versions:*', 'versions:(1 OR 3)'],
      ...['versions:/^[23]$/', 'versions:?', '@versions<4'],
    );
    fc.assert(
      fc.property(shown, asked, fc.boolean(), ({ index, naive, events, read }, text, withDuplicates) => {
        const rows = withDuplicates ? naive.withDuplicates : naive.once;
        const leaves = (row: number): Leaf[] => [
          ...leavesOf(events.get(row) as TestEvent),
          ...versionsOf(naive, row).map((versions): Leaf => ({ path: '@versions', text: versions, kind: 'text' })),
        ];
        const filter = new CrossFilter(index, setsOf(index), parseFor(index, text), withDuplicates);
        const reading = read(text);
        expect(rowsIn(filter.all().rows)).toEqual(rows.filter((row) => matches(reading, leaves(row))));
      }),
      { numRuns: tries(60) },
    );
  });

  it('show, count and offer how many versions of the event there are', () => {
    fc.assert(
      fc.property(shown, fc.boolean(), ({ index, naive }, withDuplicates) => {
        const rows = withDuplicates ? naive.withDuplicates : naive.once;
        const reader = new RowReader(index, ['versions']);
        for (const row of rows) expect(reader.read(row)?.cells).toEqual([versionsOf(naive, row)[0] ?? null]);
        const everything = parseFor(index, '');
        const all = new CrossFilter(index, setsOf(index), everything, withDuplicates);
        const request = { field: 'versions', search: '', order: 'most', limit: 1000 } as const;
        const facet = findFacet(index, all, everything, request);
        expect(countsOf(facet.values)).toEqual(tally(rows.flatMap((row) => versionsOf(naive, row))));

        const once = tally(naive.once.flatMap((row) => versionsOf(naive, row)));
        const completer = new Completer(index, new Vocabulary(index), setsOf(index));
        const offered = completer.complete({ text: 'versions:', cursor: 9, limit: 100 });
        expect(new Map(offered.map(({ label, count }) => [label, count]))).toEqual(once);
        const field = listFields(index).find(({ name }) => name === 'versions');
        const inAll = [...once.values()].reduce((sum, count) => sum + count, 0);
        expect(field).toEqual(
          inAll === 0 ? undefined : { name: 'versions', label: 'Versions', events: inAll, distinct: once.size },
        );
      }),
      { numRuns: tries(60) },
    );
  });

  it('are what values and fields are counted over, as if there were no others', () => {
    fc.assert(
      fc.property(shown, ({ index, naive, events }) => {
        const alone = naive.once.map((row) => {
          const { record, derived = {} } = events.get(row) as TestEvent;
          return { record, derived };
        });
        const other = indexOf({ segments: [{ thread: 0, events: alone }] }).index;
        // What is known of an event's other versions is not in the event.
        const fields = listFields(index).filter(({ name }) => name !== 'versions');
        expect(fields).toEqual(listFields(other));
        expect(valueCounts(index)).toEqual(valueCounts(other));
      }),
      { numRuns: tries(60) },
    );
  });
});

const countsOf = (values: readonly ValueCount[]): Map<string, number> =>
  new Map(values.filter(({ count }) => count > 0).map(({ value, count }) => [value, count]));

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** By path, type and text: the events that have it. */
function valueCounts(index: VisibleIndex): Map<string, number> {
  const totals = index.visible.totals();
  const counts = new Map<string, number>();
  for (let value = 0; value < index.dictionary.length; value++) {
    const path = index.paths.text(index.dictionary.pathOf.at(value));
    const key = JSON.stringify([path, index.dictionary.type(value), index.dictionary.text(value)]);
    if (totals.ofValue(value) > 0) counts.set(key, totals.ofValue(value));
  }
  return counts;
}

it('the number of events never falls, neither while they come nor when an import ends', () => {
  fc.assert(
    fc.property(fc.array(archiveWithDuplicates, { minLength: 1, maxLength: 2 }), (imports) => {
      const index = new VisibleIndex();
      const counts: number[] = [];
      imports.forEach(({ segments }, at) => {
        const threads = [new TestThread(), new TestThread()];
        for (const { thread, events } of segments) {
          const segment = threads[thread]?.segment(events);
          if (segment !== undefined) index.merge(segment, thread, at * filesPerImport);
          counts.push(index.visible.counts(false).events);
        }
        index.settle();
        counts.push(index.visible.counts(false).events);
      });
      expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    }),
    { numRuns: tries(100) },
  );
});

describe('duplicates while an import runs', () => {
  const index = new VisibleIndex();
  const thread = new TestThread();
  const event = (file: number, more: Partial<TestEvent> = {}): TestEvent => ({
    record: { eventName: `from ${String(file)}` },
    id: 7,
    file,
    ...more,
  });

  it('are reported at once, counting the first to come, and ordered by location at the end', () => {
    index.merge(thread.segment([event(3)]), 0);
    index.merge(thread.segment([event(1), event(2)]), 0);
    expect(rowsIn(index.visible.rows(false))).toEqual([0]);
    expect(index.visible.duplicates.count).toBe(2);
    index.settle();
    expect(rowsIn(index.visible.rows(false))).toEqual([32]);
    expect(index.visible.duplicates.sameId(0, index.visible.removed)).toEqual([0, 32, 33]);
  });

  it('are not events with the same ID and another content', () => {
    const running = new VisibleIndex();
    const sender = new TestThread();
    running.merge(sender.segment([event(3)]), 0);
    running.merge(sender.segment([event(4, { content: 2 })]), 0);
    expect(rowsIn(running.visible.rows(false))).toEqual([0, 32]);
  });

  it('take memory by the rows there are, not by the segments they came in', () => {
    const many = new VisibleIndex();
    const sender = new TestThread();
    for (let file = 0; file < 24; file++) many.merge(sender.segment([{ record: {}, id: file, file }]), 0);
    expect(many.visible.byteLength).toBeLessThan(2 ** 20);
  });

  it('give way to versions once the import has ended, also for a query that was asked before', () => {
    const running = new VisibleIndex();
    const sets = new QuerySets(running, () => running.newSet());
    const found = (): number[] => rowsIn(sets.find(parseFor(running, 'versions>1')));
    running.merge(new TestThread().segment([event(1), event(2, { content: 2 }), event(3, { id: 8 })]), 0);
    expect(found()).toEqual([]);
    running.settle();
    expect(found()).toEqual([0, 1]);
  });

  it('replace one row of a table each, and of equal ones the one that counts, so that the number of events does not fall', () => {
    const table = (more: Partial<TestEvent>): TestEvent => ({ ...event(0), isPartial: true, ...more });
    const countsOfImports = (...imports: readonly (readonly TestEvent[])[]): readonly number[] => {
      const running = new VisibleIndex();
      return imports.flatMap((events, at) => {
        running.merge(new TestThread().segment(events), 0, at * filesPerImport);
        const during = running.visible.counts(false).events;
        running.settle();
        return [during, running.visible.counts(false).events];
      });
    };
    const sameName = { record: { eventName: 'a' } };
    const equal = [table({ ...sameName, file: 3 }), table({ ...sameName, file: 1 })];
    expect(countsOfImports(equal, [event(2, { ...sameName, content: 5 })])).toEqual([1, 1, 1, 1]);

    const different = [1, 2].map((content) => table({ record: { eventName: String(content) }, content }));
    expect(countsOfImports(different, [event(2, { record: { eventName: '1' }, content: 5 })])).toEqual([1, 2, 2, 2]);
  });

  it.each([
    ['the record comes later', [['row'], ['record'], 'end'], [1, 1, 1]],
    ['the row comes later', [['record'], ['row'], 'end'], [1, 1, 1]],
    ['both come at once', [['row', 'record'], 'end'], [1, 1]],
    ['the row tells otherwise', [['record'], ['other row'], ['row'], 'end'], [1, 1, 1, 2]],
    ['there is nothing but rows of tables', [['row', 'row of another'], 'end'], [2, 2]],
    ['the record comes twice', [['row'], ['record'], ['record'], 'end'], [1, 1, 1, 1]],
    ['the record comes in another import', [['row'], 'end', ['record'], 'end'], [1, 1, 1, 1]],
    ['the row comes in another import', [['record'], 'end', ['row'], ['row of another'], 'end'], [1, 1, 1, 1, 2]],
  ] as const)('of tables without accounts never make the number of events fall: %s', (_, steps, expected) => {
    const ids = { one: '11111111-2222-4333-8444-555555555555', another: '11111111-2222-4333-8444-666666666666' };
    const call = { eventID: ids.one, eventName: 'GetObject' };
    const events: Readonly<Record<string, TestEvent>> = {
      record: { record: { ...call, recipientAccountId: '111122223333' }, id: 1, content: 1 },
      row: { record: call, id: 2, content: 2, isPartial: true },
      'other row': { record: { ...call, eventName: 'PutObject' }, id: 2, content: 3, isPartial: true },
      'row of another': { record: { ...call, eventID: ids.another }, id: 3, content: 4, isPartial: true },
    };
    for (const isIdentifier of [() => false, (path: string) => path === 'eventID']) {
      const running = new VisibleIndex();
      let thread = new TestThread(isIdentifier);
      const found = steps.map((step) => {
        if (step === 'end') {
          running.settle();
          thread = new TestThread(isIdentifier);
        } else running.merge(thread.segment(step.flatMap((name) => events[name] ?? [])), 0);
        return running.visible.counts(false).events;
      });
      expect(found).toEqual(expected);
    }
  });

  it('are found in what was there before, too', () => {
    const later = new TestThread();
    index.merge(later.segment([event(0), event(1, { id: 8 })]), 0, 10);
    expect(rowsIn(index.visible.rows(false))).toEqual([32, 65]);
    index.visible.remove((file) => file < 10);
    expect(rowsIn(index.visible.rows(false))).toEqual([64, 65]);
    index.settle();
    expect(rowsIn(index.visible.rows(false))).toEqual([64, 65]);
    const { names } = namesOf(index);
    expect(names).toEqual(['from 0', 'from 1']);
  });
});

function namesOf(index: VisibleIndex): { names: (string | undefined)[] } {
  const reader = new RowReader(index);
  const parsed = parseQuery('', fieldLookup(index));
  if (!parsed.ok) throw parsed.error;
  const filter = new CrossFilter(index, new QuerySets(index, () => index.newSet()), parsed.value, false);
  return { names: rowsIn(filter.all().rows).map((row) => reader.read(row)?.event) };
}
