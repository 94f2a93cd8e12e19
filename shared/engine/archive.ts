/** One open archive: its index, the queries over it, and what its import said. */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { SameCall, SameCallRequest } from '#contract/diff';
import { AppError } from '#contract/errors';
import { epochMs, rowId, type RowId, type SourceId } from '#contract/ids';
import type { EventLocation, EventRow, PageRequest, RelatedEvent, RelatedEvents, RowPage } from '#contract/events';
import type { ImportLimits } from '#contract/limits';
import type { Facet, FacetRequest, QueryRequest, QueryResult } from '#contract/query';
import type { FilesPage, FilesRequest, ImportReport, TextTarget } from '#contract/report';
import type { ArchiveStatus, SourceRef } from '#contract/sources';
import type { JsonNode } from '#core/json/tree';
import type { QueryNode } from '#core/query/ast';
import { timeRangeIn } from '#core/query/clauses';
import { queryNotes } from '#core/query/notes';
import { parseQuery } from '#core/query/parse';
import { reportText } from '#core/report-text';
import { ContentHasher } from './decode/content-hash';
import type { Segment } from './decode/segment';
import { type Bitset, hasBit } from './index/bitset';
import { EventIndex } from './index/event-index';
import { ImportLog } from './import-log';
import { countByText, makeReport } from './import-report';
import { CrossFilter } from './search/cross-filter';
import { RowReader } from './search/event-rows';
import { findFacet } from './search/facets';
import { fieldLookup } from './search/fields';
import { findHints } from './search/hints';
import { findLike } from './search/like-search';
import { principalNotes } from './search/principal-notes';
import { QuerySets } from './search/query-sets';
import { findRelated } from './search/related';
import { Results } from './search/results';
import { findSameCall } from './search/same-call';
import { countTimeline } from './search/timeline';
import { Vocabulary } from './search/vocabulary';
import type { ListedFile } from './sources/list-files';
import { memberPath, type MemberRef } from './sources/member';
import { shownPath } from './sources/raw-path';
import type { RecordSpot } from './sources/read-record';

const MAX_ROWS = 500;
/** Characters of a cell in a list: more than any window shows of it. */
const MAX_CELL_CHARACTERS = 4096;

/** Of each kind of related events. */
const MAX_RELATED = 100;

/** A row's record: which file, which member of it, and where in its text. */
export interface RecordPlace {
  readonly file: ListedFile;
  /** The path of what lies on disk, relative to what was opened. */
  readonly onDisk: string;
  readonly member: MemberRef | null;
  readonly spot: RecordSpot;
  readonly location: EventLocation;
}

export class Archive {
  name: string;
  readonly index = new EventIndex();
  readonly log = new ImportLog();
  /** See {@link ImportOptions.hashSeed}. */
  readonly hashSeed = randomBytes(16).toString('hex');
  state: 'importing' | 'ready' = 'ready';
  private currentVocabulary = new Vocabulary(this.index);
  private sets = this.makeSets();
  private readonly results: Results;
  private readonly contentHasher = new ContentHasher(this.hashSeed);

  /** `prefix` must differ from that of every archive opened before. */
  constructor(name: string, prefix: string) {
    this.name = name;
    this.index.pathOfFile = (file, member) => memberPath(this.log.file(file)?.relative ?? '', member?.name ?? null);
    this.results = new Results(this.index, prefix);
  }

  get vocabulary(): Vocabulary {
    return this.currentVocabulary;
  }

  /** An import of these begins. */
  begin(sources: readonly SourceRef[], limits: ImportLimits): void {
    this.log.begin(sources, limits);
    this.state = 'importing';
  }

  /** Takes in a segment of the running import. */
  take(segment: Segment, thread: number): void {
    this.index.merge(segment, thread, this.log.firstFile);
  }

  /** The import has ended: gives back what only it needs, and prepares what the first page needs. */
  settle(): void {
    this.index.settle();
    this.results.prepare();
    this.state = 'ready';
  }

  /** Takes a source and its events out, whether it is one of the running import's or of an earlier one's. */
  remove(sourceId: SourceId): void {
    this.index.shown.remove(this.log.filesOf(sourceId));
    this.log.remove(sourceId);
    this.results.forget();
    this.currentVocabulary = new Vocabulary(this.index);
    this.sets = this.makeSets();
  }

