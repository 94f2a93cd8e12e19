import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultId } from '#contract/ids';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { textsOf } from '#engine/index/path-values';
import { resolveField } from '#engine/search/fields';
import { Results } from '#engine/search/results';
import { arbitraryArchive, type TestArchive } from '../../../helpers/archives';
import { indexOf, indexOfRecords } from '../../../helpers/indexes';
import { TestThread } from '../../../helpers/segments';
import { eventTime } from '../../../reference/times';
import { tries } from '../../../helpers/properties';

/** Values of one event each in the order of a field, the keys of objects kept as identifiers; no event lacks a value of the field. */
function sortedBy<T>(field: string, values: readonly T[], recordOf: (value: T) => object): T[] {
  const { index } = indexOf({ segments: [] });
  const thread = new TestThread((path) => path === 'requestParameters.key');
  index.merge(thread.segment(values.map((value) => ({ record: recordOf(value) }))), 0);
  const results = new Results(index, 'r');
  const id = results.add(index.allRows(), { field, direction: 'ascending' });
  return Array.from(results.ordered(id), (row) => values[row] as T);
}

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

/** The first text of a field that a row has, read for this row alone; empty where it has none. */
function firstText(index: VisibleIndex, row: number, name: string): string {
  const block = index.blockOf(row);
  if (block === undefined) throw new Error('no such row');
  const { paths, type, computed } = resolveField(index, name);
  const texts = paths.map((path) => textsOf(index, block, row - block.base, path)).find(({ length }) => length > 0);
  const text = texts?.[0] ?? computed?.textOf(index, block, row - block.base) ?? '';
  return type === 'service' ? text.replace(/\.amazonaws\.com$/, '') : text;
}

