import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUuidRows, findUuid, packUuid } from '#engine/search/uuid-search';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { indexOf, rowsIn } from '../../../helpers/indexes';

const hex = fc.constantFrom(...'0123456789abcdef');
/** Few digits, so that short parts stand in some and not in all. */
const fewDigits = fc.constantFrom('0', '1', 'a');
const uuid = fc
  .array(fc.oneof(fewDigits, hex), { minLength: 32, maxLength: 32 })
  .map((digits) => digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const uuids = fc.array(fc.array(uuid, { maxLength: 2 }), { minLength: 1, maxLength: 50 });

function indexOfUuids(rows: readonly (readonly string[])[]): VisibleIndex {
  const events = rows.map((requestID) => ({ record: { requestID } }));
  return indexOf({ segments: [{ thread: 0, events }] }).index;
}

describe('UUIDs', () => {
  it.each([1, 2, 3, 4, 9, 36])('are found by any %i characters of their text', (length) => {
    fc.assert(
      fc.property(uuids, fc.nat(49), fc.nat(35), (rows, from, at) => {
        const some = rows.flat()[from % Math.max(1, rows.flat().length)] ?? 'a';
        const word = some.slice(at % (some.length - length + 1)).slice(0, length);
        const index = indexOfUuids(rows);
        const out = index.newSet();
        addUuidRows(index, word, out);
        const expected = rows.flatMap((values, row) => (values.some((value) => value.includes(word)) ? [row] : []));
        expect(rowsIn(out), word).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('are found as a whole, wherever the same bytes stand across two of them', () => {
    const zero = packUuid('00000000-0000-0000-0000-000000000000');
    const rows = [['00000000-0000-0000-0000-000000000001'], ['00000000-0000-0000-0000-000000000000']];
    const column = indexOfUuids(rows).blocks[0]?.uuids[0];
    const found: number[] = [];
    if (zero !== null && column !== undefined) findUuid(column, zero, (value) => found.push(value));
    expect(found).toEqual([1]);
    expect(packUuid('00000000-0000-0000-0000-00000000000g')).toBeNull();
  });
});
