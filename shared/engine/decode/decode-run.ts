/** What a decode thread does: takes files one after another, reads them, and delivers segments. */
import type { ImportLimits } from '#contract/limits';
import type { FileFormat, FileProblem, FileReport } from '#contract/report';
import { asUtf8 } from '../text/encoding';
import { FileDecoder } from '../sources/decode-file';
import type { FileEnd, FileSink } from '../sources/file-sink';
import type { TakeBytes } from '../text/take-bytes';
import { splitPartText } from '../sources/split-parts';
import { memberPath, type MemberRef } from '../sources/member';
import type { FileListing } from '../sources/file-listing';
import type { ListedFile } from '../sources/listed-file';
import { ProblemList } from '../formats/problem-list';
import { RecordReader } from '../formats/record-reader';
import { Utf8Check } from '../text/utf8-check';
import { isDocumentName, isOsMetadataName } from './file-names';
import type { FileOutcome } from './import-types';
import { TextHash } from './text-content';
import { SegmentBuilder } from '../scan/segment-builder';
import type { Segment } from '../scan/segment';

/** What the run needs from its host. Each call may block, which slows the run down. */
export interface RunHost {
  /** The number of the next file to read, or -1 when there is none left. */
  nextFile(): number;
  isCancelled(): boolean;
  /** The events so far, and the position in the current file; called some thousand times a second. */
  progress(events: number, filePosition: number): void;
  /** Rows, if there are any, and the files whose last rows are among these or earlier ones. */
  deliver(segment: Segment | null, outcomes: readonly FileOutcome[]): void;
}

/** The first segments are small, so that there is something to see at once. */
const firstRows = [1024, 8192];
const rowLimit = 32_768;
const maxSegmentBytes = 24 * 2 ** 20;
/** Rows wait no longer than this; later on ever longer, since large segments make the better index. */
const firstAgeMs = 100;
const ageLimitMs = 1000;
const ageGrowth = 1.4;

export interface RunOptions {
  readonly limits: ImportLimits;
  /** See {@link ImportOptions.hashSeed}. */
  readonly hashSeed: string;
}

/** Problems of a text without any readable content. */
const noFormat: ReadonlySet<FileProblem['code']> = new Set(['unknown-format', 'empty']);

/** One text while it is read. */
interface OpenText {
  readonly reader: RecordReader;
  readonly problems: ProblemList;
  readonly utf8: Utf8Check;
  readonly hash: TextHash;
  /** How many values of earlier texts have no path of their own. */
  readonly unplaced: number;
  /** Where the first complete CloudTrail file ends, and how many events it holds; null where nothing follows it, or there is none. */
  writtenEnd: { readonly atByte: number; readonly events: number } | null;
}

export class DecodeRun {
  private readonly files: FileListing;
  private readonly host: RunHost;
  private readonly builder: SegmentBuilder;
  private readonly decoder: FileDecoder;
  private readonly limits: ImportLimits;
  private outcomes: FileOutcome[] = [];
  private delivered = 0;
  private events = 0;
  private maxRows = firstRows[0] ?? rowLimit;
  private maxAgeMs = firstAgeMs;
  private lastDelivery = performance.now();
  private text: OpenText | null = null;
  /** Members of the current file whose end was reported. */
  private membersTold = 0;

  constructor(files: FileListing, host: RunHost, { limits, hashSeed }: RunOptions) {
    this.files = files;
    this.host = host;
    this.builder = new SegmentBuilder(hashSeed);
    this.decoder = new FileDecoder(limits);
    this.limits = limits;
  }

  /** Reads until there is no file left or the import is cancelled. `between` is called before each file. */
  async run(between: () => Promise<void> | void): Promise<void> {
    while (!this.host.isCancelled()) {
      await between();
      const number = this.host.nextFile();
      const file = this.files.at(number);
      if (file === undefined) break;
      await this.readFile(number, file);
    }
    this.deliver();
  }

  private readFile(number: number, file: ListedFile): Promise<void> {
    const sink: FileSink = {
      begin: (member) => this.begin(number, member),
      memberEnded: () => this.memberEnded(),
      end: (member, end) => {
        this.endText(number, file, member, end);
      },
      isCancelled: () => this.host.isCancelled(),
    };
    return this.decoder.decode(file, sink);
  }

  private begin(number: number, member: MemberRef | null): TakeBytes {
    const { builder, host } = this;
    const problems = new ProblemList();
    builder.startFile(number, member);
    let events = 0;
    const onRows = (): void => {
      this.events += reader.events - events;
      events = reader.events;
      this.afterRows();
    };
    const reader = new RecordReader(builder, problems, onRows, this.limits);
    const utf8 = new Utf8Check();
    const hash = new TextHash();
    this.text = { reader, problems, utf8, hash, unplaced: builder.unplacedValues, writtenEnd: null };
    const take = asUtf8((piece, isLast, position) => {
      if (host.isCancelled()) reader.stop();
      reader.push(piece, isLast);
      host.progress(this.events, position);
      return reader.wantsMore;
    }, utf8);
    return (piece, isLast, position) => {
      hash.push(piece, isLast);
      return take(piece, isLast, position);
    };
  }

