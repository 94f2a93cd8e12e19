/** A query, what it finds, and what helps to write one. Plain data only: everything survives structured clone and JSON. */
import type { EventClass } from './events';
import type { EpochMs, ResultId } from './ids';

export interface QueryRequest {
  /** The whole query: words, fields, facets' choices and the time range are all in this text. */
  readonly text: string;
  readonly facets: readonly FacetRequest[];
  readonly timeline: TimelineRequest | null;
  readonly sort: SortOrder;
  /** Counts and lists duplicates too, instead of each event once. */
  readonly withDuplicates: boolean;
}

/** By event time, or by a field and then by time, the oldest first; events without a value come last either way. */
export type SortOrder = 'oldest-first' | 'newest-first' | FieldOrder;

/** By the first text of a field: numbers by their size, then texts by their letters whatever their case. */
export interface FieldOrder {
  /** A short name (`service`) or a path (`requestParameters.bucketName`). */
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
}

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
  /** The field to break the counts down by as well: a short name or a path. */
  readonly by?: string;
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
  /** Parts of the query that mean something else in other tools, whatever was found. */
  readonly notes: readonly QueryNote[];
  readonly elapsedMs: number;
}

/** Words of a query that mean something else in other tools, and what they were read as. */
export interface QueryNote {
  readonly kind:
    | 'read-as-query' // read by the habits of another tool: the words are the query that ran, the text searches for what was written
    | 'read-as-operator' // `not` in lower case: may have been meant as a word
    | 'read-as-word' // looks like an operator, a bracket or a field of another tool
    | 'read-as-value' // likewise, after `field:`
    | 'read-as-test' // `error:null`: a test of a field that matches something else in other tools
    | 'read-whole' // a record, an SQL statement or a pipeline, searched word by word
    | 'several-principals'; // `identity:alice` where there are several: the words are these
  /** As written, in the order they stand. */
  readonly words: readonly string[];
  /** What the words mean here, or what to write instead: whole sentences. */
  readonly advice: string;
  /** The query as it may have been meant; null where that is not known. */
  readonly text: string | null;
}

/** One thing to try instead. */
export interface QueryHint {
  readonly kind:
    | 'did-you-mean' // a word or value near one in the data
    | 'field-meant' // `evntName:X` read as a word; a field near it exists
    | 'drop-clause' // there are matches without this clause
    | 'never-logged' // AWS does not log this API, or did not always
    | 'data-events' // the search is for data events, and there are none, or none that early
    | 'no-service' // no event is of the service
    | 'service-meant' // CloudTrail has another name for the product
    | 'empty-range' // the chosen time range ends before it begins
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
  /** The name in the query that chose it, where it covers several values: `alice` for each principal of that name. */
  readonly chosenAs?: string;
}

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
  /** Matching events whose time cannot be right (outside `believableTimes`), which are in no bin. */
  readonly outOfRange: number;
  /** How many events of each class match with the time range that the query asks for; null where it asks for none. */
  readonly inRange: Readonly<Record<EventClass, number>> | null;
  /** The counts by the values of a field; null where none was asked for, or its values are too many to count. */
  readonly breakdown: TimelineBreakdown | null;
  /** The whole archive's span, whatever is visible, without the times out of range. */
  readonly extent: { readonly first: EpochMs; readonly last: EpochMs } | null;
}

/** The time of the first and last event that has a value. */
export interface Seen {
  readonly first: EpochMs;
  readonly last: EpochMs;
}

/** What a table of groups can be sorted by: the values of its first and second field, or a figure. */
export const groupColumns = [
  'value',
  'second-value',
  'count',
  'first',
  'last',
  'errors',
  'writes',
  'addresses',
  'events',
] as const;

export type GroupColumn = (typeof groupColumns)[number];

/** Asks for the events that match a query by the values of one field, or of two. */
export interface GroupsRequest {
  readonly text: string;
  readonly withDuplicates: boolean;
  /** One or two: short names or paths. */
  readonly fields: readonly string[];
  /** Equal groups follow by number of events, time of the first, and value. Groups without a time come last either way. */
  readonly sort: { readonly column: GroupColumn; readonly direction: 'ascending' | 'descending' };
  readonly start: number;
  readonly limit: number;
  /** The span of the bins; null for none. */
  readonly timeline: TimelineRequest | null;
}

/** Groups are counted under the whole query, so that they agree with the list of its events. */
export interface Groups {
  readonly fields: readonly string[];
  /** Events that match the query. */
  readonly matched: number;
  /** Those that lack a value of a field, and are in no group. */
  readonly missing: number;
  /** Those with several values of a field, which count in several groups. */
  readonly repeated: number;
  /** All groups; `rows` are those from `start` on. */
  readonly total: number;
  readonly start: number;
  readonly rows: readonly Group[];
  /** What the bins of each row are; null where none were asked for, or no event has a time. */
  readonly bins: { readonly origin: EpochMs; readonly stepMs: number; readonly count: number } | null;
  /** There are too many values to count quickly, such as event IDs: no group is counted. */
  readonly uncounted?: true;
}

export interface Group {
  /** One for each field. */
  readonly values: readonly string[];
  readonly count: number;
  /** The time of the first and last event; null where none has one. Times that cannot be right count only where there is no other. */
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  /** Events by class, as on the timeline. */
  readonly errors: number;
  readonly writes: number;
  /** Distinct source addresses and names of events. */
  readonly addresses: number;
  readonly events: number;
  /** Events per bin; empty where there are no bins. */
  readonly bins: readonly number[];
}

export interface TimelineBreakdown {
  readonly field: string;
  /** The most frequent values under the query, the most frequent first. An event with several values counts for the first of them. */
  readonly values: readonly TimelineSeries[];
  /** Events with another value, or none. */
  readonly rest: TimelineSeries;
}

export interface TimelineSeries {
  /** Empty for the rest. */
  readonly value: string;
  /** What to show where it differs from `value`. */
  readonly label: string;
  /** One count per bin. */
  readonly counts: readonly number[];
  /** Events that match with the time range that the query asks for, or at any time where it asks for none. */
  readonly total: number;
}

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
  readonly kind: 'field' | 'value' | 'operator' | 'query';
  /** The text shown. */
  readonly label: string;
  /** What to know of it, in a few words: `the first event`. */
  readonly note?: string;
  /** Events; null where it has no meaning. */
  readonly count: number | null;
  /** True where typing errors were forgiven to find it. */
  readonly fuzzy: boolean;
  /** Replaces the text from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}
