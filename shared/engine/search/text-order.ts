/** The order of texts in a sorted column: numbers by their size, then texts by their letters whatever their case. */
import { sortWithKeys } from '../index/radix-sort';

/** Texts by number from 0, read only as far as their order needs it. */
export interface TextList {
  readonly length: number;
  text(at: number): string;
  /** False only where the text is no number for sure. */
  mayBeNumber(at: number): boolean;
  /** Whether two texts are the same, capitals included. */
  isSame(one: number, other: number): boolean;
  /**
   * Writes {@link windowWidth} characters of each text in lower case, from `from` on, a byte each, one text after the other: 0 behind the end
   * of the text, 255 from the first character on that is beyond a byte. No character before `from` is beyond a byte.
   */
  readWindows(positions: Uint32Array, from: number, out: Uint8Array): void;
}

/** How many characters of a text are read at a time. */
export const windowWidth = 8;
/** Fewer texts than this are sorted by comparing them. */
const fewTexts = 48;
/** How often texts are split by their next characters: only texts made for it are still many and different then. */
const mostSplits = 64;
/** In a window: the text has ended, or goes on with characters that are beyond a byte. */
const [ended, beyond] = [0, 255];
/** The shape of a number in JSON, which is also how a record writes a number as a text. */
const numberShape = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The rank of each text, from 1: equal texts have equal ranks, and no text ranks 0.
 *
 * Texts in capitals stand beside the same letters in lower case. The order is total, the same for the same texts whatever order they come in.
 */
export function rankTexts(texts: TextList): { readonly ranks: Uint32Array; readonly most: number } {
  const numbers: { readonly at: number; readonly text: string; readonly size: number }[] = [];
  const others = new Uint32Array(texts.length);
  let length = 0;
  for (let at = 0; at < texts.length; at++) {
    const text = texts.mayBeNumber(at) ? texts.text(at) : '';
    if (numberShape.test(text)) numbers.push({ at, text, size: Number(text) });
    else others[length++] = at;
  }
  numbers.sort((one, other) => one.size - other.size || compare(one.text, other.text));
  const ranking = new Ranking(texts);
  ranking.giveSorted(numbers);
  ranking.rank(others.subarray(0, length), 0, 0);
  return ranking;
}

class Ranking {
  readonly ranks: Uint32Array;
  /** The highest rank given. */
  most = 0;
  private readonly texts: TextList;

  constructor(texts: TextList) {
    this.texts = texts;
    this.ranks = new Uint32Array(texts.length);
  }

  /** Gives ranks to texts in order, of which none has one: equal ones the same. */
  giveSorted(sorted: readonly { readonly at: number; readonly text: string }[]): void {
    let last: string | null = null;
    for (const { at, text } of sorted) {
      if (text !== last) this.most++;
      last = text;
      this.ranks[at] = this.most;
    }
  }

  /** Ranks texts that begin with the same `from` characters behind all that have a rank. None of them is among those. */
  rank(positions: Uint32Array, from: number, splits: number): void {
    if (positions.length < fewTexts || splits >= mostSplits) {
      this.rankFew(positions);
      return;
    }
    const { order, keys, used, lastOf } = sortByNext(this.texts, positions, from);
    for (let begin = 0, end = 0; begin < order.length; begin = end) {
      const first = order[begin] as number;
      const key = keys[begin] as number;
      for (end = begin + 1; end < order.length; end++) if (keys[end] !== key) break;
      if (end === begin + 1) {
        this.ranks[positions[first] as number] = ++this.most;
        continue;
      }
      const alike = order.slice(begin, end);
      for (let place = 0; place < alike.length; place++) alike[place] = positions[alike[place] as number] as number;
      const last = lastOf(key);
      // Texts that have ended are equal but for their capitals; those with a character beyond a byte are compared as they are.
      this.rank(alike, from + used, isFinal(last) ? mostSplits : splits + 1);
    }
  }

