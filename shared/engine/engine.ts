/**
 * The engine: opens archives and answers the calls of `contract/api.ts`, in its own thread or in any other.
 *
 * Everything it keeps belongs to the one open archive. Calls are answered one after another; only reading files and preparing the
 * vocabulary let others in between.
 */
import type { AppEvents, EngineControlCalls, EngineThreadCalls, RequestOf, ResultOf } from '#contract/api';
import { AppError } from '#contract/errors';
import type { RowId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { CallContext, Handlers } from '#contract/rpc';
import type { ArchiveStatus, ImportLimits, ImportProgress } from '#contract/types';
import { Archive } from './archive';
import type { ImportEnd, ImportOptions, ImportSource } from './decode/import-types';
import { diffEvents, diffText, parsedRecord, type EventPair } from './event-diff';
import { complete } from './search/completion';
import { listFields } from './search/field-list';
import type { RereadRecord } from './formats/reread';
import type { ListedFile } from './sources/list-files';
import type { MemberRef } from './sources/member';
import type { RecordSpot } from './sources/read-record';

/** What the engine does with files: see `decode/decode-pool.ts` and `sources/`. Tests put their own in. */
export interface EngineFiles {
  importSources(sources: readonly ImportSource[], options: ImportOptions): Promise<ImportEnd>;
  /** The record, read again. Rejects with `not-readable`, also where the file is no longer as it was listed. */
  readRecord(file: ListedFile, member: MemberRef | null, spot: RecordSpot): Promise<RereadRecord>;
  /** Drops what is kept of files between calls. */
  forgetKeptFile(): void;
  /** Rejects with `not-readable`. */
  digest(file: { readonly path: string }): Promise<{ sha256: string; sizeBytes: number; mtimeMs: number }>;
}

export interface EngineOptions {
  readonly files: EngineFiles;
  /** Told when more can be seen, at most five times a second. */
  readonly onChanged?: (status: AppEvents['archive.changed']) => void;
  /** Decode threads: see {@link ImportOptions}. */
  readonly threads?: number;
}

const changedEveryMs = 200;

export class Engine {
  /** One per call, for an rpc server, or to be called as they are. */
  readonly handlers: Handlers<EngineThreadCalls>;
  private readonly options: EngineOptions;
  private archive: Archive | null = null;
  private version = 0;
  private lastPrefix = 0;
  private openings = 0;
  private running: { readonly controller: AbortController; readonly ended: Promise<void> } | null = null;
  private timer: NodeJS.Timeout | null = null;
  private lastChanged = -Infinity;

  constructor(options: EngineOptions) {
    this.options = options;
    this.handlers = {
      'engine.open': (request, context) => this.open(request, context),
      'engine.add': (request, context) => this.open(request, context),
      'engine.remove': () => this.status(),
      'engine.close': () => {
        this.openings++;
        return this.close();
      },
      'archive.status': () => this.status(),
      'archive.report': () => this.opened().log.report(this.opened().index),
      'archive.files': ({ start }) => ({ total: 0, start, files: [] }),
      'archive.report-text': () => '',
      'query.run': async (request, { signal }) => {
        await beforeOthers(signal);
        return this.opened().run(request, this.version);
      },
      'query.facet': async ({ text, facet }, { signal }) => {
        await beforeOthers(signal);
        return this.opened().facet(text, facet);
      },
      'result.page': async (request, { signal }) => {
        await beforeOthers(signal);
        return this.opened().page(request);
      },
      'result.locate': ({ resultId, row }) => this.opened().locate(resultId, row),
      'event.detail': (row) => this.detail(row),
      'event.digest': (row) => this.digest(row),
      'event.related': () => ({ copies: [], versions: [], shared: [], amends: [], amendedBy: [] }),
      'event.diff': async ({ left, right, withNoise }, { signal }) => {
        return diffEvents(await this.details(left, right, signal), withNoise);
      },
      'event.diff-text': async ({ left, right, withNoise, format }, { signal }) => {
        return diffText(await this.details(left, right, signal), withNoise, format);
      },
      'event.same-call': async (request, { signal }) => {
        const { raw } = await this.detail(request.row);
        await beforeOthers(signal);
        return this.opened().sameCall(request, parsedRecord(raw));
      },
      'field.list': () => listFields(this.opened().index),
      'query.complete': async (request, { signal }) => {
        await beforeOthers(signal);
        const archive = this.opened();
        return complete(archive.index, archive.vocabulary, request);
      },
    };
  }

  /** What is open, as the status call answers. */
  status(): ArchiveStatus {
    return this.archive?.status(this.version) ?? nothingOpen(this.version);
  }

  private opened(): Archive {
    if (this.archive === null) throw new AppError('nothing-open', 'no archive is open');
    return this.archive;
  }

  private async open(
    { name, sources, limits }: EngineControlCalls['engine.open']['request'],
    { signal, progress }: CallContext<ImportProgress>,
  ): Promise<ArchiveStatus> {
    const opening = ++this.openings;
    await this.close();
    if (signal.aborted) throw new AppError('cancelled', 'the call was cancelled');
    // While an import came to its end, something else was asked for.
    if (opening !== this.openings) throw new AppError('cancelled', 'something else was opened or closed meanwhile');
    const archive = new Archive(
      name,
      sources.map(({ sourceId, kind, name: sourceName, label }) => ({ sourceId, kind, name: sourceName, label })),
      `r${++this.lastPrefix}`,
    );
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    signal.addEventListener('abort', cancel, { once: true });
    this.archive = archive;
    this.version++;
    this.changed();
    const work = this.import(archive, sources, limits, controller.signal, progress);
    this.running = { controller, ended: work.then(ignore, ignore) };
    try {
      await work;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
    return archive.status(this.version);
  }

  private async import(
    archive: Archive,
    sources: readonly ImportSource[],
    limits: ImportLimits,
    signal: AbortSignal,
    progress: (progress: ImportProgress) => void,
  ): Promise<void> {
    const { threads, files } = this.options;
    const { log, index } = archive;
    try {
      const end = await files.importSources(
        sources.map(({ path }) => ({ path })),
        {
          ...(threads === undefined ? {} : { threads }),
          signal,
          limits,
          hashSeed: archive.hashSeed,
          onListing: (listed) => {
            log.files = listed;
          },
          onSegment: (segment, thread) => {
            index.merge(segment, thread);
            this.version++;
            this.changed();
          },
          onFile: (outcome) => {
            log.add(outcome);
          },
          onProgress: (latest) => {
            log.progress = latest;
            progress(latest);
            this.changed();
          },
        },
      );
      log.files = end.files;
      log.cancelled = end.cancelled;
      log.elapsedMs = end.elapsedMs;
    } finally {
      archive.settle();
      archive.state = 'ready';
      this.version++;
      this.changed();
    }
    // Not waited for: everything but typing help is there already. What goes wrong in it shows when it is needed.
    void archive.vocabulary.update().catch(ignore);
  }

  private async close(): Promise<null> {
    this.running?.controller.abort();
    await this.running?.ended;
    this.running = null;
    if (this.archive !== null) {
      this.archive = null;
      this.options.files.forgetKeptFile();
      this.version++;
      this.changed();
    }
    return null;
  }

  private async detail(row: RequestOf<'event.detail'>): Promise<ResultOf<'event.detail'>> {
    const archive = this.opened();
    const { file, location } = archive.place(row);
    const { offset, length } = location;
    const record = await this.options.files.readRecord(file, null, { offset, length, ordinal: 0, format: 'records' });
    const text = (bytes: Uint8Array): string =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const wrapping = record.wrapping === null ? null : text(record.wrapping);
    return { row, raw: text(record.raw), wrapping, location, summary: archive.row(row) };
  }

  private async details(left: RowId, right: RowId, signal: AbortSignal): Promise<EventPair> {
    const pair = { left: await this.detail(left), right: await this.detail(right) };
    await beforeOthers(signal);
    return pair;
  }

  private async digest(row: RequestOf<'event.digest'>): Promise<ResultOf<'event.digest'>> {
    const { file } = this.opened().place(row);
    const { sha256, sizeBytes, mtimeMs } = await this.options.files.digest(file);
    const changedSinceImport = sizeBytes !== file.sizeBytes || mtimeMs !== file.mtimeMs;
    return { path: file.relative, sha256, sizeBytes, changedSinceImport };
  }

  /** Tells that something is new, soon. */
  private changed(): void {
    if (this.timer !== null || this.options.onChanged === undefined) return;
    const wait = Math.max(0, this.lastChanged + changedEveryMs - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.lastChanged = performance.now();
      this.options.onChanged?.(this.status());
    }, wait);
  }
}

const ignore = (): void => undefined;

/** Lets messages that wait come in first: among them may be that this call is no longer wanted. */
async function beforeOthers(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new AppError('cancelled', 'the call was cancelled');
}
