/** Format detection: decides by the first bytes of a text how it is read, if at all. */
import { decodeWtf8 } from '../text/wtf8';
import { readRow } from './csv';
import { spaceEnd, stringEnd } from './json-walk';
import {
  magicBytes,
  knownBytes,
  knownText,
  mayHoldEvents,
  plainText,
  javaScriptText,
  pythonText,
  type KnownFile,
} from './known-files';
import { eventKeys } from '../scan/root-keys';
import { tableAt, type TableHead } from './table';
import type { TextWithout } from './text-reader';
import { prefixEnd } from './event-start';

/** The longest header, or first line up to its event. */
const maxFirstLine = 2 ** 16;
const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;

export type FirstLook =
  | { readonly kind: 'needMore' }
  | { readonly kind: 'json' }
  /** Lines with CloudWatch's time before each event. */
  | { readonly kind: 'lines' }
  /** Something else, which may contain events; `file` describes it if it does not. */
  | { readonly kind: 'text'; readonly without: TextWithout }
  | { readonly kind: 'table'; readonly table: TableHead }
  | { readonly kind: 'known'; readonly file: KnownFile }
  /** Unknown. */
  | { readonly kind: 'unknown'; readonly message: string };

/** Detects the format of what begins at `start`, which is not white space. */
export function firstLook(bytes: Uint8Array, start: number, end: number, isLast: boolean): FirstLook {
  const byte = bytes[start];
  if (byte === openBracket && end - start < 2 && !isLast) return { kind: 'needMore' };
  if (byte === openBrace || byte === openBracket) {
    const opening = openingAt(bytes, start, Math.min(end, start + maxOpening), isLast);
    if (opening === 'open' && !isLast && end - start < maxOpening) return { kind: 'needMore' };
    if (opening === 'python') return { kind: 'text', without: pythonText };
    if (opening === 'javascript') return { kind: 'text', without: javaScriptText };
    if (opening !== 'words') return { kind: 'json' };
  }
  if (end - start < magicBytes && !isLast) return { kind: 'needMore' };
  const known = knownBytes(bytes, start, end);
  if (known !== null) return { kind: 'known', file: known };
  const stop = Math.min(end, start + maxFirstLine);
  const feed = bytes.indexOf(lineFeed, start);
  const hasLine = isLast || (feed >= 0 && feed < end) || end - start >= maxFirstLine;
  if (!hasLine) return { kind: 'needMore' };
  const lineEnd = feed >= 0 && feed < stop ? feed : stop;
  if (byte === quote && isJsonString(bytes, start, lineEnd)) return { kind: 'json' };
  const table = tableAt(bytes, start, stop, isLast || stop < end);
  if (table === 'needMore') {
    if (!isLast && end - start < maxFirstLine) return { kind: 'needMore' };
  } else if (table !== null) return { kind: 'table', table };
  const own = lineKind(bytes, start, lineEnd, false);
  if (own !== null) return own;
  const line = decodeWtf8(bytes, start, Math.min(lineEnd, start + 1000));
  const file = knownText(line);
  if (file !== null) return mayHoldEvents(file) ? { kind: 'text', without: file } : { kind: 'known', file };
  const isBinary = unreadable.test(line);
  const columns = isBinary ? null : columnNames(bytes, start, lineEnd);
  if (columns !== null) {
    const message = `a table whose columns are not fields of events: ${columns}`;
    return { kind: 'text', without: { format: null, message } };
  }
  // A text whose beginning is torn, or is an extra line, must not be lost as a whole.
  if (!isLast && end - start < maxFirstLine) return { kind: 'needMore' };
  const kind = kindOfLines(bytes, lineEnd, stop, !isBinary && !tornJson.test(line));
  if (kind !== null) return kind;
  if (isBinary) return { kind: 'unknown', message: 'binary data of an unknown kind' };
  return { kind: 'text', without: plainText };
}

/** Bytes after the first bracket that show what it opens. */
const maxOpening = 256;
/** Characters after a bracket that distinguish a date or a word from a number. */
const maxWord = 24;

