import { describe, expect, it } from 'vitest';
import type { FileRun } from '#engine/scan/segment';
import { RowPlaces } from '#engine/index/row-places';
import { Arena } from '#engine/index/arena';
import { TestThread } from '../../../helpers/segments';

type Row = readonly [file: number, member: number | null, offset: number, length: number];

function placesOf(rows: readonly Row[], firstFile = 0): RowPlaces {
  const files: FileRun[] = [];
  rows.forEach(([file, member], rowStart) => {
    const before = rows[rowStart - 1];
    if (before !== undefined && before[0] === file && before[1] === member) return;
    files.push({ file, member: member === null ? null : { ordinal: member, name: `m${member}`, steps: [] }, rowStart });
  });
  const segment = new TestThread().segment(rows.map(() => ({ record: { eventName: 'x' } })));
  const offsets = Float64Array.from(rows, ([, , offset]) => offset);
  const lengths = Uint32Array.from(rows, ([, , , length]) => length);
  return new RowPlaces({ ...segment, files, offsets, lengths }, firstFile, new Arena());
}

describe('RowPlaces', () => {
  it.each([
    [
      'one after another',
      [
        [0, null, 10, 5],
        [0, null, 16, 70_000],
        [0, null, 70_017, 3],
        [4, null, 1, 9],
        [4, null, 11, 1],
      ],
    ],
    [
      'anywhere, in members too',
      [
        [0, null, 10, 5],
        [1, 0, 7, 5],
        [1, 0, 100, 5],
        [1, 3, 20, 5],
        [2, null, 5e9, 5],
      ],
    ],
  ] satisfies [string, Row[]][])('keeps places of rows %s', (_, rows) => {
    const places = placesOf(rows, 20);
    const kept = rows.map((__, row) => [
      places.file(row) - 20,
      places.member(row)?.ordinal ?? null,
      places.offset(row),
      places.length(row),
    ]);
    expect(kept).toEqual(rows);
    expect(rows.map((__, row) => places.ordinal(row))).toEqual(rows.map(() => 0));
  });

  it.each([
    [
      'all of them',
      [
        [0, null, 10, 5],
        [0, null, 10, 5],
        [0, null, 10, 5],
        [1, null, 10, 5],
      ],
      [0, 1, 2, 0],
    ],
    [
      'some of them',
      [
        [0, null, 10, 5],
        [0, null, 10, 5],
        [0, null, 20, 5],
        [0, null, 20, 5],
        [0, 1, 20, 5],
      ],
      [0, 1, 0, 1, 0],
    ],
  ] satisfies [string, Row[], number[]][])('counts the rows that share a place, %s', (_, rows, ordinals) => {
    const places = placesOf(rows);
    expect(rows.map((__, row) => places.ordinal(row))).toEqual(ordinals);
    expect(rows.map((__, row) => places.offset(row))).toEqual(rows.map(([, , offset]) => offset));
  });
});
