/** What an import said about its files, for the status line and the report. */
import { epochMs } from '#contract/ids';
import type { FileReport, ImportProgress, ImportReport, ValueCount } from '#contract/types';
import type { FileOutcome } from './decode/import-types';
import type { EventIndex } from './index/event-index';
import type { ListedFile } from './sources/list-files';
import { Matches } from './search/cross-filter';
import { countField } from './search/facet-counts';
import { resolveField } from './search/fields';

const dayMs = 86_400_000;

export class ImportLog {
  files: readonly ListedFile[] = [];
  progress: ImportProgress | null = null;
  elapsedMs = 0;
  cancelled = false;
  readonly counts = { read: 0, partial: 0, unread: 0, aside: 0 };
  private bytesJson = 0;
  private readonly troubled: FileReport[] = [];

  add({ report, bytesJson }: FileOutcome): void {
    this.counts[report.status]++;
    this.bytesJson += bytesJson;
    if (report.problemCount > 0 || report.status !== 'read') this.troubled.push(report);
  }

  report(index: EventIndex): ImportReport {
    return {
      filesRead: this.counts.read,
      filesPartial: this.counts.partial,
      filesUnread: this.counts.unread,
      filesAside: this.counts.aside,
      filesTroubled: this.troubled.length,
      files: this.troubled.toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0)),
      events: index.total,
      copies: 0,
      versions: 0,
      summaryOnly: 0,
      sources: [],
      formats: [],
      undated: index.undated,
      first: index.first > index.last ? null : epochMs(index.first),
      last: index.first > index.last ? null : epochMs(index.last),
      accounts: valueCounts(index, 'account'),
      regions: valueCounts(index, 'region'),
      days: dayCounts(index),
      bytesOnDisk: this.files.reduce((sum, file) => sum + file.sizeBytes, 0),
      bytesJson: this.bytesJson,
      elapsedMs: this.elapsedMs,
      cancelled: this.cancelled,
    };
  }
}

/** The most frequent first. */
function valueCounts(index: EventIndex, field: string): ValueCount[] {
  const counts = countField(index, resolveField(index, field), new Matches(index.allRows(), index.allRows()));
  if (counts === null) return [];
  const order = Array.from({ length: counts.length }, (_, at) => at);
  order.sort((one, other) => counts.count(other) - counts.count(one) || counts.compare(one, other));
  return order.map((at) => ({ value: counts.text(at), count: counts.count(at) }));
}

/** In order of time. */
function dayCounts(index: EventIndex): ValueCount[] {
  const days = new Map<number, number>();
  for (const block of index.blocks) {
    for (let row = 0; row < block.rowCount; row++) {
      const day = Math.floor(block.times.at(row) / dayMs);
      if (!Number.isNaN(day)) days.set(day, (days.get(day) ?? 0) + 1);
    }
  }
  const text = (day: number): string => new Date(day * dayMs).toISOString().replace(/T.*/, '');
  return [...days].sort(([one], [other]) => one - other).map(([day, count]) => ({ value: text(day), count }));
}
