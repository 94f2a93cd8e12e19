/** The engine's access to files. */
import type { ImportEnd, ImportOptions, ImportSource } from './decode/import-types';
import { importSources } from './decode/decode-pool';
import type { RereadRecord } from './reread/event-in-slice';
import { digest } from './reread/file-digest';
import { RecordReread, type RecordPosition } from './reread/read-record';
import type { FileState } from './sources/file-state';
import type { ListedFile } from './sources/listed-file';
import type { MemberRef } from './sources/member';

/** Replaced by tests. */
export interface EngineFiles {
  importSources(sources: readonly ImportSource[], options: ImportOptions): Promise<ImportEnd>;
  /** Reads a record again. Rejects with `not-readable`, also where the file has changed since it was listed. */
  readRecord(file: ListedFile, member: MemberRef | null, spot: RecordPosition): Promise<RereadRecord>;
  /** Clears what is cached of files between calls. */
  forgetKept(): void;
  /** Rejects with `not-readable`. */
  digest(file: { readonly path: string }): Promise<{ readonly sha256: string; readonly state: FileState }>;
}

/** The files on disk, for one engine. */
export function filesOnDisk(): EngineFiles {
  const reread = new RecordReread();
  return {
    importSources,
    readRecord: (file, member, spot) => reread.read(file, member, spot),
    forgetKept: () => reread.forget(),
    digest,
  };
}
