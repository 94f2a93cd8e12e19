/** The report of an archive's imports: the outcome of its files, and counts over the visible events. */
import { epochMs } from '#contract/ids';
import type { FileReport, ImportReport, ValueCount } from '#contract/report';
import { hasBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { fewProblems, type CountsOf, type ImportLog } from './import-log';
import { Matches } from '../search/cross-filter';
import { countField } from '../search/facet-counts';
import { resolveField } from '../search/fields';

const dayMs = 86_400_000;
const maxTroubled = 500;

/** Rows, duplicates and versions by file and by source. */
export interface CountsByText {
  readonly countsOf: CountsOf;
  /** By number of the source. */
  readonly sources: ReadonlyMap<number, { events: number; duplicates: number }>;
}

export function makeReport(index: VisibleIndex, log: ImportLog): ImportReport {
  const { events, undated, outOfRange, first, last, summaryOnly, appended } = index.visible.counts(false);
  const { countsOf, sources } = countByText(index, log);
  const { records } = log;
  const filesOf = new Map<number, number>();
  let bytesJson = 0;
  let filesTroubled = 0;
  const files: FileReport[] = [];
  for (const at of log.byPath()) {
    const source = records.source(at);
    filesOf.set(source, (filesOf.get(source) ?? 0) + 1);
    bytesJson += records.bytesJson(at);
    if (!records.isTroubled(at)) continue;
    filesTroubled++;
    if (files.length < maxTroubled) files.push(log.report(at, countsOf, fewProblems));
  }
  return {
    filesRead: log.counts.read,
    filesPartial: log.counts.partial,
    filesUnread: log.counts.unread,
    filesIgnored: log.counts.ignored,
    files,
    filesTroubled,
    events,
    duplicates: index.visible.duplicates.count,
    versions: index.visible.duplicates.versions,
    summaryOnly,
    appended,
    undated,
    outOfRange,
    first: first > last ? null : epochMs(first),
    last: first > last ? null : epochMs(last),
    sources: Array.from(log.numberedSources, ([number, source]) => ({
      ...source,
      files: filesOf.get(number) ?? 0,
      ...(sources.get(number) ?? { events: 0, duplicates: 0 }),
    })),
    formats: valueCounts(index, 'format', true),
    accounts: valueCounts(index, 'account', false),
    regions: valueCounts(index, 'region', false),
    days: dayCounts(index),
    bytesOnDisk: log.bytesOnDisk(),
    bytesJson,
    elapsedMs: log.elapsedMs,
    cancelled: log.cancelled,
  };
}

/** Counts rows, duplicates and versions to the files and sources they came from. */
export function countByText(index: VisibleIndex, log: ImportLog): CountsByText {
  const duplicates = new Uint32Array(log.records.length);
  const sources = new Map<number, { events: number; duplicates: number }>();
  const { removed, duplicates: known } = index.visible;
  for (const { base, places } of index.blocks) {
    for (let run = 0; run < places.runs; run++) {
      const [from, to] = [base + places.runStart(run), base + places.runStart(run + 1)];
      // A file is removed as a whole, so its first row is enough.
      if (from === to || hasBit(removed, from)) continue;
      let found = 0;
      if (known.count > 0) for (let row = from; row < to; row++) if (known.isDuplicate(row)) found++;
      const file = places.fileOfRun(run);
      const record = found === 0 ? -1 : log.records.find(file, places.memberOfRun(run)?.ordinal ?? null);
      if (record >= 0) duplicates[record] = (duplicates[record] as number) + found;
      const source = log.sourceNumberOf(file) ?? -1;
      const counts = sources.get(source) ?? { events: 0, duplicates: 0 };
      sources.set(source, { events: counts.events + to - from, duplicates: counts.duplicates + found });
    }
  }
  const versions = new Map<number, number>();
  known.forEachVersion((row) => {
    const block = index.blockOf(row);
    if (block === undefined || hasBit(removed, row)) return;
    const local = row - block.base;
    const record = log.records.find(block.places.file(local), block.places.member(local)?.ordinal ?? null);
    versions.set(record, (versions.get(record) ?? 0) + 1);
  });
  const countsOf: CountsOf = (record) => ({ duplicates: duplicates[record] ?? 0, versions: versions.get(record) ?? 0 });
  return { countsOf, sources };
}

/** The most frequent first. */
function valueCounts(index: VisibleIndex, field: string, withDuplicates: boolean): ValueCount[] {
  const matches = new Matches(index.visible.rows(withDuplicates), index.allRows());
  const counts = countField(index, resolveField(index, field), matches);
  if (counts === null) return [];
  const order = Array.from({ length: counts.length }, (_, at) => at);
  order.sort((one, other) => counts.count(other) - counts.count(one) || counts.compare(one, other));
  return order.map((at) => ({ value: counts.text(at), count: counts.count(at) }));
}

/** In order of time. */
function dayCounts(index: VisibleIndex): ValueCount[] {
  const days = new Map<number, number>();
  const shown = index.visible.rows(false);
  for (const block of index.blocks) {
    for (let row = 0; row < block.rowCount; row++) {
      if (!hasBit(shown, block.base + row)) continue;
      const day = Math.floor(block.times.at(row) / dayMs);
      if (!Number.isNaN(day)) days.set(day, (days.get(day) ?? 0) + 1);
    }
  }
  const text = (day: number): string => new Date(day * dayMs).toISOString().replace(/T.*/, '');
  return [...days].sort(([one], [other]) => one - other).map(([day, count]) => ({ value: text(day), count }));
}
