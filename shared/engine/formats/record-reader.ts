/**
 * Reads one text: detects its format by its first bytes, has it read as JSON, a table or other text, and reports its format.
 *
 * Bytes come in chunks of any size.
 */
import { defaultLimits } from '#contract/limits';
import type { FileFormat, FileProblem } from '#contract/report';
import { standInTimes } from '#core/fields';
import type { SegmentBuilder, TimeCounts } from '../scan/segment-builder';
import type { Lent } from '../text/lent';
import { firstLook } from './first-bytes';
import { Input } from './input';
import { JsonReader } from './json-reader';
import { magicBytes, knownBytes } from './known-files';
import type { ProblemList } from './problem-list';
import type { ReaderParts } from './reader-parts';
import { FormatDetection } from './format-detection';
import { snippetAt } from './snippet';
import { TableReader } from './table-reader';
import { TextReader } from './text-reader';
import { WrappedEvents, type ReportProblem } from './wrapped-events';

/** Events read between two looks at the clock and at the size of the segment. */
const rowsOfBatch = 128;
/** Steps without an event between two calls of `onRows`. */
const stepsBetween = 4096;
const nul = 0x00;

export interface ReaderOptions {
  /** Events read between two calls of `onRows`, at most, unless one value holds more of them. */
  readonly batchRows?: number;
  /**
   * A longer record is skipped. CloudTrail's own limit for an event is far below 1 MB; with the default, and the chunk after the
   * record, buffers that double stay at 64 MB.
   */
  readonly recordBytes?: number;
  /** How many times their size all packed texts of a file may unpack to: see `packed-text.ts`. */
  readonly ratio?: number;
}

export class RecordReader {
  /** Events read so far. */
  events = 0;
  private readonly problems: ProblemList;
  private readonly onRows: () => void;
  private readonly parts: ReaderParts;
  private readonly input = new Input();
  private readonly detection = new FormatDetection();
  /** The detected format; null until it is known. */
  private body: JsonReader | TableReader | TextReader | null = null;
  private isDone = false;
  private isFinished = false;
  private readonly repeatedBefore: number;
  private readonly timesBefore: TimeCounts;

  /** @param onRows called after some events, before the next one is read, and regularly where there are none */
  constructor(
    builder: SegmentBuilder,
    problems: ProblemList,
    onRows: () => void,
    {
      batchRows = rowsOfBatch,
      recordBytes = defaultLimits.recordBytes,
      ratio = defaultLimits.ratio,
    }: ReaderOptions = {},
  ) {
    this.problems = problems;
    this.onRows = onRows;
    const { input, detection, report } = this;
    const wrapped = new WrappedEvents(builder, input, detection, { ratio, recordBytes }, report);
    this.parts = { builder, input, detection, wrapped, report, batchRows, recordBytes };
    this.repeatedBefore = builder.repeatedKeyRecords;
    this.timesBefore = builder.timeCounts;
  }

  /** The format detected so far; null: none. */
  get recognisedAs(): FileFormat | null {
    return this.detection.format;
  }

  /** Whether the file has only content that never holds events. */
  get isIgnored(): boolean {
    return this.detection.isIgnored;
  }

  /**
   * Whether the bytes so far are a complete file as CloudTrail writes it, a log file or a digest: one JSON text, and nothing after it.
   */
  get isWrittenByCloudTrail(): boolean {
    const { format } = this.detection;
    const isWhole = this.body instanceof JsonReader && this.body.isBetweenDocuments && this.input.isUsedUp;
    return isWhole && (format === 'records' || format === 'digest');
  }

  /** Bytes received so far. */
  get totalBytes(): number {
    return this.input.total;
  }

  /** False once nothing more of the file can be read. */
  get wantsMore(): boolean {
    return !this.isDone;
  }

  /** Stops reading for good. To be called from `onRows`. */
  stop(): void {
    this.isDone = true;
  }

  /** Takes the next bytes of the file; with `isLast`, there are no more. */
  push(chunk: Lent, isLast: boolean): void {
    const { input } = this;
    if (input.take(chunk, isLast) && !this.isDone) {
      this.parts.builder.load(input.bytes, input.end);
      for (let steps = 1; this.step(); steps++) {
        // A part without events may be as long as the text: cancelling must not wait for its end.
        if (steps % stepsBetween === 0) this.onRows();
      }
    }
    if (isLast || this.isDone) this.finish();
    if (this.isDone) input.at = input.end;
    input.keep();
  }

