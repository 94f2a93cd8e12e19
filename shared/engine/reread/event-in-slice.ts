/** Finds an event again inside what it was wrapped in: the counterpart of reading it at import. */
import { recordFormats, type RecordFormat } from '#contract/record-formats';
import { readRow } from '../formats/csv';
import { hasForeignSource } from '../formats/foreign-records';
import { spaceEnd, type Span } from '../formats/json-walk';
import { tableAt, type TableShape } from '../formats/table';
import { undone } from '../formats/text-undo';
import { Unwrapper, type Candidate } from '../formats/unwrap';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';
import { RereadCache, type HeldRecord } from './reread-cache';

const lineFeed = 0x0a;
const quote = 0x22;

/** Whether an event's JSON is that of the row that was indexed. */
export type IsIndexed = (record: Uint8Array) => boolean;

/** A record for display. */
export interface RereadRecord {
  /** The event's JSON. */
  readonly raw: Uint8Array;
  /** The text in the file that wraps or encodes the event; null where the event is there as plain JSON. */
  readonly wrapping: Uint8Array | null;
}

/**
 * @param slice the bytes at the event's location, as UTF-8
 * @param head the first bytes of its text, with the header of a table
 * @param ordinal which of the events in the slice, from 0; used only without `isIndexed`
 * @param isIndexed identifies the event: which others are read in the slice depends on its context, which shifts the ordinal
 * @param cache the events of the large value that was searched last
 *
 * Null where there is no such event: the file has changed.
 */
export function rereadRecord(
  format: RecordFormat,
  slice: Uint8Array,
  head: Uint8Array,
  ordinal: number,
  isIndexed?: IsIndexed,
  cache = new RereadCache<RereadRecord>(),
): RereadRecord | null {
  const which = isIndexed ?? ordinal;
  if (recordFormats[format].isTable === true) return rereadRow(slice, head, which);
  const known = isIndexed === undefined ? null : cache.find(slice, ordinal, isIndexed);
  return known ?? rereadValue(slice, which, cache);
}

/** An event by its number in a slice, or by a test that identifies it. */
type Which = number | IsIndexed;

function rereadValue(slice: Uint8Array, which: Which, cache: RereadCache<RereadRecord>): RereadRecord | null {
  // Keys may be written with escapes, which the scanner reads and a search in wrappers does not.
  if (typeof which === 'function' && which(slice) && isSound(slice)) return { raw: slice, wrapping: null };
  // JSON strings cannot contain a line break: one with it is folded YAML.
  const isFolded = slice[0] === quote && slice.includes(lineFeed);
  return (isFolded ? null : rereadJson(slice, which, cache)) ?? rereadWritten(slice, which);
}

/** An event that was encoded by the text around it: see `text-undo.ts`. */
function rereadWritten(slice: Uint8Array, which: Which): RereadRecord | null {
  const written = undone(slice);
  return written === null ? null : rereadText(written.text, slice, which, 'text');
}

function rereadText(text: Uint8Array, slice: Uint8Array, which: Which, format: RecordFormat): RereadRecord | null {
  const sought = new Sought(which, () => true);
  new Unwrapper(sought.take).text(text, { bytes: slice, start: 0, end: slice.length }, format);
  return sought.found === null ? null : { raw: sought.found, wrapping: slice };
}

function rereadJson(slice: Uint8Array, which: Which, cache: RereadCache<RereadRecord>): RereadRecord | null {
  const whole = { bytes: slice, start: 0, end: slice.length };
  if (typeof which === 'function' && RereadCache.isFor(slice)) {
    const records = recordsIn(whole);
    cache.keep(slice, records);
    const found = records.find(({ record }) => which(record.raw));
    if (found !== undefined) return found.record;
  }
  const sought = new Sought(which, ({ place }) => isAllOf(place, slice));
  new Unwrapper(sought.take).value(whole, null);
  // Siblings of a list were read by other rules.
  if (sought.found === null && typeof which === 'function') new Unwrapper(sought.take).beside(whole, '');
  const raw = sought.found;
  if (raw === null) return null;
  return recordOf(raw, sought.row, slice);
}

function recordOf(raw: Uint8Array, row: Uint8Array | null, slice: Uint8Array): RereadRecord {
  return { raw, wrapping: row ?? (raw.length === slice.length ? null : slice) };
}

/** Every readable event in a value, in order. */
function recordsIn(whole: Span): readonly HeldRecord<RereadRecord>[] {
  const records: HeldRecord<RereadRecord>[] = [];
  new Unwrapper((candidate) => {
    const raw = soundBytes(candidate);
    if (raw === undefined) return;
    const record = recordOf(raw, rowBytes(candidate), whole.bytes);
    records.push({ record, isNumbered: isAllOf(candidate.place, whole.bytes) });
  }).value(whole, null);
  return records;
}

function rereadRow(slice: Uint8Array, head: Uint8Array, which: Which): RereadRecord | null {
  const shape = shapeOf(head);
  if (shape === null) return null;
  const row = readRow(slice, 0, slice.length, shape.delimiter, true, shape.lineBreak);
  if (row.kind !== 'row') return null;
  const text = encodeWtf8(shape.eventOf(row.cells));
  if (shape.wholeColumn === null) return { raw: text, wrapping: slice };
  return rereadText(text, slice, which, shape.format);
}

/** The table that a text begins with. */
function shapeOf(head: Uint8Array): TableShape | null {
  let start = 0;
  for (;;) {
    start = spaceEnd(head, start, head.length);
    if (head[start] === 0) start++;
    else if (head[start] === 0xef && head[start + 1] === 0xbb && head[start + 2] === 0xbf) start += 3;
    else break;
  }
  const table = tableAt(head, start, head.length, true);
  return table === null || table === 'needMore' ? null : table.shape;
}

/** One event among the readable ones. */
class Sought {
  found: Uint8Array | null = null;
  /** Its own part of the location, where it shares that with others. */
  row: Uint8Array | null = null;
  readonly take: (candidate: Candidate) => void;
  private left = 0;

  /** @param stoodHere whether the slice is the location of a candidate's row: plain JSON in it has its own location */
  constructor(which: Which, stoodHere: (candidate: Candidate) => boolean) {
    const isIndexed = typeof which === 'function' ? which : null;
    if (typeof which === 'number') this.left = which;
    this.take = (candidate) => {
      if (this.found !== null || (isIndexed === null && !stoodHere(candidate))) return;
      const sound = soundBytes(candidate);
      if (sound === undefined) return;
      if (isIndexed === null ? this.left === 0 : isIndexed(sound)) {
        this.found = sound;
        this.row = rowBytes(candidate);
      }
      this.left--;
    };
  }
}

/** The event, or what is known of it where its text is broken. */
function soundBytes({ span: { bytes, start, end }, fallback }: Candidate): Uint8Array | undefined {
  const own = bytes.subarray(start, end);
  return isSound(own) ? own : fallback?.();
}

function rowBytes({ row }: Candidate): Uint8Array | null {
  return row === null ? null : row.bytes.subarray(row.start, row.end);
}

function isAllOf({ start, end }: Span, slice: Uint8Array): boolean {
  return start === 0 && end === slice.length;
}

function isSound(bytes: Uint8Array): boolean {
  try {
    return !hasForeignSource(JSON.parse(decodeWtf8(bytes)));
  } catch {
    return false;
  }
}
