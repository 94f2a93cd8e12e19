/**
 * The one list of calls and events between the window and the host.
 *
 * Adding a call is one line here; the compiler then asks for its schema (`host/guards.ts`) and its handler (`host/app-service.ts`,
 * and `engine/engine.ts` where the engine answers it). Arguments and results are plain data from the files beside this one. A call
 * rejects with an {@link AppError}; any call can be cancelled; a call whose third type is not `never` reports progress.
 */
import type { DiffRequest, DiffTextFormat, EventDiff, SameCall, SameCallRequest } from './diff';
import type { RowId, SourceId } from './ids';
import type { EventDetail, FileDigest, PageRequest, PlacedRow, RelatedEvents, RowPage, RowsRequest } from './events';
import type {
  EventIntegrity,
  IntegrityReport,
  IntegrityRequest,
  ManifestCheck,
  ManifestForm,
  ProofsAdded,
  TrailSetting,
} from './integrity';
import type { ImportLimits } from './limits';
import type {
  Completion,
  CompletionRequest,
  Facet,
  FacetRequest,
  FieldInfo,
  Groups,
  GroupsRequest,
  QueryRequest,
  QueryResult,
  Seen,
} from './query';
import type { FilesPage, FilesRequest, ImportReport, TextTarget } from './report';
import type { AppInfo, Settings } from './settings';
import type { ArchiveStatus, EngineTrouble, FolderListing, ImportProgress, RecentArchive, SourceRef } from './sources';

/** A call: its argument, its result, its progress. */
export interface Call<Request, Result, Progress = never> {
  readonly request: Request;
  readonly result: Result;
  readonly progress: Progress;
}

/** The calls the engine thread answers; the application service passes them on unchanged. */
export interface EngineCalls {
  readonly 'archive.status': Call<null, ArchiveStatus>;
  /** What was read and what was not. Complete once the import has ended. */
  readonly 'archive.report': Call<null, ImportReport>;
  /** A window of the files of the import. */
  readonly 'archive.files': Call<FilesRequest, FilesPage>;
  /** The whole report as plain text, to save or to print. */
  readonly 'archive.report-text': Call<TextTarget, string>;
  /** Whether the files are whole and unaltered, by what digests, deliveries and names say. Complete once the import has ended. */
  readonly 'archive.integrity': Call<IntegrityRequest, IntegrityReport>;
  /** The calls that changed what a trail records, in order of time. A search: nothing is checked for it. */
  readonly 'archive.trail-settings': Call<null, readonly TrailSetting[]>;
  /** The SHA-256 of every opened file, as text or JSON, to save. Reads all files again. */
  readonly 'archive.manifest': Call<ManifestForm, string>;
  /** The verdicts as plain text, to save or to print. */
  readonly 'archive.integrity-text': Call<TextTarget, string>;
  /** Parses, runs and counts. Rejects with `bad-query` and the place of the syntax error. */
  readonly 'query.run': Call<QueryRequest, QueryResult>;
  /** A facet's further values, for "more" and its search box. */
  readonly 'query.facet': Call<
    { readonly text: string; readonly facet: FacetRequest; readonly withDuplicates: boolean },
    Facet
  >;
  /** When a facet's value was seen, under the same clauses as it is counted. Null where that is not known. Rejects with `bad-query`. */
  readonly 'query.seen': Call<
    { readonly text: string; readonly field: string; readonly value: string; readonly withDuplicates: boolean },
    Seen | null
  >;
  /** A window of the groups that the values of one field, or of two, make of the matching events. Rejects with `bad-query`. */
  readonly 'query.groups': Call<GroupsRequest, Groups>;
  /** A window of rows. Rejects with `stale-result`. */
  readonly 'result.page': Call<PageRequest, RowPage>;
  /** The position of a row in a result, or null where the result does not hold it. */
  readonly 'result.locate': Call<{ readonly resultId: PageRequest['resultId']; readonly row: RowId }, number | null>;
  /** Some rows by their numbers, to copy them. Rejects with `stale-result`. */
  readonly 'result.rows': Call<RowsRequest, readonly PlacedRow[]>;
  /** One event, read again from its file. */
  readonly 'event.detail': Call<RowId, EventDetail>;
  /** Duplicates, other versions, the other account's view, amendments. */
  readonly 'event.related': Call<RowId, RelatedEvents>;
  /** The checksum of the file that holds an event. Reads the whole file. */
  readonly 'event.digest': Call<RowId, FileDigest>;
  /** What the integrity checks say of the file that holds an event; null while an import runs. Rejects with `not-found`. */
  readonly 'event.integrity': Call<RowId, EventIntegrity | null>;
  /** Two events side by side. Bounded in time: see `EventDiff.coarse`. */
  readonly 'event.diff': Call<DiffRequest, EventDiff>;
  /** The comparison as text, to save. JSON Patch: RFC 6902, from the left record to the right. */
  readonly 'event.diff-text': Call<DiffRequest & { readonly format: DiffTextFormat }, string>;
  /** The nearest event before or after with the same `eventSource` and `eventName` on the same resource, else by the same identity. */
  readonly 'event.same-call': Call<SameCallRequest, SameCall>;
  /** Every field in the data, short names first, then paths by number of events. */
  readonly 'field.list': Call<null, readonly FieldInfo[]>;
  readonly 'query.complete': Call<CompletionRequest, readonly Completion[]>;
}

