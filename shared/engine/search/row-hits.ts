/**
 * Where a query is met in a row: the first value that answers each of its terms, for the list to show.
 *
 * Only the rows of a page are looked at, and only when the list asks: a walk over the values of some hundred rows, each distinct value tested
 * once.
 */
import type { RowHit } from '#contract/events';
import { assertNever } from '#contract/result';
import { parseRange } from '#core/query/address';
import type { QueryNode } from '#core/query/ast';
import { hitTerms, type HitTerm } from '#core/query/hit-terms';
import { compileTest, shortServiceName } from '#core/query/match';
import type { Block } from '../index/block';
import { visitRow } from '../index/path-values';
import { canonicalTimeText } from '../index/row-times';
import { isSearchable } from '../index/value-kinds';
import type { VisibleIndex } from '../visibility/visible-index';
import { resolveField } from './fields';
import { termsOf, wordsOf } from './terms';
import { finishesWithin } from './time-limit';

/** Terms shown of one query: a pasted list of a hundred addresses needs no more. */
const mostTerms = 8;
/** Characters kept before and after what was found. */
const before = 40;
const after = 160;
/** A page waits no longer for its hits, ms: a regular expression may take for ever. */
const limitMs = 200;

/** What a text has that a term looks for: a part of the text; empty where the whole text answers it. Null: nothing. */
type Find = (text: string) => string | null;

interface Searcher {
  /** The field of the term as written; null where it looks everywhere. */
  readonly field: string | null;
  /** The paths to look under; null for all. */
  readonly paths: readonly number[] | null;
  readonly find: Find;
  /** By value of the dictionary. */
  readonly known: Map<number, string | null>;
  readonly computed: ReturnType<typeof resolveField>['computed'];
  readonly isService: boolean;
}

/** Finds the hits of one query. `near`: the terms that a word with typing errors stands for. */
export class HitReader {
  private readonly index: VisibleIndex;
  private readonly searchers: readonly Searcher[];
  private readonly paths = new Map<Block, readonly number[]>();

  constructor(index: VisibleIndex, query: QueryNode, near: (word: string) => readonly string[]) {
    this.index = index;
    this.searchers = hitTerms(query)
      .slice(0, mostTerms)
      .map((term) => makeSearcher(index, term, near));
  }

  /** By row, in the order given: the hits of each. None where they took too long to find. */
  read(rows: readonly number[]): readonly (readonly RowHit[])[] {
    if (this.searchers.length === 0) return rows.map(() => []);
    const hits: (readonly RowHit[])[] = [];
    const isDone = finishesWithin(limitMs, () => {
      for (const row of rows) hits.push(this.hitsOf(row));
    });
    return isDone ? hits : rows.map((_, at) => hits[at] ?? []);
  }

  private hitsOf(row: number): readonly RowHit[] {
    const block = this.index.blockOf(row);
    if (block === undefined) return [];
    return this.searchers.flatMap((searcher) => this.hitOf(block, row - block.base, searcher) ?? []);
  }

  private hitOf(block: Block, local: number, searcher: Searcher): RowHit | null {
    for (const path of searcher.paths ?? this.pathsOf(block)) {
      const hit = this.hitUnder(block, local, path, searcher);
      if (hit !== null) return hit;
    }
    const text = searcher.computed?.textOf(this.index, block, local) ?? null;
    return text === null || searcher.find(text) === null ? null : hitIn(searcher, searcher.field ?? '', text, '');
  }

  private hitUnder(block: Block, local: number, path: number, searcher: Searcher): RowHit | null {
    const { index } = this;
    let hit: RowHit | null = null;
    const test = (text: string, found = searcher.find(text)): void => {
      if (found !== null) hit ??= hitIn(searcher, index.paths.text(path), text, found);
    };
    visitRow(index, block, local, path, {
      time: (_, time) => test(canonicalTimeText(time)),
      coded: (_, value) => {
        if (searcher.paths === null && !isSearchable(index.dictionary.type(value))) return;
        let found = searcher.known.get(value);
        if (found === undefined) {
          found = searcher.find(index.dictionary.text(value));
          searcher.known.set(value, found);
        }
        if (found !== null) test(index.dictionary.text(value), found);
      },
      identifier: (_, column, at) => test(column.text(at)),
    });
    return hit;
  }

  /** What a person sent comes first, then what came of it, then the rest. */
  private pathsOf(block: Block): readonly number[] {
    let paths = this.paths.get(block);
    if (paths === undefined) {
      const { paths: names, timePath } = this.index;
      const all = new Set([
        timePath,
        ...block.columns.paths,
        ...[...block.uuids, ...block.texts].map(({ path }) => path),
      ]);
      const ranked = [...all].map((path) => ({ path, rank: rankOf(names.text(path)) }));
      paths = ranked.sort((one, other) => one.rank - other.rank || one.path - other.path).map(({ path }) => path);
      this.paths.set(block, paths);
    }
    return paths;
  }
}

const firstPaths = ['requestParameters', 'responseElements', 'errorMessage'];

function rankOf(path: string): number {
  const rank = firstPaths.findIndex((first) => path.startsWith(first));
  return rank === -1 ? firstPaths.length : rank;
}

function makeSearcher(index: VisibleIndex, term: HitTerm, near: (word: string) => readonly string[]): Searcher {
  const known = new Map<number, string | null>();
  if (term.kind !== 'field')
    return { field: null, paths: null, find: finder(term, near), known, computed: null, isService: false };
  const { paths, type, computed } = resolveField(index, term.field);
  const test = compileTest(term.test, type);
  const find: Find = (text) => (test(text, 'text') ? '' : null);
  return { field: term.field, paths, find, known, computed, isService: type === 'service' };
}

function finder(term: Exclude<HitTerm, { kind: 'field' }>, near: (word: string) => readonly string[]): Find {
  switch (term.kind) {
    case 'word': {
      const word = term.text.toLowerCase();
      return (text) => (text.toLowerCase().includes(word) ? term.text : null);
    }
    case 'like': {
      const words = wordsOf(term.text).map((word) => [word, ...near(word)]);
      return (text) => {
        const terms = new Set([...termsOf(text), ...wordsOf(text)]);
        const found = words.map((each) => each.find((one) => terms.has(one)));
        return found.includes(undefined) ? null : (found[0] ?? null);
      };
    }
    case 'addresses': {
      const range = parseRange(term.network);
      return (text) => {
        if (text.includes(term.network)) return term.network;
        return range.ok && range.value(text) ? '' : null;
      };
    }
    default:
      return assertNever(term);
  }
}

function hitIn({ field, isService }: Searcher, path: string, whole: string, found: string): RowHit {
  const text = isService ? shortServiceName(whole) : whole;
  const at = found === '' ? 0 : Math.max(0, text.toLowerCase().indexOf(found.toLowerCase()));
  const from = at > before * 1.5 ? betweenCharacters(text, at - before) : 0;
  const to = betweenCharacters(text, Math.min(text.length, at + found.length + after));
  const cut = (from > 0 ? '…' : '') + text.slice(from, to) + (to < text.length ? '…' : '');
  return { field, path, text: cut, found };
}

/** The place, moved off the middle of a surrogate pair. */
function betweenCharacters(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 ? at - 1 : at;
}
