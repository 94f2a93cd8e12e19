/** The messages between the pool and a decode thread. */
import type { SharedFiles } from '../sources/file-listing';
import type { RunOptions } from './decode-run';
import type { FileOutcome } from './import-types';
import type { SharedControl } from './pool-control';
import type { Segment } from '../scan/segment';

export interface ThreadStart {
  readonly thread: number;
  readonly files: SharedFiles;
  readonly again: readonly number[];
  readonly control: SharedControl;
  readonly options: RunOptions;
}

export type ThreadMessage =
  | { readonly kind: 'delivery'; readonly segment: Segment | null; readonly outcomes: readonly FileOutcome[] }
  /** No file is left, or the import was cancelled. */
  | { readonly kind: 'done' };

/** The buffers of a segment, each once, since columns share buffers. */
export function buffersOf(segment: Segment): ArrayBuffer[] {
  const { text } = segment.newValues;
  const views: ArrayBufferView[] = [
    segment.times,
    segment.canonicalTimes,
    segment.offsets,
    segment.lengths,
    segment.idHashes,
    segment.contentHashes,
    segment.newValues.paths,
    segment.newValues.types,
    text.bytes,
    text.ends,
  ];
  if (segment.summaryRows !== null) views.push(segment.summaryRows);
  if (segment.partialRows !== null) views.push(segment.partialRows);
  if (segment.appendedRows !== null) views.push(segment.appendedRows);
  for (const { values, events, rows, codes } of segment.coded) views.push(values, events, rows, codes);
  for (const column of segment.uuids) views.push(column.rows, column.uuids);
  for (const column of segment.texts) views.push(column.rows, column.text.bytes, column.text.ends);
  return [...new Set(views.map((view) => view.buffer as ArrayBuffer))];
}
