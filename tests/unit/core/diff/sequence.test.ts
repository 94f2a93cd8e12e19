import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, longestRising, matchSequences } from '#core/diff/sequence';
import { compareWords } from '#core/diff/words';

const sequence = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 });
/** Long runs that repeat little, as the elements of real arrays do. */
const long = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 200, maxLength: 300 });

/** The length of the longest common subsequence, straight from its definition. */
function longestCommon([first, ...left]: readonly number[], right: readonly number[]): number {
  if (first === undefined || right.length === 0) return 0;
  const without = longestCommon(left, right);
  const at = right.indexOf(first);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(left, right.slice(at + 1)));
}

function expectPartners(left: readonly number[], right: readonly number[], partners: Int32Array): void {
  const found = [...partners].flatMap((partner, at) => (partner < 0 ? [] : [[at, partner] as const]));
  expect(found.map(([at]) => left[at])).toEqual(found.map(([, partner]) => right[partner]));
  expect(found.every(([, partner], at) => at === 0 || partner > (found[at - 1]?.[1] ?? -1))).toBe(true);
}

describe('the partners of two sequences', () => {
  it('are equal, in order, and as many as there can be', () => {
    fc.assert(
      fc.property(sequence, sequence, (left, right) => {
        const partners = matchSequences(left, right, new Budget());
        expectPartners(left, right, partners);
        expect([...partners].filter((partner) => partner >= 0)).toHaveLength(longestCommon(left, right));
      }),
      { numRuns: 300 },
    );
  });

  it('are equal and in order where there is no time for tables, and all of them where nothing else was put in', () => {
    fc.assert(
      fc.property(long, fc.array(fc.nat(), { maxLength: 5 }), (left, places) => {
        const right = [...left];
        for (const place of places) right.splice(place % right.length, 0, 1000 + place);
        const partners = matchSequences(left, right, new Budget(0));
        expectPartners(left, right, partners);
        const shuffled = [...left].reverse();
        expectPartners(left, shuffled, matchSequences(left, shuffled, new Budget(0)));
      }),
      { numRuns: 50 },
    );
  });

  it('say when the budget did not suffice', () => {
    const budget = new Budget(10);
    matchSequences([1, 2, 1, 2, 3, 3], [2, 1, 2, 1, 3, 1, 3, 3], budget);
    expect(budget.isSpent).toBe(true);
  });
});

describe('the longest rising run', () => {
  it('is as long as a naive search finds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), (numbers) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        const rising = [...longestRising(numbers)].sort((a, b) => a - b).map((at) => numbers[at] ?? 0);
        expect(rising.every((number, at) => at === 0 || number > (rising[at - 1] ?? 0))).toBe(true);
        expect(rising).toHaveLength(longestCommon(numbers, sorted));
      }),
    );
  });
});

describe('two texts word by word', () => {
  const compare = (left: string, right: string): ReturnType<typeof compareWords> =>
    compareWords(left, right, new Budget(), false);

  it('lose nothing, and what does not differ is the same on both sides', () => {
    const text = fc
      .array(fc.constantFrom('to', ' ', 'be', 'é', '\u{1f600}', '\ud800', '-'), { maxLength: 20 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const found = compare(left, right);
        if (found === null) return;
        const joined = (pieces: typeof found.left, all: boolean): string =>
          pieces.flatMap(({ text: piece, differs }) => (all || !differs ? piece : [])).join('');
        expect([joined(found.left, true), joined(found.right, true)]).toEqual([left, right]);
        expect(joined(found.left, false)).toBe(joined(found.right, false));
      }),
    );
  });

  it('mark only the words that differ', () => {
    expect(compare('arn:aws:iam::1:role/old', 'arn:aws:iam::1:role/new')).toEqual({
      left: [
        { text: 'arn:aws:iam::1:role/', differs: false },
        { text: 'old', differs: true },
      ],
      right: [
        { text: 'arn:aws:iam::1:role/', differs: false },
        { text: 'new', differs: true },
      ],
    });
  });

  it('are compared as a whole where they have little in common', () => {
    expect(compare('one two three', 'something else')).toBeNull();
  });
});
