/** Which import runs, and what waits for it: imports into the open archive run one after another. */
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
  /** What waits to be added. */
  readonly waiting = new Set<{ sources: readonly EngineSource[] }>();
  private openings = 0;
  private running: RunningImport | null = null;
  /** The turn of what was asked for last. */
  private turn: Promise<unknown> = Promise.resolve();

  /** Counts what was opened or closed: what waits for its turn is dropped by it. */
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

  /** Runs this after what was asked for before it has begun. */
  inTurn<Result>(begin: () => Promise<Result>): Promise<Result> {
    const begun = this.turn.then(begin);
    this.turn = begun.then(ignore, ignore);
    return begun;
  }

  /** Resolves when nothing runs any more. */
  async ended(): Promise<void> {
    await this.running?.ended;
  }

  /** Ends what runs, and resolves when it has. */
  async stop(): Promise<void> {
    this.running?.controller.abort();
    await this.ended();
  }

  /** Ends what runs, and drops what waits for its turn. Returns the number of what is opened instead. */
  stopAll(): number {
    this.running?.controller.abort();
    return ++this.openings;
  }

  /** Takes a source out of what waits, and ends the import that reads it. */
  async drop(sourceId: SourceId): Promise<void> {
    for (const waits of this.waiting) waits.sources = waits.sources.filter((source) => source.sourceId !== sourceId);
    if (this.running?.sources.has(sourceId) === true) await this.stop();
  }

  /** Throws `cancelled` where the call, or what was opened when it came, is no longer wanted. */
  mustBeWanted(opening: number, signal: AbortSignal): void {
    if (signal.aborted) throw new AppError('cancelled', 'the call was cancelled');
    // While an import came to its end, something else was asked for.
    if (opening !== this.openings) throw new AppError('cancelled', 'something else was opened or closed meanwhile');
  }
}

const ignore = (): void => undefined;
