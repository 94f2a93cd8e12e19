/** The order of texts in a sorted column: numbers by their size, then texts by their letters whatever their case. */
import { sortBy } from '../index/radix-sort';

/** Fewer texts than this are sorted by comparing them. */
const fewTexts = 4096;
/** As few as these are sorted without a call of `sort`. */
const veryFew = 24;
/** How often texts are split by their next characters: only texts made for it are still many and different then. */
const mostSplits = 64;
/** The shape of a number in JSON, which is also how a record writes a number as a text. */
const numberShape = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const [minus, zero, nine] = [0x2d, 0x30, 0x39];

/**
 * The rank of each text, from 1: equal texts have equal ranks, and no text ranks 0.
 *
 * Texts in capitals stand beside the same letters in lower case. The order is total, the same for the same texts whatever order they come in.
 */
export function rankTexts(texts: readonly string[]): Uint32Array {
  const numbers: number[] = [];
  const others: number[] = [];
  const sizes = new Map<number, number>();
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] as string;
    // Most texts are known by their first character to be none.
    const first = text.charCodeAt(0);
    if ((first === minus || (first >= zero && first <= nine)) && numberShape.test(text)) {
      numbers.push(at);
      sizes.set(at, Number(text));
    } else others.push(at);
  }
  const size = (at: number): number => sizes.get(at) ?? 0;
  numbers.sort((one, other) => size(one) - size(other) || compare(texts[one] as string, texts[other] as string));
  const ranks = new Uint32Array(texts.length);
  let rank = 0;
  let last: string | null = null;
  const give = (at: number): void => {
    const text = texts[at] as string;
    if (text !== last) rank++;
    last = text;
    ranks[at] = rank;
  };
  for (const at of numbers) give(at);
  const lower = texts.map((text) => text.toLowerCase());
  for (const at of inOrder(Uint32Array.from(others), texts, lower)) give(at);
  return ranks;
}

/** Sorts many texts by eight characters at a time, behind what all of them begin with. */
function inOrder(
  positions: Uint32Array,
  texts: readonly string[],
  lower: readonly string[],
  from = 0,
  splits = 0,
): Uint32Array {
  const byText = (one: number, other: number): number =>
    compare(lower[one] as string, lower[other] as string) || compare(texts[one] as string, texts[other] as string);
  const at = positions.length < fewTexts || splits === mostSplits ? null : commonLength(positions, lower, from);
  if (at === null) return positions.length <= veryFew ? insert(positions, byText) : positions.sort(byText);
  const high = new Uint32Array(positions.length);
  const low = new Uint32Array(positions.length);
  for (let place = 0; place < positions.length; place++) {
    const text = lower[positions[place] as number] as string;
    high[place] = fourAt(text, at);
    low[place] = isPlain(high[place] as number) ? fourAt(text, at + 4) : 0;
  }
  let order = Uint32Array.from(positions, (_, place) => place);
  for (const keys of [low, high]) order = sortBy(order, keys, 0xffffffff) as typeof order;
  const sorted = order.map((place) => positions[place] as number);
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const first = order[start] as number;
    const isAlike = (place: number): boolean => high[place] === high[first] && low[place] === low[first];
    while (end < sorted.length && isAlike(order[end] as number)) end++;
    if (end - start === 1) continue;
    const next = isPlain(high[first] as number) && isPlain(low[first] as number) ? splits + 1 : mostSplits;
    sorted.set(inOrder(sorted.slice(start, end), texts, lower, at + 8, next), start);
  }
  return sorted;
}

/** Four characters as one number, a byte each: 0 behind the end of the text, 255 from the first on that is beyond a byte. */
function fourAt(text: string, at: number): number {
  let key = 0;
  let isBeyond = false;
  for (let next = at; next < at + 4; next++) {
    const code = next < text.length ? text.charCodeAt(next) : 0;
    isBeyond ||= code >= 255;
    key = key * 256 + (isBeyond ? 255 : code);
  }
  return key;
}

/** Whether no two different texts are alike in a number of {@link fourAt}. */
function isPlain(key: number): boolean {
  return (key & 0xff) !== 0xff;
}

/** Sorts a handful in place: a call of `sort` costs more. */
function insert(positions: Uint32Array, byText: (one: number, other: number) => number): Uint32Array {
  for (let end = 1; end < positions.length; end++) {
    const moved = positions[end] as number;
    let at = end;
    for (; at > 0 && byText(positions[at - 1] as number, moved) > 0; at--) positions[at] = positions[at - 1] as number;
    positions[at] = moved;
  }
  return positions;
}

/** How many characters all these texts begin with alike; null where they are all the same text. */
function commonLength(positions: Uint32Array, lower: readonly string[], from: number): number | null {
  const first = lower[positions[0] as number] as string;
  let common = first.length;
  let longest = 0;
  for (const position of positions) {
    const text = lower[position] as string;
    longest = Math.max(longest, text.length);
    let at = Math.min(from, common);
    while (at < common && text.charCodeAt(at) === first.charCodeAt(at)) at++;
    common = at;
  }
  return common >= longest ? null : common;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
