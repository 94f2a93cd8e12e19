/** The current bytes of a text: the unread rest of earlier pieces, and the last piece. */
import { lentBytes, type Lent } from '../text/lent';
import { withRoom } from '../text/with-room';
import { isSpace } from './json-walk';

const nul = 0x00;
const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

export class Input {
  bytes: Uint8Array = new Uint8Array(0);
  /** Offset in the text of the first of these bytes. */
  base = 0;
  /** Where reading goes on. */
  at = 0;
  /** The end of these bytes. */
  end = 0;
  /** No bytes follow these. */
  isLast = false;
  /** Bytes of the text received so far. */
  total = 0;
  /** Bytes needed before what begins at `at` is tried again. */
  wanted = 0;
  /** NUL bytes that {@link passPadding} skipped. */
  zeros = 0;
  private carried = new Uint8Array(0);
  private carriedLength = 0;

  /** Whether all pieces received so far were read. */
  get isUsedUp(): boolean {
    return this.carriedLength === 0;
  }

  /** Takes the next piece, lent until {@link keep} copies what is unread. False where it is still too early to try again. */
  take(piece: Lent, isLast: boolean): boolean {
    this.total += piece.length;
    this.isLast = isLast;
    this.at = 0;
    if (this.carriedLength === 0) {
      this.bytes = lentBytes(piece);
      this.end = piece.length;
    } else {
      this.carried = withRoom(this.carried, this.carriedLength + piece.length);
      this.carried.set(piece, this.carriedLength);
      this.bytes = this.carried;
      this.end = this.carriedLength + piece.length;
    }
    // Trying again at every piece would take quadratic time on a long record.
    if (this.end < this.wanted && !isLast) return false;
    this.wanted = 0;
    return true;
  }

  /** Copies the unread bytes, from `at` on, until the next piece comes. */
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

  /** Tries again only when there are twice as many bytes of what begins at `at`, or `limit`. */
  wait(limit: number): void {
    this.wanted = Math.min(2 * (this.end - this.at), limit);
  }

  /**
   * Skips what may be before, between and after documents: white space, NUL bytes, byte-order marks. False where the bytes end
   * within a mark.
   */
  passPadding(): boolean {
    for (; this.at < this.end; this.at++) {
      const byte = this.bytes[this.at] as number;
      if (byte === nul) this.zeros++;
      else if (byte === byteOrderMark[0]) {
        if (this.end - this.at < byteOrderMark.length && !this.isLast) return false;
        if (!byteOrderMark.every((part, i) => this.bytes[this.at + i] === part)) return true;
        this.at += byteOrderMark.length - 1;
      } else if (!isSpace(byte)) return true;
    }
    return true;
  }
}
