/** Detects mail in quoted-printable encoding (RFC 2045), by its header. */
import { decodeWtf8 } from '../text/wtf8';

/** Headers come first; those of forwarded or attached parts come later. */
const maxHead = 2 ** 16;
/** More than the length of the header. */
const overlap = 64;
const header = /^content-transfer-encoding:[ \t]*quoted-printable[ \t]*\r?\n/im;

export class MailHead {
  isQuotedPrintable = false;
  private tail = '';
  private seen = 0;

  /** Takes the next bytes of the text, in pieces of any length. */
  add(piece: Uint8Array): void {
    if (this.isQuotedPrintable || this.seen >= maxHead) return;
    const text = this.tail + decodeWtf8(piece, 0, Math.min(piece.length, maxHead - this.seen));
    this.seen += piece.length;
    this.isQuotedPrintable = header.test(text);
    this.tail = text.slice(-overlap);
  }
}
