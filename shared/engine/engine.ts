/**
 * The engine: opens archives and answers the calls of `contract/api.ts`, in its own thread or in any other.
 *
 * Everything it keeps belongs to the one open archive, and one import runs at a time. Calls are answered one after another; only reading
 * files and preparing the vocabulary let other calls run in between.
 */
import { basename } from 'node:path';
import type {
  AppEvents,
  EngineControlCalls,
  EngineSource,
  EngineThreadCalls,
  RequestOf,
  ResultOf,
} from '#contract/api';
import { AppError } from '#contract/errors';
import type { EventLocation } from '#contract/events';
import type { RowId, SourceId } from '#contract/ids';
import { defaultLimits, type ImportLimits } from '#contract/limits';
import { nothingOpen } from '#contract/nothing-open';
import type { CallContext, Handlers } from '#contract/rpc';
import type { ArchiveStatus, ImportProgress } from '#contract/sources';
import { Archive } from './archive';
import { importInto } from './archive-import';
import type { EngineFiles } from './engine-files';
import { diffEvents, diffText, parsedRecord, type EventPair } from './event-diff';
import { ImportQueue } from './imports/import-queue';
import { overlapping } from './imports/overlapping';
import { sourcePrefixes } from './imports/source-prefixes';
import { isSameState } from './sources/file-state';

export interface EngineOptions {
  readonly files: EngineFiles;
  /** Called when more events are visible, at most five times a second. */
  readonly onChanged?: (status: AppEvents['archive.changed']) => void;
  /** The app's version, for reports. */
  readonly version?: string;
  /** Decode threads: see `ImportOptions`. */
  readonly threads?: number;
}

const CHANGED_EVERY_MS = 200;

export class Engine {
  /** One handler per call, for an rpc server or for direct calls. */
  readonly handlers: Handlers<EngineThreadCalls>;
  private readonly options: EngineOptions;
  private archive: Archive | null = null;
  private version = 0;
  private lastPrefix = 0;
  private readonly imports = new ImportQueue();
  /** The sources of the open archive, in import order: a file that is in several of them is read for the first. */
  private readonly sources = new Map<SourceId, OpenSource>();
  private timer: NodeJS.Timeout | null = null;
  private lastChanged = -Infinity;

  constructor(options: EngineOptions) {
    this.options = options;
    this.handlers = {
      'engine.open': (request, context) => this.open(request, context),
      'engine.add': (request, context) => this.add(request, context),
      'engine.remove': (request) => this.remove(request),
      'engine.close': async () => {
        this.imports.stopAll();
        await this.imports.inTurn(() => this.close());
        return null;
      },
      'archive.status': () => this.status(),
      'archive.report': () => this.opened().report(),
      'archive.files': (request) => this.opened().files(request),
      'archive.report-text': (target) => this.opened().reportText(options.version ?? '', target),
      'query.run': async (request, { signal }) => {
        await beforeOthers(signal);
        return this.opened().search.run(request, this.version);
      },
      'query.facet': async ({ text, facet, withDuplicates }, { signal }) => {
        await beforeOthers(signal);
        return this.opened().search.facet(text, facet, withDuplicates);
      },
      'query.seen': async ({ text, field, value, withDuplicates }, { signal }) => {
        await beforeOthers(signal);
        return this.opened().search.seen(text, field, value, withDuplicates);
      },
      'query.groups': async (request, { signal }) => {
        await beforeOthers(signal);
        return this.opened().search.groups(request);
      },
      'result.page': async (request, { signal }) => {
        await beforeOthers(signal);
        return this.opened().search.page(request);
      },
      'result.locate': ({ resultId, row }) => this.opened().search.locate(resultId, row),
      'event.detail': (row) => this.detail(row),
      'event.digest': (row) => this.digest(row),
      'event.related': async (row, { signal }) => {
        await beforeOthers(signal);
        return this.opened().records.related(row);
      },
      'event.diff': async ({ left, right, withNoise }, { signal }) => {
        return diffEvents(await this.details(left, right, signal), withNoise);
      },
      'event.diff-text': async ({ left, right, withNoise, format }, { signal }) => {
        return diffText(await this.details(left, right, signal), withNoise, format);
      },
      'event.same-call': async (request, { signal }) => {
        const { raw } = await this.detail(request.row);
        await beforeOthers(signal);
        return this.opened().records.sameCall(request, parsedRecord(raw));
      },
      'field.list': () => this.opened().search.fields(),
      'query.complete': async (request, { signal }) => {
        await beforeOthers(signal);
        return this.opened().search.complete(request);
      },
    };
  }

