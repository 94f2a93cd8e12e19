import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facet, FacetRequest } from '#contract/query';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { CrossFilter } from '#engine/search/cross-filter';
import { findFacet } from '#engine/search/facets';
import { QuerySets } from '#engine/search/query-sets';
import { arbitraryArchive, archiveQuery } from '../../../helpers/archives';
import { indexOf, indexOfRecords, parseFor } from '../../../helpers/indexes';
import { leavesOf } from '../../../helpers/segments';
import { facetOf as referenceFacet } from '../../../reference/facet';
import { tries } from '../../../helpers/properties';

const request = (field: string, more: Partial<FacetRequest> = {}): FacetRequest => ({
  field,
  search: '',
  order: 'most',
  limit: 1000,
  ...more,
});

function facetOf(index: VisibleIndex, text: string, wanted: FacetRequest): Facet {
  const query = parseFor(index, text);
  return findFacet(
    index,
    new CrossFilter(index, new QuerySets(index, () => index.newSet()), query, false),
    query,
    wanted,
  );
}

const fields = [
  'service',
  'event',
  'readonly',
  'resource',
  'request',
  'request.inner',
  'requestID',
  'time',
  'identity',
  'ip',
  'none',
];

describe('findFacet', () => {
  it('counts what a walk over the matching events counts, under all clauses but its own', () => {
    fc.assert(
      fc.property(arbitraryArchive, archiveQuery, fc.constantFrom(...fields), (archive, text, field) => {
        const made = indexOf(archive);
        const leaves = Array.from(made.events.values(), leavesOf);
        const { counts, missing } = referenceFacet(leaves, made.read(text), field);
        const facet = facetOf(made.index, text, request(field));
        const counted = facet.values
          .filter(({ count }) => count > 0)
          .map(({ value, count }) => [value, count] as const);
        expect(new Map(counted)).toEqual(counts);
        expect(counted.length).toBe(counts.size);
        expect(facet).toMatchObject({ field, missing, distinct: counts.size });
      }),
      { numRuns: tries(120) },
    );
  });

  it('lists the most or the least frequent first, and of equal counts by text, however few are wanted', () => {
    fc.assert(
      fc.property(
        arbitraryArchive,
        fc.constantFrom('request', 'ip', 'service'),
        fc.constantFrom<FacetRequest['order']>('most', 'least'),
        fc.nat(6),
        (archive, field, order, limit) => {
          const { index } = indexOf(archive);
          const all = facetOf(index, '', request(field, { order }));
          const sorted = [...all.values].sort((one, other) => {
            const byCount = order === 'most' ? other.count - one.count : one.count - other.count;
            return byCount || byText(one.value, other.value);
          });
          expect(all.values).toEqual(sorted);
          expect(facetOf(index, '', request(field, { order, limit })).values).toEqual(sorted.slice(0, limit));
        },
      ),
      { numRuns: tries(80) },
    );
  });

  it('counts a substitute time for events without one of their own, and for no others', () => {
    const own = {
      eventTime: '2023-07-10T12:00:00Z',
      '@timestamp': '2024-05-05T00:00:00Z',
      _time: '2024-05-06T00:00:00Z',
    };
    const index = indexOfRecords([
      own,
      { '@timestamp': '2024-05-05T00:00:00Z', _time: '2024-05-06T00:00:00Z' },
      { eventTime: '', _time: '2024-05-06T00:00:00Z' },
      { eventName: 'GetObject' },
    ]);
    const facet = facetOf(index, '', request('time'));
    expect(facet.values.map(({ value, count }) => [value, count])).toEqual([
      ['', 1],
      ['2023-07-10T12:00:00Z', 1],
      ['2024-05-05T00:00:00Z', 1],
      ['2024-05-06T00:00:00Z', 1],
    ]);
    expect(facet).toMatchObject({ distinct: 4, missing: 1 });
  });

  const records = ['s3', 's3', 's3', 'ec2', 'ec2', 'iam'].map((service) => ({
    eventSource: `${service}.amazonaws.com`,
  }));

  it('shows services in short', () => {
    const facet = facetOf(indexOfRecords(records), '', request('service'));
    expect(facet.values.map(({ value, label, count }) => [value, label, count])).toEqual([
      ['s3', 's3', 3],
      ['ec2', 'ec2', 2],
      ['iam', 'iam', 1],
    ]);
  });

  it('shows in words what true and false say of readOnly, and leaves the values as they are', () => {
    const index = indexOfRecords([{ readOnly: true }, { readOnly: true }, { readOnly: false }, { readOnly: 'odd' }]);
    const facet = facetOf(index, '-readonly:odd', request('readonly'));
    expect(facet.values.map(({ value, label, state }) => [value, label, state])).toEqual([
      ['true', 'Read', 'none'],
      ['false', 'Write', 'none'],
      ['odd', 'odd', 'excluded'],
    ]);
  });

  it('marks chosen values, and keeps those in sight that are at zero or beyond the limit', () => {
    const index = indexOfRecords(records);
    const facet = facetOf(index, 'service:(iam OR sqs) -service:ec2', request('service', { limit: 1 }));
    expect(facet.values.map(({ value, count, state }) => [value, count, state])).toEqual([
      ['s3', 3, 'none'],
      ['ec2', 2, 'excluded'],
      ['iam', 1, 'included'],
      ['sqs', 0, 'included'],
    ]);
  });

  it('says by which name a principal is chosen, and that one of that name is ruled out where it is', () => {
    const callers = ['alice (IAM user, 1)', 'alice (IAM user, 2)', 'bob (IAM user, 1)'];
    const events = callers.map((identity) => ({ record: {}, derived: { '@identity': identity } }));
    const { index } = indexOf({ segments: [{ thread: 0, events }] });
    const chosen = (text: string): unknown =>
      facetOf(index, text, request('identity')).values.map(({ state, chosenAs }) => [state, chosenAs]);
    const none = ['none', undefined];
    expect(chosen('identity:Alice')).toEqual([['included', 'Alice'], ['included', 'Alice'], none]);
    expect(chosen('-identity:alice')).toEqual([['excluded', 'alice'], ['excluded', 'alice'], none]);
    expect(chosen('identity:"alice (IAM user, 2)"')).toEqual([none, ['included', undefined], none]);
    expect(chosen('identity:alice -identity:"alice (IAM user, 2)"')).toEqual([
      ['included', 'alice'],
      ['excluded', undefined],
      none,
    ]);
    expect(chosen('identity:(alice OR "alice (IAM user, 2)")')).toEqual([
      ['included', 'alice'],
      ['included', undefined],
      none,
    ]);
  });

  it('counts of an event with a time of its own that one alone, as a search for a time does', () => {
    const times = ['2024-01-01T00:00:00Z', '2024-01-02 00:00:00'];
    // Where the index keeps a record's own `@timestamp`.
    const other = { record: { '@timestamp': '2024-02-01T00:00:00Z' }, _time: '2024-03-01' };
    const index = indexOfRecords([
      ...times.map((eventTime) => ({ eventTime, ...other })),
      { eventTime: '', ...other },
      { eventName: 'x', ...other },
      { eventName: 'x', _time: '2024-03-01' },
    ]);
    const facet = facetOf(index, '', request('time'));
    expect(facet.values.map(({ value, count }) => [value, count])).toEqual([
      ['2024-02-01T00:00:00Z', 2],
      ['', 1],
      ...times.map((time) => [time, 1]),
      ['2024-03-01', 1],
    ]);
    expect(facetOf(index, '', request('@timestamp')).values).toMatchObject([{ count: 4 }]);
    const sets = new QuerySets(index, () => index.newSet());
    for (const { value, count } of facet.values) {
      if (value === '') continue;
      const query = parseFor(index, `time:"${value}"`);
      expect(new CrossFilter(index, sets, query, false).all().count, value).toBe(count);
    }
  });

  it('keeps all principals in sight that a chosen name stands for, and of a whole one that alone', () => {
    const callers = [
      'eve (IAM user, 1)',
      'eve (IAM user, 1)',
      'ΑΣ (IAM user, 1)',
      'Ας (IAM user, 2)',
      'ΑΣ (IAM) (role, 1)',
    ];
    const events = callers.map((identity) => ({ record: {}, derived: { '@identity': identity } }));
    const { index } = indexOf({ segments: [{ thread: 0, events }] });
    const inSight = (text: string): readonly unknown[] =>
      facetOf(index, text, request('identity', { limit: 1 })).values.map(({ value, count, state }) => [
        value,
        count,
        state,
      ]);
    const first = ['eve (IAM user, 1)', 2, 'none'];
    expect(inSight('identity:"ας"')).toEqual([first, [callers[2], 1, 'included'], [callers[3], 1, 'included']]);
    expect(inSight('identity:"ΑΣ (IAM user, 1)"')).toEqual([first, [callers[2], 1, 'included']]);
    expect(inSight('identity:"ΑΣ (iam)"')).toEqual([first, ['ΑΣ (iam)', 0, 'included']]);
    expect(inSight('-identity:"ΑΣ (iam user, 1)"')).toEqual([first, ['ΑΣ (iam user, 1)', 0, 'excluded']]);
  });

  it('lists only values that hold the search text, in any case', () => {
    const facet = facetOf(indexOfRecords(records), '', request('service', { search: 'C2' }));
    expect(facet).toMatchObject({ values: [{ value: 'ec2', count: 2 }], distinct: 1, missing: 0 });
  });

  it('searches what a value is shown as, and the value itself', () => {
    const index = indexOfRecords([{ readOnly: true }, { readOnly: true }, { readOnly: false }]);
    const found = (search: string, text = ''): unknown =>
      facetOf(index, text, request('readonly', { search })).values.map(({ value }) => value);
    expect(['Writ', 'read', 'tru', 'l', 'x'].map((search) => found(search))).toEqual([
      ['false'],
      ['true'],
      ['true'],
      ['false'],
      [],
    ]);
    expect(facetOf(indexOfRecords(records), 'readonly:true', request('readonly', { search: 'ead' })).values).toEqual([
      { value: 'true', label: 'Read', count: 0, state: 'included' },
    ]);
  });
});

function byText(one: string, other: string): number {
  const compare = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));
  return compare(one.toLowerCase(), other.toLowerCase()) || (one < other ? -1 : one > other ? 1 : 0);
}
