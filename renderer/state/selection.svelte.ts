/**
 * The current event and the marked ones. Both stay when the query changes.
 *
 * Space, Shift and Ctrl mark: a selection of rows beside the marks would be a second notion of the same, with its own way to compare and copy.
 * A click alone leaves the marks, since they are collected over several queries; what is copied is what was chosen last.
 */
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

/** The most events marked at once: a million could be neither copied nor compared. */
export const mostMarked = 10_000;

export class Selection {
  private readonly host: Host;
  private readonly results: Results;
  private readonly detail: Detail;
  private readonly locating = new Newest();
  private readonly ranging = new Newest();
  /** Where a range begins that is marked with Shift. */
  private anchor: number | null = null;
  /** What the last range marked: the next one from the same place takes its place. */
  private ranged: readonly RowId[] = [];
  /** The marked events were chosen last, rather than the current one alone. */
  private areMarkedChosen = false;

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
    this.beginAt(index);
    this.areMarkedChosen = false;
    this.go(index);
  }

  /** The event under a right click becomes the current one; a marked one keeps the others with it. */
  point(index: number): void {
    this.beginAt(index);
    this.areMarkedChosen = this.isMarked(index);
    this.go(index);
  }

  private beginAt(index: number | null): void {
    this.ranging.abort();
    this.anchor = index;
    this.ranged = [];
  }

  private go(index: number): void {
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

  /** The event and the marks of a window before it was loaded again; the next result says where the event stands. */
  resume(row: RowId | null, marked: readonly RowId[]): void {
    for (const each of marked) this.marked.add(each);
    this.row = row;
    if (row !== null) void this.detail.show(row);
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
    this.areMarkedChosen = true;
    if (!this.marked.delete(row)) this.marked.add(row);
  }

  /** As Ctrl and a click do: the first one marks the current event too, which looks chosen already. */
  pick(index: number): void {
    if (this.marked.size === 0 && this.row !== null && index !== this.index) this.marked.add(this.row);
    this.toggleMark(index);
    if (!this.isMarked(index)) return;
    this.beginAt(index);
    this.go(index);
  }

  /** Marks from where the last event was chosen to this one, in place of the range before. Resolves to how many were left out. */
  async markTo(index: number): Promise<number> {
    const from = this.anchor ?? this.index ?? index;
    const ranged = this.ranged;
    const last = from + Math.sign(index - from) * Math.min(Math.abs(index - from), mostMarked - 1);
    this.go(index);
    const signal = this.ranging.begin();
    const rows = await this.results.rowIds(Math.min(from, last), Math.max(from, last));
    if (signal.aborted) return 0;
    for (const row of ranged) this.marked.delete(row);
    this.anchor = from;
    this.ranged = rows.filter((row) => !this.marked.has(row));
    for (const row of rows) this.marked.add(row);
    this.areMarkedChosen = true;
    return Math.abs(index - last);
  }

  /** Marks all events of the list, up to {@link mostMarked}. Resolves to how many. */
  async markAll(): Promise<number> {
    this.beginAt(this.index);
    const signal = this.ranging.begin();
    const rows = await this.results.rowIds(0, Math.min(this.results.count, mostMarked) - 1);
    if (signal.aborted) return 0;
    for (const row of rows) this.marked.add(row);
    this.areMarkedChosen = true;
    return rows.length;
  }

  /** What is copied: the marked events where they were chosen last, else the current one. */
  get chosen(): readonly RowId[] {
    if (this.areMarkedChosen && this.marked.size > 0) return [...this.marked];
    return this.row === null ? [] : [this.row];
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
    this.beginAt(null);
    this.detail.clear();
  }

  /** Finds the current event again in a new result, and says where the list goes. */
  async relocate(result: QueryResult, goes: ListMove): Promise<void> {
    this.locating.abort();
    // Places of the result before say nothing about this one.
    this.beginAt(null);
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
