/** Finds the JSON of an event in other text, and how it is encoded there: see `text-undo.ts`. */
import { openEnd, spaceEnd, valueEnd } from './json-walk';
import { pythonEnd } from './python-text';
import { decodeWtf8 } from '../text/wtf8';

/** Bytes before an opening brace that show how the text is encoded. */
export const lookBack = 96;
/** The most white space after an opening brace. */
const maxSpace = 1024;

const lineFeed = 0x0a;
const quote = 0x22;
const hash = 0x23;
const ampersand = 0x26;
const apostrophe = 0x27;
const less = 0x3c;
const greater = 0x3e;
const backslash = 0x5c;
const letterB = 0x62;

export type TextSlice =
  | { readonly kind: 'needMore' }
  /** No JSON begins here. */
  | { readonly kind: 'none' }
  /** It begins here, but its end was not found; `isOpen`: up to the last byte. */
  | { readonly kind: 'broken'; readonly isOpen: boolean }
  /** Plain JSON. */
  | { readonly kind: 'plain'; readonly start: number; readonly end: number }
  /** Encoded JSON. `start` is at the quote, or other mark, that shows how. */
  | { readonly kind: 'written'; readonly start: number; readonly end: number };

/** What begins with the opening brace at `brace`. Bytes from `first` on may be read; with `isLast`, none follow `end`. */
export function textAt(bytes: Uint8Array, brace: number, first: number, end: number, isLast: boolean): TextSlice {
  const next = spaceEnd(bytes, brace + 1, end);
  if (next - brace > maxSpace) return { kind: 'none' };
  const text: Text = { bytes, brace, first, end, isLast };
  // The bytes after the brace that show the encoding.
  if (!isLast && end - next < 8) return { kind: 'needMore' };
  const found = sliceAt(text, next);
  if (found.kind !== 'open') return found;
  return isLast ? { kind: 'broken', isOpen: true } : { kind: 'needMore' };
}

interface Text {
  readonly bytes: Uint8Array;
  readonly brace: number;
  readonly first: number;
  readonly end: number;
  readonly isLast: boolean;
}

type Found = Exclude<TextSlice, { kind: 'needMore' }> | { readonly kind: 'open' };

function sliceAt(text: Text, next: number): Found {
  const { bytes, brace, first, end } = text;
  const before = brace > first ? bytes[brace - 1] : 0;
  switch (bytes[next]) {
    case quote:
      if (before === apostrophe) return inApostrophes(text);
      if (before === quote && next === brace + 1 && bytes[next + 1] === quote) return inCell(text);
      return isBehindTag(text) ? inElement(text, plain(text)) : plain(text);
    case backslash:
      // Followed by an escaped quote, or a line break in some encoding.
      if (!/^\\["\\nrt\r\n]/.test(decodeWtf8(bytes, next, Math.min(end, next + 2)))) return none;
      return before === apostrophe ? inApostrophes(text) : inQuotes(text, before === quote);
    case apostrophe:
      return written(brace, pythonEnd(bytes, brace, end));
    case ampersand:
      if (!/^&(?:quot|#34|#x22);/i.test(decodeWtf8(bytes, next, Math.min(end, next + 6)))) return none;
      return isBehindTag(text) ? inElement(text, none) : onLine(text);
    case hash:
      return /^#01[125]/.test(decodeWtf8(bytes, next, Math.min(end, next + 4))) ? onLine(text) : none;
    default:
      return none;
  }
}

const none = { kind: 'none' } as const;
const open = { kind: 'open' } as const;

function written(start: number, end: number): Found {
  return end < 0 ? open : { kind: 'written', start, end };
}

function plain({ bytes, brace, end }: Text): Found {
  const close = valueEnd(bytes, brace, end);
  if (close >= 0) return { kind: 'plain', start: brace, end: close };
  return close === openEnd ? open : { kind: 'broken', isOpen: false };
}

/** Up to the apostrophe that is not doubled, and has no backslash before it. */
function inApostrophes({ bytes, brace, first, end, isLast }: Text): Found {
  const start = brace - 2 >= first && bytes[brace - 2] === letterB ? brace - 2 : brace - 1;
  for (let at = brace; at < end; at++) {
    if (bytes[at] !== apostrophe) continue;
    if (at + 1 >= end && !isLast) return open;
    if (bytes[at + 1] === apostrophe && at + 1 < end) at++;
    else if (backslashesBefore(bytes, at) % 2 === 0) return { kind: 'written', start, end: at + 1 };
  }
  return open;
}

function backslashesBefore(bytes: Uint8Array, at: number): number {
  let count = 0;
  while (bytes[at - 1 - count] === backslash) count++;
  return count;
}

/** A table's cell, with its quotes doubled. */
function inCell({ bytes, brace, end, isLast }: Text): Found {
  for (let at = brace; at < end; at++) {
    if (bytes[at] !== quote) continue;
    if (at + 1 >= end && !isLast) return open;
    if (bytes[at + 1] === quote && at + 1 < end) at++;
    else return written(brace - 1, at + 1);
  }
  return open;
}

/** A string whose quotes have backslashes, up to the one that has none; where it began before the brace, the line may end first. */
function inQuotes({ bytes, brace, end, isLast }: Text, isWhole: boolean): Found {
  for (let at = brace; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) return isWhole ? written(brace - 1, at + 1) : written(brace, at);
    if (byte === lineFeed && !isWhole) return written(brace, at);
    if (byte === backslash) at++;
  }
  return isLast && !isWhole ? written(brace, end) : open;
}

function onLine({ bytes, brace, end, isLast }: Text): Found {
  const feed = bytes.indexOf(lineFeed, brace);
  if (feed >= 0 && feed < end) return written(brace, feed);
  return isLast ? written(brace, end) : open;
}

/** Whether an XML tag comes before the brace. The `<number>` before a syslog line is not one. */
function isBehindTag({ bytes, brace, first }: Text): boolean {
  const at = lastNoSpace(bytes, first, brace);
  return bytes[at] === greater && /<[A-Za-z!/?][^<>]*>$/.test(decodeWtf8(bytes, first, at + 1));
}

function lastNoSpace(bytes: Uint8Array, first: number, end: number): number {
  let at = end - 1;
  while (at > first && (bytes[at] as number) <= 0x20) at--;
  return at;
}

/** The text of an element, up to a tag that is not one of Splunk's marks; `otherwise` where nothing in it is encoded. */
function inElement(text: Text, otherwise: Found): Found {
  const { bytes, brace, first, end, isLast } = text;
  let isMarked = false;
  for (let at = brace; at < end; at++) {
    if (bytes[at] === ampersand) isMarked = true;
    if (bytes[at] !== less) continue;
    if (end - at < 5 && !isLast) return open;
    if (!/^<\/?sg\b/.test(decodeWtf8(bytes, at, Math.min(end, at + 5)))) {
      return isMarked ? written(lastNoSpace(bytes, first, brace), at) : otherwise;
    }
    isMarked = true;
  }
  return open;
}