  /** One step; false where more bytes are needed, or nothing is left to do. */
  private step(): boolean {
    const { body } = this;
    if (body === null) return this.begin();
    const { builder } = this.parts;
    const rows = builder.rowCount;
    const goesOn = body.step();
    const read = builder.rowCount - rows;
    if (body.isDone) this.isDone = true;
    if (read > 0) {
      this.events += read;
      this.onRows();
    }
    return goesOn && !this.isDone;
  }

  /** Detects how the text is read. */
  private begin(): boolean {
    const { input, parts, detection } = this;
    if (input.bytes[input.at] === nul && input.at < input.end) {
      // Some kinds of files begin with NUL bytes.
      if (input.end - input.at < magicBytes && !input.isLast) return false;
      if (knownBytes(input.bytes, input.at, input.end) === null && !input.passPadding()) return false;
    } else if (!input.passPadding()) return false;
    if (input.at >= input.end) {
      if (!input.isLast) return false;
      const what = input.total === 0 ? 'no bytes' : input.zeros > 0 ? 'NUL bytes only' : 'white space only';
      this.report('empty', what, null);
      this.isDone = true;
      return false;
    }
    const look = firstLook(input.bytes, input.at, input.end, input.isLast);
    switch (look.kind) {
      case 'needMore':
        return false;
      case 'json':
      case 'lines':
        this.body = new JsonReader(parts, look.kind === 'lines');
        return true;
      case 'text':
        this.body = new TextReader(parts, look.without);
        return true;
      case 'table':
        detection.looksLike(look.table.shape.format);
        this.body = new TableReader(parts, look.table.shape);
        input.at = look.table.next;
        return true;
      case 'known':
        detection.looksLike(look.file.format);
        if (!look.file.isIgnored) this.report('unknown-format', look.file.message, input.at);
        break;
      case 'unknown':
        this.report('unknown-format', look.message, input.at);
    }
    this.isDone = true;
    return false;
  }

  /** Reports problems of the file as a whole. */
  private finish(): void {
    if (this.isFinished) return;
    this.isFinished = true;
    const { input, detection, parts, events } = this;
    const note = (message: string): void => {
      this.report('oddity', message, null, 'note');
    };
    if (input.zeros > 0 && events > 0) {
      note(`NUL bytes between or after the records, skipped: ${String(input.zeros)}`);
    }
    if (detection.ignoredCount > 0 && events > 0) {
      note(`digests and similar objects among the events, ignored: ${String(detection.ignoredCount)}`);
    }
    if (parts.wrapped.guessed > 0) {
      note(`events under unknown keys: ${String(parts.wrapped.guessed)}, recognised by their content`);
    }
    const repeated = parts.builder.repeatedKeyRecords - this.repeatedBefore;
    if (repeated > 0) {
      note(`records with a key twice in one object: ${String(repeated)}; the last value counts, both are found`);
    }
    this.noteTimes(note);
    if (parts.wrapped.cells > 0 && events === 0) {
      detection.other();
      this.report('not-events', 'a Logs Insights result without events: its query has to ask for @message', null);
    }
  }

  private noteTimes(note: (message: string) => void): void {
    const { zoneAssumed, standIns } = this.parts.builder.timeCounts;
    const assumed = zoneAssumed - this.timesBefore.zoneAssumed;
    if (assumed > 0) note(`times without a time zone, taken as UTC: ${String(assumed)}`);
    standInTimes.forEach(({ key }, i) => {
      const count = (standIns[i] ?? 0) - (this.timesBefore.standIns[i] ?? 0);
      if (count > 0) note(`events without an eventTime, placed in time by their ${key}: ${String(count)}`);
    });
  }

  private readonly report: ReportProblem = (code, message, at, severity = 'loss', limit = 'recordBytes') => {
    const { bytes, base, end } = this.input;
    const problem: FileProblem = {
      code,
      severity,
      message,
      atByte: at === null ? null : base + at,
      // There may be millions of problems: those that are only counted need none. The bytes may be gone, since a text is described only when all of it
      // was searched.
      snippet: at === null || at < 0 || this.problems.isFull ? '' : snippetAt(bytes, at, end),
    };
    this.problems.add(code === 'limit' ? { ...problem, limit } : problem);
  };
}
