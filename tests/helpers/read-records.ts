/** Reads bytes as one file of an import, in pieces of any size. */
import { SegmentBuilder } from '#engine/scan/segment-builder';
import type { Segment } from '#engine/scan/segment';
import { ProblemList } from '#engine/formats/problem-list';
import { RecordReader } from '#engine/formats/record-reader';
import { decodeRows, type DecodedRows } from './segment-leaves';

export interface ReadRecords extends DecodedRows {
  readonly segments: readonly Segment[];
  readonly events: number;
  readonly problems: ProblemList['listed'];
  readonly problemCount: number;
}

export interface ReadOptions {
  /** Bytes per piece; default: all at once. */
  readonly pieceBytes?: number;
  /** Rows per segment; default: one segment. */
  readonly segmentRows?: number;
  /** Default: one of its own. */
  readonly hashSeed?: string;
}

export function readRecords(file: string | Uint8Array, options: ReadOptions = {}): ReadRecords {
  return readFiles([file], options);
}

/** Several files, one after another, with one dictionary. The problems are those of all. */
export function readFiles(
  files: readonly (string | Uint8Array)[],
  { pieceBytes = Infinity, segmentRows = Infinity, hashSeed }: ReadOptions = {},
): ReadRecords {
  const builder = new SegmentBuilder(hashSeed);
  const problems = new ProblemList();
  const segments: Segment[] = [];
  let events = 0;
  files.forEach((file, number) => {
    const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
    builder.startFile(number);
    const onRows = (): void => {
      if (builder.rowCount >= segmentRows) segments.push(builder.take());
    };
    const reader = new RecordReader(builder, problems, onRows, { batchRows: Math.min(segmentRows, 128) });
    if (pieceBytes === Infinity) reader.push(bytes, true);
    else {
      for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes), false);
      reader.push(new Uint8Array(0), true);
    }
    events += reader.events;
  });
  if (builder.rowCount > 0) segments.push(builder.take());
  return { ...decodeRows(segments), segments, events, problems: problems.listed, problemCount: problems.count };
}
