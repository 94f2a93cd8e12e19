/** Turns the tree of a query into the set of rows it matches. */
import { fieldPaths } from '#core/fields';
import type { QueryNode } from '#core/query/ast';
import { assertNever } from '#contract/result';
import { andInto, type Bitset, complement, orInto } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { findAddresses } from './address-search';
import { computedAmong } from './computed-fields';
import { findField } from './field-search';
import { findWord } from './word-search';

/** What `~word` matches: the rows with a term near it. */
export type LikeSearch = (text: string) => Bitset;

/** Size of the cache in bytes: a query that grows clause by clause is not searched again from the start. */
const maxCacheBytes = 4 << 20;

export class QuerySets {
  private readonly index: VisibleIndex;
  private readonly like: LikeSearch;
  /** By the test; the least recently used first. Cleared when the index has grown. */
  private readonly cache = new Map<string, Bitset>();
  private cachedBlocks = 0;

  constructor(index: VisibleIndex, like: LikeSearch) {
    this.index = index;
    this.like = like;
  }

  /** The rows that match. The caller may change the set. */
  find(node: QueryNode): Bitset {
    switch (node.kind) {
      case 'all':
        return this.index.allRows().slice();
      case 'and':
        return this.findAnd(node.children);
      case 'or': {
        const out = this.index.newSet();
        for (const child of node.children) orInto(out, this.find(child));
        return out;
      }
      case 'not':
        return complement(this.find(node.child), this.index.allRows());
      case 'word':
        return this.cached(`w${node.text.toLowerCase()}`, () => findWord(this.index, node.text));
      case 'addresses':
        return this.cached(`a${node.network.toLowerCase()}`, () => findAddresses(this.index, node.network));
      case 'like':
        return this.cached(`~${node.text.toLowerCase()}`, () => this.like(node.text));
      case 'field':
        if (computedAmong(fieldPaths(node.field))?.isFixed === false) return findField(this.index, node);
        return this.cached(`f${node.field.toLowerCase()}\n${JSON.stringify(node.test)}`, () =>
          findField(this.index, node),
        );
      default:
        return assertNever(node);
    }
  }

  private findAnd(nodes: readonly QueryNode[]): Bitset {
    const out = this.index.allRows().slice();
    for (const node of nodes) {
      andInto(out, this.find(node));
      if (out.every((word) => word === 0)) break;
    }
    return out;
  }

  private cached(key: string, search: () => Bitset): Bitset {
    if (this.cachedBlocks !== this.index.blocks.length) {
      this.cache.clear();
      this.cachedBlocks = this.index.blocks.length;
    }
    const set = this.cache.get(key) ?? search();
    this.cache.delete(key);
    this.cache.set(key, set);
    const most = Math.max(2, Math.floor(maxCacheBytes / Math.max(1, set.byteLength)));
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= most) break;
      this.cache.delete(oldest);
    }
    return set.slice();
  }
}
