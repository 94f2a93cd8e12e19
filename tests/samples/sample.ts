/** One small file of a format, or with one kind of damage, and what reading it must come to. */
import type { FileFormat, FileProblem, FileReport } from '#contract/report';

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The JSON of its events in order, byte for byte; of events made of columns, as they are put together. */
  readonly events: readonly string[];
  readonly recognisedAs: FileFormat | null;
  /** Default: `read`. */
  readonly status?: FileReport['status'];
  /** The codes of the problems in order. Default: none. */
  readonly problems?: readonly FileProblem['code'][];
  /** Which of the events came without request and response. Default: none of them. */
  readonly summaries?: 'all' | readonly number[];
}

const encoder = new TextEncoder();

/** A sample whose bytes are given as text. */
export function sample(
  name: string,
  text: string | Uint8Array,
  expected: Omit<Sample, 'name' | 'bytes'>,
): Sample {
  return { name, bytes: typeof text === 'string' ? encoder.encode(text) : text, ...expected };
}
