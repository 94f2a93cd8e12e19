/**
 * Where each row of a block stands in its file. Records mostly follow each other at one distance, so that lengths alone tell the
 * offsets.
 */
import type { FileRun, Segment } from '../decode/segment';
import type { Slab } from './slab';

export class RowPlaces {
  readonly files: readonly FileRun[];
  private readonly lengths: Uint16Array | Uint32Array;
  /** Of every row, or, where `gap` holds, of the first row of each run. */
  private readonly offsets: Float64Array;
  /** Bytes between a record and the next of its run; null where they differ. */
  private readonly gap: number | null;

  constructor({ rowCount, offsets, lengths, files }: Segment, slab: Slab) {
    this.files = files;
    this.lengths = lengths.subarray(0, rowCount).every((length) => length <= 0xffff)
      ? slab.shorts(rowCount)
      : slab.words(rowCount);
    this.lengths.set(lengths.subarray(0, rowCount));
    this.gap = gapOf(offsets, lengths, files, rowCount);
    this.offsets =
      this.gap === null
        ? offsets.slice(0, rowCount)
        : Float64Array.from(files, ({ rowStart }) => offsets[rowStart] ?? 0);
  }

  get byteLength(): number {
    return this.lengths.byteLength + this.offsets.byteLength + this.files.length * 32;
  }

  /** Bytes from the start of the decompressed file. */
  offset(row: number): number {
    if (this.gap === null) return this.offsets[row] ?? 0;
    const run = this.runOf(row);
    let offset = this.offsets[run] ?? 0;
    for (let at = this.files[run]?.rowStart ?? 0; at < row; at++) offset += (this.lengths[at] ?? 0) + this.gap;
    return offset;
  }

  /** Bytes of the record. */
  length(row: number): number {
    return this.lengths[row] ?? 0;
  }

  /** The number of the file that holds a row. */
  file(row: number): number {
    return this.files[this.runOf(row)]?.file ?? 0;
  }

  private runOf(row: number): number {
    let low = 0;
    let high = this.files.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.files[middle]?.rowStart ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function gapOf(
  offsets: Float64Array,
  lengths: Uint32Array,
  files: readonly FileRun[],
  rowCount: number,
): number | null {
  let gap: number | null = null;
  for (let run = 0; run < files.length; run++) {
    const end = files[run + 1]?.rowStart ?? rowCount;
    for (let row = (files[run]?.rowStart ?? 0) + 1; row < end; row++) {
      const found = (offsets[row] ?? 0) - (offsets[row - 1] ?? 0) - (lengths[row - 1] ?? 0);
      gap ??= found;
      if (found !== gap) return null;
    }
  }
  return gap ?? 0;
}
