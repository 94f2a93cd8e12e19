/** One open archive: its index, the queries over it, and what its import said. */
import { randomBytes } from 'node:crypto';
import type { SameCall, SameCallRequest } from '#contract/diff';
import { AppError } from '#contract/errors';
import { epochMs, type RowId } from '#contract/ids';
import type {
  ArchiveStatus,
  EventLocation,
  EventRow,
  Facet,
  FacetRequest,
  PageRequest,
  QueryRequest,
  QueryResult,
  RowPage,
  SourceRef,
} from '#contract/types';
import type { JsonNode } from '#core/json/tree';
import type { QueryNode } from '#core/query/ast';
import { parseQuery } from '#core/query/parse';
import { EventIndex } from './index/event-index';
import { ImportLog } from './import-log';
import { CrossFilter } from './search/cross-filter';
import { RowReader } from './search/event-rows';
import { findFacet } from './search/facets';
import { fieldLookup } from './search/fields';
import { findHints } from './search/hints';
import { findLike } from './search/like-search';
import { QuerySets } from './search/query-sets';
import { Results } from './search/results';
import { findSameCall } from './search/same-call';
import { countTimeline } from './search/timeline';
import { Vocabulary } from './search/vocabulary';
import type { ListedFile } from './sources/list-files';

const mostRows = 500;
/** Characters of a cell in a list: more than any window shows of it. */
const longestCell = 4096;

/** A row's record: which file, and where in its decompressed bytes. */
export interface RecordPlace {
  readonly file: ListedFile;
  readonly location: EventLocation;
}

export class Archive {
  readonly name: string;
  readonly sources: readonly SourceRef[];
  readonly index = new EventIndex();
  readonly vocabulary = new Vocabulary(this.index);
  readonly log = new ImportLog();
  /** See {@link ImportOptions.hashSeed}. */
  readonly hashSeed = randomBytes(16).toString('hex');
  state: 'importing' | 'ready' = 'importing';
  private readonly sets: QuerySets;
  private readonly results: Results;

  /** `prefix` must differ from that of every archive opened before. */
  constructor(name: string, sources: readonly SourceRef[], prefix: string) {
    this.name = name;
    this.sources = sources;
    this.sets = new QuerySets(this.index, (text) => findLike(this.index, this.vocabulary, text));
    this.results = new Results(this.index, prefix);
  }

  /** Gives back what only the import needs, and prepares what the first page needs. */
  settle(): void {
    this.index.settle();
    this.results.prepare();
  }

  status(version: number): ArchiveStatus {
    const { index, log } = this;
    const isDated = index.first <= index.last;
    return {
      state: this.state,
      version,
      name: this.name,
      sources: this.sources,
      events: index.total,
      copies: 0,
      first: isDated ? epochMs(index.first) : null,
      last: isDated ? epochMs(index.last) : null,
      filesRead: log.counts.read,
      filesPartial: log.counts.partial,
      filesUnread: log.counts.unread,
      filesAside: log.counts.aside,
      indexBytes: index.byteLength + this.results.byteLength,
      progress: this.state === 'importing' ? log.progress : null,
    };
  }

  /** Throws `bad-query`. */
  async run(request: QueryRequest, version: number): Promise<QueryResult> {
    const started = performance.now();
    const query = await this.parse(request.text);
    const filter = new CrossFilter(this.index, this.sets, query);
    const { rows, count: matched } = filter.all();
    const found = {
      resultId: this.results.add(rows, request.sort),
      version,
      total: this.index.total,
      matched,
      facets: request.facets.map((facet) => findFacet(this.index, filter, query, facet)),
      timeline:
        request.timeline === null
          ? null
          : countTimeline(this.index, filter.withoutField('time').rows, request.timeline),
    };
    const hints = matched === 0 && this.index.total > 0 ? await this.hints(request.text, query) : [];
    return { ...found, hints, elapsedMs: performance.now() - started };
  }

  /** Throws `bad-query`. */
  async facet(text: string, request: FacetRequest): Promise<Facet> {
    const query = await this.parse(text);
    return findFacet(this.index, new CrossFilter(this.index, this.sets, query), query, request);
  }

  /** Throws `stale-result`. */
  page(request: PageRequest): RowPage {
    const rows = this.results.ordered(request.resultId);
    const start = Math.max(0, Math.floor(request.start));
    const count = Math.max(0, Math.min(mostRows, Math.floor(request.count)));
    const reader = new RowReader(this.index, request.columns, longestCell);
    const page = Array.from(rows.subarray(start, start + count), (row) => reader.read(row));
    return { resultId: request.resultId, start, rows: page.filter((row): row is EventRow => row !== undefined) };
  }

  /** Throws `stale-result`. */
  locate(resultId: PageRequest['resultId'], row: RowId): number | null {
    const at = this.results.ordered(resultId).indexOf(row);
    return at < 0 ? null : at;
  }

  /** Throws `not-found`. */
  row(row: RowId): EventRow {
    const found = new RowReader(this.index).read(row);
    if (found === undefined) throw noSuchEvent();
    return found;
  }

  /** `record` is the row's own. Throws `not-found`. */
  sameCall(request: SameCallRequest, record: JsonNode): SameCall {
    const { identity } = this.row(request.row);
    return findSameCall({ index: this.index, sets: this.sets }, request, record, identity);
  }

  /** Throws `not-found`. */
  place(row: RowId): RecordPlace {
    const block = this.index.blockOf(row);
    const local = row - (block?.base ?? 0);
    const file = block === undefined ? undefined : this.log.files[block.places.file(local)];
    if (block === undefined || file === undefined) throw noSuchEvent();
    const { places } = block;
    return {
      file,
      location: { path: file.relative, label: file.path, offset: places.offset(local), length: places.length(local) },
    };
  }

  private async parse(text: string): Promise<QueryNode> {
    const parsed = parseQuery(text, fieldLookup(this.index));
    if (!parsed.ok) throw parsed.error;
    if (holdsLike(parsed.value)) await this.vocabulary.update();
    return parsed.value;
  }

  private async hints(text: string, query: QueryNode): Promise<QueryResult['hints']> {
    await this.vocabulary.update();
    const { index, sets, vocabulary } = this;
    return findHints({ index, sets, vocabulary, fields: fieldLookup(index) }, text, query);
  }
}

function holdsLike(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(holdsLike);
  return node.kind === 'not' ? holdsLike(node.child) : node.kind === 'like';
}

function noSuchEvent(): AppError {
  return new AppError('not-found', 'there is no such event in the open archive');
}
