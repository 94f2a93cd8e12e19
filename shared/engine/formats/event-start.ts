/** Where an event may begin in a text, and whether it looks like one there. */
import { spaceEnd, type Span } from './json-walk';

/** The prefix before an event on its line: a time, a host, the name of a program. */
export const maxPrefix = 1024;

const lineFeed = 0x0a;
const quote = 0x22;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** Nearly every event begins like this; records of a few other services do too. */
const usualStart = new TextEncoder().encode('{"eventVersion":"1.');

/** Whether an object begins as CloudTrail's events do. */
export function isPlainEvent({ bytes, start }: Span): boolean {
  return usualStart.every((byte, i) => bytes[start + i] === byte);
}

/** Whether a text follows an object's brace. */
export function beginsWithKey({ bytes, start, end }: Span): boolean {
  return bytes[spaceEnd(bytes, start + 1, end)] === quote;
}

/** Where the next JSON value begins that may hold an event, after white space or a log prefix; -1: nowhere. */
export function eventStart(bytes: Uint8Array, start: number, end: number): number {
  const at = spaceEnd(bytes, start, end);
  const byte = bytes[at];
  if (at >= end) return -1;
  if (byte === openBrace || byte === openBracket || byte === quote) return at;
  return prefixEnd(bytes, at, end);
}

/** The offset of the first brace on the line that begins at `start`, if it comes soon; else -1. */
export function prefixEnd(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + maxPrefix);
  for (let at = start; at < stop; at++) {
    if (bytes[at] === openBrace) return at;
    if (bytes[at] === lineFeed) return -1;
  }
  return -1;
}
