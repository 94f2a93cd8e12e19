/**
 * Words: exact, in any case, anywhere within any value of the record.
 *
 * The word is sought as bytes in the lower-cased distinct values and in the texts kept outside the dictionary; packed UUIDs and times are
 * searched without writing them out. The answer is that of a walk over all leaves of all events.
 */
import type { Bitset } from '../index/bitset';
import { setBit } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import { isSearchable } from '../index/value-kinds';
import { encodeWtf8, isWellFormed } from '../text/wtf8';
import { addTimeRows } from './time-search';
import { addUuidRows } from './uuid-search';
import { addRowsOf, ValueHits } from './value-rows';

/** The rows that hold the word in some value. */
export function findWord(index: EventIndex, text: string): Bitset {
  const word = text.toLowerCase();
  if (word === '') return index.allRows().slice();
  const out = index.newSet();
  if (!isWellFormed(word)) {
    addRowsOfHalfCharacters(index, word, out);
    return out;
  }
  const bytes = encodeWtf8(word);
  addRowsOf(index, valuesWith(index, bytes), out);
  for (const block of index.blocks) {
    for (const column of block.texts) {
      if (column.areAllIn(out, block.base)) continue;
      column.store.find(bytes, (value) => setBit(out, block.base + column.rowOf(value)));
    }
  }
  addUuidRows(index, word, out);
  addTimeRows(index, word, out);
  return out;
}

/** The values of the dictionary that a word search reaches and that hold these lower-cased bytes. */
export function valuesWith(index: EventIndex, bytes: Uint8Array): ValueHits {
  const hits = new ValueHits(index);
  const { dictionary } = index;
  dictionary.texts.find(bytes, (value) => {
    if (isSearchable(dictionary.type(value))) hits.add(index, value);
  });
  return hits;
}

/** Half of a surrogate pair may be sought; in bytes it does not stand within the whole, so this compares as strings do. */
function addRowsOfHalfCharacters(index: EventIndex, word: string, out: Bitset): void {
  const hits = new ValueHits(index);
  const { dictionary } = index;
  for (let value = 0; value < dictionary.length; value++) {
    if (isSearchable(dictionary.type(value)) && dictionary.texts.lowerText(value).includes(word))
      hits.add(index, value);
  }
  addRowsOf(index, hits, out);
  for (const block of index.blocks) {
    for (const column of block.texts) {
      for (let value = 0; value < column.length; value++) {
        if (column.store.lowerText(value).includes(word)) setBit(out, block.base + column.rowOf(value));
      }
    }
  }
}
