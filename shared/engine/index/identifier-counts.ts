/** Counts the values of one block that are kept outside the dictionary, by path: identifiers and canonical times. */
import { type Bitset, hasBit } from './bitset';
import type { Block } from './block';
import { visitBlock, type ValueStore } from './path-values';

/**
 * Calls back for each path that has such values in the block: with the number of values, and of events that have one but no text in the
 * dictionary, as those are counted there. `rows` narrows it to a set; null means the whole block.
 */
export function countIdentifiers(
  store: ValueStore,
  block: Block,
  rows: Bitset | null,
  report: (path: number, events: number, values: number) => void,
): void {
  const isIn = (row: number): boolean => rows === null || hasBit(rows, block.base + row);
  for (const path of new Set([...block.uuids, ...block.texts].map((column) => column.path))) {
    // 1: the row is counted, by its identifier or by its value in the dictionary, which is visited first.
    const counted = new Uint8Array(block.rowCount);
    let values = 0;
    let events = 0;
    visitBlock(store, block, path, {
      time: ignore,
      coded: (row) => {
        counted[row] = 1;
      },
      identifier: (row) => {
        if (!isIn(row)) return;
        values++;
        events += 1 - (counted[row] as number);
        counted[row] = 1;
      },
    });
    report(path, events, values);
  }
  let dated = 0;
  for (let row = 0; row < block.rowCount; row++) if (block.times.isCanonical(row) && isIn(row)) dated++;
  report(store.timePath, dated, dated);
}

const ignore = (): void => undefined;
