/** Tells a text that was sent by mail in quoted-printable (RFC 2045), by the header that says so. */
import { decodeWtf8 } from '../text/wtf8';

/** Headers stand at the beginning; those of what is forwarded or attached stand further on. */
const MAX_HEAD = 2 ** 16;
/** Longer than the header. */
const OVERLAP = 64;
const header = /^content-transfer-encoding:[ \t]*quoted-printable[ \t]*\r?\n/im;

export class MailHead {
  isQuotedPrintable = false;
  private tail = '';
  private seen = 0;

  /** Takes the next bytes of the text, in pieces of any length. */
  add(piece: Uint8Array): void {
    if (this.isQuotedPrintable || this.seen >= MAX_HEAD) return;
    const text = this.tail + decodeWtf8(piece, 0, Math.min(piece.length, MAX_HEAD - this.seen));
    this.seen += piece.length;
    this.isQuotedPrintable = header.test(text);
    this.tail = text.slice(-OVERLAP);
  }
}
