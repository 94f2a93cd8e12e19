/** Two texts word by word. */
import type { DiffCell } from '#contract/diff';
import { type Budget, matchSequences } from './sequence';

type Pieces = NonNullable<DiffCell['pieces']>;

/** Longer texts are compared as a whole. */
const longestText = 200_000;
/** Where the texts share less than this part of the longer one, the common pieces are chance. */
const leastShare = 0.3;

/** A word, a run of white space, or one other character. */
const word = /[\p{L}\p{N}]+|\s+|[^]/gu;

/** The pieces of both texts; null where they have too little in common, or are too long. `isSwapped`: see `align.ts`. */
export function compareWords(
  left: string,
  right: string,
  budget: Budget,
  isSwapped: boolean,
): { readonly left: Pieces; readonly right: Pieces } | null {
  if (left === '' || right === '' || Math.max(left.length, right.length) > longestText) return null;
  const numbers = new Map<string, number>();
  const [one, other] = [left.match(word) ?? [], right.match(word) ?? []];
  const [a, b] = [numbered(one, numbers), numbered(other, numbers)];
  const partners = isSwapped ? matchSequences(b, a, budget) : matchSequences(a, b, budget);
  const matched = Array.from(partners, (partner, at) => [at, partner] as const).filter(([, partner]) => partner >= 0);
  const same = {
    left: new Set(matched.map(([at, partner]) => (isSwapped ? partner : at))),
    right: new Set(matched.map(([at, partner]) => (isSwapped ? at : partner))),
  };
  const shared = [...same.left].reduce((sum, at) => sum + (one[at]?.trim().length ?? 0), 0);
  if (shared < leastShare * Math.max(left.length, right.length)) return null;
  return { left: pieces(one, same.left), right: pieces(other, same.right) };
}

function numbered(words: readonly string[], numbers: Map<string, number>): number[] {
  return words.map((text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  });
}

function pieces(words: readonly string[], same: ReadonlySet<number>): Pieces {
  const found: { text: string; differs: boolean }[] = [];
  words.forEach((text, at) => {
    const differs = !same.has(at);
    const last = found.at(-1);
    if (last?.differs === differs) last.text += text;
    else found.push({ text, differs });
  });
  return found;
}