  /**
   * A file that CloudTrail writes is one gzip member and one JSON text: with more, something was added, before or
   * after. Returns whether the bytes so far are such a file: members without
   * anything before it, and members that are a part of it, do not matter.
   */
  private memberEnded(): boolean {
    const { text, builder } = this;
    if (text?.reader.isWrittenByCloudTrail !== true) return false;
    builder.startAppended();
    text.hash.writtenEnded();
    text.writtenEnd = { atByte: text.reader.totalBytes, events: text.reader.events };
    return true;
  }

  private endText(number: number, file: ListedFile, member: MemberRef | null, end: FileEnd): void {
    const { builder, host, text } = this;
    this.text = null;
    const problems = text?.problems ?? new ProblemList();
    for (const problem of end.problems) problems.add(problem);
    const unplaced = text === null ? 0 : builder.unplacedValues - text.unplaced;
    if (unplaced > 0) problems.add(unplacedProblem(unplaced));
    if (text !== null && text.writtenEnd !== null) {
      problems.add(appendedProblem(text.reader.events - text.writtenEnd.events, text.writtenEnd.atByte));
    }
    const invalidAt = text?.utf8.firstInvalid ?? null;
    if (invalidAt !== null && (text?.reader.events ?? 0) > 0) problems.add(notUtf8(invalidAt));
    const bytesJson = text?.reader.totalBytes ?? 0;
    if (host.isCancelled()) {
      const message = 'the import was cancelled before the end of this file';
      problems.add({ code: 'unreadable', severity: 'loss', message, atByte: bytesJson, snippet: '' });
    }
    const path = memberPath(file.relative, member?.name ?? null);
    const part = problems.count > 0 ? splitPartText(path) : null;
    if (part !== null && !problems.listed.some(({ message }) => message === part)) {
      problems.lead({ code: 'bad-archive', severity: 'loss', message: part, atByte: null, snippet: '' });
    }
    const named = text !== null && problems.isOnly(noFormat) ? namedAs(path, invalidAt === null) : null;
    const report = (named !== null ? new ProblemList() : problems).report({
      path,
      sizeBytes: end.packedBytes,
      events: text?.reader.events ?? 0,
      recognisedAs: named ?? end.recognisedAs ?? text?.reader.recognisedAs ?? null,
      isIgnored: named !== null || text?.reader.isIgnored === true,
    });
    const content = host.isCancelled() ? null : (text?.hash.end(report.recognisedAs === 'digest') ?? null);
    this.outcomes.push({ file: number, member, report: this.ofArchive(report), bytesJson, content });
    this.membersTold = member === null ? 0 : this.membersTold + 1;
    if (performance.now() - this.lastDelivery > this.maxAgeMs) this.deliver();
  }

  /** A damaged archive with some members found was partly read, although it has no events of its own. */
  private ofArchive(report: FileReport): FileReport {
    const isArchive = report.recognisedAs === 'zip' || report.recognisedAs === 'tar';
    const isPartial = isArchive && report.status === 'unread' && this.membersTold > 0;
    return isPartial ? { ...report, status: 'partial' } : report;
  }

  private afterRows(): void {
    if (this.host.isCancelled()) this.text?.reader.stop();
    else if (
      this.builder.rowCount >= this.maxRows ||
      this.builder.sizeBytes > maxSegmentBytes ||
      performance.now() - this.lastDelivery > this.maxAgeMs
    ) {
      this.deliver();
    }
  }

  private deliver(): void {
    const { builder, outcomes, host } = this;
    if (builder.rowCount === 0 && outcomes.length === 0) return;
    const segment = builder.rowCount === 0 ? null : builder.take();
    this.outcomes = [];
    host.deliver(segment, outcomes);
    this.delivered++;
    this.maxRows = firstRows[this.delivered] ?? rowLimit;
    this.maxAgeMs = Math.min(ageLimitMs, this.maxAgeMs * ageGrowth);
    this.lastDelivery = performance.now();
  }
}

function appendedProblem(events: number, atByte: number): FileProblem {
  const found =
    events === 0
      ? 'no event'
      : events === 1
        ? '1 event, marked "appended"'
        : `${String(events)} events, marked "appended"`;
  const message = `not all of this file is what CloudTrail wrote: it has more than one gzip member, and CloudTrail writes one; from here on: ${found}`;
  return { code: 'appended', severity: 'note', message, atByte, snippet: '' };
}

function notUtf8(atByte: number): FileProblem {
  const message = 'bytes that are not UTF-8, the first of them here: they show as "\ufffd" and are found by that only';
  return { code: 'oddity', severity: 'note', message, atByte, snippet: '' };
}

function unplacedProblem(values: number): FileProblem {
  const message = `${String(values)} values are under keys too long or too many to be kept apart: words find them, fields do not`;
  return { code: 'too-large', severity: 'note', message, atByte: null, snippet: '' };
}

/** What a file in which nothing could be read is by its name; null: its name says nothing. A licence is a text; a packed file of its name is not. */
function namedAs(path: string, isText: boolean): FileFormat | null {
  if (isOsMetadataName(path)) return 'os-metadata';
  return isText && isDocumentName(path) ? 'document' : null;
}
