/**
 * Memory for what stays as long as the archive, cut from few large pieces.
 *
 * The arrays of a decode thread lie in that thread's part of the C heap, where a few that stay would keep all the space around them
 * allocated. So what stays is copied here, and the thread's arrays are freed. Large pieces come straight from the operating system, cost
 * nothing for untouched pages, and are returned when the archive is closed.
 */

import { searchableBuffer } from './searchable';

const firstPieceBytes = 64 << 10;
/** A large piece: above the size (32 MB) up to which glibc may take memory from its heaps instead of the operating system. */
export const pieceBytes = 40 << 20;

/** Bounded, since each takes much address space. */
const maxPieceBytes = 160 << 20;
/** Below this a search takes no time anyway. */
const searchableFromBytes = 1 << 20;

export class Arena {
  private piece = new ArrayBuffer(0);
  private used = 0;
  private nextPiece = firstPieceBytes;

  /** Zeroed. */
  bytes(length: number): Uint8Array {
    const at = this.take(length);
    return new Uint8Array(this.piece, at, length);
  }

  shorts(length: number): Uint16Array {
    const at = this.take(length * 2);
    return new Uint16Array(this.piece, at, length);
  }

  words(length: number): Uint32Array {
    const at = this.take(length * 4);
    return new Uint32Array(this.piece, at, length);
  }

  /** Where a new stretch of the current piece begins; a multiple of 8. */
  private take(byteLength: number): number {
    if (this.used + byteLength > this.piece.byteLength) {
      const size = Math.max(this.nextPiece, byteLength);
      this.piece = size < searchableFromBytes ? new ArrayBuffer(size) : searchableBuffer(size);
      this.nextPiece = Math.min(maxPieceBytes, this.nextPiece * 4);
      this.used = 0;
    }
    const at = this.used;
    this.used = (at + byteLength + 7) & ~7;
    return at;
  }
}
