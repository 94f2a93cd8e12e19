/**
 * Reads the files under the opened paths with one decode thread per core.
 *
 * If a thread crashes, its current file is reported as not read; a new thread takes over the rest of what it had not delivered.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { FileListing, Listing } from '../sources/file-listing';
import { listFiles } from '../sources/list-files';
import { ProblemList } from '../formats/problem-list';
import { DecodeRun } from './decode-run';
import type { FileOutcome, ImportEnd, ImportOptions, ImportSource } from './import-types';
import { makeControl, PoolControl, type SharedControl } from './pool-control';
import { ProgressMeter } from './progress-meter';
import type { Segment } from '../scan/segment';
import { ThreadHost } from './thread-host';
import type { ThreadMessage, ThreadStart } from './thread-messages';
import { decodeThreadOptions } from './thread-options';

const maxThreads = 8;
/** At most this many crashed threads are replaced before the import gives up. */
const maxReplacements = 32;

/**
 * Lists and reads everything under the sources.
 *
 * Rejects if no thread can be started, and with what a callback throws.
 */
export async function importSources(sources: readonly ImportSource[], options: ImportOptions): Promise<ImportEnd> {
  const meter = new ProgressMeter(options.onProgress);
  const listing = await listFiles(sources, options.limits, options);
  options.onListing?.(listing.files, listing.bytesOnDisk);
  tellOthers(listing, options);
  const threads = options.threads ?? Math.min(availableParallelism(), maxThreads);
  const { files } = listing;
  const pool = new DecodePool(files, Math.min(Math.max(1, threads), Math.max(1, files.length)), options);
  const cancel = (): void => {
    pool.control.cancel();
  };
  if (options.signal?.aborted === true) cancel();
  options.signal?.addEventListener('abort', cancel);
  meter.start(
    files,
    () => pool.control.totalCounts(),
    () => pool.fileAtHand(),
  );
  try {
    await (threads === 0 ? pool.runHere() : pool.runThreads());
  } finally {
    meter.stop();
    options.signal?.removeEventListener('abort', cancel);
  }
  return { files, cancelled: options.signal?.aborted === true, elapsedMs: meter.elapsedMs };
}

/** Listed entries that are not files to be read. */
function tellOthers({ others }: Listing, { onFile }: ImportOptions): void {
  for (const { relative, source, sizeBytes, recognisedAs, isIgnored, isPartial, problems } of others) {
    const list = new ProblemList();
    for (const problem of problems) list.add(problem);
    const report = list.report({ path: relative, sizeBytes, events: 0, recognisedAs, isIgnored });
    const status = report.status === 'unread' && isPartial ? 'partial' : report.status;
    onFile({ file: null, source, member: null, report: { ...report, status }, bytesJson: 0, content: null });
  }
}

class DecodePool {
  readonly control: PoolControl;
  private readonly files: FileListing;
  private readonly threads: number;
  private readonly options: ImportOptions;
  private readonly shared: SharedControl;
  private readonly live = new Set<Worker>();
  private started = 0;
  /** What a callback of the caller threw. */
  private refused: Error | null = null;
  /** 1 for each file whose end was reported. */
  private readonly told: Uint8Array;
  /** Partly reported files whose end was not: how many of their rows are not yet counted by the end of a member. */
  private readonly rowsOf = new Map<number, number>();

  constructor(files: FileListing, threads: number, options: ImportOptions) {
    this.files = files;
    this.told = new Uint8Array(files.length);
    this.threads = threads;
    this.options = options;
    this.shared = makeControl(files.length, threads + maxReplacements);
    this.control = new PoolControl(this.shared);
  }

  fileAtHand(): string | null {
    return this.files.at(this.control.fileOf(0))?.relative ?? null;
  }

  /** Runs on the calling thread, yielding between files. */
  async runHere(): Promise<void> {
    const host = new ThreadHost(this.control, 0, this.files, [], (segment, outcomes) => {
      this.receive(0, segment, outcomes);
    });
    await new DecodeRun(this.files, host, this.options).run(() => setImmediate());
  }

