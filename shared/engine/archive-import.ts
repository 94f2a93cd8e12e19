/** One import into an archive, from its first file to the preparations after its last. */
import type { ImportLimits } from '#contract/limits';
import type { ImportProgress } from '#contract/sources';
import type { Archive } from './archive';
import { collectGarbage, collectManyBuffers } from './collect-garbage';
import type { ImportEnd, ImportOptions, ImportSource } from './decode/import-types';

/** Reading the directory of an archive with so many members leaves garbage that would make V8's heap grow to several times its size. */
const manyMembers = 20_000;

/** What an import needs, and whom it reports to. */
export interface ArchiveImportOptions {
  readonly files: { importSources(sources: readonly ImportSource[], options: ImportOptions): Promise<ImportEnd> };
  /** See {@link ImportOptions.threads}. */
  readonly threads: number | undefined;
  readonly limits: ImportLimits;
  readonly signal: AbortSignal;
  /** Called when more events are visible. */
  readonly onChanged: () => void;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Reads the sources into the archive. Rejects with what made the import fail; events read until then stay. */
export async function importInto(
  archive: Archive,
  sources: readonly ImportSource[],
  { files, threads, limits, signal, onChanged, onProgress }: ArchiveImportOptions,
): Promise<void> {
  const { log } = archive;
  try {
    const end = await files.importSources(sources, {
      ...(threads === undefined ? {} : { threads }),
      signal,
      limits,
      hashSeed: archive.hashSeed,
      isRead: log.openFiles(),
      onListing: (listed, bytesOnDisk) => {
        log.listed(listed, bytesOnDisk);
        if (listed.members >= manyMembers) collectGarbage();
      },
      onSegment: (segment, thread) => {
        archive.addSegment(segment, thread);
        onChanged();
      },
      onFile: (outcome) => {
        log.add(outcome);
      },
      onProgress: (latest) => {
        log.reportProgress(latest);
        onProgress(latest);
      },
    });
    log.end(end.cancelled, end.elapsedMs);
  } catch (thrown) {
    log.breakOff();
    throw thrown;
  } finally {
    archive.settle();
    onChanged();
  }
  // Not awaited: only completion and hints need it. If it fails, they report that when they are used.
  void archive.search
    .updateVocabulary()
    .then(() => collectManyBuffers())
    .catch(ignore);
}

const ignore = (): void => undefined;
