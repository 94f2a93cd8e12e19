/** What the readers of one text share. */
import type { SegmentBuilder } from '../scan/segment-builder';
import type { Input } from './input';
import type { FormatDetection } from './format-detection';
import type { ReportProblem, WrappedEvents } from './wrapped-events';

/** Made for one text by `record-reader.ts`, and used by its readers. */
export interface ReaderParts {
  readonly builder: SegmentBuilder;
  readonly input: Input;
  readonly detection: FormatDetection;
  readonly wrapped: WrappedEvents;
  readonly report: ReportProblem;
  /** Events read in one step, at most. */
  readonly batchRows: number;
  /** A longer record is skipped. */
  readonly recordBytes: number;
}
