/** Events as rows of a list, and one event in detail. Plain data only: everything survives structured clone and JSON. */
import type { EpochMs, ResultId, RowId } from './ids';
import type { RecordFormat } from './record-formats';

/** The event classes of the timeline. `unstated`: did not fail, and does not say whether it only read. */
export type EventClass = 'error' | 'write' | 'read' | 'unstated';

export interface PageRequest {
  readonly resultId: ResultId;
  readonly start: number;
  /** At most 500. */
  readonly count: number;
  /** Extra columns: short names or paths. */
  readonly columns: readonly string[];
  /** Whether the rows say where they meet the query. */
  readonly withHits?: boolean;
}

export interface RowPage {
  readonly resultId: ResultId;
  readonly start: number;
  readonly rows: readonly EventRow[];
}

/** Rows by their numbers, whether the result holds them or not. */
export interface RowsRequest {
  readonly resultId: ResultId;
  /** At most 500. */
  readonly rows: readonly RowId[];
  /** As in {@link PageRequest}. */
  readonly columns: readonly string[];
}

/** A row in full: its cells are cut only at 32,767 characters, the most that spreadsheets take. */
export interface PlacedRow {
  readonly row: EventRow;
  /** Its place in the result; null where the result does not hold it. */
  readonly place: number | null;
}

/** What an event records that is not a single call. Texts as written; empty where the record does not say. */
export type RecordKind =
  | {
      readonly kind: 'insight';
      /** `ApiCallRateInsight`, `ApiErrorRateInsight`. */
      readonly type: string;
      /** `Start` or `End`. */
      readonly state: string;
      /** The error code that was more frequent than usual. */
      readonly errorCode: string;
    }
  /** Sums up the calls from `EventRow.time` to `windowEnd`. */
  | { readonly kind: 'aggregated'; readonly windowEnd: string };

export interface EventRow {
  readonly row: RowId;
  readonly time: EpochMs | null;
  /** As written in the record. */
  readonly timeText: string;
  /** The field that `time` is from where the event has no `eventTime`: `@timestamp`, `_time`. */
  readonly timeFrom?: string;
  /** `s3` for `s3.amazonaws.com`. */
  readonly service: string;
  readonly event: string;
  /** The friendly name alone, which several principals may have. */
  readonly identity: string;
  readonly identityKind: string;
  /** The full identity, with kind and account, as in `identity:` of a query. */
  readonly principal: string;
  readonly region: string;
  readonly ip: string;
  /** `Success`, the error code, `Failure`, or `(not stated)` where the event was read from a format without a place for errors. */
  readonly result: string;
  readonly eventClass: EventClass;
  /** Null for a call, which nearly all events are. */
  readonly recordKind: RecordKind | null;
  readonly format: RecordFormat;
  /** It has no request and response: a row of the console's CSV, or the outer fields of a lookup. */
  readonly isSummary: boolean;
  /** It is in a later gzip member of its file, where CloudTrail writes one; left out for nearly all. */
  readonly isAppended?: true;
  /** This row is a duplicate of an event in another place; only listed where duplicates are asked for. */
  readonly isDuplicate: boolean;
  /** Rows with the same ID and other content, this one not counted; 0 for nearly all. */
  readonly otherVersions: number;
  /** One per requested column; null where the event has no such value; several values joined by `, `. */
  readonly cells: readonly (string | null)[];
  /** Where the event meets each part of the query, in the order of the query; left out where not asked for. */
  readonly hits?: readonly RowHit[];
}

/** A value of an event that answers a part of the query. */
export interface RowHit {
  /** The field that was tested, as written; null where the text was looked for everywhere. */
  readonly field: string | null;
  /** Where the value stands: a path of the record, or of a derived value. */
  readonly path: string;
  /** The value, cut to what stands around the hit, with an ellipsis where something is left out. */
  readonly text: string;
  /** The part of the value that was looked for, in any case; empty for all of it. */
  readonly found: string;
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
  /** The record exactly as in the file; for a table's row, the record made of its columns. */
  readonly raw: string;
  /** For a wrapped event: the row, line or message around it, as in the file. */
  readonly wrapping: string | null;
  readonly location: EventLocation;
  /** The event's row, for the sentence. */
  readonly summary: EventRow;
  /** Left out where the event names none. */
  readonly target?: EventTarget;
  /** As in the record; left out where it has none. */
  readonly errorMessage?: string;
}

/** What a call acted upon, in the words of the sentence. */
export interface EventTarget {
  /** At least one; each is a value of the field `target`. */
  readonly names: readonly TargetName[];
  /** What the call names with it: the policy that it attaches to a user. */
  readonly beside: readonly TargetName[];
}

export interface TargetName {
  /** `security group`; empty where the record does not say. */
  readonly kind: string;
  readonly text: string;
  /** The field, or the path, that the text is a value of. */
  readonly field: string;
}

/** Other rows that belong to one event. Each list in order of time, at most 100 long. */
export interface RelatedEvents {
  /** The event's duplicates. */
  readonly duplicates: readonly RelatedEvent[];
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

/** The checksum of the file an event came from, as it is on disk now. */
export interface FileDigest {
  readonly path: string;
  /** Hex, lower case. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Whether its size, one of its times or its place on the disk differ from when the file was indexed. */
  readonly changedSinceImport: boolean;
}
