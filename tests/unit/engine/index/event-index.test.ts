import { describe, expect, it } from 'vitest';
import { rowsWithText } from '#engine/search/value-rows';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { indexOfRecords, rowsIn } from '../../../helpers/indexes';
import { TestThread } from '../../../helpers/segments';

describe('the index', () => {
  it('finds the block of every row, and none behind its rows', () => {
    const index = new VisibleIndex();
    const thread = new TestThread();
    for (let count = 1; count <= 40; count++) {
      const events = Array.from({ length: count }, (_, row) => ({ record: {}, id: count * 100 + row }));
      index.merge(thread.segment(events), 0);
    }
    for (const block of index.blocks) {
      expect(index.blockOf(block.base)).toBe(block);
      expect(index.blockOf(block.base + block.rowCount - 1)).toBe(block);
    }
    expect(index.blockOf(index.words * 32)).toBeUndefined();
    expect(index.blockOf(1)).toBeUndefined();
  });

  it('knows each partial record of a segment', () => {
    const index = new VisibleIndex();
    const partial = [0, 7, 31, 32, 40, 69];
    const events = Array.from({ length: 70 }, (_, row) => ({ record: {}, id: row, isPartial: partial.includes(row) }));
    index.merge(new TestThread().segment(events), 0);
    const { hashes } = index.blocks[0] as (typeof index.blocks)[number];
    expect(events.flatMap((_, row) => (hashes.isPartial(row) ? [row] : []))).toEqual(partial);
  });

  it('has the rows with a text, an empty one only where that is asked for', () => {
    const index = indexOfRecords([{ a: '' }, { a: 'x' }, { a: null }, {}]);
    const paths = [index.paths.find('a') ?? -1];
    expect(rowsIn(rowsWithText(index, paths))).toEqual([0, 1]);
    expect(rowsIn(rowsWithText(index, paths, true))).toEqual([1]);
  });
});
