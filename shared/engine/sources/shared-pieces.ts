/** Texts and numbers in memory that threads share. It grows piece by piece: nothing is copied, and little more is allocated than is used. */
import { decodeWtf8, encodeWtf8, isWellFormed } from '../text/wtf8';

const textPieceBytes = 2 ** 20;
/** The longest code unit in WTF-8. */
const mostBytes = 3;
/** Where a text begins: the number of its piece times this, plus the offset in the piece. */
const pieceBytes = 2 ** 32;
const recordsPerPiece = 2 ** 12;
/** Texts with bytes from here on sort differently in UTF-8 and UTF-16. */
const firstOfSurrogates = 0xed;

/** The location of a text. */
export interface TextPlace {
  readonly at: number;
  readonly bytes: number;
}

/** Any JavaScript strings, in WTF-8. */
export class SharedTexts {
  readonly pieces: SharedArrayBuffer[];
  private readonly views: Buffer[];
  private used = 0;

  constructor(pieces: readonly SharedArrayBuffer[] = []) {
    this.pieces = [...pieces];
    this.views = pieces.map((piece) => Buffer.from(piece));
  }

  add(text: string): TextPlace {
    let piece = this.views.at(-1);
    const room = mostBytes * text.length;
    if (piece === undefined || this.used + room > piece.length) {
      const fresh = new SharedArrayBuffer(Math.max(textPieceBytes, room));
      piece = Buffer.from(fresh);
      this.pieces.push(fresh);
      this.views.push(piece);
      this.used = 0;
    }
    const at = (this.pieces.length - 1) * pieceBytes + this.used;
    const bytes = isWellFormed(text) ? piece.write(text, this.used) : putSlowly(text, piece, this.used);
    this.used += bytes;
    return { at, bytes };
  }

  get({ at, bytes }: TextPlace): string {
    const from = at % pieceBytes;
    return decodeWtf8(this.view(at), from, from + bytes);
  }

  /** Compares by code units, like strings. Allocates nothing, since whole listings are sorted with it. */
  compare(one: number, bytes: number, other: number, otherBytes: number): number {
    const these = this.view(one);
    const those = this.view(other);
    const from = one % pieceBytes;
    const otherFrom = other % pieceBytes;
    const length = Math.min(bytes, otherBytes);
    for (let i = 0; i < length; i++) {
      const byte = these[from + i] as number;
      const otherByte = those[otherFrom + i] as number;
      if (byte === otherByte) continue;
      if (byte < firstOfSurrogates || otherByte < firstOfSurrogates) return byte - otherByte;
      return this.get({ at: one, bytes }) < this.get({ at: other, bytes: otherBytes }) ? -1 : 1;
    }
    return bytes - otherBytes;
  }

  private view(at: number): Buffer {
    return this.views[Math.floor(at / pieceBytes)] as Buffer;
  }
}

function putSlowly(text: string, into: Buffer, at: number): number {
  const bytes = encodeWtf8(text);
  into.set(bytes, at);
  return bytes.length;
}

/** Records with a fixed count of numbers each. */
export class SharedRecords {
  readonly pieces: SharedArrayBuffer[];
  length = 0;
  private readonly views: Float64Array[];
  private readonly width: number;

  /** @param width numbers per record */
  constructor(width: number, pieces: readonly SharedArrayBuffer[] = []) {
    this.width = width;
    this.pieces = [...pieces];
    this.views = pieces.map((piece) => new Float64Array(piece));
  }

  /** Returns the number of the record. */
  add(numbers: readonly number[]): number {
    const at = this.length++;
    if (at % recordsPerPiece === 0) {
      const fresh = new SharedArrayBuffer(recordsPerPiece * this.width * Float64Array.BYTES_PER_ELEMENT);
      this.pieces.push(fresh);
      this.views.push(new Float64Array(fresh));
    }
    const piece = this.views[this.views.length - 1] as Float64Array;
    const from = (at % recordsPerPiece) * this.width;
    for (let i = 0; i < this.width; i++) piece[from + i] = numbers[i] as number;
    return at;
  }

  /** One number of a record that was added. */
  get(at: number, which: number): number {
    const piece = this.views[Math.floor(at / recordsPerPiece)] as Float64Array;
    return piece[(at % recordsPerPiece) * this.width + which] as number;
  }
}
