/**
 * The location of each row of a block in its file. Records mostly follow each other at one distance, so lengths are enough to work out the
 * offsets.
 */
import type { FileRun, Segment } from '../scan/segment';
import type { MemberRef } from '../sources/member';
import type { Arena } from './arena';

export class RowPlaces {
  /** Rows that follow each other in one file are a run: the file of each, and its first row; one more start ends the last run. */
  private readonly files: Uint32Array;
  private readonly starts: Uint32Array;
  /** By run; null where no run is from an archive's member. */
  private readonly members: readonly (MemberRef | null)[] | null;
  private readonly lengths: Uint16Array | Uint32Array;
  /** Of every row, or, where `gap` holds, of the first row of each run. */
  private readonly offsets: Float64Array;
  /** Bytes between a record and the next of its run; null where they differ. */
  private readonly gap: number | null;

  /** `firstFile` is the number that the segment's file 0 has here. */
  constructor({ rowCount, offsets, lengths, files }: Segment, firstFile: number, arena: Arena) {
    this.files = arena.words(files.length);
    this.starts = arena.words(files.length + 1);
    files.forEach(({ file, rowStart }, run) => {
      this.files[run] = file + firstFile;
      this.starts[run] = rowStart;
    });
    this.starts[files.length] = rowCount;
    this.members = files.some(({ member }) => member !== null) ? files.map(({ member }) => member) : null;
    this.lengths = lengths.subarray(0, rowCount).every((length) => length <= 0xffff)
      ? arena.shorts(rowCount)
      : arena.words(rowCount);
    this.lengths.set(lengths.subarray(0, rowCount));
    this.gap = gapOf(offsets, lengths, files, rowCount);
    this.offsets =
      this.gap === null
        ? offsets.slice(0, rowCount)
        : Float64Array.from(files, ({ rowStart }) => offsets[rowStart] ?? 0);
  }

  /** Bytes held in memory; estimated for members. */
  get byteLength(): number {
    const arrays = [this.lengths, this.offsets, this.files, this.starts];
    return arrays.reduce((sum, array) => sum + array.byteLength, 0) + (this.members?.length ?? 0) * 200;
  }

  /** How many runs there are. */
  get runs(): number {
    return this.files.length;
  }

  fileOfRun(run: number): number {
    return this.files[run] ?? 0;
  }

  memberOfRun(run: number): MemberRef | null {
    return this.members?.[run] ?? null;
  }

  /** The first row of a run; of the run past the last, the number of rows. */
  runStart(run: number): number {
    return this.starts[run] ?? 0;
  }

  /** Bytes from the start of the decompressed file. */
  offset(row: number): number {
    if (this.gap === null) return this.offsets[row] ?? 0;
    const run = this.runOf(row);
    let offset = this.offsets[run] ?? 0;
    for (let at = this.runStart(run); at < row; at++) offset += (this.lengths[at] ?? 0) + this.gap;
    return offset;
  }

  /** How many rows before this one have the same location: several events may be read from one slice of a file. */
  ordinal(row: number): number {
    const start = this.runStart(this.runOf(row));
    let first = row;
    while (first > start && this.isAtPlaceOf(first - 1, first)) first--;
    return row - first;
  }

  /** Bytes of the record. */
  length(row: number): number {
    return this.lengths[row] ?? 0;
  }

  /** The number of the file that holds a row. */
  file(row: number): number {
    return this.fileOfRun(this.runOf(row));
  }

  /** The member of the file that holds a row; null where the file is no archive. */
  member(row: number): MemberRef | null {
    return this.members === null ? null : this.memberOfRun(this.runOf(row));
  }

  private isAtPlaceOf(row: number, next: number): boolean {
    if (this.gap === null) return this.offsets[row] === this.offsets[next];
    return this.length(row) + this.gap === 0;
  }

  private runOf(row: number): number {
    let low = 0;
    let high = this.files.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.starts[middle] as number) <= row) low = middle;
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
