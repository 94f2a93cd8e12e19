/** Decides by the first bytes of a text how it is read, if at all. */
import { decodeWtf8 } from '../wtf8';
import { readRow } from './csv';
import { spaceEnd, stringEnd } from './json-walk';
import { MAGIC_BYTES, knownBytes, knownText, plainText, type KnownFile } from './known-files';
import { eventKeys } from './root-keys';
import { tableAt, type TableHead } from './table';
import { prefixEnd } from './unwrap';

/** A header, or a first line with what stands before its event, is no longer than this. */
const MAX_FIRST_LINE = 2 ** 16;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

export type FirstLook =
  | { readonly kind: 'needMore' }
  | { readonly kind: 'json' }
  /** Lines with a time or the like before each event. */
  | { readonly kind: 'lines' }
  | { readonly kind: 'table'; readonly table: TableHead }
  | { readonly kind: 'known'; readonly file: KnownFile }
  /** Nothing of it is known. */
  | { readonly kind: 'unknown'; readonly message: string };

/** Looks at what begins at `start`, which is no white space. */
export function firstLook(bytes: Uint8Array, start: number, end: number, isLast: boolean): FirstLook {
  const byte = bytes[start];
  if (byte === OPEN_BRACKET && end - start < 2 && !isLast) return { kind: 'needMore' };
  // No value begins with a dot: that is a section of settings.
  const isSection = byte === OPEN_BRACKET && bytes[start + 1] === DOT;
  if (byte === OPEN_BRACE || (byte === OPEN_BRACKET && !isSection)) return { kind: 'json' };
  if (end - start < MAGIC_BYTES && !isLast) return { kind: 'needMore' };
  const known = knownBytes(bytes, start, end);
  if (known !== null) return { kind: 'known', file: known };
  const stop = Math.min(end, start + MAX_FIRST_LINE);
  const feed = bytes.indexOf(LINE_FEED, start);
  const hasLine = isLast || (feed >= 0 && feed < end) || end - start >= MAX_FIRST_LINE;
  if (!hasLine) return { kind: 'needMore' };
  const lineEnd = feed >= 0 && feed < stop ? feed : stop;
  if (byte === QUOTE && isJsonString(bytes, start, lineEnd)) return { kind: 'json' };
  const table = tableAt(bytes, start, stop, isLast || stop < end);
  if (table === 'needMore') {
    if (!isLast && end - start < MAX_FIRST_LINE) return { kind: 'needMore' };
  } else if (table !== null) return { kind: 'table', table };
  if (holdsEvent(bytes, start, lineEnd)) return { kind: 'lines' };
  const line = decodeWtf8(bytes, start, Math.min(lineEnd, start + 1000));
  const file = knownText(line);
  if (file !== null) return { kind: 'known', file };
  const isBinary = unreadable.test(line);
  const columns = isBinary ? null : columnNames(bytes, start, lineEnd);
  if (columns !== null) {
    return { kind: 'unknown', message: `a table whose columns are no fields of events: ${columns}` };
  }
  // What is torn at its beginning, or has a line of its own there, must not be lost as a whole.
  if (!isLast && end - start < MAX_FIRST_LINE) return { kind: 'needMore' };
  const kind = kindOfLines(bytes, lineEnd, stop);
  if (kind !== null) return { kind };
  if (isBinary) return { kind: 'unknown', message: 'binary data of a kind that is not known' };
  return { kind: 'known', file: plainText };
}

/** Whether an event stands on the line, behind a time or the like. */
function holdsEvent(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const brace = prefixEnd(bytes, start, lineEnd);
  return brace >= 0 && holdsEventKey(bytes, brace, lineEnd);
}

/** How the first line behind this one that holds an event has it, with nothing unreadable before it; null where none does. */
function kindOfLines(bytes: Uint8Array, start: number, end: number): 'json' | 'lines' | null {
  for (let at = start + 1; at < end;) {
    const feed = bytes.indexOf(LINE_FEED, at);
    const lineEnd = feed >= 0 && feed < end ? feed : end;
    const brace = prefixEnd(bytes, at, lineEnd);
    if (brace >= 0 && holdsEventKey(bytes, brace, lineEnd)) {
      const prefix = decodeWtf8(bytes, at, brace);
      if (!unreadable.test(prefix)) return prefix.trim() === '' ? 'json' : 'lines';
    }
    at = lineEnd + 1;
  }
  return null;
}

/** Whether the line is one string, as a list of events' texts has on each. A table's header may begin with a quote too. */
function isJsonString(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const close = stringEnd(bytes, start, lineEnd);
  const first = bytes[spaceEnd(bytes, start + 1, lineEnd)];
  return close > 0 && (first === OPEN_BRACE || first === OPEN_BRACKET);
}

const MAX_KEY_DISTANCE = 4096;
const encoder = new TextEncoder();
const quotedKeys = [...eventKeys, 'detail-type', 'Records'].map((key) => Buffer.from(encoder.encode(`"${key}"`)));

function holdsEventKey(bytes: Uint8Array, start: number, end: number): boolean {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, MAX_KEY_DISTANCE));
  return quotedKeys.some((key) => part.includes(key));
}

/** What no text holds. */
const unreadable = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** What a line that looks like a table's header names; null where it does not. */
function columnNames(bytes: Uint8Array, start: number, lineEnd: number): string | null {
  const row = readRow(bytes, start, lineEnd, COMMA, true);
  if (row.kind !== 'row' || row.cells.length <= 2) return null;
  if (!row.cells.every((cell) => /^[\w@][\w .@:/()-]{0,63}$/.test(cell))) return null;
  const names = row.cells.slice(0, 5).map((cell) => `"${cell}"`);
  return `${names.join(', ')}${row.cells.length > names.length ? ', …' : ''}`;
}