/** The calls the host answers itself. */
export interface HostCalls {
  readonly 'app.info': Call<null, AppInfo>;
  /** What helps to find a fault, to be copied: versions, the platform, the last lines of the log. Nothing of the evidence. */
  readonly 'app.diagnostics': Call<null, string>;
  readonly 'settings.get': Call<null, Settings>;
  readonly 'settings.set': Call<Settings, null>;
  /** Shows the host's own dialog. Null: the user closed it. Only where `nativeDialogs`. */
  readonly 'source.pick': Call<'folder' | 'files', readonly SourceRef[] | null>;
  /** One directory for the window's own picker; null: where to start. */
  readonly 'folder.list': Call<SourceId | null, FolderListing>;
  /** A path typed or pasted into the window's own picker. Rejects with `not-found`. */
  readonly 'folder.find': Call<string, SourceRef>;
  /** Opens these instead of what is open. Resolves when all is read; events are visible from the start. */
  readonly 'archive.open': Call<readonly SourceId[], ArchiveStatus, ImportProgress>;
  /** Adds these to what is open, or opens them where nothing is. Sources that are open already are not read again. */
  readonly 'archive.add': Call<readonly SourceId[], ArchiveStatus, ImportProgress>;
  /** Removes a source and its events; removing the last one closes the archive. */
  readonly 'archive.remove': Call<SourceId, ArchiveStatus>;
  /** Opens the archive that comes with the app. */
  readonly 'archive.open-sample': Call<null, ArchiveStatus, ImportProgress>;
  /** Ends the engine where it has not ended by itself, and opens what was open then, or was to be opened. */
  readonly 'archive.start-again': Call<null, ArchiveStatus, ImportProgress>;
  /** Holds what is open against a manifest. Reads all files again. */
  readonly 'archive.check-manifest': Call<SourceId, ManifestCheck>;
  /** Reads public keys and signatures from these files, for the integrity checks of what is open. */
  readonly 'archive.add-proofs': Call<readonly SourceId[], ProofsAdded>;
  /** Stops the running import; what was read stays. */
  readonly 'archive.cancel': Call<null, null>;
  readonly 'archive.close': Call<null, null>;
  readonly 'recent.list': Call<null, readonly RecentArchive[]>;
  readonly 'recent.forget': Call<RecentArchive['openedAt'], null>;
}

export interface AppCalls extends EngineCalls, HostCalls {}

/** The events that the host sends to every window. */
export interface AppEvents {
  /** Something was opened, more was read, the import ended, or all was closed. At most five times a second. */
  readonly 'archive.changed': ArchiveStatus;
  /** The engine has ended, or has not answered for a minute; null: it answers again. From the host, as all that follow. */
  readonly 'engine.trouble': EngineTrouble | null;
  /** Something to know that no call was answered with. */
  readonly 'app.notice': string;
  /** A menu of the system asks for one of the window's dialogs. */
  readonly 'app.show': WindowDialog;
  /** Recent archives were forgotten elsewhere than in this window. */
  readonly 'recent.changed': null;
}

/** The window's dialogs that a menu of the system offers. */
export type WindowDialog = 'about' | 'diagnostics' | 'help' | 'licences';

export type CallName = keyof AppCalls;
export type RequestOf<Name extends CallName> = AppCalls[Name]['request'];
export type ResultOf<Name extends CallName> = AppCalls[Name]['result'];
export type EventName = keyof AppEvents;

/** A source with its path: between the host and the engine thread only. */
export interface EngineSource extends SourceRef {
  readonly path: string;
}

/**
 * The host's calls to the engine thread, besides {@link EngineCalls}. The engine emits {@link AppEvents} itself.
 *
 * What changes the open archive runs one after another, in the order it was asked for. An import rejects with `cancelled` where it was
 * cancelled, or given up for another request; what was read until then stays.
 */
export interface EngineControlCalls {
  /** Cancels all imports and closes what is open, then reads these. */
  readonly 'engine.open': Call<ImportRequest, ArchiveStatus, ImportProgress>;
  /** Reads those that are not open yet and adds them to what is open, if anything is. */
  readonly 'engine.add': Call<ImportRequest, ArchiveStatus, ImportProgress>;
  /** Removes a source. Cancels imports of this source alone, and waits for any other. */
  readonly 'engine.remove': Call<SourceId, ArchiveStatus>;
  /** Holds what is open against the manifest in a file, by its path. Reads all files again. */
  readonly 'engine.check-manifest': Call<string, ManifestCheck>;
  /** Reads public keys and signatures from files by their paths, for the integrity checks of what is open. */
  readonly 'engine.add-proofs': Call<readonly string[], ProofsAdded>;
  /** Cancels all imports. */
  readonly 'engine.cancel': Call<null, null>;
  /** Cancels all imports and closes what is open. */
  readonly 'engine.close': Call<null, null>;
}

/** The engine gets names apart that more than one source has. */
interface ImportRequest {
  readonly sources: readonly EngineSource[];
  readonly limits: ImportLimits;
}

/** All that the engine thread answers. */
export interface EngineThreadCalls extends EngineCalls, EngineControlCalls {}
