/** How each facet is looked at (its search, order and length), and its values. */
import type { Facet, FacetRequest, QueryRequest } from '#contract/query';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Host } from '../host/host';
import { firstValues } from '../lib/facet-room';
import { Newest } from '../lib/latest';
import type { Preferences } from './preferences.svelte';
import { isCancelled } from './problem';

const moreValues = 40;

/** One facet of the panel. */
export interface FacetView extends FacetRequest {
  /** Null until the engine has counted. */
  readonly counted: Facet | null;
  readonly isBusy: boolean;
  /** Somebody asked for more values, or for those that hold a text. */
  readonly isLong: boolean;
}

export class Facets {
  private readonly host: Host;
  private readonly preferences: Preferences;
  private readonly changedRequests = new SvelteMap<string, FacetRequest>();
  private readonly counted = new SvelteMap<string, Facet>();
  private readonly busy = new SvelteSet<string>();
  private readonly running = new Map<string, Newest>();
  private readonly shown: () => Pick<QueryRequest, 'text' | 'withDuplicates'>;

  readonly views: readonly FacetView[] = $derived.by(() =>
    this.preferences.facets.map((field) => {
      const request = this.requestOf(field);
      return {
        ...request,
        counted: this.counted.get(field) ?? null,
        isBusy: this.busy.has(field),
        isLong: request.limit > firstValues || request.search !== '',
      };
    }),
  );

  /** `shown` reads the query the counts on screen belong to. */
  constructor(host: Host, preferences: Preferences, shown: () => Pick<QueryRequest, 'text' | 'withDuplicates'>) {
    this.host = host;
    this.preferences = preferences;
    this.shown = shown;
  }

  requests(): readonly FacetRequest[] {
    return this.preferences.facets.map((field) => this.requestOf(field));
  }

  accept(facets: readonly Facet[]): void {
    for (const facet of facets) this.counted.set(facet.field, facet);
  }

  clear(): void {
    for (const count of this.running.values()) count.abort();
    this.counted.clear();
    this.changedRequests.clear();
  }

  search(field: string, search: string): void {
    this.change(field, { search, limit: firstValues });
  }

  order(field: string, order: FacetRequest['order']): void {
    this.change(field, { order, limit: firstValues });
  }

  more(field: string): void {
    this.change(field, { limit: this.requestOf(field).limit + moreValues });
  }

  /** Back to the first values. */
  fewer(field: string): void {
    this.change(field, { limit: firstValues });
  }

  add(field: string): void {
    if (this.preferences.facets.includes(field)) return;
    this.preferences.setFacets([...this.preferences.facets, field]);
    void this.count(field);
  }

  /** Moves a facet up or down by one place; at the end it stays. */
  move(field: string, by: 1 | -1): void {
    const order = [...this.preferences.facets];
    const at = order.indexOf(field);
    const other = order[at + by];
    if (at < 0 || other === undefined) return;
    order[at + by] = field;
    order[at] = other;
    this.preferences.setFacets(order);
  }

  remove(field: string): void {
    this.preferences.setFacets(this.preferences.facets.filter((other) => other !== field));
    this.counted.delete(field);
    this.changedRequests.delete(field);
  }

  private requestOf(field: string): FacetRequest {
    return this.changedRequests.get(field) ?? { field, search: '', order: 'most', limit: firstValues };
  }

  private change(field: string, change: Partial<FacetRequest>): void {
    this.changedRequests.set(field, { ...this.requestOf(field), ...change });
    void this.count(field);
  }

  /** Counts one facet again; a newer count of the same facet cancels an older one. */
  private async count(field: string): Promise<void> {
    const running = this.running.get(field) ?? new Newest();
    this.running.set(field, running);
    const signal = running.begin();
    this.busy.add(field);
    try {
      const request = { ...this.shown(), facet: this.requestOf(field) };
      const counted = await this.host.call('query.facet', request, { signal });
      if (!signal.aborted) this.counted.set(field, counted);
    } catch (thrown) {
      // The next run of the query counts every facet; until then the previous values stay.
      if (!signal.aborted && !isCancelled(thrown)) this.counted.delete(field);
    } finally {
      if (running.isNewest(signal)) this.busy.delete(field);
    }
  }
}
