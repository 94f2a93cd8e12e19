/**
 * Collects records into segments: one builder per decode thread, for a whole import.
 *
 * A record is kept only once it is read to its end and is an event; otherwise everything it added is undone.
 */
import { randomBytes } from 'node:crypto';
import { namedFields, standInTimes } from '#core/fields';
import { readFieldTime, type ReadTime } from '#core/time';
import { compactColumn } from './compact-column';
import { DerivedValues, declareSlots, derivedColumns, kernelSlots, valueText } from './derived-values';
import { codedColumns, textColumns, uuidColumns } from './segment-columns';
import { RowOrigins, originPaths, type RowOrigin } from './row-origins';
import { KeyEntry, PathEntry, RowEntry, ValueEntry } from './kernel-layout';
import { KernelRegion, ScanKernel, type ScanOutcome } from './scan-kernel';
import { ValueType, type CodedColumn, type FileRun, type NewValues, type Segment } from './segment';
import { envelopeKeys, eventKeys, foreignKeys } from './root-keys';
import type { MemberRef } from '../sources/member';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';

/** Registered first, since the kernel tracks only top-level keys 1 to 31. */
const rootKeys = [...envelopeKeys, ...eventKeys, 'userIdentity', 'digestEndTime', 'logFiles', ...foreignKeys];
const keyNumber = (name: string): number => rootKeys.indexOf(name) + 1;
const keyBit = (name: string): number => 1 << keyNumber(name);
const keyBits = (names: readonly string[]): number => names.reduce((bits, name) => bits | keyBit(name), 0);

/**
 * Paths that always keep their dictionary, however many values they have: the facets count them. Those whose values really are one per
 * event may become identifiers.
 */
const pinnedPaths = namedFields
  .flatMap((field) => field.paths)
  .filter((path) => !path.startsWith('@') && path.toLowerCase() !== 'eventid' && path !== 'resources.ARN');

/** The path of values whose own path would be too long, or over the limit: see `kernel/dictionary.ts`. */
const otherKeys = '(other keys)';

export interface ScanLimits {
  /** Offset in the file of the input's first byte. */
  readonly base: number;
  /** Stops with `full` at this many rows. */
  readonly maxRows: number;
  /** A longer record ends the scan with `needMore`. */
  readonly maxRecordBytes: number;
  /** Whether records must be separated by one comma. */
  readonly inArray: boolean;
}

/** Limits for scanning one record that is not an envelope. */
export interface LoneScanLimits {
  /** As in {@link ScanLimits}; any value where the rows get their location afterwards. */
  readonly base: number;
  readonly maxRecordBytes: number;
}

/** Counts of events whose time is not simply what CloudTrail writes. */
export interface TimeCounts {
  /** Their time names no zone, and UTC was assumed. */
  readonly zoneAssumed: number;
  /** By {@link standInTimes}: they have no `eventTime`, and this is their time. */
  readonly standIns: readonly number[];
}

export class SegmentBuilder {
  private readonly kernel: ScanKernel;
  private readonly derived: DerivedValues;
  private readonly otherPath: number;
  private files: FileRun[] = [];
  /** The segment's path number of each path of the kernel; -1 while it has had no value. */
  private localPaths: number[] = [];
  private newPaths: string[] = [];
  private pathsGiven = 0;
  /** Segment path numbers of {@link derivedColumns}, and how many of their values were sent. */
  private readonly derivedPathNumbers: readonly number[];
  private readonly derivedSent = derivedColumns.map(() => 0);
  private readonly origins = new RowOrigins();
  private readonly originPathNumbers: readonly number[];
  private readonly originsSent = originPaths.map(() => 0);
  private valuesSent = 1;
  private bytesSent = 0;
  /** Numbers of {@link standInTimes}. */
  private readonly standInPaths: readonly number[];
  private times: TimeCounts = { zoneAssumed: 0, standIns: standInTimes.map(() => 0) };
  /** Rows already counted in `times`, and the kernel's count of written times then. */
  private rowsTimed = 0;
  private writtenTimes = 0;

