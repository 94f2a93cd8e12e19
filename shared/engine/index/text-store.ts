/**
 * Many texts as lower-cased bytes in one blob, for searching by bytes, with what is needed to restore each text exactly.
 *
 * Before, between and after the texts is a byte 0xFF, which no text contains, so that no match spans two texts. One bit per byte says whether
 * the original byte differs by 0x20. That covers ASCII and, by the layout of UTF-8, most other letters; the few texts it does not cover are
 * kept twice.
 */
import { isAscii } from 'node:buffer';
import type { ByteStrings } from '../scan/segment';
import { GrowableBytes, GrowableU32 } from './growable';
import { indexOfBytes } from './searchable';
import type { Arena } from './arena';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';

const separator = 0xff;

export class TextStore {
  private readonly lower: GrowableBytes;
  private readonly flips: GrowableBytes;
  private readonly ends: GrowableU32;
  private readonly originals = new Map<number, Uint8Array>();
  private view: Buffer = Buffer.alloc(0);

  /** For bytes below 0x80 that are not letters or digits: 1 where some text contains it, 2 where none does, 0 where not looked up yet. */
  private readonly punctuation = new Uint8Array(0x80);

  private constructor(lower: GrowableBytes, flips: GrowableBytes, ends: GrowableU32) {
    this.lower = lower;
    this.flips = flips;
    this.ends = ends;
  }

  /** An empty store, to be filled text by text. */
  static empty(): TextStore {
    const lower = new GrowableBytes();
    lower.push(separator);
    return new TextStore(lower, new GrowableBytes(), new GrowableU32());
  }

  /** A store of all these texts, in memory of exactly their size. Nothing can be added. */
  static of({ bytes, ends }: ByteStrings, arena: Arena): TextStore {
    const used = bytes.subarray(0, ends.at(-1) ?? 0);
    if (isAscii(used)) return TextStore.ofAscii(used, ends, arena);
    const store = TextStore.empty();
    let from = 0;
    for (const to of ends) {
      store.append(bytes, from, to);
      from = to;
    }
    store.settle(arena);
    return store;
  }

  private static ofAscii(bytes: Uint8Array, ends: Uint32Array, arena: Arena): TextStore {
    const places = bytes.length + ends.length + 1;
    const words = arena.words((places + 3) >>> 2);
    const lower = new Uint8Array(words.buffer, words.byteOffset, places);
    const ownEnds = arena.words(ends.length);
    lower[0] = separator;
    let from = 0;
    let at = 1;
    for (let index = 0; index < ends.length; index++) {
      const to = ends[index] as number;
      // For a short text, copying byte by byte is faster than making the subarray that `set` needs.
      if (to - from > 64) lower.set(bytes.subarray(from, to), at);
      else for (let read = from; read < to; read++) lower[at + read - from] = bytes[read] as number;
      at += to - from;
      ownEnds[index] = at;
      lower[at++] = separator;
      from = to;
    }
    const flips = arena.bytes((places + 7) >>> 3);
    lowerWords(words, flips);
    return new TextStore(
      full(new GrowableBytes(lower)),
      full(new GrowableBytes(flips)),
      full(new GrowableU32(ownEnds)),
    );
  }

  get length(): number {
    return this.ends.length;
  }

  /** Bytes held in memory. */
  get byteLength(): number {
    let bytes = this.lower.array.byteLength + this.flips.array.byteLength + this.ends.array.byteLength;
    for (const original of this.originals.values()) bytes += original.byteLength + 100;
    return bytes;
  }