  /** What is open: the answer of the status call. */
  status(): ArchiveStatus {
    return this.archive?.status(this.version) ?? nothingOpen(this.version);
  }

  private opened(): Archive {
    if (this.archive === null) throw new AppError('nothing-open', 'no archive is open');
    return this.archive;
  }

  private async open(request: OpenRequest, context: CallContext<ImportProgress>): Promise<ArchiveStatus> {
    const opening = this.imports.stopAll();
    const begun = await this.imports.inTurn(async () => {
      await this.close();
      this.imports.mustBeWanted(opening, context.signal);
      return this.begin(this.makeArchive(request.name), request.sources, request, context);
    });
    return begun.ended();
  }

  private async add(request: OpenRequest, context: CallContext<ImportProgress>): Promise<ArchiveStatus> {
    const begun = await this.beginInTurn(request, context);
    return begun === null ? this.status() : begun.ended();
  }

  /** Starts to import the sources that are not open yet, after earlier requests. Null where nothing is left to read. */
  private async beginInTurn(request: OpenRequest, context: CallContext<ImportProgress>): Promise<BegunImport | null> {
    const { imports } = this;
    const { opening } = imports;
    const waits = { sources: request.sources };
    imports.waiting.add(waits);
    try {
      return await imports.inTurn(async () => {
        await Promise.race([imports.ended(), aborted(context.signal)]);
        imports.mustBeWanted(opening, context.signal);
        const known = new Set(this.archive?.log.sources.map(({ sourceId }) => sourceId));
        const fresh = waits.sources.filter(({ sourceId }) => !known.has(sourceId));
        if (fresh.length === 0) return null;
        const archive = this.archive ?? this.makeArchive(request.name);
        archive.rename(request.name);
        return this.begin(archive, fresh, request, context);
      });
    } finally {
      imports.waiting.delete(waits);
    }
  }

  private async remove({ name, sourceId }: EngineControlCalls['engine.remove']['request']): Promise<ArchiveStatus> {
    const { archive } = this;
    await this.imports.drop(sourceId);
    // Something else may have been opened in the meantime.
    if (archive === null || archive !== this.archive) return this.status();
    if (!archive.log.sources.some((source) => source.sourceId === sourceId)) return this.status();
    const again = this.takeOut(archive, sourceId);
    archive.rename(name);
    if (again.length > 0) await this.readAgain(name, again);
    else if (archive.log.sources.length === 0) this.archive = null;
    else if (!this.imports.isRunning) void archive.search.updateVocabulary().catch(ignore);
    this.options.files.forgetKept();
    this.version++;
    this.changed();
    return this.status();
  }

  /** Removes a source, and the sources that left shared files to it. Returns the latter: they must be read again. */
  private takeOut(archive: Archive, sourceId: SourceId): readonly OpenSource[] {
    archive.remove(sourceId);
    this.sources.delete(sourceId);
    const again = [...this.sources.values()].filter(({ leftTo }) => leftTo.has(sourceId));
    for (const { source } of again) {
      archive.remove(source.sourceId);
      this.sources.delete(source.sourceId);
    }
    return again;
  }

  /** Imports these again, since files that were ignored as open already may now be theirs. Resolves when that has begun or is queued. */
  private async readAgain(name: string, sources: readonly OpenSource[]): Promise<void> {
    const limits = sources[0]?.limits ?? defaultLimits;
    const { signal } = new AbortController();
    const request = { name, sources: sources.map(({ source }) => source), limits };
    const mustWait = this.imports.isRunning;
    // Opening or closing in the meantime cancels it.
    const begun = this.beginInTurn(request, { signal, progress: ignore }).catch(ignore);
    if (!mustWait) await begun;
  }

