/** Finds the first byte of a text that is not UTF-8. Such bytes are displayed as U+FFFD, not as they are in the file. */
import { isUtf8 } from 'node:buffer';
import { lentBytes, type Lent } from './lent';

const noBytes = new Uint8Array(0);

/** Checks a text piece by piece. */
export class Utf8Check {
  /** Offset of the first byte that is not UTF-8; null: none so far. */
  firstInvalid: number | null = null;
  /** The first bytes of a character that was cut between pieces. */
  private carried: Uint8Array = noBytes;
  private position = 0;

  push(lent: Lent, isLast: boolean): void {
    if (this.firstInvalid !== null) return;
    const piece = lentBytes(lent);
    let from = 0;
    const { carried } = this;
    if (carried.length > 0) {
      from = Math.min(piece.length, lengthOf(carried[0] ?? 0) - carried.length);
      const character = Buffer.concat([carried, piece.subarray(0, from)]);
      const isCut = character.length < lengthOf(character[0] ?? 0);
      this.carried = isCut && !isLast ? character : noBytes;
      if (!(isCut && !isLast) && !isUtf8(character)) this.firstInvalid = this.position - carried.length;
    }
    const end = isLast ? piece.length : cutEnd(piece, from);
    const part = piece.subarray(from, end);
    if (this.firstInvalid === null && !isUtf8(part)) this.firstInvalid = this.position + from + findInvalid(part);
    if (end < piece.length) this.carried = piece.slice(end);
    this.position += piece.length;
  }
}

/** Length of the character that begins with this byte. */
function lengthOf(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

/** Where an incomplete last character of a piece begins, else the piece's end. */
function cutEnd(piece: Uint8Array, from: number): number {
  for (let at = piece.length - 1; at >= from && at >= piece.length - 3; at--) {
    const byte = piece[at] ?? 0;
    if (byte >= 0xc0) return at + lengthOf(byte) > piece.length ? at : piece.length;
    if (byte < 0x80) break;
  }
  return piece.length;
}

function findInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] ?? 0);
    if (length > 1 || (bytes[at] ?? 0) >= 0x80) {
      if (at + length > bytes.length || !isUtf8(bytes.subarray(at, at + length))) break;
    }
    at += length;
  }
  return at;
}