  /** Adds a text, WTF-8, and returns its number: 0, 1, 2 … */
  append(bytes: Uint8Array, from: number, to: number): number {
    this.punctuation.fill(0);
    const start = this.lower.length;
    this.lower.reserve(to - from + 1);
    const lower = this.lower.array;
    const index = this.ends.length;
    this.reserveFlips(start + to - from + 1);
    const flips = this.flips.array;
    let at = start;
    let seen = 0;
    for (let read = from; read < to; read++, at++) {
      // Within bounds: the caller's range.
      const byte = bytes[read] as number;
      seen |= byte;
      // 0x20 for the 26 capital letters, 0 for all other bytes below 0x80.
      const flip = (byte - 0x41) >>> 0 < 26 ? 0x20 : 0;
      lower[at] = byte | flip;
      if (flip !== 0) flips[at >>> 3] = (flips[at >>> 3] as number) | (1 << (at & 7));
    }
    if (seen >= 0x80) return this.appendOther(bytes, from, to, start);
    lower[at] = separator;
    this.lower.length = at + 1;
    this.ends.push(at);
    return index;
  }

  /** The original text. */
  text(index: number): string {
    const original = this.originals.get(index);
    if (original !== undefined) return decodeWtf8(original);
    const from = this.start(index);
    const length = this.end(index) - from;
    const bytes = scratch(length);
    return this.restore(from, length, bytes) ? bytes.toString('latin1', 0, length) : decodeWtf8(bytes, 0, length);
  }

  /** The original text as WTF-8. Valid until the next call. */
  bytes(index: number): Uint8Array {
    const original = this.originals.get(index);
    if (original !== undefined) return original;
    const from = this.start(index);
    const length = this.end(index) - from;
    const bytes = scratch(length);
    this.restore(from, length, bytes);
    return bytes.subarray(0, length);
  }

  /** The text in lower case, by `String.prototype.toLowerCase`. */
  lowerText(index: number): string {
    return decodeWtf8(this.lower.array, this.start(index), this.end(index));
  }

  /** Whether the text is exactly these bytes. */
  equals(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const original = this.originals.get(index);
    if (original !== undefined) return Buffer.compare(original, bytes.subarray(from, to)) === 0;
    const start = this.start(index);
    if (this.end(index) - start !== to - from) return false;
    const lower = this.lower.array;
    const flips = this.flips.array;
    for (let at = start, read = from; read < to; at++, read++) {
      // Within bounds: both ranges have the same length.
      const flip = (((flips[at >>> 3] as number) >>> (at & 7)) & 1) << 5;
      if (((lower[at] as number) ^ flip) !== bytes[read]) return false;
    }
    return true;
  }

  /** Whether the lower-cased text is exactly these bytes. */
  equalsLower(index: number, bytes: Uint8Array): boolean {
    return this.end(index) - this.start(index) === bytes.length && this.startsLower(index, bytes);
  }

  /** Whether the lower-cased text begins with these bytes. */
  startsLower(index: number, bytes: Uint8Array): boolean {
    const start = this.start(index);
    if (this.end(index) - start < bytes.length) return false;
    const lower = this.lower.array;
    for (let at = 0; at < bytes.length; at++) if (lower[start + at] !== bytes[at]) return false;
    return true;
  }

  /** Writes the lower-cased text's bytes from a place on to `out`, from `at` to before `end`; 0 behind the end of the text. */
  readLower(index: number, from: number, out: Uint8Array, at: number, end: number): void {
    const lower = this.lower.array;
    const until = this.end(index);
    for (let read = this.start(index) + from, to = at; to < end; read++, to++)
      out[to] = read < until ? (lower[read] as number) : 0;
  }

  /** Whether the text is empty. */
  isEmptyAt(index: number): boolean {
    return this.start(index) === this.end(index);
  }

  /** False only where the text has a byte that stands in no number. */
  mayBeNumber(index: number): boolean {
    const lower = this.lower.array;
    const end = this.end(index);
    for (let at = this.start(index); at < end; at++) {
      const byte = lower[at] as number;
      // `+`, `-`, `.` and digits, without the comma and slash between them; `e`.
      if ((byte < 0x2b || byte > 0x39 || byte === 0x2c || byte === 0x2f) && byte !== 0x65) return false;
    }
    return true;
  }

