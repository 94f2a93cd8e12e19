/**
 * Cross-filter: keeps a set of rows for each clause of a query, so that a facet and the timeline can be counted under all clauses but their
 * own. That keeps the other values visible beside the chosen ones.
 */
import type { QueryNode } from '#core/query/ast';
import { conjuncts, testsOnly } from '#core/query/clauses';
import { andInto, type Bitset, complement, countBits } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import type { QuerySets } from './query-sets';

/** Rows that match some clauses. Must not be written to. */
export class Matches {
  readonly rows: Bitset;
  readonly count: number;
  private readonly all: Bitset;
  private others: Bitset | null = null;

  /** `all`: all rows of the index, visible or not, since its totals count them too. */
  constructor(rows: Bitset, all: Bitset) {
    this.rows = rows;
    this.count = countBits(rows);
    this.all = all;
  }

  /** The rows that do not match, including those that are not visible. */
  rest(): Bitset {
    this.others ??= complement(this.rows, this.all);
    return this.others;
  }
}

export class CrossFilter {
  private readonly index: VisibleIndex;
  private readonly shown: Bitset;
  private readonly clauses: readonly QueryNode[];
  private readonly sets: readonly Bitset[];
  /** The key has one character per clause: whether it is left out. */
  private readonly combined = new Map<string, Matches>();

  /** `withDuplicates`: over all duplicates of each event. */
  constructor(index: VisibleIndex, sets: QuerySets, node: QueryNode, withDuplicates: boolean) {
    this.index = index;
    this.shown = index.visible.rows(withDuplicates);
    this.clauses = conjuncts(node);
    this.sets = this.clauses.map((clause) => sets.find(clause));
  }

  /** The rows that match all clauses. */
  all(): Matches {
    return this.without(() => false);
  }

  /** The rows that match all clauses but those that test this field alone. */
  withoutField(field: string): Matches {
    return this.without((clause) => testsOnly(clause, field));
  }

  private without(isOut: (clause: QueryNode) => boolean): Matches {
    const out = this.clauses.map(isOut);
    const key = out.map((isLeftOut) => (isLeftOut ? '1' : '0')).join('');
    const known = this.combined.get(key);
    if (known !== undefined) return known;
    const set = this.shown.slice();
    this.sets.forEach((clauseSet, at) => {
      if (out[at] !== true) andInto(set, clauseSet);
    });
    const matches = new Matches(set, this.index.allRows());
    this.combined.set(key, matches);
    return matches;
  }
}
