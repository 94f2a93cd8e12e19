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
import { checkManifest, makeManifest, type ManifestParts } from './archive-manifest';
import { importInto } from './archive-import';
import type { EngineFiles } from './engine-files';
import { diffEvents, diffText, parsedRecord, type EventPair } from './event-diff';
import { ImportQueue } from './imports/import-queue';
import { overlapping } from './imports/overlapping';
import { namedApart } from './imports/source-names';
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

const changedEveryMs = 200;

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
      'engine.remove': (sourceId) => this.remove(sourceId),
      'engine.cancel': () => {
        this.imports.cancel();
        return null;
      },
      'engine.close': async () => {
        this.imports.restart();
        await this.imports.inTurn(() => this.close());
        return null;
      },
      'archive.status': () => this.status(),
      'archive.report': () => this.opened().report(),
      'archive.files': (request) => this.opened().files(request),
      'archive.report-text': (target) => this.opened().reportText(options.version ?? '', target),
      'archive.integrity': (request) => this.opened().integrity.report(request),
      'archive.manifest': (form, { signal }) => makeManifest(this.manifestParts(signal), form, options.version ?? ''),
      'engine.check-manifest': (path, { signal }) => checkManifest(this.manifestParts(signal), path),
      'archive.trail-settings': () => this.opened().integrity.trailSettings(),
      'archive.integrity-text': (target) => this.opened().integrity.text(target),
      'engine.add-proofs': (paths) => {
        const sources = Array.from(this.sources.values(), ({ source }) => source.path);
        const added = this.opened().integrity.addProofs(paths, sources);
        this.version++;
        this.changed();
        return added;
      },
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
      'result.rows': (request) => this.opened().search.rows(request),
      'result.locate': ({ resultId, row }) => this.opened().search.locate(resultId, row),
      'event.detail': (row) => this.detail(row),
      'event.digest': (row) => this.digest(row),
      'event.integrity': async (row, { signal }) => {
        await beforeOthers(signal);
        const { records, integrity } = this.opened();
        const { isAppended } = records.row(row);
        return integrity.ofEvent(records.recordOf(row), isAppended === true);
      },
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

  private manifestParts(signal: AbortSignal): ManifestParts {
    return { log: this.opened().log, files: this.options.files, signal };
  }

  private opened(): Archive {
    if (this.archive === null) throw new AppError('nothing-open', 'no archive is open');
    return this.archive;
  }

  private open({ sources, limits }: OpenRequest, { signal, progress }: ImportContext): Promise<ArchiveStatus> {
    this.imports.restart();
    return this.imports.import(sources, signal, (stopped) => {
      this.close();
      return this.read(this.makeArchive(), distinct(sources), { limits, progress, signal: stopped });
    });
  }

  /** Reads the sources that are not open yet, where there are any. */
  private add({ sources, limits }: OpenRequest, { signal, progress }: ImportContext): Promise<ArchiveStatus> {
    return this.imports.import(sources, signal, async (stopped) => {
      const fresh = distinct(sources).filter(({ sourceId }) => !this.sources.has(sourceId));
      if (fresh.length === 0) return this.status();
      return this.read(this.archive ?? this.makeArchive(), fresh, { limits, progress, signal: stopped });
    });
  }

  private remove(sourceId: SourceId): Promise<ArchiveStatus> {
    const { opening } = this.imports;
    return this.imports.remove(sourceId, () => {
      const { archive } = this;
      // Something else may have been opened in the meantime.
      if (archive === null || opening !== this.imports.opening || !this.sources.has(sourceId)) return this.status();
      const again = this.takeOut(archive, sourceId);
      this.options.files.forgetKept();
      this.version++;
      this.changed();
      if (again.length > 0) this.readAgain(archive, again);
      else if (this.sources.size === 0) this.archive = null;
      else void archive.search.updateVocabulary().catch(ignore);
      return this.status();
    });
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

  /** Begins to import these again, since files that were ignored as open already may now be theirs. */
  private readAgain(archive: Archive, again: readonly OpenSource[]): void {
    const limits = again[0]?.limits ?? defaultLimits;
    const sources = again.map(({ source }) => source);
    this.imports.importNow(sources, (signal) => this.read(archive, sources, { limits, signal, progress: ignore }));
  }

  private makeArchive(): Archive {
    return new Archive(`r${++this.lastPrefix}`);
  }

  /** Reads sources into an archive, which becomes the open one. Nothing else may be running. Resolves at the end of the import. */
  private async read(
    archive: Archive,
    asked: readonly EngineSource[],
    { limits, signal, progress }: ImportContext & { readonly limits: ImportLimits },
  ): Promise<ArchiveStatus> {
    const sources = namedApart(asked, archive.log.sources);
    const names = sources.map(({ path }) => basename(path));
    const prefixes = sourcePrefixes(sources, names, archive.log.pathRoots());
    archive.begin(
      sources.map(({ sourceId, kind, name, label }) => ({ sourceId, kind, name, label })),
      limits,
    );
    for (const source of sources) {
      const leftTo = overlapping(
        source,
        Array.from(this.sources.values(), (known) => known.source),
      );
      this.sources.set(source.sourceId, { source, limits, leftTo: new Set(leftTo.map((other) => other.sourceId)) });
    }
    this.archive = archive;
    this.version++;
    this.changed();
    const prefixed = sources.map(({ path }, at) => ({ path, prefix: prefixes[at] ?? '' }));
    await importInto(archive, prefixed, {
      files: this.options.files,
      threads: this.options.threads,
      limits,
      signal,
      onChanged: () => {
        this.version++;
        this.changed();
      },
      onProgress: (latest) => {
        progress(latest);
        this.changed();
      },
    });
    return archive.status(this.version);
  }

  private close(): void {
    if (this.archive === null) return;
    this.archive = null;
    this.sources.clear();
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
    const { records } = archive;
    return {
      ...{ row, raw: text(record.raw), wrapping, location, summary: records.row(row) },
      ...records.forSentence(row),
    };
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
    const wait = Math.max(0, this.lastChanged + changedEveryMs - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.lastChanged = performance.now();
      this.options.onChanged?.(this.status());
    }, wait);
  }
}

interface OpenSource {
  readonly source: EngineSource;
  readonly limits: ImportLimits;
  /** Sources that share files with this one, and were read before it. */
  readonly leftTo: ReadonlySet<SourceId>;
}

type OpenRequest = EngineControlCalls['engine.open']['request'];
type ImportContext = CallContext<ImportProgress>;

const ignore = (): void => undefined;

/** Each source once. */
function distinct(sources: readonly EngineSource[]): readonly EngineSource[] {
  return [...new Map(sources.map((source) => [source.sourceId, source])).values()];
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
