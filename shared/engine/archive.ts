/** One open archive: its imports, its search and its events. */
import { randomBytes } from 'node:crypto';
import { epochMs, type SourceId } from '#contract/ids';
import type { ImportLimits } from '#contract/limits';
import type { FilesPage, FilesRequest, ImportReport, TextTarget } from '#contract/report';
import type { ArchiveStatus, SourceRef } from '#contract/sources';
import { reportText } from '#core/report-text';
import { ArchiveIntegrity } from './archive-integrity';
import { ArchiveRecords } from './archive-records';
import { ArchiveSearch } from './archive-search';
import { ImportLog } from './imports/import-log';
import { countByText, makeReport } from './imports/import-report';
import { archiveName } from './imports/source-names';
import type { Segment } from './scan/segment';
import { memberPath } from './sources/member';
import { VisibleIndex } from './visibility/visible-index';

export class Archive {
  readonly log = new ImportLog();
  readonly search: ArchiveSearch;
  readonly records: ArchiveRecords;
  readonly integrity: ArchiveIntegrity;
  /** See `ImportOptions.hashSeed`. */
  readonly hashSeed = randomBytes(16).toString('hex');
  private readonly index: VisibleIndex;
  private state: 'importing' | 'ready' = 'ready';

  /** `prefix` must differ from that of every archive opened before. */
  constructor(prefix: string) {
    const { log, hashSeed } = this;
    const index = new VisibleIndex((file, member) => memberPath(log.file(file)?.relative ?? '', member?.name ?? null));
    this.index = index;
    this.search = new ArchiveSearch(index, prefix);
    this.records = new ArchiveRecords({ index, log, search: this.search, hashSeed });
    this.integrity = new ArchiveIntegrity({ index, log, search: this.search });
    index.stateOfFile = (file, member) => this.integrity.stateOf(log.records.find(file, member?.ordinal ?? null));
  }

  /** An import of these begins. */
  begin(sources: readonly SourceRef[], limits: ImportLimits): void {
    this.log.begin(sources, limits);
    this.state = 'importing';
    this.integrity.restart();
  }

  /** Adds a segment of the running import. */
  addSegment(segment: Segment, thread: number): void {
    this.index.merge(segment, thread, this.log.firstFile);
  }

  /** The import has ended: frees what only it needs, and prepares what the first page needs. */
  settle(): void {
    this.index.settle();
    this.search.prepare();
    this.integrity.ready();
    this.state = 'ready';
  }

  /** Removes a source and its events, whether of the running import or an earlier one. */
  remove(sourceId: SourceId): void {
    this.index.visible.remove(this.log.filesOf(sourceId));
    this.log.remove(sourceId);
    this.search.restart();
    if (this.state === 'ready') this.integrity.ready();
  }

  status(version: number): ArchiveStatus {
    const { index, log, search } = this;
    const { events, appended, first, last } = index.visible.counts(false);
    const isDated = first <= last;
    return {
      state: this.state,
      version,
      name: archiveName(log.sources),
      sources: log.sources,
      events,
      duplicates: index.visible.duplicates.count,
      appended,
      first: isDated ? epochMs(first) : null,
      last: isDated ? epochMs(last) : null,
      filesRead: log.counts.read,
      filesPartial: log.counts.partial,
      filesUnread: log.counts.unread,
      filesIgnored: log.counts.ignored,
      indexBytes: index.byteLength + search.byteLength,
      progress: this.state === 'importing' ? log.progress : null,
    };
  }

  report(): ImportReport {
    return makeReport(this.index, this.log);
  }

  /** `version`: of the app. */
  reportText(version: string, target: TextTarget): string {
    const { index, log } = this;
    const head = {
      madeAt: epochMs(Date.now()),
      version,
      limits: log.limits,
      target,
      integrity: this.integrity.summary(),
    };
    return reportText(head, this.report(), log.reports(countByText(index, log).countsOf));
  }

  files(request: FilesRequest): FilesPage {
    return this.log.page(request, countByText(this.index, this.log).countsOf);
  }
}
