import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBit, setBit, wordsFor } from '#engine/index/bitset';
import type { RawColumn } from '#engine/index/column-layout';
import { absent, Columns } from '#engine/index/columns';
import { Arena } from '#engine/index/arena';

/** By row, the values of one path: value numbers 0, 10, 20 … */
type Rows = readonly (readonly number[])[];

function rawOf(path: number, rows: Rows): RawColumn {
  const dictionary: number[] = [];
  const entries = rows.flatMap((values, row) =>
    values.map((value) => {
      if (!dictionary.includes(value)) dictionary.push(value);
      return { row, code: dictionary.indexOf(value) };
    }),
  );
  return {
    path,
    dictionary: Uint32Array.from(dictionary),
    rows: Uint32Array.from(entries, ({ row }) => row),
    codes: Uint32Array.from(entries, ({ code }) => code),
    isMulti: rows.some((values) => values.length > 1),
    // As bad as a hash can be: equal arrays have to be told from others all the same.
    rowsHash: 1,
    codesHash: 1,
  };
}

const width = fc.constantFrom(1, 2, 3, 40, 400);
const values = (distinct: number, most: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(
    fc.nat(distinct - 1).map((value) => value * 10),
    { maxLength: most, minLength: 0 },
  );
const column = (rowCount: number): fc.Arbitrary<Rows> =>
  fc.tuple(width, fc.constantFrom(1, 3), fc.boolean()).chain(([distinct, most, isFull]) =>
    fc.array(isFull ? fc.nat(distinct - 1).map((value) => [value * 10]) : values(distinct, most), {
      minLength: rowCount,
      maxLength: rowCount,
    }),
  );
/** Blocks with columns of every form, some of them equal. */
const block = fc.constantFrom(1, 31, 32, 33, 100, 700).chain((rowCount) =>
  fc.tuple(
    fc.constant(rowCount),
    fc.array(column(rowCount), { minLength: 1, maxLength: 4 }).map((columns) => [...columns, ...columns.slice(0, 2)]),
    fc.uniqueArray(fc.nat(rowCount - 1)),
  ),
);

describe('Columns', () => {
  it('answers for every form as the plain rows do', () => {
    fc.assert(
      fc.property(block, fc.func(fc.boolean()), ([rowCount, all, chosen], isWanted) => {
        const raw = all.map((rows, at) => rawOf(at * 7, rows)).filter((each) => each.rows.length > 0);
        const columns = new Columns(rowCount, raw, new Arena());
        // The block does not begin the set: the words before it must stay as they are.
        const firstWord = 2;
        const mask = new Uint32Array(firstWord + wordsFor(rowCount));
        for (const row of chosen) setBit(mask, firstWord * 32 + row);
        all.forEach((rows, path) => {
          const at = columns.find(path * 7);
          if (rows.every((each) => each.length === 0)) {
            expect(at).toBe(-1);
            return;
          }
          const dictionary = columns.dictionary(at);
          expect(rows.map((_, row) => valuesOf(columns, at, row))).toEqual(rows);
          expect(entriesOf(columns, at)).toEqual(rows.flatMap((each, row) => each.map((value) => [row, value])));

          const wanted = Uint8Array.from(dictionary, (value) => (value !== absent && isWanted(value) ? 1 : 0));
          const out = new Uint32Array(mask.length);
          columns.orRows(at, wanted, out, firstWord);
          const found = rows.map((_, row) => hasBit(out, firstWord * 32 + row));
          expect(found).toEqual(rows.map((each) => each.some((value) => isWanted(value))));
          expect(out.subarray(0, firstWord)).toEqual(new Uint32Array(firstWord));

          const counts = new Uint32Array(dictionary.length);
          const present = columns.count(at, mask, firstWord, wanted, counts);
          const counted = new Map(Array.from(dictionary, (value, code) => [value, counts[code]]));
          counted.delete(absent);
          const naive = (value: number): number => chosen.filter((row) => rows[row]?.includes(value)).length;
          expect(counted).toEqual(new Map(Array.from(counted.keys(), (value) => [value, naive(value)])));
          expect(present).toBe(chosen.filter((row) => rows[row]?.some((value) => isWanted(value))).length);

          const presentAtAll = columns.count(at, mask, firstWord, null, new Uint32Array(dictionary.length));
          expect(presentAtAll).toBe(chosen.filter((row) => rows[row]?.length !== 0).length);

          const mapped = new Uint8Array(rowCount).fill(99);
          const byCode = Uint8Array.from(dictionary, (value) => mappedTo(value === absent ? undefined : value));
          columns.mapRows(at, byCode, 77, mapped);
          expect([...mapped]).toEqual(rows.map((each) => mappedTo(each.at(-1))));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('keeps equal arrays once', () => {
    const rows: Rows = Array.from({ length: 3000 }, (_, row) => (row % 3 === 0 ? [(row % 200) * 10] : []));
    const others = rows.map((each) => each.map((value) => value + 1));
    const one = new Columns(3000, [rawOf(1, rows)], new Arena());
    const two = new Columns(3000, [rawOf(1, rows), rawOf(2, others)], new Arena());
    const alike = two.byteLength - one.byteLength;
    expect(alike).toBeLessThan(one.byteLength / 2);
    expect(valuesOf(two, 1, 3)).toEqual(others[3]);
  });
});

const mappedTo = (value: number | undefined): number => (value === undefined ? 77 : value % 70);

function valuesOf(columns: Columns, at: number, row: number): number[] {
  const found: number[] = [];
  columns.forEachValue(at, row, (value) => found.push(value));
  return found;
}

function entriesOf(columns: Columns, at: number): number[][] {
  const found: number[][] = [];
  columns.forEachEntry(at, (row, value) => {
    if (value !== absent) found.push([row, value]);
  });
  return found;
}
