/** Segments from plain records, as a decode thread makes them: see `engine/scan/segment.ts`. */
import { compactColumn } from '#engine/scan/compact-column';
import { ValueType, type ByteStrings, type FileRun, type Segment } from '#engine/scan/segment';
import { encodeWtf8 } from '#engine/text/wtf8';
import type { Leaf } from '../reference/fields';
import { jsonLeaves } from '../reference/json-leaves';
import { ownLeaves } from '../reference/query-match';
import { eventTime } from '../reference/times';
import { valueTypes } from './segment-leaves';

/** An event for a test: a parsed record, and the values derived from it (paths that begin with `@`). */
export interface TestEvent {
  readonly record: unknown;
  readonly derived?: Readonly<Record<string, string>>;
  /** The file's number. */
  readonly file?: number;
  /** The member of that file, by its ordinal. */
  readonly member?: number;
  /** Stands for the event's ID and account; left out: it has none. */
  readonly id?: number;
  /** Stands for the event's content. */
  readonly content?: number;
  readonly isSummary?: boolean;
  /** Put together from columns; a summary is so in any case. */
  readonly isPartial?: boolean;
}

export const isPartial = ({ isSummary, isPartial: fromColumns }: TestEvent): boolean =>
  isSummary === true || fromColumns === true;

interface TypedLeaf {
  readonly path: string;
  readonly text: string;
  readonly type: ValueType;
}

/** The leaves of an event, with its derived values, for the reference. */
export function leavesOf({ record, derived = {} }: TestEvent): readonly Leaf[] {
  const values = Object.entries(derived).map(([path, text]): Leaf => ({ path, text, kind: 'text' }));
  return [...ownLeaves(JSON.stringify(record)), ...values];
}

/** Whether a value of a path is kept outside the dictionary. */
export type IsIdentifier = (path: string, text: string) => boolean;

/** One decode thread: its dictionary lives from segment to segment. */
export class TestThread {
  private readonly paths = new Map<string, number>();
  private readonly codes = new Map<string, number>();
  private readonly distinct: number[] = [];
  private readonly isIdentifier: IsIdentifier;
  private nextOffset = 0;

  constructor(isIdentifier: IsIdentifier = () => false) {
    this.isIdentifier = isIdentifier;
  }

  segment(events: readonly TestEvent[]): Segment {
    const newPaths: string[] = [];
    const values: { path: number; type: ValueType; text: string }[] = [];
    const coded = new Map<number, { rows: number[]; codes: number[] }>();
    const uuids = new Map<number, { rows: number[]; hex: string }>();
    const texts = new Map<number, { rows: number[]; texts: string[] }>();
    const times = new Float64Array(events.length).fill(NaN);
    const canonical = new Uint8Array((events.length + 7) >>> 3);
    const numberOf = (path: string): number => {
      let number = this.paths.get(path);
      if (number === undefined) {
        this.paths.set(path, (number = this.paths.size));
        this.distinct.push(0);
        newPaths.push(path);
      }
      return number;
    };
    const code = (row: number, { path, text, type }: TypedLeaf): void => {
      const number = numberOf(path);
      const key = JSON.stringify([path, type, text]);
      let found = this.codes.get(key);
      if (found === undefined) {
        found = this.distinct[number] ?? 0;
        this.distinct[number] = found + 1;
        this.codes.set(key, found);
        values.push({ path: number, type, text });
      }
      const column = entry(coded, number, () => ({ rows: [], codes: [] }));
      const first = column.rows.indexOf(row);
      if (first >= 0 && column.codes.includes(found, first)) return;
      column.rows.push(row);
      column.codes.push(found);
    };
    events.forEach((event, row) => {
      for (const leaf of typedLeaves(event)) {
        if (leaf.path === 'eventTime' && leaf.type === ValueType.string) {
          const time = eventTime(leaf.text);
          if (time !== null) times[row] = time;
          if (time !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(leaf.text)) {
            canonical[row >>> 3] = (canonical[row >>> 3] ?? 0) | (1 << (row & 7));
            continue;
          }
        }
        if (leaf.type !== ValueType.string || !this.isIdentifier(leaf.path, leaf.text)) code(row, leaf);
        else if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(leaf.text)) {
          const column = entry(uuids, numberOf(leaf.path), () => ({ rows: [], hex: '' }));
          column.rows.push(row);
          column.hex += leaf.text.replaceAll('-', '');
        } else {
          const column = entry(texts, numberOf(leaf.path), () => ({ rows: [], texts: [] }));
          column.rows.push(row);
          column.texts.push(leaf.text);
        }
      }
    });
    const offsets = Float64Array.from(events, () => (this.nextOffset += 100));
    return {
      rowCount: events.length,
      times,
      canonicalTimes: canonical,
      offsets,
      lengths: Uint32Array.from(events, () => 99),
      idHashes: Uint32Array.from(events.flatMap(({ id }) => (id === undefined ? [0, 0] : [id, 1]))),
      contentHashes: Uint32Array.from(events.flatMap(({ content = 0 }) => [content, 2])),
      summaryRows: events.some(({ isSummary }) => isSummary) ? bitsOf(events.map((event) => event.isSummary)) : null,
      partialRows: events.some(isPartial) ? bitsOf(events.map(isPartial)) : null,
      appendedRows: null,
      files: fileRuns(events),
      newPaths,
      newValues: {
        paths: Uint32Array.from(values, ({ path }) => path),
        types: Uint8Array.from(values, ({ type }) => type),
        text: byteStrings(values.map(({ text }) => text)),
      },
      coded: Array.from(coded, ([path, { rows, codes }]) =>
        compactColumn(path, Uint32Array.from(rows), Uint32Array.from(codes)),
      ),
      uuids: Array.from(uuids, ([path, { rows, hex }]) => ({
        path,
        rows: Uint32Array.from(rows),
        uuids: Uint8Array.from(Buffer.from(hex, 'hex')),
      })),
      texts: Array.from(texts, ([path, column]) => ({
        path,
        rows: Uint32Array.from(column.rows),
        text: byteStrings(column.texts),
      })),
    };
  }
}

function entry<Value>(map: Map<number, Value>, key: number, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function bitsOf(rows: readonly (boolean | undefined)[]): Uint8Array {
  const bits = new Uint8Array((rows.length + 7) >>> 3);
  rows.forEach((isSet, row) => {
    if (isSet === true) bits[row >>> 3] = (bits[row >>> 3] ?? 0) | (1 << (row & 7));
  });
  return bits;
}

function fileRuns(events: readonly TestEvent[]): FileRun[] {
  return events.flatMap(({ file = 0, member }, rowStart) => {
    const before = events[rowStart - 1];
    if (before !== undefined && file === (before.file ?? 0) && member === before.member) return [];
    const ref = member === undefined ? null : { ordinal: member, name: `m${member}.json`, steps: [] };
    return [{ file, member: ref, rowStart }];
  });
}

function byteStrings(texts: readonly string[]): ByteStrings {
  const parts = texts.map(encodeWtf8);
  let end = 0;
  return { bytes: Buffer.concat(parts), ends: Uint32Array.from(parts, (part) => (end += part.length)) };
}

function typedLeaves({ record, derived = {} }: TestEvent): TypedLeaf[] {
  const own = jsonLeaves(JSON.stringify(record)).map(({ path, text, type }) => ({
    path,
    text,
    type: valueTypes[type],
  }));
  return [...own, ...Object.entries(derived).map(([path, text]) => ({ path, text, type: ValueType.derived }))];
}
