/**
 * What crosses between the window, the host and the engine. Plain data only: everything survives structured clone and JSON.
 */
import type { EpochMs, ResultId, RowId, SourceId } from './ids';

// ---------------------------------------------------------------- sources and import

/** A file or folder that can be opened, as the window sees it. */
export interface SourceRef {
  readonly sourceId: SourceId;
  readonly kind: 'folder' | 'file';
  /** The last part of the path. */
  readonly name: string;
  /** The whole path, for showing only: no call takes it back. */
  readonly label: string;
}

/** One directory, for the folder picker of the browser host. */
export interface FolderListing {
  readonly folder: SourceRef;
  readonly parent: SourceRef | null;
  readonly entries: readonly FolderEntry[];
  /** Entries left out because the directory holds more than the picker shows. */
  readonly hidden: number;
}

export interface FolderEntry extends SourceRef {
  readonly sizeBytes: number | null;
}

/** How far an import is. Sent at most ten times a second. */
export interface ImportProgress {
  readonly phase: 'listing' | 'reading' | 'finishing';
  readonly filesTotal: number;
  readonly filesDone: number;
  /** Bytes on disk. */
  readonly bytesTotal: number;
  readonly bytesDone: number;
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly elapsedMs: number;
  /** Null while it cannot be told. */
  readonly remainingMs: number | null;
  readonly currentFile: string | null;
}

/** What is worth telling about a file or a place in it. */
export interface FileProblem {
  readonly code:
    | 'unreadable' // permission, vanished, I/O error
    | 'changed' // the file changed while it was read
    | 'bad-gzip' // not gzip although it starts as one, or a wrong check sum
    | 'bad-archive' // a zip or tar that is damaged, or a member of it
    | 'encrypted' // a member that needs a password
    | 'torn' // it ends in the middle; everything before the end was kept
    | 'bad-json' // a record that is not JSON; it was cut out
    | 'bad-row' // a row of a table that does not fit its header
    | 'not-events' // readable, but no CloudTrail events in it
    | 'empty' // no bytes, or white space only
    | 'unknown-format' // no format that is read
    | 'too-deep' // nested past the limit
    | 'too-large' // a record past the size limit, or keys past theirs
    | 'limit' // a limit that guards against hostile archives; which one stands in `limit`
    | 'oddity'; // unusual, and nothing was lost by it: a key twice in one object, NUL bytes passed over
  /** `loss`: something was, or may have been, left out. `note`: everything was read. */
  readonly severity: 'loss' | 'note';
  readonly message: string;
  /** Offset into the decompressed bytes where it broke; null where that makes no sense. */
  readonly atByte: number | null;
  /** A few bytes around the place, control characters shown as visible ones; empty where there are none. */
  readonly snippet: string;
  /** The limit to raise where one was the reason. */
  readonly limit?: keyof ImportLimits;
}

/** One file, or one member of an archive. */
export interface FileReport {
  /**
   * Relative to the opened folder, with `/`; members of archives behind `!/`: `case.zip!/AWSLogs/a.json.gz`. Where more than one source was
   * opened it begins with the source's name, so that every file has a path of its own.
   */
  readonly path: string;
  readonly sourceId: SourceId | null;
  /** `aside`: nothing to read in it (a digest, a folder's housekeeping, a file that is open already), and so not a loss. */
  readonly status: 'read' | 'partial' | 'unread' | 'aside';
  /** What it was recognised as; null where it was not. */
  readonly recognisedAs: FileFormat | null;
  /** On disk, or packed in its archive. */
  readonly sizeBytes: number;
  /** Events read, copies included. */
  readonly events: number;
  /** How many of them are copies of events that stand elsewhere. */
  readonly copies: number;
  /** How many of them are of events whose ID comes with different content; left out where none is. */
  readonly versions?: number;
  /** The first problems of the file, in order of place. */
  readonly problems: readonly FileProblem[];
  /** How many there were in all. */
  readonly problemCount: number;
}

/**
 * What an event was read from: a value of the field `format`.
 *
 * Insight, network activity and aggregated events come in the same files as others; the field `category` tells them apart.
 */
