/** Counts, by path, what stands outside the dictionary in one block: identifiers and canonical times. */
import { type Bitset, hasBit } from './bitset';
import type { Block } from './block';
import type { EventIndex } from './event-index';
import { hasText } from './value-kinds';

/**
 * Calls back for each path that has such values in the block with how many there are, and how many events have one but no value with a text
 * in the dictionary: those are counted with the dictionary's. `rows` narrows it to a set; null means the whole block.
 */
export function countIdentifiers(
  index: EventIndex,
  block: Block,
  rows: Bitset | null,
  tell: (path: number, events: number, values: number) => void,
): void {
  const isIn = (row: number): boolean => rows === null || hasBit(rows, block.base + row);
  for (const path of new Set([...block.uuids, ...block.texts].map((column) => column.path))) {
    // 1: the row holds an identifier of this path.
    const marks = new Uint8Array(block.rowCount);
    let values = 0;
    let events = 0;
    for (const column of block.identifiersOf(path)) {
      for (let value = 0; value < column.length; value++) {
        const row = column.rowOf(value);
        if (!isIn(row)) continue;
        values++;
        events += 1 - (marks[row] as number);
        marks[row] = 1;
      }
    }
    const at = block.columns.find(path);
    if (at >= 0) {
      block.columns.forEachEntry(at, (row, value) => {
        if (marks[row] !== 1 || !hasText(index.dictionary.type(value))) return;
        events--;
        marks[row] = 0;
      });
    }
    tell(path, events, values);
  }
  let dated = 0;
  for (let row = 0; row < block.rowCount; row++) if (block.times.isCanonical(row) && isIn(row)) dated++;
  tell(index.timePath, dated, dated);
}
