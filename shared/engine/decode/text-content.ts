/** The hash of a text's bytes while it is read, and the text of a digest: what the integrity checks need of a file. */
import { createHash, type Hash } from 'node:crypto';
import { lentBytes, type Lent } from '../text/lent';

/** What a text's bytes are known by. */
export interface TextContent {
  /** SHA-256 of the unpacked bytes, up to the end of the file that CloudTrail wrote where more follows. */
  readonly sha256: Uint8Array;
  /** Whether more follows. */
  readonly isAppended: boolean;
  /** The bytes that were hashed, where the text is a digest that is not too large. */
  readonly digest: Uint8Array | null;
}

/** CloudTrail's digests have some kilobytes; a hostile file may have gigabytes. */
export const maxDigestBytes = 64 * 2 ** 20;
/** CloudTrail writes this key first but two. */
const digestKey = '"digestEndTime"';
const keyWithin = 4096;

export class TextHash {
  private readonly hash: Hash = createHash('sha256');
  private written: Uint8Array | null = null;
  private isComplete = false;
  private readonly kept: Uint8Array[] = [];
  private bytes = 0;
  private isKept = true;

  /** The next bytes, before they are read. */
  push(piece: Lent, isLast: boolean): void {
    if (isLast) this.isComplete = true;
    if (this.written !== null || piece.length === 0) return;
    const bytes = lentBytes(piece);
    this.hash.update(bytes);
    if (this.bytes === 0) this.isKept = hasKeyEarly(bytes);
    this.bytes += bytes.length;
    if (this.bytes > maxDigestBytes) this.isKept = false;
    if (this.isKept) this.kept.push(piece.slice());
    else this.kept.length = 0;
  }

  /** The file that CloudTrail wrote ends here, and more follows. */
  writtenEnded(): void {
    this.written = this.hash.digest();
  }

  /** Null where the text was not read to its end. */
  end(isDigest: boolean): TextContent | null {
    if (!this.isComplete && this.written === null) return null;
    const isWhole = isDigest && this.isKept;
    return {
      sha256: this.written ?? this.hash.digest(),
      isAppended: this.written !== null,
      digest: isWhole ? Buffer.concat(this.kept) : null,
    };
  }
}

function hasKeyEarly(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, keyWithin)).includes(digestKey);
}
