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
      { numRuns: 300 },
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
      { numRuns: 200 },
    );
  });

  it('counts a time that stands in for events without one of their own, and not beside one', () => {
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
      ['true', 'read only', 'none'],
      ['false', 'writes', 'none'],
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

  it('lists only values that hold the search text, in any case', () => {
    const facet = facetOf(indexOfRecords(records), '', request('service', { search: 'C2' }));
    expect(facet).toMatchObject({ values: [{ value: 'ec2', count: 2 }], distinct: 1, missing: 0 });
  });
});

function byText(one: string, other: string): number {
  const compare = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));
  return compare(one.toLowerCase(), other.toLowerCase()) || (one < other ? -1 : one > other ? 1 : 0);
}
