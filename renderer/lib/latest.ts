/** The outcome of one request to a {@link Latest}. */
export type LatestOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  /** A newer request took its place; any result of this one is dropped. */
  | { readonly kind: 'superseded' };

/**
 * Runs one task at a time for the newest argument.
 *
 * A new request aborts the one under way and starts when that has ended; of several that wait only the newest is ever run. So a
 * slow engine is never asked for more than one thing, and an old answer never overwrites a new one.
 */
export class Latest<Argument, Result> {
  private readonly task: (argument: Argument, signal: AbortSignal) => Promise<Result>;
  private newest = 0;
  private controller: AbortController | null = null;
  private ended: Promise<void> = Promise.resolve();

  constructor(task: (argument: Argument, signal: AbortSignal) => Promise<Result>) {
    this.task = task;
  }

  /** Rejects only if the task of the newest request fails. */
  async run(argument: Argument): Promise<LatestOutcome<Result>> {
    const turn = ++this.newest;
    this.controller?.abort();
    await this.ended;
    if (turn !== this.newest) return { kind: 'superseded' };

    const controller = new AbortController();
    this.controller = controller;
    const running = this.task(argument, controller.signal);
    this.ended = running.then(
      () => undefined,
      () => undefined,
    );
    try {
      const result = await running;
      return turn === this.newest ? { kind: 'done', result } : { kind: 'superseded' };
    } catch (error) {
      if (turn !== this.newest) return { kind: 'superseded' };
      throw error;
    } finally {
      if (this.controller === controller) this.controller = null;
    }
  }

  /** Aborts what is running and drops what waits. */
  abort(): void {
    this.newest++;
    this.controller?.abort();
  }
}

/**
 * Signals for one thing that is asked for again and again: beginning anew aborts the attempt before.
 *
 * Unlike {@link Latest}, nothing waits for the aborted attempt to end, so an answer that comes all the same must be dropped: its
 * signal is aborted.
 */
export class Newest {
  private controller: AbortController | null = null;

  begin(): AbortSignal {
    this.abort();
    this.controller = new AbortController();
    return this.controller.signal;
  }

  abort(): void {
    this.controller?.abort();
  }

  /** Whether none was begun after it, aborted or not: whoever is the newest clears away what says "busy". */
  isNewest(signal: AbortSignal): boolean {
    return this.controller?.signal === signal;
  }
}
