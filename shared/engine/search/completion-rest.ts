/** Counts for completion under the rest of the query, kept from letter to letter: the rest stays the same while one word is typed. */
import { conjuncts } from '#core/query/clauses';
import { parseQuery } from '#core/query/parse';
import { readQuery } from '#core/query/read-query';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Totals } from '../visibility/totals';
import type { Matches } from './cross-filter';
import { CrossFilter } from './cross-filter';
import { countByValue, countField, type FacetCounts } from './facet-counts';
import { ownPaths } from './field-list';
import { resolveField, type ResolvedField } from './fields';
import type { QuerySets } from './query-sets';
import { readingContext } from './reading-context';

/** In larger archives only values of the dictionary are counted: to read the texts of each row takes longer than a person types. */
const maxReadRows = 100_000;

/** Every event counted once, under a query. */
export class RestCounts {
  /** The events that match the rest of the query. */
  readonly matches: Matches;
  private readonly index: VisibleIndex;
  private readonly values = new Map<string, FacetCounts | null>();
  private readonly events = new Map<string, number | null>();

  constructor(index: VisibleIndex, matches: Matches) {
    this.index = index;
    this.matches = matches;
  }

  /** The values of a field; null where counting them would take too long. */
  valuesOf(field: string): FacetCounts | null {
    let counts = this.values.get(field);
    if (counts === undefined) {
      counts = this.count(resolveField(this.index, field));
      this.values.set(field, counts);
    }
    return counts;
  }

  /** How many events have a field, by short name or path; null where counting them would take too long. */
  eventsWith(field: string): number | null {
    let count = this.events.get(field);
    if (count === undefined) {
      const resolved = { ...resolveField(this.index, field), ...ownPaths(this.index, field) };
      count = this.count(resolved)?.present ?? null;
      this.events.set(field, count);
    }
    return count;
  }

  private count(field: ResolvedField): FacetCounts | null {
    const { index, matches } = this;
    const isSlow = field.computed === null && index.total > maxReadRows;
    return isSlow ? countByValue(index, field, matches) : countField(index, field, matches);
  }
}

export class CompletionRest {
  private readonly index: VisibleIndex;
  private readonly sets: QuerySets;
  private kept: { readonly text: string; readonly totals: Totals; readonly counts: RestCounts | null } | null = null;

  constructor(index: VisibleIndex, sets: QuerySets) {
    this.index = index;
    this.sets = sets;
  }

  /** Null where the rest is everything, or cannot be read while it is typed: then the whole archive is counted. */
  countsUnder(rest: string): RestCounts | null {
    const totals = this.index.visible.totals();
    if (this.kept?.text !== rest || this.kept.totals !== totals)
      this.kept = { text: rest, totals, counts: this.find(rest) };
    return this.kept.counts;
  }

  private find(rest: string): RestCounts | null {
    const { index, sets } = this;
    const context = readingContext(index);
    const parsed = parseQuery(readQuery(rest, context).text, context.fields);
    if (!parsed.ok || conjuncts(parsed.value).length === 0) return null;
    try {
      const matches = new CrossFilter(index, sets, parsed.value, false).all();
      return matches.count === index.visible.counts(false).events ? null : new RestCounts(index, matches);
    } catch {
      // A regular expression that takes too long: running the query says so.
      return null;
    }
  }
}
