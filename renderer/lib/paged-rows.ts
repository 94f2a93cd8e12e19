/**
 * Rows of a long list, kept elsewhere and requested page by page.
 *
 * Each page is asked for once. What the newest viewport wants comes first; pages that are still awaited but no longer wanted are
 * aborted, so a long drag over the scroll bar leaves nothing behind it to wait for.
 */

import { Newest } from './latest';

export interface PagedRowsOptions<Row> {
  readonly rowCount: number;
  /** Rows per page; default 128. */
  readonly pageSize?: number;
  /** Pages kept, least recently wanted ones going first; default 64. Pages in view are kept in any case. */
  readonly maxPages?: number;
  /** Requests under way at one time; default 2. */
  readonly maxInFlight?: number;
  /** Must reject once the signal aborts, or its answer is dropped. */
  fetchPage(start: number, count: number, signal: AbortSignal): Promise<readonly Row[]>;
  /** Called with a number that grows by one whenever `get` may answer differently. */
  onChange(version: number): void;
  /** A page could not be loaded; it is requested again when it comes into view again, or by `retry`. */
  onError(error: unknown): void;
}

export class PagedRows<Row> {
  readonly rowCount: number;
  private readonly pageSize: number;
  private readonly maxPages: number;
  private readonly maxInFlight: number;
  private readonly options: PagedRowsOptions<Row>;
  /** In the order they were last wanted: the first is the first to go. */
  private readonly pages = new Map<number, readonly Row[]>();
  private readonly inFlight = new Map<number, Newest>();
  private readonly failed = new Set<number>();
  /** In the order they are to be requested. */
  private wanted: readonly number[] = [];
  private version = 0;
  private closed = false;

  constructor(options: PagedRowsOptions<Row>) {
    this.options = options;
    this.rowCount = options.rowCount;
    this.pageSize = options.pageSize ?? 128;
    this.maxPages = options.maxPages ?? 64;
    this.maxInFlight = options.maxInFlight ?? 2;
  }

  /** The row, or undefined while it is not here. Asks for nothing: see `want`. */
  get(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize];
  }

  /** Says that rows `first` to `last` are in view: they are asked for now, then the pages just before and after. */
  want(first: number, last: number): void {
    if (this.closed || last < first || this.rowCount === 0) return;
    const lastPage = Math.floor((this.rowCount - 1) / this.pageSize);
    const from = Math.min(Math.max(Math.floor(first / this.pageSize), 0), lastPage);
    const to = Math.min(Math.max(Math.floor(last / this.pageSize), from), lastPage);
    const wanted: number[] = [];
    for (let page = from; page <= to; page++) wanted.push(page);
    if (to < lastPage) wanted.push(to + 1);
    if (from > 0) wanted.push(from - 1);
    this.wanted = wanted;

    const stillWanted = new Set(wanted);
    for (const page of this.failed) if (!stillWanted.has(page)) this.failed.delete(page);
    for (const [page, request] of this.inFlight) {
      if (stillWanted.has(page)) continue;
      this.inFlight.delete(page);
      request.abort();
    }
    this.touch();
    this.fetchNext();
  }

  /** Asks again for wanted pages that failed. */
  retry(): void {
    this.failed.clear();
    this.fetchNext();
  }

  /** Aborts what is under way; nothing is called afterwards. */
  close(): void {
    this.closed = true;
    for (const request of this.inFlight.values()) request.abort();
    this.inFlight.clear();
  }

  private fetchNext(): void {
    for (const page of this.wanted) {
      if (this.inFlight.size >= this.maxInFlight) return;
      if (this.pages.has(page) || this.inFlight.has(page) || this.failed.has(page)) continue;
      void this.fetch(page);
    }
  }

  private async fetch(page: number): Promise<void> {
    const request = new Newest();
    this.inFlight.set(page, request);
    const signal = request.begin();
    const start = page * this.pageSize;
    try {
      const count = Math.min(this.pageSize, this.rowCount - start);
      const rows = await this.options.fetchPage(start, count, signal);
      if (signal.aborted) return;
      this.pages.set(page, rows);
      this.inFlight.delete(page);
      this.touch();
      this.options.onChange(++this.version);
    } catch (error) {
      if (signal.aborted) return;
      this.inFlight.delete(page);
      this.failed.add(page);
      this.options.onError(error);
    }
    if (!this.closed) this.fetchNext();
  }

  /** Moves the wanted pages to the end of the order and lets the oldest of the others go. */
  private touch(): void {
    for (const page of this.wanted) {
      const rows = this.pages.get(page);
      if (rows === undefined) continue;
      this.pages.delete(page);
      this.pages.set(page, rows);
    }
    const wanted = new Set(this.wanted);
    for (const page of this.pages.keys()) {
      if (this.pages.size <= this.maxPages || wanted.has(page)) return;
      this.pages.delete(page);
    }
  }
}
