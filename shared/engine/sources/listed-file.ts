/** What a listing of the opened sources holds. */
import type { FileProblem } from '#contract/report';
import type { FileState } from './file-state';
import type { ContainerStep } from './member';

/** A file, and what shows whether it has changed since. */
export interface ListedState extends FileState {
  /** Absolute; see `raw-path.ts` for names that are no UTF-8. */
  readonly path: string;
}

export interface ListedFile extends ListedState {
  /**
   * Relative to the opened folder, with `/`; the file's name where the file itself was opened; in any case behind its source's prefix.
   * Members of a zip: `case.zip!/name`.
   */
  readonly relative: string;
  /** Which of the opened sources it belongs to, from 0. */
  readonly source: number;
  /** How it is reached from the file on disk: none, or into a zip, whose members are listed like files so that all threads share them. */
  readonly steps: readonly [] | readonly [ContainerStep];
  /** What has to be read of it from disk: of a member, what its step says. */
  readonly packedBytes: number;
}

/** Something that was met and is not itself a file to be read. */
export interface ListedOther {
  readonly relative: string;
  readonly source: number;
  readonly sizeBytes: number;
  /** `zip`: its members are listed; null: what cannot be read. */
  readonly recognisedAs: 'zip' | 'open-already' | null;
  /** Not the user's, or nothing that could hold events. */
  readonly isIgnored: boolean;
  /** A zip that has members, whatever is wrong with it. */
  readonly isPartial: boolean;
  readonly problems: readonly FileProblem[];
}
