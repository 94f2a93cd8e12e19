/**
 * Finds values in JSON by brackets and quotes alone, without parsing them, and decodes a string's escapes.
 *
 * Malformed JSON is walked as far as possible: the caller has the scanner check each value.
 */
import { encodeWtf8 } from '../text/wtf8';

/** The bytes end first. */
export const openEnd = -1;
/** A string with a line break, which JSON forbids: its closing quote was lost. */
export const broken = -2;

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const colonByte = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** A range of bytes. */
export interface Span {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** JSON's white space. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The offset after the white space at `start`. */
export function spaceEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at] as number)) at++;
  return at;
}

/** The offset after the closing quote of the string whose opening quote is at `start`; {@link openEnd}, {@link broken}. */
export function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at++;
    // Escapes cannot contain it either.
    if (bytes[at] === lineFeed && at < end) return broken;
  }
  return openEnd;
}

/** Where the value at `start` ends; {@link openEnd}, {@link broken}. */
export function valueEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      const close = stringEnd(bytes, at, end);
      if (close < 0) return close;
      if (depth === 0) return close;
      at = close - 1;
    } else if (byte === openBrace || byte === openBracket) {
      depth++;
    } else if (byte === closeBrace || byte === closeBracket) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === comma || isSpace(byte))) {
      return at;
    }
  }
  return openEnd;
}

/** The location of an object's member. */
export interface Member {
  /** Its key's opening quote. */
  readonly key: number;
  /** After the closing quote. */
  readonly keyEnd: number;
  readonly value: number;
}

/**
 * The next member of an object, from `start` inside it on; where it has no more, the offset of its closing brace; {@link openEnd},
 * {@link broken}. Commas are skipped, whether they are valid there or not.
 */
export function memberAt(bytes: Uint8Array, start: number, end: number): Member | number {
  let key = spaceEnd(bytes, start, end);
  while (key < end && bytes[key] === comma) key = spaceEnd(bytes, key + 1, end);
  if (key >= end) return openEnd;
  if (bytes[key] === closeBrace) return key;
  if (bytes[key] !== quote) return broken;
  const keyEnd = stringEnd(bytes, key, end);
  if (keyEnd < 0) return keyEnd;
  const colon = spaceEnd(bytes, keyEnd, end);
  if (colon < end && bytes[colon] !== colonByte) return broken;
  const value = spaceEnd(bytes, colon + 1, end);
  return value < end ? { key, keyEnd, value } : openEnd;
}

/** Some members of an object. */
export interface Members {
  readonly byName: ReadonlyMap<string, Span>;
  /** Whether the object could be walked to its end. */
  readonly isWhole: boolean;
}

/**
 * The members of the object in a span that have one of these names, the last of each, as far as they can be walked. Names are compared as
 * they are written.
 */
export function membersOf({ bytes, start, end }: Span, names: ReadonlySet<string>): Members {
  const byName = new Map<string, Span>();
  let at = start + 1;
  for (;;) {
    const member = memberAt(bytes, at, end);
    if (typeof member === 'number') return { byName, isWhole: member >= 0 };
    const { key, keyEnd, value } = member;
    // Only wanted names are kept: a hostile object may have millions of others.
    const name = keyEnd - key > short ? '' : latin(bytes, key + 1, keyEnd - 1);
    const close = valueEnd(bytes, value, end);
    // A value without an end is still returned: what it holds may be complete.
    const stop = close < 0 ? end : close;
    if (stop > value && names.has(name)) byName.set(name, { bytes, start: value, end: stop });
    if (close < 0 || stop === value) return { byName, isWhole: false };
    at = stop;
  }
}

/** Every member of the object in a span, in order, as far as they can be walked. */
export function* allMembers({ bytes, start, end }: Span): Generator<{ readonly key: Span; readonly value: Span }> {
  let at = start + 1;
  for (;;) {
    const member = memberAt(bytes, at, end);
    if (typeof member === 'number') return;
    const close = valueEnd(bytes, member.value, end);
    const stop = close < 0 ? end : close;
    yield {
      key: { bytes, start: member.key, end: member.keyEnd },
      value: { bytes, start: member.value, end: stop },
    };
    if (close < 0 || stop === member.value) return;
    at = stop;
  }
}

/** The elements of the array in a span, as far as they can be walked. */
export function* elementsOf({ bytes, start, end }: Span): Generator<Span> {
  let at = start + 1;
  for (;;) {
    at = spaceEnd(bytes, at, end);
    if (at < end && bytes[at] === comma) {
      at++;
      continue;
    }
    if (at >= end || bytes[at] === closeBracket || bytes[at] === closeBrace) return;
    const close = valueEnd(bytes, at, end);
    const stop = close < 0 ? end : close;
    yield { bytes, start: at, end: stop };
    if (close < 0 || stop === at) return;
    at = stop;
  }
}

/** The text of the string in a span, or of a number or literal as it is written; null for an object, an array and `null`. */
export function textOf(span: Span | undefined): string | null {
  if (span === undefined) return null;
  const first = span.bytes[span.start];
  if (first === openBrace || first === openBracket) return null;
  if (first !== quote) {
    const text = latin(span.bytes, span.start, span.end);
    return text === 'null' ? null : text;
  }
  const bytes = unescaped(span);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** The decoded string in a span; a lone surrogate becomes its three WTF-8 bytes, and invalid escapes stay as they are. */
export function unescaped({ bytes, start, end }: Span): Uint8Array {
  const out = new Uint8Array(end - start);
  // A truncated string has no closing quote.
  const stop = end - 1 > start && bytes[end - 1] === quote ? end - 1 : end;
  let length = 0;
  let at = start + 1;
  while (at < stop) {
    const byte = bytes[at] as number;
    if (byte !== backslash) {
      out[length++] = byte;
      at++;
      continue;
    }
    const simple = simpleEscapes[bytes[at + 1] ?? 0] ?? 0;
    if (simple !== 0) {
      out[length++] = simple;
      at += 2;
      continue;
    }
    let units = '';
    while (bytes[at] === backslash && bytes[at + 1] === letterU && at + 6 <= stop) {
      const unit = Number(`0x${latin(bytes, at + 2, at + 6)}`);
      if (Number.isNaN(unit)) break;
      units += String.fromCharCode(unit);
      at += 6;
    }
    if (units === '') {
      out[length++] = byte;
      at++;
    } else {
      const encoded = encodeWtf8(units);
      out.set(encoded, length);
      length += encoded.length;
    }
  }
  return out.subarray(0, length);
}

const letterU = 0x75;
/** From the letter after the backslash to the byte it stands for. */
const simpleEscapes = new Uint8Array(256);
for (const [letter, byte] of [
  ['"', 0x22],
  ['\\', 0x5c],
  ['/', 0x2f],
  ['b', 0x08],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
] as const) {
  simpleEscapes[letter.charCodeAt(0)] = byte;
}

/** No wanted name is longer. Building texts this short in JS is faster than calling the decoder. */
const short = 40;

function latin(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > short) return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/** Whether a number or a literal can begin with this byte. */
export function startsValue(byte: number): boolean {
  return (
    byte === 0x2d || // -
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x74 || // t
    byte === 0x66 || // f
    byte === 0x6e // n
  );
}
