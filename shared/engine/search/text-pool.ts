/**
 * Texts to be put in order: strings, and what is read where it is, without a string for each: values of identifier columns, alone or behind a
 * text that many share, and times.
 */
import { isAscii } from 'node:buffer';
import { GrowableU32 } from '../index/growable';
import { type IdentifierColumn, Texts, Uuids } from '../index/identifiers';
import { canonicalTimeText } from '../index/row-times';
import type { TextStore } from '../index/text-store';
import { type TextList, windowWidth } from './text-order';

/** Behind the end of a UUID. */
const noDigit = -2;
/** By character of a UUID's text: the number of its hex digit; -1 for a dash. */
const digitOf = [8, 4, 4, 4, 12].flatMap((length, part, lengths) => {
  const before = lengths.slice(0, part).reduce((sum, each) => sum + each, 0);
  const digits = Array.from({ length }, (_, at) => before + at);
  return part === 0 ? digits : [-1, ...digits];
});
const dash = 0x2d;
/** Of the digits in lower case. */
const codes = Buffer.from('0123456789abcdef');

/** Where the values of some texts are. */
type Origin =
  | { readonly kind: 'uuid'; readonly packed: Uint8Array; readonly column: Uuids }
  /** `before`: what stands before each, and its bytes in lower case. */
  | { readonly kind: 'text'; readonly store: TextStore; readonly before: string; readonly lowerBefore: Buffer }
  | { readonly kind: 'time' };

export class TextPool implements TextList {
  private readonly origins: Origin[] = [];
  private readonly strings: string[] = [];
  private readonly lower: string[] = [];
  private readonly times: number[] = [];
  /** By number: the position of the origin, plus one; 0 for a string. And its value there, or the position of the string. */
  private readonly sources = new GrowableU32();
  private readonly values = new GrowableU32();
  /** The column that the last identifier came from, and by what stands before its values: the position of the origin, plus one. */
  private column: IdentifierColumn | null = null;
  private readonly sourceBehind = new Map<string, number>();

  get length(): number {
    return this.sources.length;
  }

  /** Adds a text, and returns how many there are now. */
  push(text: string): number {
    this.lower.push(text.toLowerCase());
    return this.add(0, this.strings.push(text) - 1);
  }

  /** Adds a value of a column as it is written, behind a text, and returns how many texts there are now. */
  pushIdentifier(column: IdentifierColumn, value: number, before = ''): number {
    if (this.column !== column) {
      this.column = column;
      this.sourceBehind.clear();
    }
    let source = this.sourceBehind.get(before);
    if (source === undefined) {
      const origin = originOf(column, before);
      source = origin === null ? 0 : this.origins.push(origin);
      this.sourceBehind.set(before, source);
    }
    // What is not ASCII is another order in bytes than in characters.
    const isRead = source > 0 && (!(column instanceof Texts) || column.store.isAsciiAt(value));
    return isRead ? this.add(source, value) : this.push(before + column.text(value));
  }

  /** Adds a time written the usual way, ms, and returns how many texts there are now. */
  pushTime(time: number): number {
    if (this.origins.at(-1)?.kind !== 'time') this.origins.push({ kind: 'time' });
    this.column = null;
    return this.add(this.origins.length, this.times.push(time) - 1);
  }

  text(at: number): string {
    const value = this.values.at(at);
    const origin = this.originAt(at);
    if (origin === undefined) return this.strings[value] as string;
    switch (origin.kind) {
      case 'uuid':
        return origin.column.text(value);
      case 'text':
        return origin.before + origin.store.text(value);
      case 'time':
        return canonicalTimeText(this.times[value] as number);
    }
  }

  mayBeNumber(at: number): boolean {
    const value = this.values.at(at);
    const origin = this.originAt(at);
    if (origin === undefined) return true;
    return origin.kind === 'text' && origin.before === '' && origin.store.mayBeNumber(value);
  }

  isSame(one: number, other: number): boolean {
    const [left, right] = [this.originAt(one), this.originAt(other)];
    const [value, beside] = [this.values.at(one), this.values.at(other)];
    if (left?.kind === 'text' && right?.kind === 'text' && left.before === right.before)
      return left.store.isSame(value, right.store, beside);
    if (left?.kind === 'uuid' && right?.kind === 'uuid') return isSameUuid(left.packed, value, right.packed, beside);
    if (left?.kind === 'time' && right?.kind === 'time') return this.times[value] === this.times[beside];
    return this.text(one) === this.text(other);
  }

