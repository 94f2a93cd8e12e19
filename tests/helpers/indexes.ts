/** The index of a test archive, and its events by row for the reference. */
import { parseQuery } from '#core/query/parse';
import type { QueryNode } from '#core/query/ast';
import { hasBit, type Bitset } from '#engine/index/bitset';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { fieldLookup } from '#engine/search/fields';
import type { TestArchive } from './archives';
import { fieldsAmong } from '../reference/fields';
import { readQuery, type Query } from '../reference/query-text';
import { leavesOf, TestThread, type IsIdentifier, type TestEvent } from './segments';

export interface TestIndex {
  readonly index: VisibleIndex;
  readonly events: ReadonlyMap<number, TestEvent>;
  /** The query as the reference reads it, with the fields of all these events. */
  readonly read: (text: string) => Query;
}

/** Some values of `requestID` are kept as identifiers and some in the dictionary, as where a path turned out to hold identifiers late. */
export function indexOf(archive: TestArchive): TestIndex {
  return indexOfImports([archive]);
}

/** What the files of the second import, and so on, are numbered from. */
export const filesPerImport = 10;

/** The same for several imports, one after another, into one index. The events have the files' numbers in all of them. */
export function indexOfImports(archives: readonly TestArchive[]): TestIndex {
  const isIdentifier: IsIdentifier = (path, text) => path === 'requestID' && text.length % 5 !== 0;
  const index = new VisibleIndex();
  const events = new Map<number, TestEvent>();
  archives.forEach(({ segments }, at) => {
    const threads = new Map([0, 1].map((thread) => [thread, new TestThread(isIdentifier)]));
    const firstFile = at * filesPerImport;
    for (const { thread, events: part } of segments) {
      const base = index.words * 32;
      const segment = threads.get(thread)?.segment(part);
      if (segment !== undefined) index.merge(segment, thread, firstFile);
      part.forEach((event, row) => events.set(base + row, { ...event, file: (event.file ?? 0) + firstFile }));
    }
    index.settle();
  });
  const isField = fieldsAmong(Array.from(events.values(), leavesOf).flat());
  return { index, events, read: (text) => readQuery(text, isField) };
}

/** The index of these records, in one segment. */
export function indexOfRecords(
  records: readonly unknown[],
  derived: Readonly<Record<string, string>> = {},
): VisibleIndex {
  return indexOf({ segments: [{ thread: 0, events: records.map((record) => ({ record, derived })) }] }).index;
}

export function parseFor(index: VisibleIndex, text: string): QueryNode {
  const parsed = parseQuery(text, fieldLookup(index));
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

export function rowsIn(set: Bitset): number[] {
  const rows: number[] = [];
  for (let row = 0; row < set.length * 32; row++) if (hasBit(set, row)) rows.push(row);
  return rows;
}
