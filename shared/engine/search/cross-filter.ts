/**
 * A query's clauses, each with its own set, so that a facet and the timeline can be counted under all clauses but their own: that
 * keeps the values not chosen visible beside the chosen ones.
 */
import type { QueryNode } from '#core/query/ast';
import { conjuncts, testsOnly } from '#core/query/clauses';
import { andInto, type Bitset } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import type { QuerySets } from './query-sets';

export class CrossFilter {
  readonly clauses: readonly QueryNode[];
  private readonly index: EventIndex;
  private readonly sets: readonly Bitset[];
  /** By the numbers of the clauses left out. */
  private readonly combined = new Map<string, Bitset>();

  constructor(index: EventIndex, sets: QuerySets, node: QueryNode) {
    this.index = index;
    this.clauses = conjuncts(node);
    this.sets = this.clauses.map((clause) => sets.find(clause));
  }

  /** The rows that match all clauses. Not to be written to. */
  all(): Bitset {
    return this.without(() => false);
  }

  /** The rows that match all clauses but those that test this field alone. Not to be written to. */
  withoutField(field: string): Bitset {
    return this.without((clause) => testsOnly(clause, field));
  }

  /** The rows that match all clauses but the chosen ones. Not to be written to. */
  without(isOut: (clause: QueryNode, at: number) => boolean): Bitset {
    const out = this.clauses.map(isOut);
    const key = out.map((isLeftOut) => (isLeftOut ? '1' : '0')).join('');
    const known = this.combined.get(key);
    if (known !== undefined) return known;
    const set = this.index.allRows().slice();
    this.sets.forEach((clauseSet, at) => {
      if (out[at] !== true) andInto(set, clauseSet);
    });
    this.combined.set(key, set);
    return set;
  }
}
