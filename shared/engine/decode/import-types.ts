/**
 * The input of an import, and what it reports while it runs; `decode-pool.ts` runs it.
 */
import type { ImportLimits } from '#contract/limits';
import type { FileReport } from '#contract/report';
import type { ImportProgress } from '#contract/sources';
import type { FileListing } from '../sources/file-listing';
import type { ListedState } from '../sources/listed-file';
import type { MemberRef } from '../sources/member';
import type { TextContent } from './text-content';
import type { Segment } from '../scan/segment';

/** A folder or a file to read. */
export interface ImportSource {
  readonly path: string;
  /** What the paths of its files begin with: empty, or ending with `/`. */
  readonly prefix: string;
}

/** One file's end. Sent once per file, in no fixed order. */
export interface FileOutcome {
  /** The file's index in the listing. Null where it has none: a folder that cannot be read, an archive whose members are listed as files. */
  readonly file: number | null;
  /** Which of the sources it belongs to where `file` is null. */
  readonly source?: number;
  /** Which member of the file, where it is an archive; null for the file itself, whose outcome comes last. */
  readonly member: MemberRef | null;
  readonly report: FileReport;
  /** Decompressed bytes. */
  readonly bytesJson: number;
  /** Null where it is no text, or was not read to its end. */
  readonly content: TextContent | null;
}

export interface ImportOptions {
  readonly limits: ImportLimits;
  /**
   * Seeds the hashes that identify duplicates, two 64-bit numbers in hex: imports into one archive share it, and it is secret.
   */
  readonly hashSeed: string;
  /** Decode threads. 0 decodes on the calling thread, without the worker file. Default: one per core, at most 8. */
  readonly threads?: number;
  /** The built `decode-worker.js`. Default: next to the running module. */
  readonly workerUrl?: URL;
  /** Aborting it ends the import; what was read so far is delivered. */
  readonly signal?: AbortSignal;
  /** Whether a file on disk, as it is now, was read already: it is ignored. */
  readonly isRead?: (file: ListedState) => boolean;
  /**
   * The sorted listing, before the first segment. `FileRun.file` is an index into it. `bytesOnDisk`: of all files under each
   * source, in their order.
   */
  readonly onListing?: (files: FileListing, bytesOnDisk: readonly number[]) => void;
  /**
   * A segment of decode thread `thread`. Each thread's dictionary numbers go on from its earlier segments.
   *
   * A thread number is never used again for another dictionary: a thread that replaces a crashed one has a new number.
   */
  readonly onSegment: (segment: Segment, thread: number) => void;
  readonly onFile: (outcome: FileOutcome) => void;
  /** At most ten times a second. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportEnd {
  readonly files: FileListing;
  /** Whether the signal ended it. */
  readonly cancelled: boolean;
  readonly elapsedMs: number;
}