  readWindows(positions: Uint32Array, from: number, out: Uint8Array): void {
    const digits = Int8Array.from({ length: windowWidth }, (_, next) => digitOf[from + next] ?? noDigit);
    const timeText = new TimeText();
    for (let place = 0, to = 0; place < positions.length; place++, to += windowWidth) {
      const at = positions[place] as number;
      const value = this.values.at(at);
      const origin = this.originAt(at);
      if (origin?.kind === 'text') {
        const { lowerBefore, store } = origin;
        const head = Math.max(0, Math.min(lowerBefore.length - from, windowWidth));
        for (let next = 0; next < head; next++) out[to + next] = lowerBefore[from + next] as number;
        store.readLower(value, from + head - lowerBefore.length, out, to + head, to + windowWidth);
      } else if (origin?.kind === 'uuid') readUuid(origin.packed, value * 16, digits, out, to);
      else if (origin === undefined) readString(this.lower[value] as string, from, out, to);
      else timeText.read(this.times[value] as number, from, out, to);
    }
  }

  private add(source: number, value: number): number {
    this.sources.push(source);
    this.values.push(value);
    return this.length;
  }

  /** Undefined for a string. */
  private originAt(at: number): Origin | undefined {
    return this.origins[this.sources.at(at) - 1];
  }
}

/** Null where values are read as strings. */
function originOf(column: IdentifierColumn, before: string): Origin | null {
  if (column instanceof Uuids) return before === '' ? { kind: 'uuid', packed: column.packed, column } : null;
  const lowerBefore = Buffer.from(before.toLowerCase(), 'latin1');
  const isRead = column instanceof Texts && isAscii(Buffer.from(before));
  return isRead ? { kind: 'text', store: column.store, before, lowerBefore } : null;
}

function readString(text: string, from: number, out: Uint8Array, to: number): void {
  let isBeyond = false;
  for (let next = 0; next < windowWidth; next++) {
    const code = from + next < text.length ? text.charCodeAt(from + next) : 0;
    isBeyond ||= code >= 255;
    out[to + next] = isBeyond ? 255 : code;
  }
}

/** `digits`: by place of the window, as in {@link digitOf}. */
function readUuid(packed: Uint8Array, start: number, digits: Int8Array, out: Uint8Array, to: number): void {
  for (let next = 0; next < windowWidth; next++) {
    const digit = digits[next] as number;
    if (digit < 0) out[to + next] = digit === noDigit ? 0 : dash;
    else {
      const byte = packed[start + (digit >> 1)] as number;
      out[to + next] = codes[(digit & 1) === 0 ? byte >> 4 : byte & 15] as number;
    }
  }
}

const dayMs = 86_400_000;

/** Reads the lower-cased text of times: {@link canonicalTimeText}, which is slow, only once for all times of a day that follow each other. */
class TimeText {
  private day = NaN;
  private readonly bytes = Buffer.alloc(canonicalTimeText(0).length);

  read(time: number, from: number, out: Uint8Array, to: number): void {
    const { bytes } = this;
    const day = Math.floor(time / dayMs);
    if (day !== this.day) bytes.write(canonicalTimeText(time).toLowerCase(), 'latin1');
    this.day = day;
    const second = (time - day * dayMs) / 1000;
    this.write(11, Math.floor(second / 3600));
    this.write(14, Math.floor(second / 60) % 60);
    this.write(17, second % 60);
    for (let next = 0; next < windowWidth; next++) {
      const at = from + next;
      out[to + next] = at < bytes.length ? (bytes[at] as number) : 0;
    }
  }

  private write(at: number, number: number): void {
    this.bytes[at] = 0x30 + Math.floor(number / 10);
    this.bytes[at + 1] = 0x30 + (number % 10);
  }
}

function isSameUuid(packed: Uint8Array, value: number, others: Uint8Array, other: number): boolean {
  for (let at = 0; at < 16; at++) if (packed[value * 16 + at] !== others[other * 16 + at]) return false;
  return true;
}
