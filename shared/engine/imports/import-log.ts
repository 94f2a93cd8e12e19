/** What the imports into one archive reported about its sources and files. */
import type { SourceId } from '#contract/ids';
import type { ImportLimits } from '#contract/limits';
import type { FileReport, FilesPage, FilesRequest } from '#contract/report';
import type { ImportProgress, SourceRef } from '#contract/sources';
import type { FileOutcome } from '../decode/import-types';
import { FileRecords } from './file-records';
import { pathRoot } from './source-prefixes';
import { ListingBuilder, type FileListing } from '../sources/file-listing';
import { isSameState } from '../sources/file-state';
import type { ListedFile, ListedState } from '../sources/listed-file';
import { memberPath } from '../sources/member';

/** One import: its listing, and the sources it reads. */
interface ImportPart {
  /** The number of its file 0 over all imports. */
  readonly firstFile: number;
  /** The number of its source 0 over all imports. */
  readonly firstSource: number;
  readonly sources: readonly SourceRef[];
  readonly limits: ImportLimits;
  /** Empty where none of its sources is open now. */
  files: FileListing;
  fileCount: number;
  /** By source. */
  bytesOnDisk: readonly number[];
  cancelled: boolean;
}

/** Duplicates and versions of a file, by the place of its record. */
export type CountsOf = (record: number) => { readonly duplicates: number; readonly versions: number };

const noFiles = new ListingBuilder().build();

const maxFiles = 500;
/** The most problems on one page of files; past it, each file has only its first few. */
const maxPageProblems = 10_000;
export const fewProblems = 20;

export class ImportLog {
  private latestProgress: ImportProgress | null = null;
  private lastElapsedMs = 0;
  private readonly parts: ImportPart[] = [];
  private readonly removed = new Set<number>();
  private all = new FileRecords();
  private byStatus = { read: 0, partial: 0, unread: 0, ignored: 0 };
  private sorted: Uint32Array | null = null;
  /** The open sources, by number. */
  private open: ReadonlyMap<number, SourceRef> = new Map();

  /** Progress of the running import; null before its first files are known. */
  get progress(): ImportProgress | null {
    return this.latestProgress;
  }

  /** Of the last import. */
  get elapsedMs(): number {
    return this.lastElapsedMs;
  }

  /** Files of each status. */
  get counts(): Readonly<Record<FileReport['status'], number>> {
    return this.byStatus;
  }

  get records(): FileRecords {
    return this.all;
  }

  /** The open sources, in the order they were opened. */
  get sources(): readonly SourceRef[] {
    return [...this.open.values()];
  }

  /** The limits of each import that has an open source. */
  get limits(): readonly ImportLimits[] {
    const open = this.parts.filter(({ sources, firstSource }) =>
      sources.some((_, at) => this.isOpen(firstSource + at)),
    );
    return open.map(({ limits }) => limits);
  }

  /** Whether an import with an open source was stopped early. */
  get cancelled(): boolean {
    return this.parts.some(
      (part) => part.cancelled && part.sources.some((_, at) => this.isOpen(part.firstSource + at)),
    );
  }

  /** An import begins; all later reports are about it. */
  begin(sources: readonly SourceRef[], limits: ImportLimits): void {
    const last = this.parts.at(-1);
    this.latestProgress = null;
    this.parts.push({
      firstFile: this.firstFile + (last?.fileCount ?? 0),
      firstSource: last === undefined ? 0 : last.firstSource + last.sources.length,
      sources,
      limits,
      files: noFiles,
      fileCount: 0,
      bytesOnDisk: [],
      cancelled: false,
    });
    this.findOpen();
  }

  /** The number of the running import's file 0. */
  get firstFile(): number {
    return this.parts.at(-1)?.firstFile ?? 0;
  }

  /** How far the running import has come. */
  reportProgress(progress: ImportProgress): void {
    this.latestProgress = progress;
  }

