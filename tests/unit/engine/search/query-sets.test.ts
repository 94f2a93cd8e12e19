import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOfPrincipal, principalTest } from '#core/principal';
import { QuerySets } from '#engine/search/query-sets';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { archiveQuery, arbitraryArchive } from '../../../helpers/archives';
import { indexOf, indexOfRecords, parseFor, rowsIn } from '../../../helpers/indexes';
import { leavesOf, TestThread } from '../../../helpers/segments';
import { matches } from '../../../reference/query-match';
import { tries } from '../../../helpers/properties';

function find(index: VisibleIndex, text: string): number[] {
  return rowsIn(new QuerySets(index, () => index.newSet()).find(parseFor(index, text)));
}

describe('QuerySets', () => {
  it('finds what the words of the query language mean for each event, for every operator', () => {
    fc.assert(
      fc.property(arbitraryArchive, fc.array(archiveQuery, { minLength: 1, maxLength: 6 }), (archive, texts) => {
        const { index, events, read } = indexOf(archive);
        const leaves = Array.from(events, ([row, event]) => [row, leavesOf(event)] as const);
        for (const text of texts) {
          const query = read(text);
          const expected = leaves.filter(([, each]) => matches(query, each)).map(([row]) => row);
          expect(find(index, text), text).toEqual(expected);
        }
      }),
      { numRuns: tries(80) },
    );
  });

  it('answers again from what it kept, and anew once more was indexed', () => {
    const index = new VisibleIndex();
    const thread = new TestThread();
    index.merge(thread.segment([{ record: { eventName: 'GetObject' } }, { record: { eventName: 'PutObject' } }]), 0);
    const sets = new QuerySets(index, () => index.newSet());
    const first = sets.find(parseFor(index, 'getobject'));
    first.fill(0);
    expect(rowsIn(sets.find(parseFor(index, 'GETOBJECT')))).toEqual([0]);
    const base = index.words * 32;
    index.merge(thread.segment([{ record: { eventName: 'PutObject' } }, { record: { eventName: 'GetObject' } }]), 0);
    expect(rowsIn(sets.find(parseFor(index, 'getobject')))).toEqual([0, base + 1]);
  });

  it("counts an event's own time, also where it is kept as an identifier, and not the one used in its place", () => {
    const index = new VisibleIndex();
    const record = { eventTime: '2023-07-10 12:40:01.123', '@timestamp': '2024-05-05T00:00:00Z' };
    index.merge(new TestThread((path) => path === 'eventTime').segment([{ record }]), 0);
    expect(find(index, 'time:2023-07-10*')).toEqual([0]);
    expect(find(index, 'time:2024-05-05*')).toEqual([]);
  });

  it('reaches keys and values that would be dangerous as names of properties', () => {
    const index = indexOfRecords([JSON.parse('{"__proto__":{"constructor":"toString"}}'), { eventName: 'x' }]);
    expect(find(index, '__proto__.constructor:tostring')).toEqual([0]);
    expect(find(index, 'tostring')).toEqual([0]);
    expect(find(index, 'constructor:toString')).toEqual([]);
  });

  it('finds a range without a field in every value of the record, as an address, in a list of them and as text', () => {
    const index = indexOfRecords([
      { sourceIPAddress: '10.1.2.3' },
      { additionalEventData: { xForwardedFor: '203.0.113.7, 10.9.9.9' } },
      { requestParameters: { cidrIp: '10.0.0.0/8' } },
      { requestParameters: { cidrIp: '11.0.0.0/8', note: 'x10.1.2.3' } },
    ]);
    expect(find(index, '10.0.0.0/8')).toEqual([0, 1, 2]);
    expect(find(index, '!10.0.0.0/8')).toEqual([3]);
    expect(find(index, '"10.0.0.0/8"')).toEqual([2]);
  });

  it('finds a principal by its whole text as written and by its name in any case, whatever letters and brackets are in it', () => {
    const part = fc.constantFrom('ali', 'Σ', 'ς', 'İ', 'ß', '(', ')', ' (', ' (IAM user)', '\ud83d', ' ', 'é', '𝒜');
    const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const end = fc.constantFrom('', ' (IAM user, 1)', ' (IAM user, 2)', ' (root of 1)', ' (', ' ()');
    const identity = fc.tuple(name, end).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(identity, { minLength: 1, maxLength: 12 }), identity, (identities, other) => {
        const events = identities.map((text, row) => ({ record: { row }, derived: { '@identity': text } }));
        const { index } = indexOf({ segments: [{ thread: 0, events }] });
        const sets = new QuerySets(index, () => index.newSet());
        for (const text of [...identities, other].flatMap((each) => [
          each,
          nameOfPrincipal(each),
          each.toUpperCase(),
        ])) {
          const test = { kind: 'equals', value: text, quoted: true } as const;
          const span = { from: 0, to: 0 };
          const node = { kind: 'field', field: 'identity', test, span, fieldSpan: span } as const;
          const expected = [...identities.keys()].filter((row) => principalTest(text)(identities[row] ?? ''));
          expect(rowsIn(sets.find(node)), text).toEqual(expected);
        }
      }),
    );
  });

  it('keeps derived values out of word searches', () => {
    const index = indexOfRecords([{ eventName: 'x' }], { '@identity': 'jdoe' });
    expect(find(index, 'identity:jdoe')).toEqual([0]);
    expect(find(index, 'jdoe')).toEqual([]);
  });

  it('stops a regular expression that would never end, and says where it stands', () => {
    const index = indexOfRecords([{ userAgent: `${'a'.repeat(60)}!` }]);
    expect(() => find(index, 'x OR agent:/^(a+)+$/')).toThrowError(
      expect.objectContaining({ code: 'bad-query', details: expect.objectContaining({ at: { from: 5, to: 20 } }) }),
    );
  });
});
