import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  andInto,
  type Bitset,
  complement,
  countBits,
  fillBits,
  hasBit,
  isEmptyBetween,
  isFullFrom,
  orInto,
  setBit,
  wordsFor,
} from '#engine/index/bitset';

const mostRows = 200;
const rows = fc.uniqueArray(fc.nat(mostRows - 1));

function setOf(members: readonly number[]): Bitset {
  const set = new Uint32Array(wordsFor(mostRows));
  for (const row of members) setBit(set, row);
  return set;
}

function membersOf(set: Bitset): number[] {
  const members: number[] = [];
  for (let row = 0; row < set.length * 32; row++) if (hasBit(set, row)) members.push(row);
  return members;
}

const sorted = (members: Iterable<number>): number[] => [...members].sort((one, other) => one - other);

describe('a set of rows', () => {
  it('holds what was put in, in order, and counts it', () => {
    fc.assert(
      fc.property(rows, fc.nat(mostRows - 1), (members, row) => {
        const set = setOf(members);
        expect(membersOf(set)).toEqual(sorted(members));
        expect(countBits(set)).toBe(members.length);
        expect(hasBit(set, row)).toBe(members.includes(row));
        expect(isEmptyBetween(set, 0, set.length)).toBe(members.length === 0);
      }),
    );
  });

  it('intersects, joins and complements as sets do', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const [both, either] = [setOf(one), setOf(one)];
        andInto(both, setOf(other));
        orInto(either, setOf(other));
        expect(membersOf(both)).toEqual(sorted(one.filter((row) => other.includes(row))));
        expect(membersOf(either)).toEqual(sorted(new Set([...one, ...other])));
        expect(membersOf(complement(setOf(one), setOf(other)))).toEqual(
          sorted(other.filter((row) => !one.includes(row))),
        );
      }),
    );
  });

  it('takes rows that came later for not in it', () => {
    const longer = setOf([3, 70]);
    andInto(longer, Uint32Array.of(0b1000));
    expect(membersOf(longer)).toEqual([3]);
    expect(membersOf(complement(Uint32Array.of(0b1000), setOf([3, 70])))).toEqual([70]);
    expect(hasBit(Uint32Array.of(1), 64)).toBe(false);
  });

  it('fills a run of rows, and knows when a run is full', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(2), fc.nat(99), (count, fromWord, missing) => {
        const set = new Uint32Array(wordsFor(mostRows) + 1);
        fillBits(set, fromWord, count);
        expect(membersOf(set)).toEqual(Array.from({ length: count }, (_, at) => fromWord * 32 + at));
        expect(isFullFrom(set, fromWord, count)).toBe(true);
        if (missing >= count) return;
        const row = fromWord * 32 + missing;
        set[row >>> 5] = (set[row >>> 5] ?? 0) & ~(1 << (row & 31));
        expect(isFullFrom(set, fromWord, count)).toBe(false);
      }),
    );
  });
});
