/**
 * Words: exact, in any case, anywhere within any value of the record.
 *
 * Searches for the bytes of the word in the lower-cased distinct values and in the texts kept outside the dictionary. Packed UUIDs and times
 * are searched without decoding them. The result is the same as of a walk over all leaves of all events.
 */
import type { Bitset } from '../index/bitset';
import { setBit } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import { isSearchable } from '../index/value-kinds';
import { encodeWtf8, isWellFormed } from '../text/wtf8';
import { addTimeRows } from './time-search';
import { addUuidRows } from './uuid-search';
import { addRowsOf, ValueHits } from './value-rows';

/** The rows with a value that contains the word. */
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

/** The values of the dictionary that a word search reaches and that contain these lower-cased bytes. */
export function valuesWith(index: EventIndex, bytes: Uint8Array): ValueHits {
  const hits = new ValueHits(index);
  const { dictionary } = index;
  dictionary.texts.find(bytes, (value) => {
    if (isSearchable(dictionary.type(value))) hits.add(index, value);
  });
  return hits;
}

/** For half of a surrogate pair: its bytes do not occur in those of the pair, so this compares strings. */
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
