/** A range of addresses without a field: the rows that hold its text as a word, or an address in it in any value of the record. */
import { literalsOfRange, parseRange } from '#core/query/address';
import { orInto, setBit, type Bitset } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import { isSearchable } from '../index/value-kinds';
import { encodeWtf8 } from '../text/wtf8';
import { addRowsOf, ValueHits } from './value-rows';
import { findWord } from './word-search';

/** Expects a range that {@link parseRange} accepts. */
export function findAddresses(index: EventIndex, network: string): Bitset {
  const out = index.newSet();
  const range = parseRange(network);
  if (!range.ok) throw new TypeError(range.error);
  const { dictionary } = index;
  const hits = new ValueHits(index);
  for (const bytes of literalsOfRange(network).map(encodeWtf8)) {
    dictionary.texts.find(bytes, (value) => {
      if (isSearchable(dictionary.type(value)) && range.value(dictionary.text(value))) hits.add(index, value);
    });
    for (const block of index.blocks) {
      for (const column of block.texts) {
        column.store.find(bytes, (value) => {
          if (range.value(column.text(value))) setBit(out, block.base + column.rowOf(value));
        });
      }
    }
  }
  addRowsOf(index, hits, out);
  orInto(out, findWord(index, network));
  return out;
}
