/** What can be opened, what is open, and how far an import is. Plain data only: everything survives structured clone and JSON. */
import type { EpochMs, SourceId } from './ids';

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
  /** Entries left out because the directory holds more than the picker shows, or their names are not UTF-8. */
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
  /** Null while it is unknown. */
  readonly remainingMs: number | null;
  readonly currentFile: string | null;
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
  /** Duplicates, which `events` does not count. */
  readonly duplicates: number;
  /** Events in a later gzip member of a file, where CloudTrail writes one; while an import runs, those so far. */
  readonly appended: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly filesRead: number;
  readonly filesPartial: number;
  readonly filesUnread: number;
  readonly filesIgnored: number;
  readonly indexBytes: number;
  readonly progress: ImportProgress | null;
}

/** What is wrong with the engine. */
export interface EngineTrouble {
  /** `stopped`: it has ended. `silent`: it has not answered for a minute, and may answer yet. */
  readonly kind: 'stopped' | 'silent';
  /** What is known about the cause; empty where nothing is. */
  readonly reason: string;
  /** What was open or was to be opened, and can be opened again. */
  readonly sources: readonly SourceRef[];
}

export interface RecentArchive {
  readonly sources: readonly SourceRef[];
  readonly name: string;
  readonly events: number;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly openedAt: EpochMs;
  /** False where a source no longer exists. */
  readonly available: boolean;
}