export type RecordFormat =
  | 'records' // {"Records": [...]}: a trail's log file, or the console's JSON download
  | 'events' // events as such: one, an array, one per line
  | 'lookup-events' // aws cloudtrail lookup-events
  | 'event-history-csv' // the console's CSV download
  | 'query-csv' // a row of an Athena or CloudTrail Lake result, by columns
  | 'json-csv' // a row with the whole record in one column: eventjson, @message, _raw
  | 'cloudwatch-export' // a line of an export task: time, space, event
  | 'cloudwatch-events' // filter-log-events, get-log-events
  | 'cloudwatch-subscription' // a subscription's or Firehose's batches
  | 'logs-insights' // a CloudWatch Logs Insights result
  | 'eventbridge' // an EventBridge event, also within SQS or SNS messages
  | 'elastic'
  | 'splunk';

/** What a file was recognised as. */
export type FileFormat =
  | RecordFormat
  | 'mixed' // more than one of them
  | 'digest'
  | 'zip'
  | 'tar'
  | 'parquet'
  | 'housekeeping' // .DS_Store, ._*, __MACOSX, Thumbs.db, aws-logs-write-test
  | 'open-already' // a file on disk that was read as part of another source; it is not read again
  | 'other'; // known, and not CloudTrail: named in the problem's message

/** Bounds that hostile archives run into. Each may be changed in the settings. */
export interface ImportLimits {
  /**
   * Unpacked bytes per packed byte of one member, once it has unpacked to more than 256 MB; and of one file, of all that lies packed in
   * packed data in it, once that is more than 4 GB.
   */
  readonly ratio: number;
  /** Unpacked bytes of one member. */
  readonly memberBytes: number;
  /** Members of one archive; fewer where its size could not hold so many with anything in them. */
  readonly entries: number;
  /** Archives in archives; a gzip counts as one. */
  readonly nesting: number;
  /** Bytes of a zip that lies packed within another archive: it is held in memory while it is read. */
  readonly heldBytes: number;
  /** Bytes of one record. */
  readonly recordBytes: number;
  /** Folders in folders. */
  readonly folderDepth: number;
}

/** Changed only where the settings say so. */
export const defaultLimits: ImportLimits = {
  ratio: 250,
  memberBytes: 64 * 2 ** 30,
  entries: 2_000_000,
  nesting: 8,
  heldBytes: 512 * 2 ** 20,
  recordBytes: 60 * 2 ** 20,
  folderDepth: 100,
};

/** The most each may be set to; the least is 1. */
export const greatestLimits: ImportLimits = {
  ratio: Number.MAX_SAFE_INTEGER,
  memberBytes: Number.MAX_SAFE_INTEGER,
  entries: Number.MAX_SAFE_INTEGER,
  nesting: 32,
  heldBytes: 2 ** 31 - 1,
  recordBytes: 60 * 2 ** 20,
  folderDepth: 1_000,
};

export interface ImportReport {
  readonly filesRead: number;
  readonly filesPartial: number;
  readonly filesUnread: number;
  readonly filesAside: number;
  /** The first files with a loss or a note, ordered by path; `archive.files` pages through all. */
  readonly files: readonly FileReport[];
  /** How many there are of them. */
  readonly filesTroubled: number;
  /** Each event once. */
  readonly events: number;
  /** Events that stand in more than one place are counted once; these are the other places. */
  readonly copies: number;
  /** Events whose ID comes with different content. */
  readonly versions: number;
  readonly summaryOnly: number;
  /** Records whose `eventTime` is missing or not a time: in the list, not on the timeline. */
  readonly undated: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly sources: readonly SourceReport[];
  /** Copies included: what was read of each format, also where all of it stands elsewhere too. */
  readonly formats: readonly ValueCount[];
  /** Each event once, as are regions and days. */
  readonly accounts: readonly ValueCount[];
  readonly regions: readonly ValueCount[];
  /** UTC days, `2023-07-10`. */
  readonly days: readonly ValueCount[];
  /** Of every file once, as large as it is on disk, whatever is in it. */
  readonly bytesOnDisk: number;
  readonly bytesJson: number;
  readonly elapsedMs: number;
  readonly cancelled: boolean;
}