  /** @param hashSeed see `ImportOptions.hashSeed`; without one, hashes compare within this builder only */
  constructor(hashSeed = randomBytes(16).toString('hex')) {
    const kernel = new ScanKernel(kernelSlots, hashSeed);
    this.kernel = kernel;
    for (const key of rootKeys) kernel.declareKey(0, key);
    kernel.exports.setKeys(
      keyBits(envelopeKeys),
      keyBits(eventKeys),
      keyBits(foreignKeys),
      keyBit('userIdentity'),
      keyNumber('eventSource'),
    );
    for (const path of pinnedPaths) kernel.exports.pin(kernel.declarePath(path));
    declareSlots(kernel);
    this.standInPaths = standInTimes.map(({ key }) => kernel.declarePath(key));
    this.otherPath = kernel.declarePath(otherKeys);
    kernel.exports.setOther(this.otherPath);
    this.derived = new DerivedValues(kernel, keyBit('userIdentity'));
    this.derivedPathNumbers = derivedColumns.map((path) => this.givePath(path));
    this.originPathNumbers = originPaths.map((path) => this.givePath(path));
  }

  get rowCount(): number {
    return this.kernel.exports.getRowCount();
  }

  /** Values so far whose path was too long, or over the limit, and so has no column of its own. */
  get unplacedValues(): number {
    return this.kernel.exports.getSeen(this.otherPath);
  }

  /** Records so far in which one object has the same key twice. The last value counts where only one can. */
  get repeatedKeyRecords(): number {
    return this.kernel.exports.getRepeatedKeyRecords();
  }

  /** Counts of the rows so far, including delivered ones. */
  get timeCounts(): TimeCounts {
    this.countTimes();
    return this.times;
  }

  /** Approximate bytes of memory of the current rows. */
  get sizeBytes(): number {
    const { exports } = this.kernel;
    return (
      exports.regionUsed(KernelRegion.leaves) +
      exports.regionUsed(KernelRegion.identifiers) +
      exports.regionUsed(KernelRegion.rows)
    );
  }

  /** Where the last scan stopped, as offsets into the input: see {@link ScanOutcome}. */
  get position(): number {
    return this.kernel.position;
  }
  get recordStart(): number {
    return this.kernel.recordStart;
  }
  /** What was wrong with the last broken record. */
  get fault(): { readonly code: 'bad-json' | 'too-deep'; readonly message: string } {
    return { code: this.kernel.isTooDeep ? 'too-deep' : 'bad-json', message: this.kernel.faultMessage };
  }

  /** Sets the file, or its member, of the next rows. */
  startFile(file: number, member: MemberRef | null = null): void {
    const last = this.files.at(-1);
    if (last?.rowStart === this.rowCount) this.files.pop();
    this.files.push({ file, member, rowStart: this.rowCount });
    this.origins.startAppended(false, this.rowCount);
  }

  /** Marks the next rows, up to the next file, as in a later gzip member, where CloudTrail writes only one. */
  startAppended(): void {
    this.origins.startAppended(true, this.rowCount);
  }

  /** Puts the first `end` bytes into the scanner's input. */
  load(bytes: Uint8Array, end: number): void {
    this.kernel.load(bytes, end);
  }

  /** Reads the record at offset `from` of the input and those after it, until something else comes. */
  scan(from: number, end: number, { base, maxRows, maxRecordBytes, inArray }: ScanLimits): ScanOutcome {
    return this.kernel.exports.scan(from, end, base, maxRows, maxRecordBytes, inArray, false);
  }

  /** Reads the one object at offset `from` of the input, and accepts it as an event if it has an event key, whatever other keys it has. */
  scanAlone(from: number, end: number, { base, maxRecordBytes }: LoneScanLimits): ScanOutcome {
    return this.kernel.exports.scan(from, end, base, this.rowCount + 1, maxRecordBytes, false, true);
  }

  /** Like {@link scanAlone}, for an object outside the input, whose first `end` bytes are kept. */
  scanText(text: Uint8Array, end: number, maxRecordBytes: number): ScanOutcome {
    const from = this.kernel.loadBehind(text, end);
    return this.scanAlone(from, from + text.length, { base: 0, maxRecordBytes });
  }

  /** Gives the rows from `first` on this location in the file: that of their wrapper. */
  placeRows(first: number, offset: number, length: number): void {
    this.kernel.exports.placeRows(first, offset, length);
  }

