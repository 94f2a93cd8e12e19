/** When the value of a facet under the pointer was seen first and last. */
import type { QueryRequest, Seen } from '#contract/query';
import { SvelteMap } from 'svelte/reactivity';
import type { Host } from '../host/host';
import { later } from '../lib/idle';

/** A pointer on its way over the list asks for nothing; the browser's tooltip comes later than this. */
const restMs = 120;

export class SeenValues {
  private readonly host: Host;
  private readonly shown: () => Pick<QueryRequest, 'text' | 'withDuplicates'>;
  private readonly known = new SvelteMap<string, Seen | null>();
  private callOff: () => void = () => undefined;

  /** `shown` reads the query the facets' counts belong to. */
  constructor(host: Host, shown: () => Pick<QueryRequest, 'text' | 'withDuplicates'>) {
    this.host = host;
    this.shown = shown;
  }

  /** Null while it is not known, or where there is nothing to know. */
  of(field: string, value: string): Seen | null {
    return this.known.get(keyOf(field, value)) ?? null;
  }

  /** The pointer or the focus is on a value: asks for it, unless it goes on at once. */
  ask(field: string, value: string): void {
    this.callOff();
    if (this.known.has(keyOf(field, value))) return;
    this.callOff = later(restMs, () => void this.find(field, value));
  }

  /** The counts are those of another query, or of more events. */
  forget(): void {
    this.known.clear();
  }

  private async find(field: string, value: string): Promise<void> {
    const { text, withDuplicates } = this.shown();
    const seen = await this.host.call('query.seen', { text, withDuplicates, field, value }).catch(() => null);
    // The tooltip does without where it cannot be had.
    if (this.shown().text === text) this.known.set(keyOf(field, value), seen);
  }
}

const keyOf = (field: string, value: string): string => `${field}\n${value}`;
