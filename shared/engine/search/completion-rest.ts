/** Counts for completion under the rest of the query, kept from letter to letter: the rest stays the same while one word is typed. */
import { epochMs, type EpochMs } from '#contract/ids';
import { conjuncts } from '#core/query/clauses';
import { parseQuery } from '#core/query/parse';
import { readQuery } from '#core/query/read-query';
import { andInto, type Bitset, countBits } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Totals } from '../visibility/totals';
import type { Matches } from './cross-filter';
import { CrossFilter } from './cross-filter';
import { countField, type FacetCounts } from './facet-counts';
import { ownPaths } from './field-list';
import { findField } from './field-search';
import { fieldLookup, resolveField } from './fields';
import type { QuerySets } from './query-sets';
import { rowsWithText } from './value-rows';

/** Every event counted once, under a query. */
export class RestCounts {
  /** The events that match the rest of the query. */
  readonly matches: Matches;
  private readonly index: VisibleIndex;
  private readonly values = new Map<string, FacetCounts | null>();
  private readonly events = new Map<string, number>();

  constructor(index: VisibleIndex, matches: Matches) {
    this.index = index;
    this.matches = matches;
  }

  /** The values of a field; null where they are identifiers, too many to count. */
  valuesOf(field: string): FacetCounts | null {
    let counts = this.values.get(field);
    if (counts === undefined) {
      counts = countField(this.index, resolveField(this.index, field), this.matches);
      this.values.set(field, counts);
    }
    return counts;
  }

  /** How many events have a field, by short name or path. */
  eventsWith(field: string): number {
    let count = this.events.get(field);
    if (count === undefined) {
      const { paths, computed } = ownPaths(this.index, field);
      const rows = rowsWithText(this.index, paths);
      andInto(rows, this.matches.rows);
      count = computed === null ? countBits(rows) : (this.valuesOf(field)?.present ?? 0);
      this.events.set(field, count);
    }
    return count;
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

  /** How many events of a set match a clause. Not kept: what is offered must not push out what the query needs. */
  countOf(clause: string, rows: Bitset): number {
    const parsed = parseQuery(this.read(clause), fieldLookup(this.index));
    if (!parsed.ok) return 0;
    const found = rows.slice();
    for (const node of conjuncts(parsed.value)) {
      andInto(found, node.kind === 'field' ? findField(this.index, node) : this.sets.find(node));
    }
    return countBits(found);
  }

  /** The last event, from which `last 2h` counts back; null where no event has a time. */
  get lastEvent(): EpochMs | null {
    const { first, last } = this.index.visible.counts(true);
    return first > last ? null : epochMs(last);
  }

  private find(rest: string): RestCounts | null {
    const { index, sets } = this;
    const parsed = parseQuery(this.read(rest), fieldLookup(index));
    if (!parsed.ok || conjuncts(parsed.value).length === 0) return null;
    try {
      const matches = new CrossFilter(index, sets, parsed.value, false).all();
      return matches.count === index.visible.counts(false).events ? null : new RestCounts(index, matches);
    } catch {
      // A regular expression that takes too long: running the query says so.
      return null;
    }
  }

  private read(text: string): string {
    return readQuery(text, { fields: fieldLookup(this.index), lastEvent: this.lastEvent }).text;
  }
}
