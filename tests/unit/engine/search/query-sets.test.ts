import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBits, forEachBit } from '#engine/index/bitset';
import { EventIndex } from '#engine/index/event-index';
import { fieldLookup } from '#engine/search/fields';
import { QuerySets } from '#engine/search/query-sets';
import { parseQuery } from '#core/query/parse';
import type { QueryNode } from '#core/query/ast';
import { matchesNaively } from '../../../helpers/naive-query';
import { leavesOf, TestThread, type TestEvent } from '../../../helpers/segments';
import { arbitraryArchive, archiveQuery, type TestArchive } from '../../../helpers/archives';

/** An index of the archive's segments, and its events by row. */
function indexOf({ segments }: TestArchive): { index: EventIndex; events: Map<number, TestEvent> } {
  const index = new EventIndex();
  const threads = [0, 1].map(() => new TestThread((path, text) => path === 'requestID' && text.length % 3 !== 0));
  const events = new Map<number, TestEvent>();
  for (const { thread, events: part } of segments) {
    const base = index.words * 32;
    index.merge((threads[thread] as TestThread).segment(part), thread);
    part.forEach((event, row) => events.set(base + row, event));
  }
  index.settle();
  return { index, events };
}

function parse(index: EventIndex, text: string): QueryNode {
  const parsed = parseQuery(text, fieldLookup(index));
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

function rowsOf(index: EventIndex, text: string): number[] {
  const rows: number[] = [];
  const set = new QuerySets(index, () => index.newSet()).find(parse(index, text));
  forEachBit(set, 0, set.length, (row) => rows.push(row));
  expect(countBits(set)).toBe(rows.length);
  return rows;
}

describe('QuerySets', () => {
  it('finds what a walk over all leaves of all events finds, for every operator', () => {
    fc.assert(
      fc.property(arbitraryArchive, fc.array(archiveQuery, { minLength: 1, maxLength: 6 }), (archive, texts) => {
        const { index, events } = indexOf(archive);
        for (const text of texts) {
          const node = parse(index, text);
          const expected = [...events].filter(([, event]) => matchesNaively(node, leavesOf(event))).map(([row]) => row);
          expect(rowsOf(index, text), text).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });
});