/**
 * What the bracket here opens; `open` where the bytes do not show it.
 *
 * Python quotes with apostrophes, and JavaScript prints keys without quotes. After `[`, a word, a date or a dot is not JSON: lines of
 * logs and settings begin so.
 */
function openingAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  isLast: boolean,
): 'json' | 'python' | 'javascript' | 'words' | 'open' {
  const text = decodeWtf8(bytes, start, end);
  if (/^[[{\s]*$|^[[\s]*\{\s*[A-Za-z_$][\w$]*\s*$/.test(text)) return 'open';
  if (/^[[\s]*\{\s*'/.test(text)) return 'python';
  if (/^[[\s]*\{\s*[A-Za-z_$][\w$]*\s*:/.test(text)) return 'javascript';
  const inside = /^\[\s*([^\s[{"\]}].*)/s.exec(text)?.[1];
  if (inside === undefined) return 'json';
  if (inside.length < maxWord && end - start < maxOpening && !isLast) return 'open';
  if (/^(?:[.']|(?!(?:true|false|null)\b)[A-Za-z<]|\d+[-:/ T]\d|\d+\/)/.test(inside)) return 'words';
  return 'json';
}

/** How an event on the line is read; null where there is none. `isTold`: words stand in lines before it. */
function lineKind(bytes: Uint8Array, start: number, lineEnd: number, isTold: boolean): FirstLook | null {
  const brace = prefixEnd(bytes, start, lineEnd);
  if (brace < 0 || !holdsEventKey(bytes, brace, lineEnd)) return null;
  const prefix = decodeWtf8(bytes, start, brace);
  if (unreadable.test(prefix)) return null;
  if (prefix.trim() === '') return isTold ? { kind: 'text', without: plainText } : { kind: 'json' };
  return exportPrefix.test(prefix) ? { kind: 'lines' } : { kind: 'text', without: plainText };
}

/** The rest of a line whose beginning was lost, unless it is words. */
const tornJson = /["\]}]\s*[,:\]}]|[\]}]\s*$/;

/** What an export task of CloudWatch Logs writes before each message. */
const exportPrefix = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\s+$/;

/** How the first later line with an event has it, with nothing unreadable before it; null where there is none. */
function kindOfLines(bytes: Uint8Array, start: number, end: number, isTold: boolean): FirstLook | null {
  for (let at = start + 1; at < end;) {
    const feed = bytes.indexOf(lineFeed, at);
    const lineEnd = feed >= 0 && feed < end ? feed : end;
    const kind = lineKind(bytes, at, lineEnd, isTold);
    if (kind !== null) return kind;
    at = lineEnd + 1;
  }
  return null;
}

/** Whether the line is one string, as a list of events' texts has on each. A table's header may begin with a quote too. */
function isJsonString(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const close = stringEnd(bytes, start, lineEnd);
  const first = bytes[spaceEnd(bytes, start + 1, lineEnd)];
  return close > 0 && (first === openBrace || first === openBracket);
}

const maxKeyDistance = 4096;
const encoder = new TextEncoder();
const quotedKeys = [...eventKeys, 'detail-type', 'Records'].map((key) => Buffer.from(encoder.encode(`"${key}"`)));

function holdsEventKey(bytes: Uint8Array, start: number, end: number): boolean {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, maxKeyDistance));
  return quotedKeys.some((key) => part.includes(key));
}

/** Bytes that no text contains. */
const unreadable = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** The column names in a line that looks like a table's header; null where it does not. */
function columnNames(bytes: Uint8Array, start: number, lineEnd: number): string | null {
  const row = readRow(bytes, start, lineEnd, comma, true);
  if (row.kind !== 'row' || row.cells.length <= 2) return null;
  if (!row.cells.every((cell) => /^[\w@][\w .@:/()-]{0,63}$/.test(cell))) return null;
  const names = row.cells.slice(0, 5).map((cell) => `"${cell}"`);
  return `${names.join(', ')}${row.cells.length > names.length ? ', …' : ''}`;
}
