/** The rows of the newest result, page by page as they come into view. */
import type { AppError } from '#contract/errors';
import type { ResultId, RowId } from '#contract/ids';
import type { EventRow } from '#contract/events';
import type { QueryResult } from '#contract/query';
import type { Host } from '../host/host';
import { PagedRows } from '../lib/paged-rows';
import { cellText, extraFields } from './columns';
import type { Preferences } from './preferences.svelte';
import { asAppError } from './problem';

/** What the rest of the window does about rows. */
export interface ResultsListener {
  /** Rows came: `rowAt` may answer differently. */
  onRows(): void;
  /** A new result took the place of the previous one. */
  onShown(result: QueryResult, keepsPlace: boolean): void;
  /** The engine has dropped the result: the query has to run again. */
  onStale(): void;
}

interface Shown {
  readonly result: QueryResult;
  /** The list stays where it is scrolled to; else it begins at its first row, or at the chosen one. */
  readonly keepsPlace: boolean;
  /** Fields of the rows' `cells`, in their order. */
  readonly extra: readonly string[];
  readonly pages: PagedRows<EventRow>;
}

/** Rows requested before the list has reported what is in view. */
const firstRows = 60;
/** The most rows of one call. */
const pageRows = 500;

export class Results {
  private readonly host: Host;
  private readonly preferences: Preferences;
  private readonly listener: ResultsListener;
  private shown = $state.raw<Shown | null>(null);
  /** A result whose first rows are under way: the previous rows stay on screen until then, rather than flicker. */
  private next: Shown | null = null;
  private viewport = { first: 0, last: firstRows };
  /** Grows when rows come: reading it makes a view follow. */
  private version = $state(0);

  problem = $state.raw<AppError | null>(null);
  readonly count = $derived(this.shown?.result.matched ?? 0);
  readonly isShown = $derived(this.shown !== null);

  constructor(host: Host, preferences: Preferences, listener: ResultsListener) {
    this.host = host;
    this.preferences = preferences;
    this.listener = listener;
  }

  /** The result whose rows are on screen. */
  get result(): QueryResult | null {
    return this.shown?.result ?? null;
  }

  /** @param keepsPlace the same query is answered again, and the list stays where it is */
  show(result: QueryResult, keepsPlace: boolean): void {
    this.next?.pages.close();
    // A new query whose result was not on screen yet still begins at the first row.
    const next = this.prepare(result, keepsPlace && this.next?.keepsPlace !== false);
    this.next = next;
    if (result.matched === 0) {
      this.swap(next);
      return;
    }
    if (!next.keepsPlace) this.viewport = { first: 0, last: this.viewport.last - this.viewport.first };
    const last = Math.min(this.viewport.last, result.matched - 1);
    const first = Math.min(this.viewport.first, last);
    next.pages.want(first, last);
  }

  /** Asks for the rows again with the columns chosen now. */
  reload(): void {
    const shown = this.next ?? this.shown;
    if (shown !== null) this.show(shown.result, true);
  }

  clear(): void {
    this.next?.pages.close();
    this.shown?.pages.close();
    this.next = null;
    this.shown = null;
    this.problem = null;
    this.beginAt(0);
  }

  /** The row at a place of the list; undefined while it is on the way. */
  rowAt(index: number): EventRow | undefined {
    void this.version;
    return this.shown?.pages.get(index);
  }

  /** What a row shows in a column; null where the event has no such value. */
  cellText(row: EventRow, field: string): string | null {
    return cellText(row, field, this.shown?.extra ?? []);
  }

  /** The events from one place of the list to another, both included, in the order of the list. */
  async rowIds(first: number, last: number): Promise<readonly RowId[]> {
    const id = this.shown?.result.resultId;
    if (id === undefined) return [];
    const starts = Array.from({ length: Math.ceil((last + 1 - first) / pageRows) }, (_, at) => first + at * pageRows);
    const pages = await Promise.all(
      starts.map((start) => {
        const count = Math.min(pageRows, last + 1 - start);
        return this.host.call('result.page', { resultId: id, start, count, columns: [] });
      }),
    );
    return pages.flatMap(({ rows }) => rows.map(({ row }) => row));
  }

  /** Events with their values in all columns shown, in the order of the list; those that the list does not hold come last. */
  async fullRows(
    rows: readonly RowId[],
  ): Promise<{ readonly rows: readonly EventRow[]; readonly extra: readonly string[] }> {
    const id = this.shown?.result.resultId;
    const extra = extraFields(this.preferences.columns);
    if (id === undefined) return { rows: [], extra };
    const starts = Array.from({ length: Math.ceil(rows.length / pageRows) }, (_, at) => at * pageRows);
    const parts = await Promise.all(
      starts.map((start) => {
        const request = { resultId: id, rows: rows.slice(start, start + pageRows), columns: extra };
        return this.host.call('result.rows', request);
      }),
    );
    const placed = parts.flat().sort((one, other) => (one.place ?? Infinity) - (other.place ?? Infinity) || 0);
    return { rows: placed.map(({ row }) => row), extra };
  }

  /** The place of the first row in view: where a list that is shown again begins. */
  get firstRow(): number {
    return this.viewport.first;
  }

  /** Begins the list at a place, once there is a result. */
  beginAt(firstRow: number): void {
    this.viewport = { first: firstRow, last: firstRow + firstRows };
  }

  /** Reports which rows are in view. */
  view(first: number, last: number): void {
    this.viewport = { first, last };
    this.shown?.pages.want(first, last);
  }

  retry(): void {
    this.problem = null;
    this.shown?.pages.retry();
  }

  private prepare(result: QueryResult, keepsPlace: boolean): Shown {
    const extra = extraFields(this.preferences.columns);
    const shown: Shown = {
      result,
      keepsPlace,
      extra,
      pages: new PagedRows<EventRow>({
        rowCount: result.matched,
        fetchPage: (start, count, signal) => this.fetch(result.resultId, start, count, extra, signal),
        onChange: () => {
          if (this.next === shown) this.swap(shown);
          this.version++;
          this.listener.onRows();
        },
        onError: (thrown) => this.fail(asAppError(thrown)),
      }),
    };
    return shown;
  }

  private async fetch(
    resultId: ResultId,
    start: number,
    count: number,
    columns: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly EventRow[]> {
    const request = { resultId, start, count, columns, withHits: true };
    const page = await this.host.call('result.page', request, { signal });
    return page.rows;
  }

  private swap(next: Shown): void {
    this.shown?.pages.close();
    this.next = null;
    this.shown = next;
    this.version++;
    this.problem = null;
    const last = Math.min(this.viewport.last, next.result.matched - 1);
    next.pages.want(Math.min(this.viewport.first, Math.max(0, last)), last);
    this.listener.onShown(next.result, next.keepsPlace);
  }

  private fail(problem: AppError): void {
    if (problem.code === 'stale-result') this.listener.onStale();
    else this.problem = problem;
  }
}
