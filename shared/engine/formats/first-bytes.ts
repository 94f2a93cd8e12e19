/** Decides by the first bytes of a text how it is read, if at all. */
import { decodeWtf8 } from '../wtf8';
import { readRow } from './csv';
import { spaceEnd, stringEnd } from './json-walk';
import { MAGIC_BYTES, knownBytes, knownText, type KnownFile } from './known-files';
import { eventKeys } from './root-keys';
import { tableAt, type TableHead } from './table';
import { prefixEnd } from './unwrap';

/** A header, or a first line with what stands before its event, is no longer than this. */
export const MAX_FIRST_LINE = 2 ** 16;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
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
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return { kind: 'json' };
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
  const brace = prefixEnd(bytes, start, lineEnd);
  if (brace >= 0 && holdsEventKey(bytes, brace, lineEnd)) return { kind: 'lines' };
  return nameText(bytes, start, lineEnd);
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

function nameText(bytes: Uint8Array, start: number, lineEnd: number): FirstLook {
  const row = readRow(bytes, start, lineEnd, COMMA, true);
  const line = decodeWtf8(bytes, start, Math.min(lineEnd, start + 1000));

  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(line)) {
    return { kind: 'unknown', message: 'binary data of a kind that is not known' };
  }
  if (row.kind === 'row' && row.cells.length > 2 && row.cells.every((cell) => /^[\w@][\w .@:/()-]{0,63}$/.test(cell))) {
    const names = row.cells.slice(0, 5).map((cell) => `"${cell}"`);
    const more = row.cells.length > names.length ? ', …' : '';
    return {
      kind: 'unknown',
      message: `a table whose columns are no fields of events: ${names.join(', ')}${more}`,
    };
  }
  return { kind: 'known', file: knownText(line) };
}