  private makeArchive(name: string): Archive {
    this.sources.clear();
    return new Archive(name, `r${++this.lastPrefix}`);
  }

  /** Starts an import into an archive, which becomes the open one. Nothing else may be running. */
  private begin(
    archive: Archive,
    sources: readonly EngineSource[],
    { limits }: OpenRequest,
    { signal, progress }: CallContext<ImportProgress>,
  ): BegunImport {
    const names = sources.map(({ path }) => basename(path));
    const prefixes = sourcePrefixes(sources, names, archive.log.pathRoots());
    archive.begin(
      sources.map(({ sourceId, kind, name, label }) => ({ sourceId, kind, name, label })),
      limits,
    );
    for (const source of sources) {
      // A source that is read again goes to the end.
      this.sources.delete(source.sourceId);
      const leftTo = overlapping(
        source,
        Array.from(this.sources.values(), (known) => known.source),
      );
      this.sources.set(source.sourceId, { source, limits, leftTo: new Set(leftTo.map((other) => other.sourceId)) });
    }
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    signal.addEventListener('abort', cancel, { once: true });
    this.archive = archive;
    this.version++;
    this.changed();
    const prefixed = sources.map(({ path }, at) => ({ path, prefix: prefixes[at] ?? '' }));
    const work = importInto(archive, prefixed, {
      files: this.options.files,
      threads: this.options.threads,
      limits,
      signal: controller.signal,
      onChanged: () => {
        this.version++;
        this.changed();
      },
      onProgress: (latest) => {
        progress(latest);
        this.changed();
      },
    }).finally(() => {
      signal.removeEventListener('abort', cancel);
    });
    this.imports.runs(work, controller, new Set(sources.map(({ sourceId }) => sourceId)));
    return {
      ended: async () => {
        await work;
        return archive.status(this.version);
      },
    };
  }

  private async close(): Promise<void> {
    await this.imports.stop();
    if (this.archive === null) return;
    this.archive = null;
    this.options.files.forgetKept();
    this.version++;
    this.changed();
  }

  private async detail(row: RequestOf<'event.detail'>): Promise<ResultOf<'event.detail'>> {
    const archive = this.opened();
    const { file, member, spot, location } = archive.records.place(row);
    const record = await this.options.files.readRecord(file, member, spot).catch((thrown: unknown) => {
      throw withLocation(thrown, location);
    });
    const text = (bytes: Uint8Array): string =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const wrapping = record.wrapping === null ? null : text(record.wrapping);
    return { row, raw: text(record.raw), wrapping, location, summary: archive.records.row(row) };
  }

  private async details(left: RowId, right: RowId, signal: AbortSignal): Promise<EventPair> {
    const pair = { left: await this.detail(left), right: await this.detail(right) };
    await beforeOthers(signal);
    return pair;
  }

  private async digest(row: RequestOf<'event.digest'>): Promise<ResultOf<'event.digest'>> {
    const { file, onDisk } = this.opened().records.place(row);
    const { sha256, state } = await this.options.files.digest(file);
    return { path: onDisk, sha256, sizeBytes: state.sizeBytes, changedSinceImport: !isSameState(file, state) };
  }

  /** Schedules a report that something is new. */
  private changed(): void {
    if (this.timer !== null || this.options.onChanged === undefined) return;
    const wait = Math.max(0, this.lastChanged + CHANGED_EVERY_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.lastChanged = performance.now();
      this.options.onChanged?.(this.status());
    }, wait);
  }
}

interface BegunImport {
  ended(): Promise<ArchiveStatus>;
}

interface OpenSource {
  readonly source: EngineSource;
  readonly limits: ImportLimits;
  /** Sources that share files with this one, and were read before it. */
  readonly leftTo: ReadonlySet<SourceId>;
}

type OpenRequest = EngineControlCalls['engine.open']['request'];

const ignore = (): void => undefined;

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Handles waiting messages first: one of them may cancel this call. */
async function beforeOthers(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new AppError('cancelled', 'the call was cancelled');
}

/** Adds the location of the event that could not be read again. */
function withLocation(thrown: unknown, { path, offset, length }: EventLocation): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  return new AppError(thrown.code, thrown.message, { ...thrown.details, location: { path, offset, length } });
}