  /** Whether the text is the same as one of this or another store, capitals included. Both must be ASCII. */
  isSame(index: number, store: TextStore, other: number): boolean {
    const left = this.start(index);
    const right = store.start(other);
    const length = this.end(index) - left;
    if (store.end(other) - right !== length) return false;
    const [lower, others] = [this.lower.array, store.lower.array];
    const [flips, otherFlips] = [this.flips.array, store.flips.array];
    for (let at = 0; at < length; at++) {
      if (lower[left + at] !== others[right + at]) return false;
      const one = (flips[(left + at) >>> 3] as number) >>> ((left + at) & 7);
      const beside = (otherFlips[(right + at) >>> 3] as number) >>> ((right + at) & 7);
      if (((one ^ beside) & 1) !== 0) return false;
    }
    return true;
  }

  /** Whether the text and its lower-cased form are ASCII. */
  isAsciiAt(index: number): boolean {
    const lower = this.lower.array;
    for (let at = this.start(index); at < this.end(index); at++) if ((lower[at] as number) >= 0x80) return false;
    return !this.originals.has(index);
  }

  /** Compares by lower-cased bytes, then by the original bytes. */
  compare(one: number, other: number): number {
    const left = this.start(one);
    const right = this.start(other);
    const length = Math.min(this.end(one) - left, this.end(other) - right);
    const lower = this.lower.array;
    for (let at = 0; at < length; at++) {
      const difference = (lower[left + at] as number) - (lower[right + at] as number);
      if (difference !== 0) return difference;
    }
    const byLength = this.end(one) - left - (this.end(other) - right);
    if (byLength !== 0) return byLength;
    const [oneText, otherText] = [this.text(one), this.text(other)];
    return oneText < otherText ? -1 : oneText > otherText ? 1 : 0;
  }

  /**
   * Calls back once, in ascending order, with every text that contains these bytes, which must be a lower-cased text and not empty. The
   * callback may return false to end the search.
   */
  find(word: Uint8Array, visit: (index: number) => boolean | void): void {
    const blob = this.buffer();
    if (this.lacksPunctuationOf(word, blob)) return;
    let index = 0;
    for (let at = indexOfBytes(blob, word, 0); at >= 0;) {
      index = this.indexAt(at, index);
      if (visit(index) === false) return;
      at = indexOfBytes(blob, word, this.end(index) + 1);
      index++;
    }
  }

  /** Calls back with every text whose lower-cased form is exactly these bytes. */
  findWhole(bytes: Uint8Array, visit: (index: number) => void): void {
    const bounded = Buffer.alloc(bytes.length + 2, separator);
    bounded.set(bytes, 1);
    const blob = this.buffer();
    let index = 0;
    for (let at = indexOfBytes(blob, bounded, 0); at >= 0; at = indexOfBytes(blob, bounded, at + bytes.length + 1)) {
      index = this.indexAt(at + 1, index);
      visit(index);
    }
  }

  /** Moves to memory of just the size. */
  settle(arena: Arena): void {
    this.lower.settle(arena);
    this.flips.settle(arena);
    this.ends.settle(arena);
  }

