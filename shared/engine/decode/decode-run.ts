/** What a decode thread does: takes files one after another, reads them, and hands out segments. */
import type { FileProblem } from '#contract/types';
import { FileDecoder } from '../sources/decode-file';
import type { ListedFile } from '../sources/list-files';
import { ProblemList } from '../formats/problem-list';
import { RecordReader } from '../formats/record-reader';
import type { FileOutcome } from './import-types';
import { SegmentBuilder } from './segment-builder';
import type { Segment } from './segment';

/** What the run asks and tells of its surroundings. All of it may block, and so hold the run back. */
export interface RunHost {
  /** The number of the next file to read, or -1 when there is none left. */
  nextFile(): number;
  isCancelled(): boolean;
  /** The events so far, and the place in the file at hand; called some thousand times a second. */
  progress(events: number, filePosition: number): void;
  /** Rows, if there are any, and the files whose last rows are among these or earlier ones. */
  deliver(segment: Segment | null, outcomes: readonly FileOutcome[]): void;
}

/** The first segments are small, so that there is something to see at once. */
const FIRST_ROWS = [1024, 8192];
const MAX_ROWS = 32_768;
const MAX_SEGMENT_BYTES = 24 * 2 ** 20;
/** Rows wait no longer than this; later on ever longer, since large segments make the better index. */
const FIRST_AGE_MS = 100;
const MAX_AGE_MS = 1000;
const AGE_GROWTH = 1.4;

export class DecodeRun {
  private readonly files: readonly ListedFile[];
  private readonly host: RunHost;
  private readonly builder: SegmentBuilder;
  private readonly decoder = new FileDecoder();
  private outcomes: FileOutcome[] = [];
  private delivered = 0;
  private events = 0;
  private maxRows = FIRST_ROWS[0] ?? MAX_ROWS;
  private maxAgeMs = FIRST_AGE_MS;
  private lastDelivery = performance.now();
  private reader: RecordReader | null = null;

  /** @param hashSeed see `ImportOptions.hashSeed` */
  constructor(files: readonly ListedFile[], hashSeed: string, host: RunHost) {
    this.files = files;
    this.builder = new SegmentBuilder(hashSeed);
    this.host = host;
  }

  /** Reads until there is no file left or the import is cancelled. `between` is called before each file. */
  async run(between: () => Promise<void> | void): Promise<void> {
    while (!this.host.isCancelled()) {
      await between();
      const number = this.host.nextFile();
      const file = this.files[number];
      if (file === undefined) break;
      await this.readFile(number, file);
      if (performance.now() - this.lastDelivery > this.maxAgeMs) this.deliver();
    }
    this.deliver();
  }

  private async readFile(number: number, file: ListedFile): Promise<void> {
    const { builder, host } = this;
    const problems = new ProblemList();
    builder.startFile(number);
    const unplaced = builder.unplacedValues;
    let events = 0;
    const reader = new RecordReader(builder, problems, () => {
      this.events += reader.events - events;
      events = reader.events;
      this.afterRows();
    });
    this.reader = reader;
    const problem = await this.decoder.decode(file.path, file.sizeBytes, (piece, isLast, position) => {
      if (host.isCancelled()) reader.stop();
      reader.push(piece, isLast);
      host.progress(this.events, position);
      return reader.wantsMore;
    });
    if (problem !== null) problems.add(problem);
    if (builder.unplacedValues > unplaced) problems.add(unplacedProblem(builder.unplacedValues - unplaced));
    if (host.isCancelled()) {
      const message = 'the import was cancelled before the end of this file';
      problems.add({ code: 'unreadable', severity: 'loss', message, atByte: reader.totalBytes, snippet: '' });
    }
    const report = problems.report({
      path: file.relative,
      sizeBytes: file.sizeBytes,
      events: reader.events,
      recognisedAs: reader.recognisedAs,
      isAside: reader.isAside,
    });
    this.outcomes.push({ file: number, member: null, report, bytesJson: reader.totalBytes });
  }

  private afterRows(): void {
    if (this.host.isCancelled()) this.reader?.stop();
    else if (
      this.builder.rowCount >= this.maxRows ||
      this.builder.sizeBytes > MAX_SEGMENT_BYTES ||
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
    this.delivered += 1;
    this.maxRows = FIRST_ROWS[this.delivered] ?? MAX_ROWS;
    this.maxAgeMs = Math.min(MAX_AGE_MS, this.maxAgeMs * AGE_GROWTH);
    this.lastDelivery = performance.now();
  }
}

function unplacedProblem(values: number): FileProblem {
  const message = `${String(values)} values stand under keys too long or too many to be told apart: words find them, fields do not`;
  return { code: 'too-large', severity: 'note', message, atByte: null, snippet: '' };
}
