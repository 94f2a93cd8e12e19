/** Converts text to UTF-8. */
import { lentBytes, type Lent } from './lent';
import type { TakeBytes } from './take-bytes';
import type { Utf8Check } from './utf8-check';
import { withRoom } from './with-room';

/** Bytes needed to detect the encoding: a byte-order mark, or the zero bytes that UTF-16 has between plain letters. */
const lookBytes = 4;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Passes the bytes of a text on as UTF-8. UTF-8 passes unchanged; UTF-16 of either byte order is recognised by its byte-order mark, or without one
 * by its zero bytes, and a lone surrogate in it becomes its own three bytes.
 *
 * @param check sees what passes unchanged
 */
export function asUtf8(take: TakeBytes, check?: Utf8Check): TakeBytes {
  let encoding: Encoding | null = null;
  /** The first bytes, until there are enough to detect the encoding. */
  let held: Uint8Array = new Uint8Array(0);
  let transcoder: Transcoder | null = null;
  return (piece, isLast, position) => {
    let bytes = piece;
    if (encoding === null) {
      if (held.length > 0) bytes = join(held, piece);
      if (bytes.length < lookBytes && !isLast) {
        held = bytes.slice();
        return true;
      }
      encoding = encodingOf(bytes);
    }
    if (encoding === 'utf-8') {
      check?.push(bytes, isLast);
      return take(bytes, isLast, position);
    }
    transcoder ??= new Transcoder(encoding === 'utf-16le');
    return take(transcoder.push(bytes, isLast), isLast, position);
  };
}

/** Whether a text that begins with these bytes is read as UTF-16. */
export function isUtf16(bytes: Uint8Array): boolean {
  return encodingOf(bytes) !== 'utf-8';
}

function encodingOf(bytes: Lent): Encoding {
  const [first = 0, second = 0, third = 0, fourth = 0] = lentBytes(bytes);
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < lookBytes) return 'utf-8';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  return 'utf-8';
}

/** UTF-16 in pieces of any size. */
class Transcoder {
  private readonly low: 0 | 1;
  private out = new Uint8Array(0);
  /** The first byte of a code unit that was cut between pieces; -1: none. */
  private odd = -1;
  /** A high surrogate whose other half has not come yet; 0: none. */
  private high = 0;

  constructor(isLittleEndian: boolean) {
    this.low = isLittleEndian ? 0 : 1;
  }

  /** The UTF-8 of the next bytes, lent until the next call. */
  push(bytes: Lent, isLast: boolean): Lent {
    // A unit makes three bytes at most; a surrogate and half a unit may have waited, and half a unit may be left at the end.
    this.out = withRoom(this.out, 9 + Math.ceil(bytes.length / 2) * 3);
    let length = 0;
    let at = 0;
    if (this.odd >= 0 && bytes.length > 0) {
      length = this.unit(this.odd, bytes[0] as number, length);
      this.odd = -1;
      at = 1;
    }
    for (; at + 1 < bytes.length; at += 2) {
      length = this.unit(bytes[at] as number, bytes[at + 1] as number, length);
    }
    if (at < bytes.length) this.odd = bytes[at] as number;
    if (isLast) {
      if (this.high !== 0) length = this.three(this.high, length);
      // Half a character becomes U+FFFD.
      if (this.odd >= 0) length = this.three(0xfffd, length);
    }
    return this.out.subarray(0, length);
  }

  private unit(first: number, second: number, length: number): number {
    const { out } = this;
    const unit = this.low === 0 ? first | (second << 8) : (first << 8) | second;
    if (this.high !== 0) {
      const { high } = this;
      this.high = 0;
      if (unit >= 0xdc00 && unit <= 0xdfff) {
        const code = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
        out[length] = 0xf0 | (code >> 18);
        out[length + 1] = 0x80 | ((code >> 12) & 0x3f);
        out[length + 2] = 0x80 | ((code >> 6) & 0x3f);
        out[length + 3] = 0x80 | (code & 0x3f);
        return length + 4;
      }
      length = this.three(high, length);
    }
    if (unit < 0x80) {
      out[length] = unit;
      return length + 1;
    }
    if (unit < 0x800) {
      out[length] = 0xc0 | (unit >> 6);
      out[length + 1] = 0x80 | (unit & 0x3f);
      return length + 2;
    }
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.high = unit;
      return length;
    }
    return this.three(unit, length);
  }

  private three(unit: number, length: number): number {
    this.out[length] = 0xe0 | (unit >> 12);
    this.out[length + 1] = 0x80 | ((unit >> 6) & 0x3f);
    this.out[length + 2] = 0x80 | (unit & 0x3f);
    return length + 3;
  }
}

function join(first: Uint8Array, second: Lent): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