  /** Many stores contain only base64 or similar texts: checking for one byte then saves the search. */
  private lacksPunctuationOf(word: Uint8Array, blob: Buffer): boolean {
    for (const byte of word) {
      if (byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a)) continue;
      if (this.punctuation[byte] === 0) this.punctuation[byte] = blob.includes(byte) ? 1 : 2;
      if (this.punctuation[byte] === 2) return true;
    }
    return false;
  }

  private start(index: number): number {
    return index === 0 ? 1 : this.ends.at(index - 1) + 1;
  }

  private end(index: number): number {
    return this.ends.at(index);
  }

  private buffer(): Buffer {
    const { array, length } = this.lower;
    if (this.view.buffer !== array.buffer || this.view.length !== length) {
      this.view = Buffer.from(array.buffer, array.byteOffset, length);
    }
    return this.view;
  }

  /** The text at a position of the blob, at or after text `from`. Matches ascend, so it is near the last one. */
  private indexAt(place: number, from: number): number {
    const ends = this.ends.array;
    let step = 1;
    let low = from;
    let high = from;
    while (high < this.ends.length && (ends[high] as number) < place) {
      low = high + 1;
      high += step;
      step *= 2;
    }
    if (high >= this.ends.length) high = this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private reserveFlips(places: number): void {
    const needed = (places + 7) >>> 3;
    this.flips.reserve(needed - this.flips.length);
    if (needed > this.flips.length) this.flips.length = needed;
  }

  private appendOther(bytes: Uint8Array, from: number, to: number, start: number): number {
    // The fast path for ASCII may have set bits before it stopped.
    this.clearFlips(start, start + to - from);
    const index = this.ends.length;
    const original = bytes.slice(from, to);
    const lowered = encodeWtf8(decodeWtf8(original).toLowerCase());
    this.lower.length = start;
    this.lower.append(lowered);
    this.lower.push(separator);
    this.reserveFlips(start + lowered.length + 1);
    this.ends.push(start + lowered.length);
    if (isFlipOf(original, lowered)) this.setFlips(start, original, lowered);
    else this.originals.set(index, original);
    return index;
  }

  private clearFlips(from: number, to: number): void {
    const flips = this.flips.array;
    for (let at = from; at < to; at++) flips[at >>> 3] = (flips[at >>> 3] as number) & ~(1 << (at & 7));
  }

  private setFlips(start: number, original: Uint8Array, lowered: Uint8Array): void {
    const flips = this.flips.array;
    for (let at = 0; at < original.length; at++) {
      const place = start + at;
      if (original[at] !== lowered[at]) flips[place >>> 3] = (flips[place >>> 3] as number) | (1 << (place & 7));
    }
  }

  /** Writes the original bytes; true where all are ASCII. */
  private restore(from: number, length: number, into: Uint8Array): boolean {
    const lower = this.lower.array;
    const flips = this.flips.array;
    let seen = 0;
    for (let at = 0; at < length; at++) {
      const place = from + at;
      const byte = (lower[place] as number) ^ ((((flips[place >>> 3] as number) >>> (place & 7)) & 1) << 5);
      into[at] = byte;
      seen |= byte;
    }
    return seen < 0x80;
  }
}

function full<Growable extends GrowableBytes | GrowableU32>(growable: Growable): Growable {
  growable.length = growable.array.length;
  return growable;
}

/** Lower-cases ASCII four bytes at a time, and notes which bytes changed. Assumes little-endian, like all machines that run Electron. */
function lowerWords(words: Uint32Array, flips: Uint8Array): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    // The top bit of every byte from A to Z: adding to the low seven bits carries into it from A on, and again past Z.
    const low = word & 0x7f7f7f7f;
    const letters = (low + 0x3f3f3f3f) & ~(low + 0x25252525) & ~word & 0x80808080;
    if (letters === 0) continue;
    words[at] = word | (letters >>> 2);
    const bits = ((letters >>> 7) | (letters >>> 14) | (letters >>> 21) | (letters >>> 28)) & 0xf;
    flips[at >>> 1] = (flips[at >>> 1] as number) | (bits << ((at & 1) * 4));
  }
}

function isFlipOf(original: Uint8Array, lowered: Uint8Array): boolean {
  return (
    original.length === lowered.length && original.every((byte, at) => ((byte ^ (lowered[at] ?? 0)) & ~0x20) === 0)
  );
}

let shared = Buffer.alloc(256);

/** A buffer for one text at a time. */
function scratch(length: number): Buffer {
  if (shared.length < length) shared = Buffer.alloc(length * 2);
  return shared;
}
