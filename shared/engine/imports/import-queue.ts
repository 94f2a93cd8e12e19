/**
 * The one queue of what changes the open archive: opening, adding, removing and closing run one after another, in the order they were asked for.
 */
import type { EngineSource } from '#contract/api';
import { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';

interface QueuedImport {
  readonly sources: readonly EngineSource[];
  readonly controller: AbortController;
}

export class ImportQueue {
  /** The running import, and those that wait. */
  private readonly imports = new Set<QueuedImport>();
  private running: QueuedImport | null = null;
  /** Settles when the running import has ended. Never rejects. */
  private ended: Promise<void> = Promise.resolve();
  /** Settles when the last request has begun. Never rejects. */
  private turn: Promise<unknown> = Promise.resolve();
  private openings = 0;

  /** Counts opening and closing, each of which makes earlier requests void. */
  get opening(): number {
    return this.openings;
  }

  /** Runs this when earlier requests are done and no import runs. */
  inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    return this.enqueue(work, ignore);
  }

  /**
   * Runs an import in its turn. Rejects with `cancelled` as soon as it is cancelled, by its signal or another request; an import that runs
   * then ends by the signal that `begin` gets.
   */
  async import<Result>(
    sources: readonly EngineSource[],
    signal: AbortSignal,
    begin: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const queued: QueuedImport = { sources, controller: new AbortController() };
    const cancel = (): void => queued.controller.abort();
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    this.imports.add(queued);
    const begun = this.inTurn(() => {
      if (queued.controller.signal.aborted) throw cancelled();
      return { work: this.run(queued, begin) };
    });
    const done = begun.then(({ work }) => work);
    try {
      return await Promise.race([done, whenAborted(queued.controller.signal)]);
    } finally {
      signal.removeEventListener('abort', cancel);
      if (this.running !== queued) this.imports.delete(queued);
    }
  }

  /** Begins an import that is part of the request whose turn it is. */
  importNow(sources: readonly EngineSource[], begin: (signal: AbortSignal) => Promise<unknown>): void {
    const queued: QueuedImport = { sources, controller: new AbortController() };
    this.imports.add(queued);
    void this.run(queued, begin).catch(ignore);
  }

  /** Runs a removal in its turn. Cancels imports of this source alone, and waits for any other. */
  remove<Result>(sourceId: SourceId, work: () => Result): Promise<Result> {
    for (const queued of this.imports) cancelIfOf(sourceId, queued);
    return this.enqueue(work, () => cancelIfOf(sourceId, this.running));
  }

  /** Stops the running import and cancels those that wait. */
  cancel(): void {
    for (const { controller } of this.imports) controller.abort();
  }

  /** The same, for something else is opened, or all is closed. */
  restart(): void {
    this.cancel();
    this.openings++;
  }

  private enqueue<Result>(work: () => Result | Promise<Result>, first: () => void): Promise<Result> {
    const done = this.turn
      .then(() => {
        first();
        return this.ended;
      })
      .then(work);
    this.turn = done.catch(ignore);
    return done;
  }

  private run<Result>(queued: QueuedImport, begin: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.running = queued;
    const work = (async () => begin(queued.controller.signal))();
    const end = (): void => {
      this.running = null;
      this.imports.delete(queued);
    };
    this.ended = work.then(end, end);
    return work;
  }
}

function cancelIfOf(sourceId: SourceId, queued: QueuedImport | null): void {
  if (queued?.sources.every((source) => source.sourceId === sourceId) === true) queued.controller.abort();
}

function cancelled(): AppError {
  return new AppError('cancelled', 'the import was cancelled, or something else was opened or closed');
}

/** Rejects with `cancelled` once the signal aborts. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(cancelled());
    else signal.addEventListener('abort', () => reject(cancelled()), { once: true });
  });
}

const ignore = (): void => undefined;
