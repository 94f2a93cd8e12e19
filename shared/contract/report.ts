/** The report of an import: the format of each file, and its problems. Plain data only: everything survives structured clone and JSON. */
import type { EpochMs, SourceId } from './ids';
import type { LimitName } from './limits';
import type { RecordFormat } from './record-formats';
import type { SourceRef } from './sources';

/** A problem with a file, or at a location in it. */
export interface FileProblem {
  readonly code:
    | 'unreadable' // permission, vanished, I/O error
    | 'changed' // the file changed while it was read
    | 'bad-gzip' // not gzip although it starts as one, or a wrong checksum
    | 'bad-archive' // a zip or tar that is damaged, or a member of it
    | 'encrypted' // a member that needs a password
    | 'torn' // it ends in the middle; everything before the end was kept
    | 'bad-json' // a record that is not JSON; it was cut out
    | 'bad-row' // a row of a table that does not match its header
    | 'not-events' // readable, but no CloudTrail events in it
    | 'empty' // no bytes, or white space only
    | 'unknown-format' // no format that is read
    | 'too-deep' // nested past the limit
    | 'too-large' // a record past the size limit, or keys past theirs
    | 'limit' // a limit that guards against hostile archives; `limit` says which
    | 'appended' // more gzip members than the one CloudTrail writes; the events of the later ones are marked
    | 'oddity'; // unusual, without a loss: a key twice in one object, skipped NUL bytes
  /** `loss`: something was, or may have been, left out. `note`: everything was read. */
  readonly severity: 'loss' | 'note';
  readonly message: string;
  /** Offset into the decompressed bytes where it broke; null where that makes no sense. */
  readonly atByte: number | null;
  /** A few bytes around the place, as in the file: must be escaped where shown. Empty where there are none. */
  readonly snippet: string;
  /** The limit to raise where one was the reason. */
  readonly limit?: LimitName;
}

/** One file, or one member of an archive. */
export interface FileReport {
  /**
   * Relative to the opened folder, with `/`; members of archives behind `!/`: `case.zip!/AWSLogs/a.json.gz`. Where more than one source was
   * opened it begins with the source's name, so that every file has a path of its own.
   */
  readonly path: string;
  readonly sourceId: SourceId | null;
  /** `ignored`: nothing to read in it (a digest, OS metadata, a licence, a file that is open already), and so not a loss. */
  readonly status: 'read' | 'partial' | 'unread' | 'ignored';
  /** What it was recognised as; null where it was not. */
  readonly recognisedAs: FileFormat | null;
  /** On disk, or packed in its archive. */
  readonly sizeBytes: number;
  /** Events read, duplicates included. */
  readonly events: number;
  /** How many of them are duplicates of events in another place. */
  readonly duplicates: number;
  /** How many of them are conflicting versions; left out where none is. */
  readonly versions?: number;
  /** The first problems of the file, in order of place. */
  readonly problems: readonly FileProblem[];
  /** How many there were in all. */
  readonly problemCount: number;
}

/** What a file was recognised as. */
export type FileFormat =
  | RecordFormat
  | 'mixed' // more than one of them
  | 'digest'
  | 'zip'
  | 'tar'
  | 'parquet'
  | 'os-metadata' // .DS_Store, ._*, __MACOSX, Thumbs.db, aws-logs-write-test
  | 'document' // a licence or a read-me: a text for people, without an event
  | 'open-already' // a file on disk that was read as part of another source; it is not read again
  | 'other'; // known, and not CloudTrail: named in the problem's message

export interface ImportReport {
  readonly filesRead: number;
  readonly filesPartial: number;
  readonly filesUnread: number;
  readonly filesIgnored: number;
  /** The first files with a loss or a note, ordered by path; `archive.files` pages through all. */
  readonly files: readonly FileReport[];
  /** How many there are of them. */
  readonly filesTroubled: number;
  /** Each event once. */
  readonly events: number;
  /** Duplicates: an event in several places counts once, and these are the other places. */
  readonly duplicates: number;
  /** Conflicting versions: events with one ID and different content. */
  readonly versions: number;
  readonly summaryOnly: number;
  /** Events in a later gzip member of a file, where CloudTrail writes one: `integrity:appended`. */
  readonly appended: number;
  /** Records without a time that can be read: in the list, not on the timeline. */
  readonly undated: number;
  /** Events whose time cannot be right (outside `believableTimes`): not counted for `first` and `last`, and not on the timeline. */
  readonly outOfRange: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly sources: readonly SourceReport[];
  /** Events read of each format, duplicates included. */
  readonly formats: readonly ValueCount[];
  /** Each event once, as are regions and days. */
  readonly accounts: readonly ValueCount[];
  readonly regions: readonly ValueCount[];
  /** UTC days, `2023-07-10`. */
  readonly days: readonly ValueCount[];
  /** The sum of all file sizes on disk, each file once. */
  readonly bytesOnDisk: number;
  readonly bytesJson: number;
  readonly elapsedMs: number;
  readonly cancelled: boolean;
}

/** One opened source and its outcome. */
export interface SourceReport extends SourceRef {
  readonly files: number;
  /** Duplicates included. */
  readonly events: number;
  readonly duplicates: number;
}

/** A window of the files of an import, ordered by path. */
export interface FilesRequest {
  /** `all`, those with a loss or a note, or those of one status. */
  readonly which: 'all' | 'troubled' | FileReport['status'];
  /** Only paths that hold this text, in any case. */
  readonly search: string;
  readonly start: number;
  /** At most 500. */
  readonly count: number;
}

export interface FilesPage {
  /** Files that fit the request. */
  readonly total: number;
  readonly start: number;
  readonly files: readonly FileReport[];
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** Where a text with untrusted values will be read, which decides how misleading characters are escaped. */
export type TextTarget = 'window' | 'terminal';
