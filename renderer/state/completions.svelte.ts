/** The completions of what is being typed. */
import type { Completion } from '#contract/query';
import type { Host } from '../host/host';
import type { Preferences } from './preferences.svelte';
import { Latest } from '../lib/latest';

interface Asked {
  readonly text: string;
  readonly cursor: number;
}

const limit = 12;
/** Earlier queries offered beside what is completed, and where nothing is typed yet. */
const [fewQueries, moreQueries] = [3, 6];

export class Completions {
  private readonly preferences: Preferences;
  private readonly latest: Latest<Asked, readonly Completion[]>;
  /** The text for which the items were found: more may have been typed since. */
  private answeredText = '';
  items = $state.raw<readonly Completion[]>([]);
  /** The chosen one's place; null until an arrow key chose one, so that Enter still runs what was typed. */
  index = $state<number | null>(null);

  readonly isOpen = $derived(this.items.length > 0);
  readonly chosen = $derived(this.index === null ? null : (this.items[this.index] ?? null));

  constructor(host: Host, preferences: Preferences) {
    this.preferences = preferences;
    this.latest = new Latest((asked, signal) => host.call('query.complete', { ...asked, limit }, { signal }));
  }

  async ask(text: string, cursor: number): Promise<void> {
    try {
      const outcome = await this.latest.run({ text, cursor });
      if (outcome.kind === 'superseded') return;
      // What is typed out already needs no completion.
      const items = outcome.result.filter((item) => text.slice(item.from, item.to) !== item.insert);
      const earlier = this.earlierQueries(text);
      this.answeredText = text;
      this.items = text.trim() === '' ? [...earlier, ...items] : [...items, ...earlier];
      this.index = null;
    } catch {
      // A query can be typed without help; running it will show what is wrong with the host.
      this.close();
    }
  }

  /** Queries that were run before and hold the text, the newest first; each replaces the whole text. */
  private earlierQueries(text: string): readonly Completion[] {
    const typed = text.trim().toLowerCase();
    return this.preferences.queries
      .filter((query) => query.toLowerCase().includes(typed) && query.trim() !== text.trim())
      .slice(0, typed === '' ? moreQueries : fewQueries)
      .map((query) => {
        const place = { from: 0, to: text.length };
        return { kind: 'query', label: query, count: null, fuzzy: false, insert: query, ...place };
      });
  }

  /**
   * The query with a completion in place of what is typed of it, and the place behind it. What was typed since the completions were found is typed of
   * it, too: so the end is counted from the end of the text.
   */
  applied({ from, to, insert }: Completion, text: string): { readonly text: string; readonly cursor: number } {
    const end = Math.max(from, text.length - (this.answeredText.length - to));
    return { text: text.slice(0, from) + insert + text.slice(end), cursor: from + insert.length };
  }

  /** Moves the choice up or down by one, from either end to the other. */
  move(by: 1 | -1): void {
    const count = this.items.length;
    if (count === 0) return;
    this.index = this.index === null ? (by === 1 ? 0 : count - 1) : (this.index + by + count) % count;
  }

  close(): void {
    this.latest.abort();
    this.items = [];
    this.index = null;
  }
}
