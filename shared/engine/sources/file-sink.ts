/** Where what is read of a file goes. */
import type { FileFormat, FileProblem } from '#contract/report';
import type { TakeBytes } from '../text/take-bytes';
import type { MemberRef } from './member';

/** What came of a file or member. */
export interface FileEnd {
  /** Null where that is for the reader of its text to say, or nothing could be told. */
  readonly recognisedAs: FileFormat | null;
  /** On disk, or packed in its archive. */
  readonly packedBytes: number;
  /** What was wrong with the file itself, not with what is in it. */
  readonly problems: readonly FileProblem[];
}

export interface FileSink {
  /** A text begins: that of the file itself, or of a member found in it. Until `end`, all bytes are its. Of nothing but damage none come. */
  begin(member: MemberRef | null): TakeBytes;
  /**
   * A gzip member of the text that was begun ends here; what is still to come of the text stands in later ones. Told of each member
   * until true is returned.
   */
  memberEnded(): boolean;
  /** The end of the text that was begun or, where none was, of an archive or of what cannot be read. The file itself ends last. */
  end(member: MemberRef | null, end: FileEnd): void;
  isCancelled(): boolean;
}
