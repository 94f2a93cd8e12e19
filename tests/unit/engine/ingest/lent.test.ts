import { describe, expect, it } from 'vitest';
import { lentBytes, type Lent } from '#engine/text/lent';

/** The compiler checks the lines that expect an error: without one, the types of the tests do not compile. */
describe('bytes that are lent', () => {
  const memory = Uint8Array.of(1, 2, 3, 4);
  const lent: Lent = memory.subarray(1, 3);

  it('cannot be put where bytes stay', () => {
    const kept: Uint8Array[] = [];
    // @ts-expect-error a list of bytes keeps them
    kept.push(lent);
    // @ts-expect-error and so does a part of them
    kept.push(lent.subarray(1));
    // @ts-expect-error their memory is not to be had
    expect(lent.buffer).toBe(memory.buffer);
    expect(kept).toHaveLength(2);
  });

  it('can be read, copied and kept as a copy', () => {
    const copy: Uint8Array = lent.slice();
    const other = new Uint8Array(3);
    other.set(lent, 1);
    expect(lentBytes(lent)).toBe(lent);
    memory.fill(9);
    expect([lent[0], lent.length]).toEqual([9, 2]);
    expect([...copy]).toEqual([2, 3]);
    expect([...other]).toEqual([0, 2, 3]);
  });
});
