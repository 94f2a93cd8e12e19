import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairSet } from '#engine/search/pair-table';

const pairs = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { maxLength: 3_000 });

describe('a set of pairs', () => {
  it('says of each pair once that it is new, whether few or many are possible', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(41, 2 ** 27), (all, rights) => {
        const set = new PairSet(41, rights);
        const known = new Set<string>();
        for (const [left, right] of all) {
          expect(set.add(left, right)).toBe(!known.has(`${left} ${right}`));
          known.add(`${left} ${right}`);
        }
      }),
      { numRuns: 20 },
    );
  });
});