/** One opened source and what came of it. */
export interface SourceReport extends SourceRef {
  readonly files: number;
  /** Copies included. */
  readonly events: number;
  readonly copies: number;
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

/** What is open, for a window that starts or reloads. */
export interface ArchiveStatus {
  readonly state: 'empty' | 'importing' | 'ready';
  /** Grows by one whenever more events can be seen, so that the window knows to ask again. */
  readonly version: number;
  readonly name: string;
  readonly sources: readonly SourceRef[];
  /** Each event once. */
  readonly events: number;
  /** Other places where the same events stand. */
  readonly copies: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly filesRead: number;
  readonly filesPartial: number;
  readonly filesUnread: number;
  readonly filesAside: number;
  readonly indexBytes: number;
  readonly progress: ImportProgress | null;
}

export interface RecentArchive {
  readonly sources: readonly SourceRef[];
  readonly name: string;
  readonly events: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly openedAt: EpochMs;
  /** False where a source is not there any more. */
  readonly available: boolean;
}

// ---------------------------------------------------------------- query

export interface QueryRequest {
  /** The whole query: words, fields, facets' choices and the time range are all in this text. */
  readonly text: string;
  readonly facets: readonly FacetRequest[];
  readonly timeline: TimelineRequest | null;
  readonly sort: SortOrder;
  /** Counts and lists every copy of an event, not each event once. */
  readonly withCopies: boolean;
}

/** By event time; events without one come last either way. */
export type SortOrder = 'oldest-first' | 'newest-first';

export interface FacetRequest {
  /** A short name (`service`) or a path (`requestParameters.bucketName`). */
  readonly field: string;
  /** Only values that hold this text, in any case. */
  readonly search: string;
  readonly order: 'most' | 'least';
  readonly limit: number;
}

export interface TimelineRequest {
  /** The visible span; null: from the first to the last event. */
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  /** The most bins wanted; the step is the smallest natural one that stays under it. */
  readonly maxBins: number;
}

export interface QueryResult {
  readonly resultId: ResultId;
  readonly version: number;
  readonly total: number;
  readonly matched: number;
  readonly facets: readonly Facet[];
  readonly timeline: Timeline | null;
  /** What may help when nothing, or not what was meant, was found. */
  readonly hints: readonly QueryHint[];
  readonly elapsedMs: number;
}

/** One thing to try instead. */
export interface QueryHint {
  readonly kind:
    | 'did-you-mean' // a word or value near one in the data
    | 'field-meant' // `evntName:X` read as a word; a field near it exists
    | 'drop-clause' // without this clause there are matches
    | 'never-logged' // AWS does not log this API
    | 'outside-range'; // matches exist outside the chosen time range
  readonly message: string;
  /** The query to run instead; null where there is none. */
  readonly text: string | null;
  /** How many events `text` matches; null where not counted. */
  readonly count: number | null;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly FacetValue[];
  /** Distinct values among the events that match all other clauses and the facet's own search text. */
  readonly distinct: number;
  /** Events, under all other clauses, that have no value here. */
  readonly missing: number;
  /** The values are identifiers, nearly all different, and too many to count: only chosen ones are listed, without counts. */
  readonly uncounted?: true;
}

export interface FacetValue {
  readonly value: string;
  /** What to show where it differs from `value`. */
  readonly label: string;
  readonly count: number;
  readonly state: 'none' | 'included' | 'excluded';
}

/** The four classes an event is counted in on the timeline. `unstated`: neither failed nor said whether it only read. */
export type EventClass = 'error' | 'write' | 'read' | 'unstated';

export interface Timeline {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly stepMs: number;
  /** Start of the first bin: a multiple of the step. */
  readonly origin: EpochMs;
  /** One count per bin and class. All four have the same length. */
  readonly error: readonly number[];
  readonly write: readonly number[];
  readonly read: readonly number[];
  readonly unstated: readonly number[];
  /** Matching events without a time. */
  readonly undated: number;
  /** The whole archive's span, whatever is visible. */
  readonly extent: { readonly first: EpochMs; readonly last: EpochMs } | null;
}

// ---------------------------------------------------------------- rows and detail

export interface PageRequest {
  readonly resultId: ResultId;
  readonly start: number;
  /** At most 500. */
  readonly count: number;
  /** Extra columns: short names or paths. */
  readonly columns: readonly string[];
}

export interface RowPage {
  readonly resultId: ResultId;
  readonly start: number;
  readonly rows: readonly EventRow[];
}

/** What an event tells of that is no call by itself. Texts as written; empty where the record does not say. */
export type EventNature =
  | {
      readonly kind: 'insight';
      /** `ApiCallRateInsight`, `ApiErrorRateInsight`. */
      readonly type: string;
      /** `Start` or `End`. */
      readonly state: string;
      /** The error that was more frequent than usual. */
      readonly errorCode: string;
    }
  /** Sums up the calls from `EventRow.time` to `windowEnd`. */
  | { readonly kind: 'aggregated'; readonly windowEnd: string };

export interface EventRow {
  readonly row: RowId;
  readonly time: EpochMs | null;
  /** As written in the record. */
  readonly timeText: string;
  /** `s3` for `s3.amazonaws.com`. */
  readonly service: string;
  readonly event: string;
  readonly identity: string;
  readonly identityKind: string;
  readonly region: string;
  readonly ip: string;
  /** `Success`, the error code, or `Failure`. */
  readonly result: string;
  readonly eventClass: EventClass;
  /** Null for a call, which nearly all events are. */
  readonly nature: EventNature | null;
  readonly format: RecordFormat;
  /** It came without request and response: a row of the console's CSV, or the outer fields of a lookup. */
  readonly isSummary: boolean;
  /** This row is a copy of an event that stands elsewhere; only listed where copies are asked for. */
  readonly isCopy: boolean;
  /** Rows with the same ID and other content, this one not counted; 0 for nearly all. */
  readonly otherVersions: number;
  /** One per requested column; null where the event has no such value; several values joined by `, `. */
  readonly cells: readonly (string | null)[];
}

export interface EventLocation {
  /** As {@link FileReport.path}. */
  readonly path: string;
  /** The whole path, for showing. */
  readonly label: string;
  /** Into the decompressed bytes; of a text in UTF-16, into its UTF-8 form. */
  readonly offset: number;
  readonly length: number;
}

export interface EventDetail {
  readonly row: RowId;
  /** The record exactly as it stands in the file; of a table's row, the record made of its columns. */
  readonly raw: string;
  /** What stands in the file where the record was inside something else: the row, the line, the message around it. */
  readonly wrapping: string | null;
  readonly location: EventLocation;
  /** The event's row, for the sentence. */
  readonly summary: EventRow;
}

/** Other rows that belong to one event. Each list in order of time, at most 100 long. */
export interface RelatedEvents {
  /** Every other place the same event stands in. */
  readonly copies: readonly RelatedEvent[];
  /** The same ID with other content. */
  readonly versions: readonly RelatedEvent[];
  /** The same `sharedEventID`: the other account's view of the action, or the other end of an insight. */
  readonly shared: readonly RelatedEvent[];
  /** The event that this one's `addendum` amends. */
  readonly amends: readonly RelatedEvent[];
  /** Events whose `addendum` amends this one. */
  readonly amendedBy: readonly RelatedEvent[];
}

export interface RelatedEvent {
  readonly summary: EventRow;
  readonly account: string;
  readonly location: EventLocation;
}

/** The check sum of the file an event came from, as it is on disk now. */
export interface FileDigest {
  readonly path: string;
  /** Hex, lower case. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** True where size or modification time differ from when the file was indexed. */
  readonly changedSinceImport: boolean;
}

// ---------------------------------------------------------------- fields and completion

/** A field that exists in the open data. */
export interface FieldInfo {
  /** A short name or a path. */
  readonly name: string;
  readonly label: string;
  /** Events that hold it. */
  readonly events: number;
  /** Distinct values; null for identifier columns, which are not counted. */
  readonly distinct: number | null;
}

export interface CompletionRequest {
  readonly text: string;
  readonly cursor: number;
  readonly limit: number;
}

export interface Completion {
  readonly kind: 'field' | 'value' | 'operator';
  /** What is shown. */
  readonly label: string;
  /** Events; null where it has no meaning. */
  readonly count: number | null;
  /** True where typing errors were forgiven to find it. */
  readonly fuzzy: boolean;
  /** Replaces the text from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

// ---------------------------------------------------------------- app

export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'browser';
  readonly platform: string;
  /** Whether the host shows its own open dialogs; else the window lists folders through `folder.list`. */
  readonly nativeDialogs: boolean;
}

/** What the app remembers, beside the recent archives. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** `UTC`, `local`. */
  readonly zone: 'UTC' | 'local';
  /** Shown columns in order: short names or paths, with widths in px. None: those the window starts with. */
  readonly columns: readonly { readonly field: string; readonly widthPx: number }[];
  /** Facets in order: short names or paths. */
  readonly facets: readonly string[];
  readonly timelineScale: 'linear' | 'log';
  readonly limits: ImportLimits;
}
