/** `~word`: the rows with a value that contains a term near the word, or near each of several words. */
import type { Bitset } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { encodeWtf8 } from '../text/wtf8';
import { termsOf, wordsOf } from './terms';
import { addRowsOf, ValueHits } from './value-rows';
import type { Vocabulary } from './vocabulary';
import { valuesWith } from './word-search';

/** Terms tried per word; nearer and more frequent ones first. */
export const maxLikeTerms = 40;

/** The vocabulary must have been updated. The word itself is always among the terms, in or out of the vocabulary. */
export function findLike(index: VisibleIndex, vocabulary: Vocabulary, text: string): Bitset {
  const out = index.newSet();
  const words = wordsOf(text);
  if (words.length === 0) return out;
  const hits = words.map((word) => valuesNear(index, vocabulary, word));
  const [first, ...others] = hits;
  if (first === undefined) return out;
  const inAll = new ValueHits(index);
  for (let value = 0; value < first.length; value++) {
    if (first[value] === 1 && others.every((other) => other[value] === 1)) inAll.add(index, value);
  }
  addRowsOf(index, inAll, out);
  return out;
}

/** By value: 1 where it contains a near term. */
function valuesNear(index: VisibleIndex, vocabulary: Vocabulary, word: string): Uint8Array {
  const { dictionary } = index;
  const near = new Uint8Array(dictionary.length);
  const terms = new Set([word, ...vocabulary.nearTerms(word, maxLikeTerms).map((found) => found.term)]);
  for (const term of terms) {
    const held = valuesWith(index, encodeWtf8(term)).values;
    for (let value = 0; value < held.length; value++) {
      if (held[value] !== 1 || near[value] === 1) continue;
      const text = dictionary.text(value);
      if (termsOf(text).has(term) || wordsOf(text).includes(term)) near[value] = 1;
    }
  }
  return near;
}