/** Numbers by their size come before texts, and these by their letters whatever their case. */
function compareTexts(one: string, other: string): number {
  const [left, right] = [Number(one), Number(other)];
  const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
  if (isNumber(one) && left !== right) return left - right;
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return order(one.toLowerCase(), other.toLowerCase()) || order(one, other);
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
      { numRuns: tries(80) },
    );
  });

  it('orders rows by any field either way, equal values by time, and those without a value last', () => {
    const fields = [
      'event',
      'service',
      'ip',
      'result',
      'requestID',
      'file',
      'target',
      'versions',
      'requestParameters',
      'nowhere',
    ];
    fc.assert(
      fc.property(arbitraryArchive, fc.constantFrom(...fields), (archive, field) => {
        const { index, dated, undated } = naiveOrder(archive);
        const inTime = [...dated, ...undated];
        const text = (row: number): string => firstText(index, row, field);
        const filled = inTime.filter((row) => text(row) !== '');
        const empty = inTime.filter((row) => text(row) === '');
        const byText = (one: number, other: number): number => compareTexts(text(one), text(other));
        const results = new Results(index, 'r');
        const ordered = (direction: 'ascending' | 'descending'): number[] => [
          ...results.ordered(results.add(index.allRows(), { field, direction })),
        ];
        expect(ordered('ascending')).toEqual([...filled.toSorted(byText), ...empty]);
        expect(ordered('descending')).toEqual([...filled.toSorted((one, other) => byText(other, one)), ...empty]);
      }),
      { numRuns: tries(80) },
    );
  });

  it('sorts calls with several targets by all of them, as the list shows them', () => {
    const groups = [['sg-2', 'sg-1'], ['sg-1', 'sg-9'], ['sg-1']].map((ids) => ({
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DescribeSecurityGroups',
      requestParameters: { securityGroupIdSet: { items: ids.map((groupId) => ({ groupId })) } },
    }));
    const index = indexOfRecords(groups);
    const shown = groups.map((_, row) => firstText(index, row, 'target'));
    expect(shown.filter((text) => text.includes(', '))).toHaveLength(2);
    const results = new Results(index, 'r');
    const order = { field: 'target', direction: 'ascending' } as const;
    const sorted = Array.from(results.ordered(results.add(index.allRows(), order)), (row) => shown[row]);
    expect(sorted).toEqual([...shown].sort());
  });

  it('sorts by the name that a column shows of an identity, whatever the account', () => {
    const identities = ['zoe (IAM user, 1)', 'ann (IAM user, 2)', 'ann (IAM user, 1)'];
    const events = identities.map((name) => ({ record: { eventName: 'x' }, derived: { '@identity': name } }));
    const { index } = indexOf({ segments: [{ thread: 0, events }] });
    const results = new Results(index, 'r');
    const order = { field: 'identity', direction: 'ascending' } as const;
    expect([...results.ordered(results.add(index.allRows(), order))]).toEqual([1, 2, 0]);
  });

  it('sorts by the short name of a service', () => {
    const index = indexOfRecords([
      { eventSource: 'sts.amazonaws.com' },
      { eventSource: 's3.amazonaws.com' },
      { eventSource: 'ssm' },
    ]);
    const results = new Results(index, 'r');
    const order = { field: 'service', direction: 'ascending' } as const;
    expect([...results.ordered(results.add(index.allRows(), order))]).toEqual([1, 2, 0]);
  });

  it('sorts thousands of identifiers of every kind, read where they are kept, as a comparison of each pair would', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{8}$/);
    const uuid = fc.tuple(hex, fc.constantFrom('0000', 'ffff', 'a0b1')).map(([start, part]) => {
      return `${start}-${part}-${part}-${part}-${part}${start}`;
    });
    const text = fc.oneof(
      { weight: 3, arbitrary: uuid },
      // Alike for the first characters, so that more of them must be read.
      uuid.map((each) => `deadbeef${each.slice(8)}`),
      fc.stringMatching(/^[A-Z0-9]{11}$/),
      fc.stringMatching(/^(logs\/2024\/)?[a-cA-C]{0,3}$/),
      fc.constantFrom('1e3', '12', '-7.5', '1e', '-', '\u0000', 'é', 'É', '\ud83d\ude00', '\uffee', 'a\u0000', 'İ'),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 9_000, maxLength: 9_000 }), (texts) => {
        const index = indexOfRecords(texts.map((requestID) => ({ requestID })));
        const results = new Results(index, 'r');
        const order = { field: 'requestID', direction: 'ascending' } as const;
        const sorted = Array.from(results.ordered(results.add(index.allRows(), order)), (row) => texts[row] ?? '');
        const inOrder = [
          ...texts.filter((each) => each !== '').sort(compareTexts),
          ...texts.filter((each) => each === ''),
        ];
        expect(sorted).toEqual(inOrder);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('sorts thousands of times as their texts, however they are written', () => {
    const start = Date.UTC(2023, 11, 30);
    const second = fc.integer({ min: 0, max: 200_000 }).map((each) => new Date(start + each * 1000).toISOString());
    const usual = second.map((each) => `${each.slice(0, 19)}Z`);
    const text = fc.oneof(
      { weight: 9, arbitrary: usual },
      second,
      fc.constantFrom('2023-12-30 noon', '2023-12-31T00:00:00z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(usual, text).chain((each) => fc.array(each, { minLength: 4_000, maxLength: 4_000 })),
        (texts) => {
          expect(sortedBy('eventTime', texts, (eventTime) => ({ eventTime }))).toEqual(texts.toSorted(compareTexts));
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it('sorts thousands of targets put together of a bucket and a key as their texts', () => {
    const bucket = fc.constantFrom('logs', 'logs-2', 'Logs', 'é', 'a/b');
    const key = fc.oneof(
      fc.stringMatching(/^[a-cA-C]{1,3}(\/[0-9]{1,3})?$/),
      fc.constantFrom('é', 'z\u0000', '\uffee'),
    );
    const target = fc.tuple(bucket, key);
    fc.assert(
      fc.property(fc.array(target, { minLength: 4_000, maxLength: 4_000 }), (targets) => {
        const texts = targets.map(([start, end]) => `${start}/${end}`);
        const sorted = sortedBy('target', targets, ([bucketName, name]) => ({
          ...{ eventSource: 's3.amazonaws.com', eventName: 'GetObject' },
          requestParameters: { bucketName, key: name },
        }));
        expect(sorted.map(([start, end]) => `${start}/${end}`)).toEqual(texts.toSorted(compareTexts));
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('sorts rows that came later among the others', () => {
    const index = indexOfRecords([{ eventName: 'b' }, { eventName: 'd' }]);
    const results = new Results(index, 'r');
    const order = { field: 'event', direction: 'descending' } as const;
    expect([...results.ordered(results.add(index.allRows(), order))]).toEqual([1, 0]);
    index.merge(new TestThread(() => false).segment([{ record: { eventName: 'c' } }]), 1);
    expect([...results.ordered(results.add(index.allRows(), order))]).toEqual([1, 32, 0]);
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
