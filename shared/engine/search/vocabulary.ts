/**
 * The terms of the values and field names that people type, for `~word`, completion and "did you mean".
 *
 * Uses only the radix tree of MiniSearch (`SearchableMap`), with one entry per distinct term. Documents, fields and scores of the full
 * MiniSearch cost some kilobytes per value, and its ranking does not fit: terms are ranked by edits and number of events. The rows with a
 * term are found by the exact search.
 */
import SearchableMap from 'minisearch/SearchableMap';
import { namedFields } from '#core/fields';
import type { VisibleIndex } from '../visibility/visible-index';
import { hasText } from '../index/value-kinds';
import { forgivenEdits, maxCharacters, termsOf } from './terms';

/** A term of the data near a word. */
export interface NearTerm {
  readonly term: string;
  /** Wrong, missing or added characters; two neighbours swapped count as one. */
  readonly edits: number;
  /** Events with the most frequent value that contains it; for field names, with the field. */
  readonly events: number;
  /** The term as that value writes it: `DeleteTrail` for `deletetrail`. */
  readonly written: string;
}

/** The most terms, by frequency; the exact search still finds all others. */
const maxTerms = 200_000;
const maxFieldNames = 20_000;
const maxFieldNameCharacters = 200;
/** The engine answers other calls between slices of this length. */
const sliceMs = 8;
/** Times and identifiers are pasted, not typed with errors. */
const leftOut: ReadonlySet<string> = new Set(['time', 'id', 'key', 'ip', 'account']);

export class Vocabulary {
  private readonly index: VisibleIndex;
  /** By term: the most frequent value that holds it. */
  private readonly terms = new SearchableMap<number>();
  /** The map's own `size` walks the whole tree after every change. */
  private termCount = 0;
  /** By field name in lower case: the name, and the events that have it. */
  private readonly names = new SearchableMap<{ readonly name: string; readonly events: number }>();
  private nextValue = 0;
  private nextPath = 0;
  private running: Promise<void> | null = null;

  constructor(index: VisibleIndex) {
    this.index = index;
  }

  /** Adds what was indexed since the last call, in slices. After rows were removed, a new vocabulary is needed. */
  async update(): Promise<void> {
    this.running ??= this.takeIn().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  /** Terms at most a few edits away, the nearest and then the most frequent first. The word itself is among them where it is a term. */
  nearTerms(word: string, limit: number): NearTerm[] {
    // A text far longer than every term has none near it, and searching would take its length squared.
    if (word.length > maxCharacters * 2) return [];
    const lower = word.toLowerCase();
    const found = this.terms.fuzzyGet(lower, forgivenEdits(lower));
    for (const swapped of withSwaps(lower)) {
      const value = this.terms.get(swapped);
      if (value !== undefined) found.set(swapped, [value, 1]);
    }
    const { dictionary, visible } = this.index;
    const totals = visible.totals();
    const near = Array.from(found, ([term, [value, edits]]) => ({
      term,
      edits,
      events: totals.ofValue(value),
      written: writtenIn(dictionary.text(value), term),
    }));
    return near
      .filter(({ events }) => events > 0)
      .sort(byRank)
      .slice(0, limit);
  }

  /** Terms that begin with these letters, the most frequent first. One letter begins too many to go through. */
  termsFrom(prefix: string, limit: number): NearTerm[] {
    const lower = prefix.toLowerCase();
    if (lower.length < 2) return [];
    const { dictionary, visible } = this.index;
    const totals = visible.totals();
    const found: NearTerm[] = [];
    for (const [term, value] of this.terms.atPrefix(lower)) {
      const events = totals.ofValue(value);
      if (events > 0) found.push({ term, edits: 0, events, written: writtenIn(dictionary.text(value), term) });
    }
    return found.sort(byRank).slice(0, limit);
  }

  /** Near field names: short names, paths, or their last parts. `term` is what was near, `written` the name to use. */
  nearFields(name: string, limit: number): NearTerm[] {
    if (name.length > maxFieldNameCharacters * 2) return [];
    const lower = name.toLowerCase();
    const near: NearTerm[] = [];
    for (const [term, [field, edits]] of this.names.fuzzyGet(lower, Math.max(1, forgivenEdits(lower)))) {
      near.push({ term, edits, events: field.events, written: field.name });
    }
    return near.sort(byRank).slice(0, limit);
  }

  private async takeIn(): Promise<void> {
    const { dictionary, paths, visible } = this.index;
    const totals = visible.totals();
    const named = new Set(
      namedFields
        .filter((field) => !leftOut.has(field.name))
        .flatMap((field) => field.paths.map((path) => paths.find(path) ?? -1)),
    );
    const values: number[] = [];
    for (; this.nextValue < dictionary.length; this.nextValue++) {
      const value = this.nextValue;
      if (!named.has(dictionary.pathOf.at(value)) || !hasText(dictionary.type(value))) continue;
      if (totals.ofValue(value) > 0) values.push(value);
    }
    values.sort((one, other) => dictionary.events.at(other) - dictionary.events.at(one));
    await inSlices(values, (value) => this.addValue(value));
    const fresh: number[] = [];
    for (; this.nextPath < Math.min(paths.length, maxFieldNames); this.nextPath++) fresh.push(this.nextPath);
    for (const field of namedFields) this.addName(field.name, field.name, Infinity);
    await inSlices(fresh, (path) => this.addPath(path));
  }

  private addValue(value: number): void {
    const { dictionary } = this.index;
    for (const term of termsOf(nameIn(dictionary.text(value)))) {
      const known = this.terms.get(term);
      if (known === undefined) {
        if (this.termCount >= maxTerms) continue;
        this.termCount++;
      } else if (dictionary.events.at(known) >= dictionary.events.at(value)) continue;
      this.terms.set(term, value);
    }
  }

  private addPath(path: number): void {
    const text = this.index.paths.text(path);
    if (text.length > maxFieldNameCharacters || text.startsWith('@')) return;
    const events = this.index.visible.totals().ofPath(path);
    if (events === 0) return;
    this.addName(text, text, events);
    const last = text.slice(text.lastIndexOf('.') + 1);
    if (last !== text) this.addName(last, text, events);
  }

  private addName(term: string, name: string, events: number): void {
    const lower = term.toLowerCase();
    if (lower === '') return;
    const known = this.names.get(lower);
    if (known === undefined || known.events < events) this.names.set(lower, { name, events });
  }
}

/** Leaves out the key of an S3 object: it names a file, and there can be as many as events. */
function nameIn(text: string): string {
  return text.startsWith('arn:aws:s3:::') ? text.replace(/\/.*/s, '') : text;
}

/** The word with two neighbours swapped: one typing error that would count as two edits. */
function withSwaps(word: string): string[] {
  const swaps: string[] = [];
  for (let at = 0; at + 1 < word.length && word.length > 3; at++) {
    if (word[at] === word[at + 1]) continue;
    swaps.push(word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2));
  }
  return swaps;
}

function byRank(one: NearTerm, other: NearTerm): number {
  return one.edits - other.edits || other.events - one.events || (one.term < other.term ? -1 : 1);
}

function writtenIn(text: string, term: string): string {
  const at = text.toLowerCase().indexOf(term);
  const written = text.slice(at, at + term.length);
  return at >= 0 && written.toLowerCase() === term ? written : term;
}

async function inSlices<Item>(items: readonly Item[], take: (item: Item) => void): Promise<void> {
  let started = performance.now();
  for (const item of items) {
    take(item);
    if (performance.now() - started < sliceMs) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    started = performance.now();
  }
}
