import { describe, expect, it } from 'vitest';
import { CrossFilter } from '#engine/search/cross-filter';
import { QuerySets } from '#engine/search/query-sets';
import { findSeen } from '#engine/search/seen';
import { indexOfRecords, parseFor } from '../../../helpers/indexes';

const index = indexOfRecords([
  { eventName: 'A', eventTime: '2023-07-10T12:00:00Z', awsRegion: 'r1' },
  { eventName: 'A', eventTime: '2023-07-12T12:00:00Z', awsRegion: 'r1' },
  { eventName: 'A', eventTime: '1970-01-01T00:00:00Z', awsRegion: 'r1' },
  { eventName: 'a', eventTime: '2023-07-20T12:00:00Z', awsRegion: 'r1' },
  { eventName: 'A', eventTime: '2023-07-13T12:00:00Z', awsRegion: 'r2' },
  { eventName: 'B', eventTime: '1970-01-01T00:00:00Z', awsRegion: 'r1' },
  { eventName: 'C', awsRegion: 'r1', resources: [{ ARN: 'x' }, { ARN: 'y' }] },
  { eventTime: '2023-07-14T12:00:00Z', awsRegion: 'r1', resources: [{ ARN: 'x' }, { ARN: 'y' }] },
]);

function seen(text: string, field: string, value: string): unknown {
  const filter = new CrossFilter(index, new QuerySets(index, () => index.newSet()), parseFor(index, text), false);
  const found = findSeen(index, field, value, filter.withoutField(field));
  return found === null ? null : [found.first, found.last].map((time) => new Date(time).toISOString().slice(0, 10));
}

describe('when a value was seen', () => {
  it('is the first and last time of its events, as it is written, under the other clauses of the query', () => {
    expect(seen('', 'event', 'A')).toEqual(['2023-07-10', '2023-07-13']);
    expect(seen('', 'event', 'a')).toEqual(['2023-07-20', '2023-07-20']);
    expect(seen('region:r1 event:B', 'event', 'A')).toEqual(['2023-07-10', '2023-07-12']);
  });

  it('counts a time that cannot be right only where there is no other', () => {
    expect(seen('', 'event', 'B')).toEqual(['1970-01-01', '1970-01-01']);
  });

  it('is that of every event that has the value among others', () => {
    expect(seen('', 'resource', 'y')).toEqual(['2023-07-14', '2023-07-14']);
  });

  it('is not known where no event with the value has a time, or there is none', () => {
    expect(seen('', 'event', 'C')).toBeNull();
    expect(seen('', 'event', 'none')).toBeNull();
  });
});
