/** Receives what is read of a file. */
import type { FileFormat, FileProblem } from '#contract/report';
import type { TakeBytes } from '../text/take-bytes';
import type { MemberRef } from './member';

/** The outcome for a file or member. */
export interface FileEnd {
  /** Null where the reader of its text decides, or where it could not be detected. */
  readonly recognisedAs: FileFormat | null;
  /** On disk, or packed in its archive. */
  readonly packedBytes: number;
  /** What was wrong with the file itself, not with what is in it. */
  readonly problems: readonly FileProblem[];
}

export interface FileSink {
  /** A text begins: that of the file itself, or of a member found in it. Until `end`, all bytes belong to it; none come if all is damaged. */
  begin(member: MemberRef | null): TakeBytes;
  /**
   * A gzip member of the text that was begun ends here; the rest of the text is in later ones. Called for each member
   * until true is returned.
   */
  memberEnded(): boolean;
  /** The end of the text that was begun or, without one, of an archive or an unreadable file. The file itself ends last. */
  end(member: MemberRef | null, end: FileEnd): void;
  isCancelled(): boolean;
}
