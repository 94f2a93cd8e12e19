/** The order of texts in a sorted column: numbers by their size, then texts by their letters whatever their case. */
import { sortBy } from '../index/radix-sort';

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
export function rankTexts(texts: readonly string[]): Uint32Array {
  const numbers: number[] = [];
  const others: number[] = [];
  const sizes = new Map<number, number>();
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] as string;
    if (numberShape.test(text)) {
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

/** Sorts many texts by two characters at a time, behind what all of them begin with. */
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
  if (at === null) return positions.sort(byText);
  const keys = new Uint32Array(positions.length);
  for (let place = 0; place < positions.length; place++) {
    const text = lower[positions[place] as number] as string;
    // 0 behind the end of a text: no character of a text that goes on comes before it.
    keys[place] = ((text.charCodeAt(at) || 0) * 0x10000 + (text.charCodeAt(at + 1) || 0)) >>> 0;
  }
  const order = sortBy(
    Uint32Array.from(positions, (_, place) => place),
    keys,
    0xffffffff,
  );
  const sorted = order.map((place) => positions[place] as number);
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const key = keys[order[start] as number];
    while (end < sorted.length && keys[order[end] as number] === key) end++;
    if (end - start > 1) sorted.set(inOrder(sorted.slice(start, end), texts, lower, at + 2, splits + 1), start);
  }
  return sorted;
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
