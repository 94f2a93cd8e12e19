/** What a listing of the opened sources holds. */
import type { FileProblem } from '#contract/report';
import type { FileState } from './file-state';
import type { ContainerStep } from './member';

/** A file, and what shows whether it has changed since. */
export interface ListedState extends FileState {
  /** Absolute; see `raw-path.ts` for names that are not UTF-8. */
  readonly path: string;
}

export interface ListedFile extends ListedState {
  /**
   * Relative to the opened folder, with `/`; the file's name where the file itself was opened; always after its source's prefix.
   * Members of a zip: `case.zip!/name`.
   */
  readonly relative: string;
  /** Which of the opened sources it belongs to, from 0. */
  readonly source: number;
  /** How it is reached from the file on disk: directly, or through one zip, whose members are listed so that all threads share the work. */
  readonly steps: readonly [] | readonly [ContainerStep];
  /** Bytes to read from disk; for a member, its packed size in its step. */
  readonly packedBytes: number;
}

/** Something found that is not itself a file to be read. */
export interface ListedOther {
  readonly relative: string;
  readonly source: number;
  readonly sizeBytes: number;
  /** `zip`: its members are listed; null: it cannot be read. */
  readonly recognisedAs: 'zip' | 'open-already' | null;
  /** OS metadata, or nothing that could hold events. */
  readonly isIgnored: boolean;
  /** A zip that has members, even if it is damaged. */
  readonly isPartial: boolean;
  readonly problems: readonly FileProblem[];
}