  /** The files that the running import will read. */
  listed(files: FileListing, bytesOnDisk: readonly number[]): void {
    const last = this.parts.at(-1);
    if (last === undefined) return;
    last.files = files;
    last.fileCount = files.length;
    last.bytesOnDisk = bytesOnDisk;
  }

  add({ file, source: reported, member, report, bytesJson, content }: FileOutcome): void {
    const part = this.parts.at(-1);
    if (part === undefined) return;
    const listed = file === null ? undefined : part.files.sourceOf(file);
    const source = part.firstSource + (listed ?? reported ?? 0);
    if (!this.isOpen(source)) return;
    this.byStatus[report.status]++;
    this.sorted = null;
    this.all.add({
      ...report,
      source,
      file: listed === undefined || file === null ? null : part.firstFile + file,
      member: member?.ordinal ?? null,
      name: listed === undefined ? report.path : (member?.name ?? ''),
      bytesJson,
      content,
    });
  }

  /** The import has ended. */
  end(cancelled: boolean, elapsedMs: number): void {
    const last = this.parts.at(-1);
    if (last === undefined) return;
    last.cancelled = cancelled;
    this.lastElapsedMs = elapsedMs;
  }

  /** The import has failed: not all listed files were read, and not all that were have been reported. */
  breakOff(): void {
    const last = this.parts.at(-1);
    if (last !== undefined) last.cancelled = true;
  }

  /** Which files are a source's own, by number. */
  filesOf(sourceId: SourceId): (file: number) => boolean {
    const own = new Set(this.numbersOf(sourceId));
    return (file) => own.has(this.sourceNumberOf(file) ?? -1);
  }

  /** Forgets a source and its files. */
  remove(sourceId: SourceId): void {
    for (const number of this.numbersOf(sourceId)) this.removed.add(number);
    this.findOpen();
    for (const part of this.parts) {
      if (part.sources.every((_, at) => !this.isOpen(part.firstSource + at))) part.files = noFiles;
    }
    this.all = this.all.without((source) => this.removed.has(source));
    this.byStatus = { read: 0, partial: 0, unread: 0, ignored: 0 };
    for (let at = 0; at < this.all.length; at++) this.byStatus[this.all.status(at)]++;
    this.sorted = null;
  }

  /** A file by its number over all imports; undefined where there is none, or its source was removed. */
  file(number: number): ListedFile | undefined {
    const part = this.partOf(number);
    const listed = part?.files.at(number - part.firstFile);
    if (part === undefined || listed === undefined) return undefined;
    return this.isOpen(part.firstSource + listed.source) ? listed : undefined;
  }

  /** All files of the open sources. */
  *openListedFiles(): Generator<ListedFile> {
    for (const { files, firstSource } of this.parts) {
      for (const file of files) if (this.isOpen(firstSource + file.source)) yield file;
    }
  }

  /** The number of the source that a file belongs to. */
  sourceNumberOf(file: number): number | undefined {
    const part = this.partOf(file);
    const source = part?.files.sourceOf(file - part.firstFile);
    return part === undefined || source === undefined ? undefined : part.firstSource + source;
  }

  /** The open sources with their numbers, in the order they were opened. */
  get numberedSources(): ReadonlyMap<number, SourceRef> {
    return this.open;
  }

  /** How the paths of all open files begin. */
  pathRoots(): ReadonlySet<string> {
    const roots = new Set<string>();
    for (const { relative } of this.openListedFiles()) roots.add(pathRoot(relative));
    for (let at = 0; at < this.all.length; at++) if (this.all.file(at) === null) roots.add(pathRoot(this.all.name(at)));
    return roots;
  }

  /** Bytes on disk of all open files. */
  bytesOnDisk(): number {
    let sum = 0;
    for (const { bytesOnDisk, firstSource } of this.parts) {
      bytesOnDisk.forEach((bytes, source) => {
        if (this.isOpen(firstSource + source)) sum += bytes;
      });
    }
    return sum;
  }

