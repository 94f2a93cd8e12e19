/**
 * Looks at an object at the top of a file without reading it: an event, a wrapper around an array of events, or something else.
 *
 * The first key that tells decides. It is not strict about what it passes: what is read is read again by the scanner.
 */
import { decodeWtf8 } from '../wtf8';
import { isSpace } from './skipper';

/** The bytes end first. */
const OPEN = -1;
/** A string with a line break, which none has: its closing quote was lost. */
const BROKEN = -2;

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Keys of an event that stand in no wrapper. */
const eventKeys: ReadonlySet<string> = new Set([
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'eventID',
  'eventId',
  'eventType',
  'eventCategory',
]);
const digestKeys: ReadonlySet<string> = new Set(['digestStartTime', 'digestEndTime', 'logFiles']);
const MAX_KEYS_TOLD = 5;

export type Outline =
  | { readonly kind: 'needMore' }
  | { readonly kind: 'event' }
  /** `at`: behind the bracket that opens the array. */
  | { readonly kind: 'records'; readonly at: number }
  /** Whole, and neither. `at`: behind its closing brace. */
  | { readonly kind: 'other'; readonly at: number; readonly isDigest: boolean; readonly keys: readonly string[] };

/** Looks at the object whose brace is at `start`. What is no JSON counts as an event: the scanner will say what is wrong with it. */
export function outline(bytes: Uint8Array, start: number, end: number): Outline {
  return members(bytes, start + 1, end, true);
}

/** Goes on in a wrapper behind its array: to the next array of records or to the wrapper's end. */
export function members(bytes: Uint8Array, start: number, end: number, mayBeEvent: boolean): Outline {
  const keys: string[] = [];
  let isDigest = false;
  let at = start;
  for (;;) {
    at = spaceEnd(bytes, at, end);
    if (at >= end) return { kind: 'needMore' };
    if (bytes[at] === CLOSE_BRACE) return { kind: 'other', at: at + 1, isDigest, keys };
    if (bytes[at] === COMMA) {
      at += 1;
      continue;
    }
    if (bytes[at] !== QUOTE) return { kind: 'event' };
    const keyEnd = stringEnd(bytes, at, end);
    if (keyEnd === OPEN) return { kind: 'needMore' };
    if (keyEnd === BROKEN) return { kind: 'event' };
    const key = decodeWtf8(bytes.subarray(at + 1, keyEnd - 1));
    if (mayBeEvent && eventKeys.has(key)) return { kind: 'event' };
    if (digestKeys.has(key)) isDigest = true;
    if (keys.length < MAX_KEYS_TOLD) keys.push(key);
    at = spaceEnd(bytes, keyEnd, end);
    if (at >= end) return { kind: 'needMore' };
    if (bytes[at] !== COLON) return { kind: 'event' };
    at = spaceEnd(bytes, at + 1, end);
    if (at >= end) return { kind: 'needMore' };
    if (key === 'Records' && bytes[at] === OPEN_BRACKET) return { kind: 'records', at: at + 1 };
    at = valueEnd(bytes, at, end);
    if (at === OPEN) return { kind: 'needMore' };
    if (at === BROKEN) return { kind: 'event' };
  }
}

/** Where the value at `start` ends, by brackets and quotes alone; {@link OPEN}, {@link BROKEN}. */
function valueEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const close = stringEnd(bytes, at, end);
      if (close < 0) return close;
      if (depth === 0) return close;
      at = close - 1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || isSpace(byte))) {
      return at;
    }
  }
  return OPEN;
}

/** The offset behind the closing quote of the string whose opening quote is at `start`; {@link OPEN}, {@link BROKEN}. */
export function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === LINE_FEED) return BROKEN;
    if (byte === BACKSLASH) at += 1;
  }
  return OPEN;
}

export function spaceEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at] as number)) at += 1;
  return at;
}
