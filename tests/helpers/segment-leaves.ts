/** What segments hold, spelled out again, to be compared with the leaves of the records' texts. */
import { ValueType, type Segment } from '#engine/scan/segment';
import { decodeWtf8 } from '#engine/text/wtf8';
import { jsonLeaves, type JsonLeaf } from '../reference/json-leaves';

/** The leaves of each row of a thread's segments, as `path type text`, sorted. */
export interface DecodedRows {
  readonly leaves: readonly (readonly string[])[];
  /** The derived values of each row, by path. */
  readonly derived: readonly ReadonlyMap<string, string>[];
  readonly times: readonly number[];
  readonly places: readonly { readonly file: number; readonly offset: number; readonly length: number }[];
  /** Every value the segments bring, as `path type text`. */
  readonly values: readonly string[];
}

/** @param segments all of one decode thread, in order */
export function decodeRows(segments: readonly Segment[]): DecodedRows {
  const paths: string[] = [];
  const codes: string[][] = [];
  const leaves: string[][] = [];
  const derived: Map<string, string>[] = [];
  const times: number[] = [];
  const places: { file: number; offset: number; length: number }[] = [];
  const values: string[] = [];
  for (const segment of segments) {
    const first = leaves.length;
    for (const path of segment.newPaths) paths.push(path);
    const { newValues } = segment;
    newValues.paths.forEach((path, i) => {
      const value = `${String(newValues.types[i])} ${textAt(newValues.text, i)}`;
      (codes[path] ??= []).push(value);
      values.push(`${nameOf(path)} ${value}`);
    });
    for (let row = 0; row < segment.rowCount; row++) {
      leaves.push([]);
      derived.push(new Map());
      times.push(segment.times[row] ?? NaN);
      const run = segment.files.findLast(({ rowStart }) => rowStart <= row);
      places.push({
        file: run?.file ?? -1,
        offset: segment.offsets[row] ?? -1,
        length: segment.lengths[row] ?? -1,
      });
      if (((segment.canonicalTimes[row >> 3] ?? 0) >> (row & 7)) % 2 === 1) {
        const text = new Date(segment.times[row] ?? NaN).toISOString().replace('.000Z', 'Z');
        leaves[first + row]?.push(`eventTime ${String(ValueType.string)} ${text}`);
      }
    }
    for (const column of segment.coded) {
      assertAscending(column.rows);
      column.rows.forEach((row, i) => {
        const value = codes[column.path]?.[column.values[column.codes[i] ?? -1] ?? -1] ?? '(no such code)';
        const path = nameOf(column.path);
        if (path.startsWith('@') && value.startsWith(`${String(ValueType.derived)} `)) {
          derived[first + row]?.set(path, value.slice(2));
        } else leaves[first + row]?.push(`${path} ${value}`);
      });
    }
    for (const { path, rows, uuids } of segment.uuids) {
      assertAscending(rows);
      rows.forEach((row, i) => {
        const hex = Buffer.from(uuids.subarray(i * 16, i * 16 + 16)).toString('hex');
        const text = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
        leaves[first + row]?.push(`${nameOf(path)} ${String(ValueType.string)} ${text}`);
      });
    }
    for (const { path, rows, text } of segment.texts) {
      assertAscending(rows);
      rows.forEach((row, i) => {
        leaves[first + row]?.push(`${nameOf(path)} ${String(ValueType.string)} ${textAt(text, i)}`);
      });
    }
  }
  return { leaves: leaves.map(sortedSet), derived, times, places, values };

  function nameOf(path: number): string {
    return paths[path] ?? '(no such path)';
  }
}

/** A value that an event has twice under one path counts once. */
function sortedSet(leaves: readonly string[]): string[] {
  return [...new Set(leaves)].sort();
}

/** How a segment marks the type of a JSON value. */
export const valueTypes = {
  string: ValueType.string,
  number: ValueType.number,
  true: ValueType.true,
  false: ValueType.false,
  null: ValueType.null,
  object: ValueType.emptyObject,
  array: ValueType.emptyArray,
} satisfies Record<JsonLeaf['type'], ValueType>;

/** The leaves of a record's text in the same spelling, sorted. */
export function leafLines(record: string): string[] {
  return sortedSet(jsonLeaves(record).map(({ path, type, text }) => `${path} ${String(valueTypes[type])} ${text}`));
}

function textAt({ bytes, ends }: { readonly bytes: Uint8Array; readonly ends: Uint32Array }, i: number): string {
  return decodeWtf8(bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]));
}

function assertAscending(rows: Uint32Array): void {
  rows.forEach((row, i) => {
    if (i > 0 && row < (rows[i - 1] ?? 0)) throw new Error('the rows of a column do not ascend');
  });
}