  /** Whether a file on disk is open already, unchanged. */
  openFiles(): (file: ListedState) => boolean {
    const open = new Map<string, ListedState>();
    for (const file of this.openListedFiles()) open.set(file.path, file);
    return (file) => {
      const known = open.get(file.path);
      return known !== undefined && isSameState(known, file);
    };
  }

  /** Places of the records, by path. */
  byPath(): Uint32Array {
    if (this.sorted === null) {
      // Each listing is ordered by path, so this is nearly sorted, for which the sort of plain arrays is fast.
      const places = Array.from(this.all.byPlace());
      const paths = Array.from({ length: this.all.length }, (_, at) => this.pathOnDisk(at));
      const members = (at: number): string => (this.all.file(at) === null ? '' : this.all.name(at));
      places.sort((one, other) => byText(paths[one] ?? '', paths[other] ?? '') || byText(members(one), members(other)));
      this.sorted = Uint32Array.from(places);
    }
    return this.sorted;
  }

  /** A record as reported to the window, with at most so many of its problems. */
  report(at: number, countsOf: CountsOf, mostProblems = Infinity): FileReport {
    const { source, status, recognisedAs, sizeBytes, events, problems, problemCount } = this.all.get(at);
    const { duplicates, versions } = countsOf(at);
    return {
      path: this.pathOf(at),
      sourceId: this.open.get(source)?.sourceId ?? null,
      status,
      recognisedAs,
      sizeBytes,
      events,
      duplicates,
      ...(versions === 0 ? {} : { versions }),
      problems: problems.length <= mostProblems ? problems : problems.slice(0, mostProblems),
      problemCount,
    };
  }

  /** All of them, by path. */
  *reports(countsOf: CountsOf): Generator<FileReport> {
    for (const at of this.byPath()) yield this.report(at, countsOf);
  }

  /** A window of the files. */
  page({ which, search, start, count }: FilesRequest, countsOf: CountsOf): FilesPage {
    const wanted = search.toLowerCase();
    const from = Math.max(0, Math.floor(start));
    const to = from + Math.max(0, Math.min(maxFiles, Math.floor(count)));
    const files: FileReport[] = [];
    let total = 0;
    let room = maxPageProblems;
    for (const at of this.byPath()) {
      const fits = which === 'all' || (which === 'troubled' ? this.all.isTroubled(at) : this.all.status(at) === which);
      if (!fits || (wanted !== '' && !this.pathOf(at).toLowerCase().includes(wanted))) continue;
      if (total >= from && total < to) {
        const report = this.report(at, countsOf, Math.max(fewProblems, room));
        room -= report.problems.length;
        files.push(report);
      }
      total++;
    }
    return { total, start: from, files };
  }

  /** The path of the file that is read, or of what could not be listed as a file. */
  private pathOnDisk(at: number): string {
    const file = this.all.file(at);
    return file === null ? this.all.name(at) : (this.file(file)?.relative ?? '');
  }

  /** The path of a record's text, as it is reported. */
  pathOf(at: number): string {
    const name = this.all.name(at);
    return memberPath(this.pathOnDisk(at), this.all.file(at) === null || name === '' ? null : name);
  }

  private isOpen(source: number): boolean {
    return !this.removed.has(source);
  }

  private numbersOf(sourceId: SourceId): number[] {
    return Array.from(this.open).flatMap(([number, source]) => (source.sourceId === sourceId ? number : []));
  }

  private findOpen(): void {
    const all = this.parts.flatMap(({ firstSource, sources }) =>
      sources.map((source, at) => [firstSource + at, source] as const),
    );
    this.open = new Map(all.filter(([number]) => this.isOpen(number)));
  }

  private partOf(file: number): ImportPart | undefined {
    return this.parts.findLast((part) => part.firstFile <= file);
  }
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
