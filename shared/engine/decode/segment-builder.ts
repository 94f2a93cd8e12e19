/**
 * Gathers records into segments: one per decode thread, for a whole import.
 *
 * A record counts only once it is read to its end and known to be an event; whatever it left behind before is taken back.
 */
import { withRoom } from './bytes';
import { DerivedValues } from './derived-values';
import { pathOfTag, pinnedPaths, typeOfTag, ValueDictionary } from './dictionary';
import { Entry } from './intern-table';
import { LeafLog } from './leaf-log';
import { Scanner } from './scanner';
import { Status, type Fault } from './scan-status';
import { sortCoded, sortTexts, sortUuids } from './segment-columns';
import type { FileRun, NewValues, Segment } from './segment';
import { Shapes } from './shapes';

/** How a record ended. */
export const Outcome = {
  /** It is a row now. */
  row: 0,
  needMore: 1,
  bad: 2,
  /** A JSON object, and no event. */
  notEvent: 3,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** A path is looked at again each time this many of its values have come … */
const WINDOW = 1000;
/** … and becomes an identifier column where more than this share of them was new. */
const IDENTIFIER_SHARE = 0.6;

export class SegmentBuilder {
  private readonly shapes = new Shapes();
  private readonly dictionary = new ValueDictionary();
  private readonly log = new LeafLog();
  private readonly scanner = new Scanner(this.shapes, this.dictionary, this.log);
  private readonly derived = new DerivedValues(this.shapes, this.dictionary, this.log);
  private rows = 0;
  /** Where each row's leaves end in the log. */
  private rowEnds = new Uint32Array(4096);
  private times = new Float64Array(4096);
  private canonicalTimes = new Uint8Array(512);
  private offsets = new Float64Array(4096);
  private lengths = new Uint32Array(4096);
  private files: FileRun[] = [];
  private pathsSent = 0;
  private valuesSent = 0;
  private bytesSent = 0;
  /** By path: values since the last look, and codes given out by then. */
  private windowCount = new Uint32Array(1024);
  private windowDistinct = new Uint32Array(1024);

  get rowCount(): number {
    return this.rows;
  }

  /** About how much memory the rows at hand take. */
  get sizeBytes(): number {
    return this.log.sizeBytes + this.rows * 28;
  }

  /** What was wrong with the last bad record; offsets are into the bytes it was read from. */
  get fault(): Fault {
    return this.scanner.fault;
  }

  /** The offset behind the last record that became a row or was no event. */
  get next(): number {
    return this.scanner.next;
  }

  /** The rows to come are from this file. */
  startFile(file: number): void {
    const last = this.files.at(-1);
    if (last?.rowStart === this.rows) this.files.pop();
    this.files.push({ file, rowStart: this.rows });
  }

  /**
   * Reads the record at `start`. The bytes must be readable for `SLACK` bytes past `end`.
   *
   * @param offset Where the record begins in its file.
   */
  read(bytes: Uint8Array, view: DataView, start: number, end: number, offset: number): Outcome {
    const { log, scanner, shapes } = this;
    const { count, uuidCount, textCount } = log;
    const values = this.dictionary.values.count;
    const places = shapes.placeCount;
    const paths = shapes.paths.length;
    const glues = scanner.glueCount;
    const status = scanner.scan(bytes, view, start, end, this.rows);
    if (status === Status.ok && this.derived.append(count, uuidCount, textCount, scanner.isCanonicalTime)) {
      this.addRow(offset, scanner.next - start);
      return Outcome.row;
    }
    log.rollback(count, uuidCount, textCount);
    this.dictionary.rollback(values);
    shapes.rollback(places, paths);
    this.derived.forgetPaths(paths);
    scanner.forgetGlues(glues);
    return status === Status.ok ? Outcome.notEvent : status;
  }

  /** The rows so far as a segment, with what is new in the dictionary. The builder goes on empty. */
  take(): Segment {
    const { log, rows } = this;
    const last = this.files.at(-1);
    const segment: Segment = {
      rowCount: rows,
      times: this.times.slice(0, rows),
      canonicalTimes: this.canonicalTimes.slice(0, (rows + 7) >> 3),
      offsets: this.offsets.slice(0, rows),
      lengths: this.lengths.slice(0, rows),
      files: last?.rowStart === rows ? this.files.slice(0, -1) : this.files,
      newPaths: this.shapes.paths.slice(this.pathsSent),
      newValues: this.takeValues(),
      coded: sortCoded(log, this.rowEnds, rows, this.shapes.paths.length),
      uuids: sortUuids(log, this.shapes.paths.length),
      texts: sortTexts(log, this.shapes.paths.length),
    };
    this.pathsSent = this.shapes.paths.length;
    this.findIdentifiers(segment);
    log.rollback(0, 0, 0);
    this.canonicalTimes.fill(0);
    this.rows = 0;
    this.files = last === undefined ? [] : [{ file: last.file, rowStart: 0 }];
    return segment;
  }

  private addRow(offset: number, length: number): void {
    const row = this.rows;
    if (row === this.times.length) {
      this.rowEnds = withRoom(this.rowEnds, row + 1);
      this.times = withRoom(this.times, row + 1);
      this.canonicalTimes = withRoom(this.canonicalTimes, (row >> 3) + 1);
      this.offsets = withRoom(this.offsets, row + 1);
      this.lengths = withRoom(this.lengths, row + 1);
    }
    this.rowEnds[row] = this.log.count;
    this.times[row] = this.scanner.time;
    if (this.scanner.isCanonicalTime) {
      this.canonicalTimes[row >> 3] = (this.canonicalTimes[row >> 3] as number) | (1 << (row & 7));
    }
    this.offsets[row] = offset;
    this.lengths[row] = length;
    this.rows = row + 1;
  }

  private takeValues(): NewValues {
    const { values } = this.dictionary;
    const count = values.count - this.valuesSent;
    const paths = new Uint32Array(count);
    const types = new Uint8Array(count);
    const ends = new Uint32Array(count);
    let end = 0;
    for (let i = 0; i < count; i += 1) {
      const id = this.valuesSent + i;
      const tag = values.field(id, Entry.tag);
      paths[i] = pathOfTag(tag);
      types[i] = typeOfTag(tag);
      end += values.field(id, Entry.length);
      ends[i] = end;
    }
    const bytes = values.bytes.slice(this.bytesSent, values.bytesUsed);
    this.valuesSent = values.count;
    this.bytesSent = values.bytesUsed;
    return { paths, types, text: { bytes, ends } };
  }

  /**
   * Turns paths whose values are nearly all new into identifier columns. Decided over the latest values, not over all: object keys
   * may begin to differ late.
   */
  private findIdentifiers(segment: Segment): void {
    const { shapes, dictionary } = this;
    this.windowCount = withRoom(this.windowCount, shapes.paths.length);
    this.windowDistinct = withRoom(this.windowDistinct, shapes.paths.length);
    for (const column of segment.coded) {
      const { path } = column;
      const count = (this.windowCount[path] ?? 0) + column.rows.length;
      this.windowCount[path] = count;
      if (count < WINDOW) continue;
      const distinct = dictionary.distinct[path] ?? 0;
      const share = (distinct - (this.windowDistinct[path] ?? 0)) / count;
      this.windowCount[path] = 0;
      this.windowDistinct[path] = distinct;
      if (share > IDENTIFIER_SHARE && !pinnedPaths.has(shapes.paths[path] ?? '')) shapes.keepAsIdentifier(path);
    }
  }
}
