/** The bytes of a text at hand: the piece that came last, behind what was left of the ones before. */
import { withRoom } from '../text/with-room';
import { isSpace } from './json-walk';

const NUL = 0x00;
const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

export class Input {
  bytes: Uint8Array = new Uint8Array(0);
  /** Offset in the text of the first byte at hand. */
  base = 0;
  /** Where reading goes on. */
  at = 0;
  /** Behind the last byte at hand. */
  end = 0;
  /** There are no more bytes behind these. */
  isLast = false;
  /** Bytes of the text that came so far. */
  total = 0;
  /** Bytes that must be at hand before what begins at `at` is tried again. */
  wanted = 0;
  /** NUL bytes that {@link passPadding} passed. */
  zeros = 0;
  private carried = new Uint8Array(0);
  private carriedLength = 0;

  /** Whether nothing of the pieces that came is left to be read. */
  get isUsedUp(): boolean {
    return this.carriedLength === 0;
  }

  /** Takes the next piece, which is only lent until {@link keep}. False where it is still too early to try again. */
  take(piece: Uint8Array, isLast: boolean): boolean {
    this.total += piece.length;
    this.isLast = isLast;
    this.at = 0;
    if (this.carriedLength === 0) {
      this.bytes = piece;
      this.end = piece.length;
    } else {
      this.carried = withRoom(this.carried, this.carriedLength + piece.length);
      this.carried.set(piece, this.carriedLength);
      this.bytes = this.carried;
      this.end = this.carriedLength + piece.length;
    }
    // Trying again at every piece would take the square of a long record's length.
    if (this.end < this.wanted && !isLast) return false;
    this.wanted = 0;
    return true;
  }

  /** Keeps what was not read, from `at` on, for the next piece. */
  keep(): void {
    this.carriedLength = this.end - this.at;
    if (this.bytes === this.carried) {
      this.carried.copyWithin(0, this.at, this.end);
    } else {
      this.carried = withRoom(this.carried, this.carriedLength);
      this.carried.set(this.bytes.subarray(this.at, this.end));
    }
    this.base += this.at;
    this.bytes = this.carried;
  }

  /** Tries again only when what begins at `at` may be twice as long as what is at hand of it, or `limit`. */
  wait(limit: number): void {
    this.wanted = Math.min(2 * (this.end - this.at), limit);
  }

  /**
   * Passes what may stand before, between and behind documents: white space, NUL bytes, byte-order marks. False where the bytes end
   * within a mark.
   */
  passPadding(): boolean {
    for (; this.at < this.end; this.at++) {
      const byte = this.bytes[this.at] as number;
      if (byte === NUL) this.zeros++;
      else if (byte === byteOrderMark[0]) {
        if (this.end - this.at < byteOrderMark.length && !this.isLast) return false;
        if (!byteOrderMark.every((part, i) => this.bytes[this.at + i] === part)) return true;
        this.at += byteOrderMark.length - 1;
      } else if (!isSpace(byte)) return true;
    }
    return true;
  }
}
