/** How often values and paths occur in the visible rows, each event counted once. */
import { type Bitset, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import { absent } from '../index/columns';
import type { EventIndex } from '../index/event-index';
import { countIdentifiers } from '../index/identifier-counts';
import { hasText } from '../index/value-kinds';

export interface Totals {
  /** Events that hold a value of the dictionary. */
  ofValue(value: number): number;
  /** Events with a value other than null under exactly this path. */
  ofPath(path: number): number;
  /** Distinct values of the dictionary under the path. */
  distinct(path: number): number;
  /** Values under the path that are kept outside the dictionary. */
  identifiers(path: number): number;
}

/** `hidden` are the rows that are not visible; null where all are, and the index's own totals are right. */
export function totalsOf(index: EventIndex, hidden: Bitset | null): Totals {
  const { dictionary, paths } = index;
  if (hidden === null) {
    return {
      ofValue: (value) => dictionary.events.at(value),
      ofPath: (path) => paths.events.at(path),
      distinct: (path) => paths.distinct.at(path),
      identifiers: (path) => paths.identifiers.at(path),
    };
  }
  const values = dictionary.events.array.slice(0, dictionary.length);
  const events = paths.events.array.slice(0, paths.length);
  const identifiers = paths.identifiers.array.slice(0, paths.length);
  for (const block of index.blocks) {
    if (isEmptyBetween(hidden, block.firstWord, block.endWord)) continue;
    subtractValues(index, block, hidden, values, events);
    countIdentifiers(index, block, hidden, (path, hiddenEvents, hiddenValues) => {
      events[path] = (events[path] as number) - hiddenEvents;
      identifiers[path] = (identifiers[path] as number) - hiddenValues;
    });
  }
  const distinct = new Uint32Array(paths.length);
  for (let value = 0; value < values.length; value++) {
    const path = dictionary.pathOf.at(value);
    if (values[value] !== 0 && hasText(dictionary.type(value))) distinct[path] = (distinct[path] as number) + 1;
  }
  return {
    ofValue: (value) => values[value] ?? 0,
    ofPath: (path) => events[path] ?? 0,
    distinct: (path) => distinct[path] ?? 0,
    identifiers: (path) => identifiers[path] ?? 0,
  };
}

function subtractValues(
  { dictionary }: EventIndex,
  { columns, firstWord }: Block,
  hidden: Bitset,
  values: Uint32Array,
  events: Uint32Array,
): void {
  columns.paths.forEach((path, column) => {
    const held = columns.dictionary(column);
    const countable = Uint8Array.from(held, (value) => (value !== absent && hasText(dictionary.type(value)) ? 1 : 0));
    const counts = new Uint32Array(held.length);
    const present = columns.count(column, hidden, firstWord, countable, counts);
    events[path] = (events[path] as number) - present;
    counts.forEach((count, code) => {
      const value = held[code] as number;
      if (value !== absent) values[value] = (values[value] as number) - count;
    });
  });
}
