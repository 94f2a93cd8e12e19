/** The order of texts in a sorted column: numbers by their size, then texts by their letters whatever their case. */
import { sortBy } from '../index/radix-sort';

/** Texts by number from 0, read only as far as their order needs it. */
export interface TextList {
  readonly length: number;
  text(at: number): string;
  lowerText(at: number): string;
  /** False only where the text is no number for sure. */
  mayBeNumber(at: number): boolean;
  /** {@link fourOf} the text in lower case. `from` is a multiple of four. */
  four(at: number, from: number): number;
}

/** Fewer texts than this are sorted by comparing them. */
const fewTexts = 4096;
/** How often texts are split by their next characters: only texts made for it are still many and different then. */
const mostSplits = 64;
/** The shape of a number in JSON, which is also how a record writes a number as a text. */
const numberShape = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The rank of each text, from 1: equal texts have equal ranks, and no text ranks 0.
 *
 * Texts in capitals stand beside the same letters in lower case. The order is total, the same for the same texts whatever order they come in.
 */
export function rankTexts(texts: TextList): Uint32Array {
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
  for (const { at, text } of numbers) ranking.give(at, text);
  ranking.rank(others.subarray(0, length), 0, 0);
  return ranking.ranks;
}

class Ranking {
  readonly ranks: Uint32Array;
  private readonly texts: TextList;
  private last = 0;
  private lastText: string | null = null;

  constructor(texts: TextList) {
    this.texts = texts;
    this.ranks = new Uint32Array(texts.length);
  }

  /** Gives the next rank, or that of the text before where it is the same text. */
  give(at: number, text: string): void {
    if (text !== this.lastText) this.last++;
    this.lastText = text;
    this.ranks[at] = this.last;
  }

  /** Ranks texts that begin with the same `from` characters behind all that have a rank: many of them by eight characters at a time. */
  rank(positions: Uint32Array, from: number, splits: number): void {
    const { texts } = this;
    if (positions.length < fewTexts || splits === mostSplits) {
      this.rankByComparing(positions);
      return;
    }
    const start = commonLength(positions, texts, from);
    const high = new Uint32Array(positions.length);
    const low = new Uint32Array(positions.length);
    let order: Uint32Array = new Uint32Array(positions.length);
    for (let place = 0; place < positions.length; place++) {
      const at = positions[place] as number;
      order[place] = place;
      high[place] = texts.four(at, start);
      low[place] = isPlain(high[place] as number) ? texts.four(at, start + 4) : 0;
    }
    for (const keys of [low, high]) order = sortBy(order, keys, 0xffffffff);
    for (let begin = 0, end = 0; begin < order.length; begin = end) {
      const first = order[begin] as number;
      const [left, right] = [high[first] as number, low[first] as number];
      for (end = begin + 1; end < order.length; end++) {
        const place = order[end] as number;
        if (high[place] !== left || low[place] !== right) break;
      }
      if (end === begin + 1) {
        // Different from the text before it, without a look at either.
        this.ranks[positions[first] as number] = ++this.last;
        this.lastText = null;
        continue;
      }
      const alike = order.slice(begin, end);
      for (let place = 0; place < alike.length; place++) alike[place] = positions[alike[place] as number] as number;
      // A 0 stands behind the end of the text: all of these are over.
      const canBeSplit = isPlain(left) && isPlain(right) && (right & 0xff) !== 0;
      this.rank(alike, start + 8, canBeSplit ? splits + 1 : mostSplits);
      // What follows differs from these.
      this.lastText = null;
    }
  }

  private rankByComparing(positions: Uint32Array): void {
    const { texts } = this;
    const known = Array.from(positions, (at) => ({ at, text: texts.text(at), lower: texts.lowerText(at) }));
    known.sort((one, other) => compare(one.lower, other.lower) || compare(one.text, other.text));
    for (const { at, text } of known) this.give(at, text);
  }
}

/** Four characters as one number, a byte each: 0 behind the end of the text, 255 from the first on that is beyond a byte. */
export function fourOf(text: string, from: number): number {
  let key = 0;
  let isBeyond = false;
  for (let next = from; next < from + 4; next++) {
    const code = next < text.length ? text.charCodeAt(next) : 0;
    isBeyond ||= code >= 255;
    key = key * 256 + (isBeyond ? 255 : code);
  }
  return key;
}

/** Whether no two different texts are alike in a number of {@link fourOf}. */
function isPlain(key: number): boolean {
  return (key & 0xff) !== 0xff;
}

/** How many characters, from `from` on by fours, all these texts have alike. */
function commonLength(positions: Uint32Array, texts: TextList, from: number): number {
  const first = positions[0] as number;
  const keys: number[] = [];
  let common = Infinity;
  for (const position of positions) {
    let at = 0;
    while (at < common) {
      const key = (keys[at] ??= texts.four(first, from + at * 4));
      // Behind the end there is nothing to tell texts by.
      if (key === 0 || !isPlain(key) || texts.four(position, from + at * 4) !== key) break;
      at++;
    }
    common = at;
    if (common === 0) break;
  }
  return from + common * 4;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
