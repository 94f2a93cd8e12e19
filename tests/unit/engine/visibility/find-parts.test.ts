import { describe, expect, it } from 'vitest';
import { findParts } from '#engine/visibility/find-parts';

/** A list that counts how often one of its rows is looked at. */
function watched(rows: number[]): { readonly list: number[]; readonly looks: () => number } {
  let looks = 0;
  const list = new Proxy(rows, {
    get(target, name, receiver): unknown {
      if (typeof name === 'string' && /^\d+$/.test(name)) looks++;
      return Reflect.get(target, name, receiver);
    },
  });
  return { list, looks: () => looks };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('rows that are a part of another one of their ID', () => {
  it('are found among those that count, and the others count from then on', () => {
    const counted = [100];
    const tens = (row: number, other: number): boolean => row % 10 === other % 10;
    expect(findParts([1, 10, 21, 3], counted, 100, tens)).toEqual([10, 21]);
    expect(counted).toEqual([100, 1, 3]);
  });

  it('are looked for in no more pairs than may be compared, however many rows there are', () => {
    const { list, looks } = watched([]);
    let compared = 0;
    const found = findParts(upTo(2000), list, 500, () => {
      compared++;
      return false;
    });
    expect(found).toEqual([]);
    expect(list).toHaveLength(2000);
    expect(compared).toBe(500);
    expect(looks()).toBeLessThan(1000);
  });

  it('all count once no more may be compared', () => {
    const counted = [7];
    expect(findParts(upTo(5), counted, 2, () => true)).toEqual([0, 1]);
    expect(counted).toEqual([7, 2, 3, 4]);
  });
});
