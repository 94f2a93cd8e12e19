/**
 * What a decode thread delivers to the engine: some thousands of events, already split into values, as typed arrays.
 *
 * A decode thread keeps one dictionary for a whole import. Each segment carries the paths and values that were new since the
 * thread's last segment, and columns that name values by the thread's own codes. The engine maps them to its own.
 *
 * All arrays are transferred, not copied.
 */

import type { MemberRef } from '../sources/member';

/** What kind of JSON leaf a value was. A string `"true"` and a literal `true` are different values. */
export const ValueType = {
  string: 0,
  /** The text is the number as written. */
  number: 1,
  true: 2,
  false: 3,
  null: 4,
  /** `{}`; its text is empty and no word search finds it. */
  emptyObject: 5,
  /** `[]`; likewise. */
  emptyArray: 6,
  /** Derived at import (paths that begin with `@`); no word search finds it. */
  derived: 7,
} as const;
export type ValueType = (typeof ValueType)[keyof typeof ValueType];

/** Byte strings, one after another. `ends[i]` is where string i ends; it starts where the one before it ends. */
export interface ByteStrings {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** Values that are new to the thread's dictionary, in order of their codes: see `path`. */
export interface NewValues {
  /** The thread's path number of each. Within one path, codes count up from 0 in the order values were first seen. */
  readonly paths: Uint32Array;
  readonly types: Uint8Array;
  /** As in the record after unescaping, UTF-8 (lone surrogates as their three WTF-8 bytes). Numbers and literals as written. */
  readonly text: ByteStrings;
}

/**
 * The dictionary-coded values of one path, by row. Ascending rows; a row occurs once per distinct value it has, in record order (arrays
 * collapse into one path).
 *
 * Codes count by first appearance in the column: columns that move together, such as an ARN and the name in it, have equal codes.
 */
export interface CodedColumn {
  readonly path: number;
  /** By code: the thread's code of the value under this path. */
  readonly values: Uint32Array;
  /** By code: how many rows have it. */
  readonly events: Uint32Array;
  readonly rows: Uint32Array;
  readonly codes: Uint32Array;
  /** Whether some row occurs more than once. */
  readonly isMulti: boolean;
  /** Hash of the two arrays, to find equal ones of other columns. */
  readonly rowsHash: number;
  readonly codesHash: number;
}

/**
 * Values of a path whose values are nearly all different (request IDs, object keys): kept in row order, without a dictionary.
 * One path may have dictionary-coded values, UUIDs and texts at once; each value of the record is in exactly one of them.
 */
export interface UuidColumn {
  readonly path: number;
  readonly rows: Uint32Array;
  /** 16 bytes each: canonical lower-case 8-4-4-4-12 strings only. */
  readonly uuids: Uint8Array;
}

export interface TextColumn {
  readonly path: number;
  readonly rows: Uint32Array;
  /** Strings only (`ValueType.string`). */
  readonly text: ByteStrings;
}

/** Rows from `rowStart` up to the next run come from this file. */
export interface FileRun {
  /** The file's number in the import, in the order of its sorted listing. */
  readonly file: number;
  /** The member of that file where it is an archive; null for the file itself. */
  readonly member: MemberRef | null;
  readonly rowStart: number;
}

export interface Segment {
  readonly rowCount: number;
  /**
   * `eventTime`, or its substitute where it is missing, as ms since 1970; NaN where there is no readable time.
   *
   * Where the text is exactly `YYYY-MM-DDTHH:MM:SSZ` it is kept here only, with no value under the path `eventTime`; any other
   * spelling is also an ordinary value.
   */
  readonly times: Float64Array;
  /** One bit per row (row 0 = lowest bit of byte 0): 1 where `eventTime`'s text is canonical and so kept in `times` only. */
  readonly canonicalTimes: Uint8Array;
  /** Where the record starts in its decompressed file, bytes. */
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  /** Two words per row: a keyed hash of `recipientAccountId` and `eventID` (or `eventId`); 0, 0 where the record has no ID. */
  readonly idHashes: Uint32Array;
  /** Two words per row: a keyed hash of all leaves with their paths and array positions, whatever the order of keys. */
  readonly contentHashes: Uint32Array;
  /** One bit per row, as in `canonicalTimes`: 1 where request and response did not come with the event. Null: no such row. */
  readonly summaryRows: Uint8Array | null;
  /** The same for partial records, built from a table's columns or from the fields next to a broken event. */
  readonly partialRows: Uint8Array | null;
  /** The same for rows from a gzip member after the first one, where CloudTrail writes only one. */
  readonly appendedRows: Uint8Array | null;
  readonly files: readonly FileRun[];
  /** Texts of the paths that are new to the thread, joined by `.`; their numbers go on from the thread's earlier ones. */
  readonly newPaths: readonly string[];
  readonly newValues: NewValues;
  readonly coded: readonly CodedColumn[];
  readonly uuids: readonly UuidColumn[];
  readonly texts: readonly TextColumn[];
}
