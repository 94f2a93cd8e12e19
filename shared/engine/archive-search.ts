/** Queries over one open archive: matches, timeline, facets, and the pages of a result. */
import { epochMs, type RowId } from '#contract/ids';
import type { EventRow, PageRequest, RowPage } from '#contract/events';
import type {
  Completion,
  CompletionRequest,
  Facet,
  FacetRequest,
  FieldInfo,
  QueryRequest,
  QueryResult,
  Timeline,
  TimelineRequest,
} from '#contract/query';
import type { QueryNode } from '#core/query/ast';
import { timeRangeIn } from '#core/query/clauses';
import { queryNotes } from '#core/query/notes';
import { parseQuery } from '#core/query/parse';
import { readQuery, type QueryReading } from '#core/query/read-query';
import type { Bitset } from './index/bitset';
import { countBreakdown } from './search/breakdown';
import { complete } from './search/completion';
import { CrossFilter } from './search/cross-filter';
import { RowReader } from './search/event-rows';
import { findFacet } from './search/facets';
import { listFields } from './search/field-list';
import { fieldLookup } from './search/fields';
import { findHints } from './search/hints';
import { findLike } from './search/like-search';
import { principalNotes } from './search/principal-notes';
import { QuerySets } from './search/query-sets';
import { Results } from './search/results';
import { countTimeline } from './search/timeline';
import { Vocabulary } from './search/vocabulary';
import type { VisibleIndex } from './visibility/visible-index';

const MAX_ROWS = 500;
/** The most characters of a cell in a list: more than any window shows. */
export const MAX_CELL_CHARACTERS = 4096;

export class ArchiveSearch {
  private readonly index: VisibleIndex;
  private readonly results: Results;
  private vocabulary: Vocabulary;
  private keptSets: QuerySets;

  /** `prefix` must differ from that of every archive opened before. */
  constructor(index: VisibleIndex, prefix: string) {
    this.index = index;
    this.results = new Results(index, prefix);
    this.vocabulary = new Vocabulary(index);
    this.keptSets = this.makeSets();
  }

  get byteLength(): number {
    return this.results.byteLength;
  }

  /** The sets of rows that queries are combined from. */
  get sets(): QuerySets {
    return this.keptSets;
  }

  /** Sorts by time, so that the first page does not wait for it. */
  prepare(): void {
    this.results.prepare();
  }

  /** Adds the terms of imported events to the vocabulary; only completion and hints wait for it. */
  updateVocabulary(): Promise<void> {
    return this.vocabulary.update();
  }

  /** Rows were removed: makes all results stale, and clears what was cached of them. */
  restart(): void {
    this.results.forget();
    this.vocabulary = new Vocabulary(this.index);
    this.keptSets = this.makeSets();
  }

  /** Throws `bad-query`. */
  async run(request: QueryRequest, version: number): Promise<QueryResult> {
    const started = performance.now();
    const { index } = this;
    const { text, note } = this.read(request.text);
    const query = await this.parse(text);
    const { withDuplicates } = request;
    const filter = new CrossFilter(index, this.sets, query, withDuplicates);
    const counts = index.visible.counts(withDuplicates);
    const { rows, count: matched } = filter.all();
    const { timeline } = request;
    const inRange = timeRangeIn(query) === null ? null : rows;
    const found = {
      resultId: this.results.add(rows, request.sort),
      version,
      total: counts.events,
      matched,
      facets: request.facets.map((facet) => findFacet(index, filter, query, facet)),
      timeline: timeline === null ? null : this.timeline(filter, timeline, counts, inRange),
    };
    const hints = matched === 0 && counts.events > 0 ? await this.hints(text, query, withDuplicates) : [];
    const notes = [
      ...(note === null ? [] : [note]),
      ...queryNotes(text, fieldLookup(index)),
      ...principalNotes(index, query),
    ];
    return { ...found, hints, notes, elapsedMs: performance.now() - started };
  }

  private timeline(
    filter: CrossFilter,
    request: TimelineRequest,
    span: { readonly first: number; readonly last: number },
    inRange: Bitset | null,
  ): Timeline | null {
    const { rows } = filter.withoutField('time');
    const timeline = countTimeline(this.index, rows, request, span, inRange);
    if (timeline === null || request.by === undefined) return timeline;
    return { ...timeline, breakdown: countBreakdown(this.index, request.by, rows, filter.all(), timeline) };
  }

  /** Throws `bad-query`. */
  async facet(text: string, request: FacetRequest, withDuplicates: boolean): Promise<Facet> {
    const query = await this.parse(this.read(text).text);
    return findFacet(this.index, new CrossFilter(this.index, this.sets, query, withDuplicates), query, request);
  }

  /** Throws `stale-result`. */
  page(request: PageRequest): RowPage {
    const rows = this.results.ordered(request.resultId);
    const start = Math.max(0, Math.floor(request.start));
    const count = Math.max(0, Math.min(MAX_ROWS, Math.floor(request.count)));
    const reader = new RowReader(this.index, request.columns, MAX_CELL_CHARACTERS);
    const page = Array.from(rows.subarray(start, start + count), (row) => reader.read(row));
    return { resultId: request.resultId, start, rows: page.filter((row): row is EventRow => row !== undefined) };
  }

  /** Throws `stale-result`. */
  locate(resultId: PageRequest['resultId'], row: RowId): number | null {
    const at = this.results.ordered(resultId).indexOf(row);
    return at < 0 ? null : at;
  }

  /** The first rows of a set in order of time. */
  firstOf(rows: Bitset, most: number): readonly number[] {
    return this.results.firstOf(rows, most);
  }

  fields(): FieldInfo[] {
    return listFields(this.index);
  }

  complete(request: CompletionRequest): Completion[] {
    return complete(this.index, this.vocabulary, request);
  }

  private makeSets(): QuerySets {
    return new QuerySets(this.index, (text) => findLike(this.index, this.vocabulary, text));
  }

  /** By the habits of other tools; `last 2h` counts from the last event of what is open. */
  private read(text: string): QueryReading {
    const { first, last } = this.index.visible.counts(true);
    const lastEvent = first > last ? null : epochMs(last);
    return readQuery(text, { fields: fieldLookup(this.index), lastEvent });
  }

  private async parse(text: string): Promise<QueryNode> {
    const parsed = parseQuery(text, fieldLookup(this.index));
    if (!parsed.ok) throw parsed.error;
    if (holdsLike(parsed.value)) await this.vocabulary.update();
    return parsed.value;
  }

  private async hints(text: string, query: QueryNode, withDuplicates: boolean): Promise<QueryResult['hints']> {
    await this.vocabulary.update();
    const { index, sets, vocabulary } = this;
    const shown = index.visible.rows(withDuplicates);
    return findHints({ index, sets, vocabulary, fields: fieldLookup(index), shown }, text, query);
  }
}

function holdsLike(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(holdsLike);
  return node.kind === 'not' ? holdsLike(node.child) : node.kind === 'like';
}
