/** The current event and the marked ones. Both stay when the query changes. */
import type { RowId } from '#contract/ids';
import type { QueryResult } from '#contract/query';
import { SvelteSet } from 'svelte/reactivity';
import type { Host } from '../host/host';
import { Newest } from '../lib/latest';
import type { Detail } from './detail.svelte';
import { isCancelled } from './problem';
import type { Results } from './results.svelte';

/** Where the list goes once the current event was looked for in a result: to it, or to the first row where it is not in there. */
export type ListMove = 'nowhere' | 'to-event' | 'to-event-or-first';

export class Selection {
  private readonly host: Host;
  private readonly results: Results;
  private readonly detail: Detail;
  private readonly locating = new Newest();

  /** The place in the list; null where nothing is chosen or the result does not contain it. */
  index = $state<number | null>(null);
  /** The event; null until its page has loaded. */
  row = $state.raw<RowId | null>(null);
  readonly marked = new SvelteSet<RowId>();
  /** Called when the list should bring a place into view. */
  onReveal: (index: number) => void = () => undefined;

  constructor(host: Host, results: Results, detail: Detail) {
    this.host = host;
    this.results = results;
    this.detail = detail;
  }

  select(index: number): void {
    if (this.results.count === 0) return;
    this.locating.abort();
    this.index = Math.max(0, Math.min(index, this.results.count - 1));
    this.row = null;
    this.onReveal(this.index);
    this.settle();
  }

  /** Shows an event that was reached from outside the list; the list scrolls to it where it contains it. */
  async showRow(row: RowId): Promise<void> {
    this.locating.abort();
    this.index = null;
    this.row = row;
    void this.detail.show(row);
    const { result } = this.results;
    if (result !== null) await this.relocate(result, 'to-event');
  }

  /** Moves by so many events; from nothing, to the first. */
  step(by: number): void {
    this.select(this.index === null ? 0 : this.index + by);
  }

  /** Sets the current event once its page has arrived. */
  settle(): void {
    if (this.index === null || this.row !== null) return;
    const row = this.results.rowAt(this.index)?.row;
    if (row === undefined) return;
    this.row = row;
    void this.detail.show(row);
  }

  toggleMark(index: number): void {
    const row = this.results.rowAt(index)?.row;
    if (row === undefined) return;
    if (!this.marked.delete(row)) this.marked.add(row);
  }

  isMarked(index: number): boolean {
    const row = this.results.rowAt(index)?.row;
    return row !== undefined && this.marked.has(row);
  }

  clear(): void {
    this.locating.abort();
    this.index = null;
    this.row = null;
    this.marked.clear();
    this.detail.clear();
  }

  /** Finds the current event again in a new result, and says where the list goes. */
  async relocate(result: QueryResult, goes: ListMove): Promise<void> {
    this.locating.abort();
    if (this.row === null) {
      this.index = null;
      if (goes === 'to-event-or-first') this.onReveal(0);
      return;
    }
    const signal = this.locating.begin();
    try {
      const request = { resultId: result.resultId, row: this.row };
      const index = await this.host.call('result.locate', request, { signal });
      if (signal.aborted) return;
      this.index = index;
      if (index !== null && goes !== 'nowhere') this.onReveal(index);
      else if (goes === 'to-event-or-first') this.onReveal(0);
    } catch (thrown) {
      // A stale result is followed by a newer one, which asks again.
      if (!signal.aborted && !isCancelled(thrown)) this.index = null;
    }
  }
}