  /** Sets the origin of the next rows. */
  startOrigin(origin: RowOrigin): void {
    this.origins.start(origin, this.rowCount);
    this.kernel.exports.setOutcomeUnstated(origin.isOutcomeUnstated);
  }

  /** The rows so far as a segment, with what is new in the dictionary. The builder is empty afterwards. */
  take(): Segment {
    const { kernel } = this;
    const rows = this.rowCount;
    const last = this.files.at(-1);
    this.countTimes();
    this.rowsTimed = 0;
    kernel.exports.group();
    this.derived.update();
    const { tuples, ...perRow } = this.takeRows(rows);
    const originColumns = this.origins.columns(rows, this.originPathNumbers);
    const newValues = this.takeValues();
    const coded = codedColumns(kernel, this.localPath);
    const uuids = uuidColumns(kernel, this.localPath);
    const texts = textColumns(kernel, this.localPath);
    const segment: Segment = {
      rowCount: rows,
      ...perRow,
      summaryRows: this.origins.summaryRows(rows),
      partialRows: this.origins.partialRows(rows),
      appendedRows: this.origins.appendedRows(rows),
      files: last?.rowStart === rows ? this.files.slice(0, -1) : this.files,
      newPaths: this.newPaths,
      newValues,
      coded: [...coded, ...this.derivedOf(tuples), ...originColumns],
      uuids,
      texts,
    };
    this.newPaths = [];
    this.files = last === undefined ? [] : [{ ...last, rowStart: 0 }];
    this.origins.clear();
    kernel.exports.clear();
    return segment;
  }

  private takeRows(count: number): Pick<
    Segment,
    'times' | 'canonicalTimes' | 'offsets' | 'lengths' | 'idHashes' | 'contentHashes'
  > & {
    tuples: Uint32Array;
  } {
    const times = new Float64Array(count);
    const canonicalTimes = new Uint8Array((count + 7) >> 3);
    const offsets = new Float64Array(count);
    const lengths = new Uint32Array(count);
    const tuples = new Uint32Array(count);
    const idHashes = new Uint32Array(2 * count);
    const contentHashes = new Uint32Array(2 * count);
    const words = this.kernel.words(KernelRegion.rows);
    const doubles = new Float64Array(words.buffer, words.byteOffset, words.length >> 1);
    for (let row = 0; row < count; row++) {
      const at = row * RowEntry.words;
      offsets[row] = doubles[(at + RowEntry.offset) >> 1] as number;
      lengths[row] = words[at + RowEntry.length] as number;
      tuples[row] = words[at + RowEntry.tuple] as number;
      for (let word = 0; word < 2; word++) {
        idHashes[2 * row + word] = words[at + RowEntry.id + word] as number;
        contentHashes[2 * row + word] = words[at + RowEntry.content + word] as number;
      }
      const time = doubles[(at + RowEntry.time) >> 1] as number;
      if (!Number.isNaN(time)) {
        times[row] = time;
        canonicalTimes[row >> 3] = (canonicalTimes[row >> 3] as number) | (1 << (row & 7));
      } else {
        const value = words[at + RowEntry.timeValue] as number;
        times[row] = this.writtenTime(value)?.time ?? NaN;
      }
    }
    return { times, canonicalTimes, offsets, lengths, idHashes, contentHashes, tuples };
  }

  /** Counts the rows added since the last call; nearly always none needs a look. */
  private countTimes(): void {
    const written = this.kernel.exports.getWrittenTimes();
    const first = this.rowsTimed;
    this.rowsTimed = this.rowCount;
    if (written === this.writtenTimes) return;
    this.writtenTimes = written;
    const standIns = [...this.times.standIns];
    let { zoneAssumed } = this.times;
    const words = this.kernel.words(KernelRegion.rows);
    const values = this.kernel.words(KernelRegion.values);
    for (let row = first; row < this.rowCount; row++) {
      const value = words[row * RowEntry.words + RowEntry.timeValue] as number;
      const time = this.writtenTime(value);
      if (time === null) continue;
      if (time.isZoneAssumed) zoneAssumed++;
      const path = this.standInPaths.indexOf(values[value * ValueEntry.words + ValueEntry.path] ?? 0);
      if (path >= 0) standIns[path] = (standIns[path] ?? 0) + 1;
    }
    this.times = { zoneAssumed, standIns };
  }

