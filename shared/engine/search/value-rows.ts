/** Turns values of the dictionary into the rows that have them. */
import { type Bitset, setBit } from '../index/bitset';
import { absent } from '../index/columns';
import type { EventIndex } from '../index/event-index';
import { hasText } from '../index/value-kinds';
import { addTimeRange } from './time-search';

/** Values of the dictionary, and their paths. */
export class ValueHits {
  /** 1 for a chosen value, by value. */
  readonly values: Uint8Array;
  readonly paths = new Set<number>();

  constructor(index: EventIndex) {
    this.values = new Uint8Array(index.dictionary.length);
  }

  add(index: EventIndex, value: number): void {
    this.values[value] = 1;
    this.paths.add(index.dictionary.pathOf.at(value));
  }
}

/** Adds to `out` every row that has a chosen value. */
export function addRowsOf(index: EventIndex, hits: ValueHits, out: Bitset): void {
  // The most frequent paths first: blocks that they fill need no scan of the others.
  const paths = [...hits.paths].sort((one, other) => index.paths.events.at(other) - index.paths.events.at(one));
  for (const block of index.blocks) {
    for (const path of paths) {
      const column = block.columns.find(path);
      if (column < 0) continue;
      const wanted = wantedCodes(block.columns.dictionary(column), hits.values);
      if (wanted !== null) block.columns.orRows(column, wanted, out, block.firstWord);
    }
  }
}

/** By code: 1 where the value is chosen; null where none is. */
function wantedCodes(dictionary: Uint32Array, values: Uint8Array): Uint8Array | null {
  const wanted = new Uint8Array(dictionary.length);
  let any = 0;
  for (let code = 0; code < dictionary.length; code++) {
    const value = dictionary[code] as number;
    if (value === absent) continue;
    const hit = values[value] ?? 0;
    wanted[code] = hit;
    any |= hit;
  }
  return any === 0 ? null : wanted;
}

/** The rows with a text under any of the paths, in the dictionary or outside it; with `isFilled`, a text that is not empty. */
export function rowsWithText(index: EventIndex, paths: readonly number[], isFilled = false): Bitset {
  const { dictionary } = index;
  const rows = index.newSet();
  const hits = new ValueHits(index);
  for (const path of paths) {
    dictionary.forEachOfPath(path, (value) => {
      if (hasText(dictionary.type(value)) && (!isFilled || dictionary.text(value) !== '')) hits.add(index, value);
    });
    if (path === index.timePath) addTimeRange(index, -Infinity, Infinity, rows);
    if (index.paths.identifiers.at(path) === 0) continue;
    for (const block of index.blocks) {
      for (const column of block.identifiersOf(path)) {
        for (let value = 0; value < column.length; value++) setBit(rows, block.base + column.rowOf(value));
      }
    }
  }
  addRowsOf(index, hits, rows);
  return rows;
}