  async runThreads(): Promise<void> {
    const failure = await new Promise<Error | null>((resolve) => {
      let hopeless: Error | null = null;
      const begin = (again: readonly number[]): void => {
        const thread = this.started;
        this.started++;
        // It may crash before it reads them.
        for (const file of again) this.control.assign(thread, file);
        const worker = this.startThread(thread, again, (crash) => {
          this.live.delete(worker);
          if (crash !== null) hopeless = this.replace(thread, crash, begin) ?? hopeless;
          if (this.live.size === 0) resolve(this.refused ?? hopeless);
        });
        this.live.add(worker);
      };
      for (let i = 0; i < this.threads; i++) begin([]);
    });
    if (failure !== null) throw failure;
  }

  /** Starts a thread; `onEnd` is called once, with the crash or null. */
  private startThread(thread: number, again: readonly number[], onEnd: (crash: Error | null) => void): Worker {
    const { limits, hashSeed } = this.options;
    const start: ThreadStart = {
      thread,
      files: this.files.shared,
      again,
      options: { limits, hashSeed },
      control: this.shared,
    };
    const url = this.options.workerUrl ?? new URL('./decode-worker.js', import.meta.url);
    const worker = new Worker(url, { ...decodeThreadOptions, workerData: start });
    let crash: Error | null = new Error('the decode thread ended without a reason');
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'done') {
        crash = null;
        // Frees its memory at once instead of at the next garbage collection.
        void worker.terminate();
        return;
      }
      try {
        if (this.refused === null) this.receive(thread, message.segment, message.outcomes);
      } catch (thrown) {
        // A callback failed on a segment: later ones would leave a gap.
        this.refused = thrown instanceof Error ? thrown : new Error(String(thrown));
        this.control.cancel();
      }
      if (message.segment !== null) this.control.segmentMerged(thread);
    });
    worker.on('error', (error) => {
      crash = error;
    });
    worker.on('exit', () => {
      onEnd(crash);
    });
    return worker;
  }

  private receive(thread: number, segment: Segment | null, outcomes: readonly FileOutcome[]): void {
    if (segment !== null) {
      segment.files.forEach(({ file, rowStart }, i) => {
        const rows = (segment.files[i + 1]?.rowStart ?? segment.rowCount) - rowStart;
        this.rowsOf.set(file, (this.rowsOf.get(file) ?? 0) + rows);
      });
      this.options.onSegment(segment, thread);
    }
    for (const outcome of outcomes) this.tell(outcome);
  }

  private tell(outcome: FileOutcome): void {
    const { file, member, report } = outcome;
    if (file !== null && member !== null) this.rowsOf.set(file, (this.rowsOf.get(file) ?? 0) - report.events);
    else if (file !== null) {
      this.told[file] = 1;
      this.rowsOf.delete(file);
    }
    this.options.onFile(outcome);
  }

  /**
   * After a crash: reports the file it happened at, and starts a thread for the rest. Files that had delivered part of their rows are reported
   * too, since reading them again would count those rows twice.
   *
   * Returns an error where no further thread is started.
   */
  private replace(thread: number, crash: Error, begin: (again: readonly number[]) => void): Error | null {
    const atHand = this.control.fileOf(thread);
    const undelivered = this.control.filesOf(thread).filter((file) => this.told[file] !== 1);
    const lost = undelivered.filter((file) => file === atHand || this.rowsOf.has(file));
    for (const file of lost) this.tellLost(file, crash);
    const again = undelivered.filter((file) => !lost.includes(file));
    if (this.control.isCancelled() || (again.length === 0 && !this.control.hasMore())) return null;
    const isHopeless = atHand < 0 || this.started >= this.threads + maxReplacements;
    if (!isHopeless) {
      begin(again);
      return null;
    }
    for (const file of again) this.tellLost(file, crash);
    return this.live.size > 0 ? null : crash;
  }

  private tellLost(file: number, crash: Error): void {
    const listed = this.files.at(file);
    if (listed === undefined) return;
    const problems = new ProblemList();
    const message = `reading it failed inside the app (${crash.message})`;
    problems.add({ code: 'unreadable', severity: 'loss', message, atByte: null, snippet: '' });
    const report = problems.report({
      path: listed.relative,
      sizeBytes: listed.sizeBytes,
      events: this.rowsOf.get(file) ?? 0,
      recognisedAs: null,
      isIgnored: false,
    });
    this.tell({ file, member: null, report, bytesJson: 0, content: null });
  }
}
