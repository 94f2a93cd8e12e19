/** The running import and the queue behind it: imports into the open archive run one after another. */
import type { EngineSource } from '#contract/api';
import { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';

interface RunningImport {
  readonly controller: AbortController;
  readonly sources: ReadonlySet<SourceId>;
  /** Never rejects. */
  readonly ended: Promise<void>;
}

export class ImportQueue {
  /** The sources that wait to be added. */
  readonly waiting = new Set<{ sources: readonly EngineSource[] }>();
  private openings = 0;
  private running: RunningImport | null = null;
  /** Settles when the last queued request has started. */
  private turn: Promise<unknown> = Promise.resolve();

  /** Counts opening and closing, each of which drops the queue. */
  get opening(): number {
    return this.openings;
  }

  get isRunning(): boolean {
    return this.running !== null;
  }

  /** An import has begun. Nothing else may be running. */
  runs(work: Promise<void>, controller: AbortController, sources: ReadonlySet<SourceId>): void {
    const ends = (): void => {
      this.running = null;
    };
    this.running = { controller, sources, ended: work.then(ends, ends) };
  }

  /** Runs this after earlier requests have begun. */
  inTurn<Result>(begin: () => Promise<Result>): Promise<Result> {
    const begun = this.turn.then(begin);
    this.turn = begun.then(ignore, ignore);
    return begun;
  }

  /** Resolves when no import is running. */
  async ended(): Promise<void> {
    await this.running?.ended;
  }

  /** Stops the running import, and resolves when it has ended. */
  async stop(): Promise<void> {
    this.running?.controller.abort();
    await this.ended();
  }

  /** Stops the running import and drops the queue. Returns the number of what is opened instead. */
  stopAll(): number {
    this.running?.controller.abort();
    return ++this.openings;
  }

  /** Removes a source from the queue, and stops the import that reads it. */
  async drop(sourceId: SourceId): Promise<void> {
    for (const waits of this.waiting) waits.sources = waits.sources.filter((source) => source.sourceId !== sourceId);
    if (this.running?.sources.has(sourceId) === true) await this.stop();
  }

  /** Throws `cancelled` where the call was cancelled, or something was opened or closed after it. */
  mustBeWanted(opening: number, signal: AbortSignal): void {
    if (signal.aborted) throw new AppError('cancelled', 'the call was cancelled');
    // Another request arrived while an import ended.
    if (opening !== this.openings)
      throw new AppError('cancelled', 'something else was opened or closed in the meantime');
  }
}

const ignore = (): void => undefined;