  status(version: number): ArchiveStatus {
    const { index, log } = this;
    const { events, appended, first, last } = index.shown.counts(false);
    const isDated = first <= last;
    return {
      state: this.state,
      version,
      name: this.name,
      sources: log.sources,
      events,
      copies: index.shown.copies.count,
      appended,
      first: isDated ? epochMs(first) : null,
      last: isDated ? epochMs(last) : null,
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
    const { withCopies } = request;
    const filter = new CrossFilter(this.index, this.sets, query, withCopies);
    const counts = this.index.shown.counts(withCopies);
    const { rows, count: matched } = filter.all();
    const found = {
      resultId: this.results.add(rows, request.sort),
      version,
      total: counts.events,
      matched,
      facets: request.facets.map((facet) => findFacet(this.index, filter, query, facet)),
      timeline:
        request.timeline === null
          ? null
          : countTimeline(
              this.index,
              filter.withoutField('time').rows,
              request.timeline,
              counts,
              timeRangeIn(query) === null ? null : rows,
            ),
    };
    const hints = matched === 0 && counts.events > 0 ? await this.hints(request.text, query, withCopies) : [];
    const notes = [...queryNotes(request.text, fieldLookup(this.index)), ...principalNotes(this.index, query)];
    return { ...found, hints, notes, elapsedMs: performance.now() - started };
  }

  /** Throws `bad-query`. */
  async facet(text: string, request: FacetRequest, withCopies: boolean): Promise<Facet> {
    const query = await this.parse(text);
    return findFacet(this.index, new CrossFilter(this.index, this.sets, query, withCopies), query, request);
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

  /** Throws `not-found`. */
  row(row: RowId): EventRow {
    const found = new RowReader(this.index).read(row);
    if (found === undefined) throw noSuchEvent();
    return found;
  }

  /** `record` is the row's own. Throws `not-found`. */
  sameCall(request: SameCallRequest, record: JsonNode): SameCall {
    const { principal } = this.row(request.row);
    return findSameCall({ index: this.index, sets: this.sets }, request, record, principal);
  }

  /** Throws `not-found`. */
  related(row: RowId): RelatedEvents {
    this.place(row);
    const { index, sets } = this;
    const reader = new RowReader(index, ['account'], MAX_CELL_CHARACTERS);
    const found = findRelated({ index, sets }, row);
    const listed = (rows: Bitset): RelatedEvent[] =>
      this.results.firstOf(rows, MAX_RELATED).flatMap((other) => {
        const summary = reader.read(other);
        const location = this.place(rowId(other), reader).location;
        return summary === undefined ? [] : [{ summary, account: summary.cells[0] ?? '', location }];
      });
    return {
      copies: listed(found.copies),
      versions: listed(found.versions),
      shared: listed(found.shared),
      amends: listed(found.amends),
      amendedBy: listed(found.amendedBy),
    };
  }

  report(): ImportReport {
    return makeReport(this.index, this.log);
  }

  /** `version`: the app's. */
  reportText(version: string, target: TextTarget): string {
    const { index, log } = this;
    const head = { madeAt: epochMs(Date.now()), version, limits: log.limits, target };
    return reportText(head, this.report(), log.reports(countByText(index, log).countsOf));
  }

  files(request: FilesRequest): FilesPage {
    return this.log.page(request, countByText(this.index, this.log).countsOf);
  }

  /** Throws `not-found`. */
  place(row: RowId, reader = new RowReader(this.index)): RecordPlace {
    const block = this.index.blockOf(row);
    const local = row - (block?.base ?? 0);
    const file = block === undefined ? undefined : this.log.file(block.places.file(local));
    if (block === undefined || file === undefined || hasBit(this.index.shown.removed, row)) throw noSuchEvent();
    const { places } = block;
    const member = places.member(local);
    const [offset, length] = [places.offset(local), places.length(local)];
    const format = reader.format(row);
    const name = member?.name ?? null;
    const { onDisk, member: inZip } = partsOf(file);
    const isIndexed = (record: Uint8Array): boolean => {
      const hash = this.contentHasher.hash(record);
      return hash !== null && block.hashes.hasContent(local, hash);
    };
    return {
      file,
      onDisk,
      member,
      spot: { offset, length, ordinal: places.ordinal(local), format, isIndexed },
      location: {
        path: memberPath(file.relative, name),
        label: memberPath(memberPath(shownPath(file.path), inZip), name),
        offset,
        length,
      },
    };
  }

  private makeSets(): QuerySets {
    return new QuerySets(this.index, (text) => findLike(this.index, this.vocabulary, text));
  }

  private async parse(text: string): Promise<QueryNode> {
    const parsed = parseQuery(text, fieldLookup(this.index));
    if (!parsed.ok) throw parsed.error;
    if (holdsLike(parsed.value)) await this.vocabulary.update();
    return parsed.value;
  }

  private async hints(text: string, query: QueryNode, withCopies: boolean): Promise<QueryResult['hints']> {
    await this.vocabulary.update();
    const { index, sets, vocabulary } = this;
    const shown = index.shown.rows(withCopies);
    return findHints({ index, sets, vocabulary, fields: fieldLookup(index), shown }, text, query);
  }
}

function holdsLike(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(holdsLike);
  return node.kind === 'not' ? holdsLike(node.child) : node.kind === 'like';
}

/** Of a listed file: the path of what lies on disk, relative to what was opened, and where it is a zip's member, that one's name. */
function partsOf({ path, relative, steps }: ListedFile): { readonly onDisk: string; readonly member: string | null } {
  const name = `${shownPath(basename(path))}!/`;
  const at = steps.length === 0 ? -1 : relative.indexOf(name);
  if (at < 0) return { onDisk: relative, member: null };
  return { onDisk: relative.slice(0, at + name.length - 2), member: relative.slice(at + name.length) };
}

function noSuchEvent(): AppError {
  return new AppError('not-found', 'there is no such event in the open archive');
}