  private rankFew(positions: Uint32Array): void {
    const { texts } = this;
    if (this.areSame(positions)) {
      const rank = ++this.most;
      for (const at of positions) this.ranks[at] = rank;
      return;
    }
    const known = Array.from(positions, (at) => {
      const text = texts.text(at);
      return { at, text, lower: text.toLowerCase() };
    });
    known.sort((one, other) => compare(one.lower, other.lower) || compare(one.text, other.text));
    this.giveSorted(known);
  }

  private areSame(positions: Uint32Array): boolean {
    const [first] = positions;
    if (first === undefined) return false;
    for (let at = 1; at < positions.length; at++) {
      if (!this.texts.isSame(first, positions[at] as number)) return false;
    }
    return true;
  }
}

/** Positions among some texts, in the order of the next characters of these. */
interface NextOrder {
  readonly order: Uint32Array;
  /** In this order: the same number where the next `used` characters are the same. */
  readonly keys: Uint32Array;
  readonly used: number;
  /** The last of those characters. */
  readonly lastOf: (key: number) => number;
}

/** As many numbers as a key of 32 bits has, and so many that few texts are left that are alike. */
const [mostKeys, enoughKeys] = [2 ** 32, 2 ** 27];

/**
 * Sorts texts by as many of their next characters as one number of 32 bits can tell apart: a place counts only for the characters that stand
 * there in any of the texts, so that eight digits of an identifier, or a long beginning that all have in common, fit into one.
 */
function sortByNext(texts: TextList, positions: Uint32Array, from: number): NextOrder {
  const { length } = positions;
  const windows = new Uint8Array(length * windowWidth);
  const keys = new Uint32Array(length);
  let combinations = 1;
  let used = 0;
  let last: readonly number[] = [];
  for (let isFull = false; !isFull;) {
    texts.readWindows(positions, from + used, windows);
    const places = charactersByPlace(windows);
    const sizes: number[] = [];
    for (const characters of places) {
      isFull = combinations * characters.length > mostKeys;
      if (isFull) break;
      combinations *= characters.length;
      sizes.push(characters.length);
      last = characters;
    }
    addToKeys(keys, windows, places, sizes);
    used += sizes.length;
    // Texts with a character beyond a byte cannot be told apart by what follows it.
    isFull ||= combinations >= enoughKeys || last.includes(beyond) || last.every(isFinal);
  }
  const order = new Uint32Array(length);
  for (let place = 0; place < length; place++) order[place] = place;
  return {
    ...sortWithKeys(order, keys, combinations - 1),
    used,
    lastOf: (key) => last[key % last.length] as number,
  };
}

/** Whether nothing is to be read behind a character of a window. */
function isFinal(character: number): boolean {
  return character === ended || character === beyond;
}

/** By place in windows: the characters that stand there, ascending. */
function charactersByPlace(windows: Uint8Array): readonly (readonly number[])[] {
  const seen = new Uint8Array(windowWidth * 256);
  for (let at = 0; at < windows.length; at += windowWidth) {
    for (let place = 0; place < windowWidth; place++) seen[(place << 8) | (windows[at + place] as number)] = 1;
  }
  return Array.from({ length: windowWidth }, (_, place) => {
    const characters: number[] = [];
    for (let at = 0; at < 256; at++) if (seen[(place << 8) | at] === 1) characters.push(at);
    return characters;
  });
}

/** Adds the first characters of each window to its key, as digits of as many values as `sizes` says. */
function addToKeys(
  keys: Uint32Array,
  windows: Uint8Array,
  places: readonly (readonly number[])[],
  sizes: readonly number[],
): void {
  const digits = new Uint8Array(windowWidth * 256);
  places.forEach((characters, place) => characters.forEach((each, digit) => (digits[(place << 8) | each] = digit)));
  const multipliers = Uint32Array.from(sizes);
  for (let at = 0, start = 0; at < keys.length; at++, start += windowWidth) {
    let key = keys[at] as number;
    for (let place = 0; place < multipliers.length; place++) {
      key =
        key * (multipliers[place] as number) + (digits[(place << 8) | (windows[start + place] as number)] as number);
    }
    keys[at] = key;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
