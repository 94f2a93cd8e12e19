/** Queries over one open archive: matches, timeline, facets, and the pages of a result. */
import type { RowId } from '#contract/ids';
import type { EventRow, PageRequest, PlacedRow, RowHit, RowPage, RowsRequest } from '#contract/events';
import type {
  Completion,
  CompletionRequest,
  Facet,
  FacetRequest,
  FieldInfo,
  Groups,
  GroupsRequest,
  QueryRequest,
  QueryResult,
  Seen,
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
import { Completer } from './search/completion';
import { CrossFilter } from './search/cross-filter';
import { RowReader } from './search/event-rows';
import { findFacet } from './search/facets';
import { listFields } from './search/field-list';
import { fieldLookup } from './search/fields';
import { GroupTable } from './search/groups';
import { findHints } from './search/hints';
import { findLike, maxLikeTerms } from './search/like-search';
import { principalNotes } from './search/principal-notes';
import { QuerySets } from './search/query-sets';
import { readingContext } from './search/reading-context';
import { findSeen } from './search/seen';
import { Results } from './search/results';
import { HitReader } from './search/row-hits';
import { countTimeline } from './search/timeline';
import { Vocabulary } from './search/vocabulary';
import type { VisibleIndex } from './visibility/visible-index';

const maxRows = 500;
/** The most characters of a cell in a list: more than any window shows. */
export const maxCellCharacters = 4096;

/** The most characters of a cell that is copied: what Excel takes. */
const mostCopiedCharacters = 32_767;

export class ArchiveSearch {
  private readonly index: VisibleIndex;
  private readonly results: Results;
  private vocabulary: Vocabulary;
  private keptSets: QuerySets;
  /** The groups asked for last, for their further pages and other orders. */
  private keptGroups: { readonly key: string; readonly shown: Bitset; readonly table: GroupTable } | null = null;
  private completer: Completer;

  /** `prefix` must differ from that of every archive opened before. */
  constructor(index: VisibleIndex, prefix: string) {
    this.index = index;
    this.results = new Results(index, prefix);
    this.vocabulary = new Vocabulary(index);
    this.keptSets = this.makeSets();
    this.completer = new Completer(index, this.vocabulary, this.keptSets);
  }

  get byteLength(): number {
    return this.results.byteLength + (this.keptGroups?.table.byteLength ?? 0);
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

  /** What is known of the files has changed: the groups may be others. */
  forgetGroups(): void {
    this.keptGroups = null;
  }

  /** Rows were removed: makes all results stale, and clears what was cached of them. */
  restart(): void {
    this.results.forget();
    this.keptGroups = null;
    this.vocabulary = new Vocabulary(this.index);
    this.keptSets = this.makeSets();
    this.completer = new Completer(this.index, this.vocabulary, this.keptSets);
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
      resultId: this.results.add(rows, request.sort, query),
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

  /** When a facet's value was seen; null where that is not known. Throws `bad-query`. */
  async seen(text: string, field: string, value: string, withDuplicates: boolean): Promise<Seen | null> {
    const query = await this.parse(this.read(text).text);
    const filter = new CrossFilter(this.index, this.sets, query, withDuplicates);
    return findSeen(this.index, field, value, filter.withoutField(field));
  }

  /** Throws `bad-query`. */
  async groups(request: GroupsRequest): Promise<Groups> {
    const { fields, withDuplicates } = request;
    const { text } = this.read(request.text);
    const query = await this.parse(text);
    const { visible } = this.index;
    const shown = visible.rows(withDuplicates);
    const key = JSON.stringify([text, fields, withDuplicates, visible.duplicates.versions]);
    // Other rows are visible whenever the set is another one.
    if (this.keptGroups?.key !== key || this.keptGroups.shown !== shown) {
      const matches = new CrossFilter(this.index, this.sets, query, withDuplicates).all();
      const table = new GroupTable(this.index, fields, matches, visible.counts(withDuplicates));
      this.keptGroups = { key, shown, table };
    }
    return this.keptGroups.table.page(request);
  }

  /** Throws `stale-result`. */
  page(request: PageRequest): RowPage {
    const rows = this.results.ordered(request.resultId);
    const start = Math.max(0, Math.floor(request.start));
    const count = Math.max(0, Math.min(maxRows, Math.floor(request.count)));
    const reader = new RowReader(this.index, request.columns, maxCellCharacters);
    const numbers = [...rows.subarray(start, start + count)];
    const hits = request.withHits === true ? this.hits(request.resultId, numbers) : null;
    const page = numbers.map((row, at) => {
      const read = reader.read(row);
      return read === undefined || hits === null ? read : { ...read, hits: hits[at] ?? [] };
    });
    return { resultId: request.resultId, start, rows: page.filter((row): row is EventRow => row !== undefined) };
  }

  private hits(resultId: PageRequest['resultId'], rows: readonly number[]): readonly (readonly RowHit[])[] {
    const near = (word: string): readonly string[] =>
      this.vocabulary.nearTerms(word, maxLikeTerms).map(({ term }) => term);
    return new HitReader(this.index, this.results.queryOf(resultId), near).read(rows);
  }

  /** Rows by their numbers, each with its place in a result; without those of removed sources. Throws `stale-result`. */
  rows({ resultId, rows, columns }: RowsRequest): readonly PlacedRow[] {
    const reader = new RowReader(this.index, columns, mostCopiedCharacters);
    const places = new Map<number, number | null>(rows.map((row) => [row, null]));
    this.results.ordered(resultId).forEach((row, place) => {
      if (places.has(row)) places.set(row, place);
    });
    return [...places].flatMap(([number, place]) => {
      const row = reader.read(number);
      return row === undefined ? [] : [{ row, place }];
    });
  }

  /** Throws `stale-result`. */
  locate(resultId: PageRequest['resultId'], row: RowId): number | null {
    const at = this.results.ordered(resultId).indexOf(row);
    return at < 0 ? null : at;
  }

  /** The rows that a query of the app's own matches, duplicates included, in order of time. All its paths count as fields. */
  rowsOf(text: string): readonly number[] {
    const parsed = parseQuery(text, { has: () => true });
    if (!parsed.ok) throw parsed.error;
    const { rows } = new CrossFilter(this.index, this.sets, parsed.value, true).all();
    return this.firstOf(rows, Infinity);
  }

  /** The first rows of a set in order of time. */
  firstOf(rows: Bitset, most: number): readonly number[] {
    return this.results.firstOf(rows, most);
  }

  fields(): FieldInfo[] {
    return listFields(this.index);
  }

  complete(request: CompletionRequest): Completion[] {
    return this.completer.complete(request);
  }

  private makeSets(): QuerySets {
    return new QuerySets(this.index, (text) => findLike(this.index, this.vocabulary, text));
  }

  /** By the habits of other tools; `last 2h` counts from the last event of what is open. */
  private read(text: string): QueryReading {
    return readQuery(text, readingContext(this.index));
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