  /** The time that a value stands for; null where it is none, or there is no value. */
  private writtenTime(value: number): ReadTime | null {
    return value === 0 ? null : readFieldTime(valueText(this.kernel, value));
  }

  private derivedOf(tuples: Uint32Array): CodedColumn[] {
    const rows = new Uint32Array(tuples.length);
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    return derivedColumns.map((_, column) => {
      const codeOfTuple = this.derived.codes[column] ?? [];
      const codes = new Uint32Array(tuples.length);
      for (let row = 0; row < codes.length; row++) codes[row] = codeOfTuple[tuples[row] as number] as number;
      return compactColumn(this.derivedPathNumbers[column] ?? 0, rows, codes);
    });
  }

  /** New values of the records, then new derived values. */
  private takeValues(): NewValues {
    const { kernel } = this;
    const count = kernel.exports.getValueCount() - this.valuesSent;
    const fresh = [
      ...unsent(this.derived.texts, this.derivedSent, this.derivedPathNumbers),
      ...unsent(this.origins.texts, this.originsSent, this.originPathNumbers),
    ];
    const paths = new Uint32Array(count + fresh.length);
    const types = new Uint8Array(count + fresh.length);
    const ends = new Uint32Array(count + fresh.length);
    const entries = kernel.words(KernelRegion.values);
    const texts = kernel.bytes(KernelRegion.valueTexts);
    let end = 0;
    for (let i = 0; i < count; i++) {
      const at = (this.valuesSent + i) * ValueEntry.words;
      paths[i] = this.localPath(entries[at + ValueEntry.path] as number);
      types[i] = entries[at + ValueEntry.type] as number;
      end += entries[at + ValueEntry.textLength] as number;
      ends[i] = end;
    }
    const bytes = new Uint8Array(end + fresh.reduce((sum, { text }) => sum + text.length, 0));
    bytes.set(texts.subarray(this.bytesSent));
    fresh.forEach(({ path, text }, i) => {
      bytes.set(text, end);
      end += text.length;
      paths[count + i] = path;
      types[count + i] = ValueType.derived;
      ends[count + i] = end;
    });
    this.valuesSent += count;
    this.bytesSent = texts.length;
    return { paths, types, text: { bytes, ends } };
  }

  private readonly localPath = (path: number): number => {
    const known = this.localPaths[path];
    if (known !== undefined && known >= 0) return known;
    while (this.localPaths.length <= path) this.localPaths.push(-1);
    const given = this.givePath(this.pathText(path));
    this.localPaths[path] = given;
    return given;
  };

  private givePath(text: string): number {
    this.newPaths.push(text);
    this.pathsGiven++;
    return this.pathsGiven - 1;
  }

  /** The keys that lead to a path, joined by dots. */
  private pathText(path: number): string {
    const { kernel } = this;
    const paths = kernel.words(KernelRegion.paths);
    const keys = kernel.words(KernelRegion.keys);
    const texts = kernel.bytes(KernelRegion.keyTexts);
    const names: string[] = [];
    for (let at = path; at !== 0;) {
      const key = (paths[at * PathEntry.words + PathEntry.key] as number) * KeyEntry.words;
      const start = keys[key + KeyEntry.textStart] as number;
      names.push(decodeWtf8(texts.subarray(start, start + (keys[key + KeyEntry.textLength] as number))));
      at = keys[key + KeyEntry.parent] as number;
    }
    return names.reverse().join('.');
  }
}

/** The texts of each column that were not sent yet, which they then are. */
function unsent(
  columns: readonly (readonly string[])[],
  sent: number[],
  paths: readonly number[],
): { readonly path: number; readonly text: Uint8Array }[] {
  return columns.flatMap((texts, column) => {
    const fresh = texts.slice(sent[column]);
    sent[column] = texts.length;
    return fresh.map((text) => ({ path: paths[column] ?? 0, text: encodeWtf8(text) }));
  });
}
