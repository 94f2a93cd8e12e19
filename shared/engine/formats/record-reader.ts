/**
 * Finds the records in the bytes of one file and has each read: `{"Records":[…]}`, a bare array, single events, one event or one batch per
 * line, and any of these one after another. What cannot be read is listed and passed over, and what follows it is read.
 *
 * Bytes come in chunks of any size. A step that runs past them is taken again from its first byte when more have come.
 */
import type { FileFormat, FileProblem } from '#contract/types';
import { ScanOutcome } from '../decode/scan-kernel';
import type { SegmentBuilder } from '../decode/segment-builder';
import { withRoom } from '../decode/with-room';
import { members, outline, spaceEnd, stringEnd } from './outline';
import type { ProblemList } from './problem-list';
import { Skip, Skipper } from './skipper';
import { snippetAt } from './snippet';
import { describeUnknown } from './unknown-format';

/** CloudTrail's own limit for an event is far below 1 MB. With the chunk behind it, buffers that double stay at 64 MB. */
export const MAX_RECORD_BYTES = 60 * 2 ** 20;
/**
 * Bytes that may be read again per byte of the file, in looking for sound records inside broken ones. Real damage stays far below; a
 * file of nothing but openings would else be read once for each of them.
 */
const MAX_REREADS = 8;
const FREE_REREADS = 2 ** 20;
/** Events read between two looks at the clock and at the size of the segment. */
const BATCH_ROWS = 128;

const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;

/** What comes next. */
const Expect = {
  /** The first byte that is not white space decides whether the file is read at all. */
  firstByte: 0,
  /** A document, or the end. */
  document: 1,
  /** An element of an array, or its end. */
  element: 2,
  /** A comma, or the end of the array. */
  separator: 3,
  /** The rest of a wrapper behind its array. */
  wrapperRest: 4,
  /** The end of what could not be read. */
  damageEnd: 5,
  /** Nothing: the file is of no known format. */
  nothing: 6,
} as const;
type Expect = (typeof Expect)[keyof typeof Expect];

export interface ReaderOptions {
  /** Events read between two calls of `onRows`, at most. */
  readonly batchRows?: number;
  /** A longer record is passed over. */
  readonly recordBytes?: number;
}

export class RecordReader {
  /** Events read so far. */
  events = 0;
  /** Bytes taken in so far. */
  totalBytes = 0;
  private readonly builder: SegmentBuilder;
  private readonly problems: ProblemList;
  private readonly onRows: () => void;
  private readonly batchRows: number;
  private readonly recordBytes: number;
  private readonly skipper = new Skipper();
  private expect: Expect = Expect.firstByte;
  /** Arrays around what comes next. */
  private arrays = 0;
  private inWrapper = false;
  /** An element must follow: there was a comma. */
  private afterComma = false;
  private firstKey: Uint8Array | null = null;
  /** Where in the file the next record is looked for while damage is passed over. */
  private searchFrom = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  /** Offset in the file of the first byte at hand. */
  private base = 0;
  private at = 0;
  private end = 0;
  private isLast = false;
  /** What was left of the last chunks. */
  private carried = new Uint8Array(0);
  private carriedLength = 0;
  /** Bytes that must be at hand before the record at the first of them is tried again. */
  private wanted = 0;
  /** Bytes read in vain, of records that turned out to be broken. */
  private readInVain = 0;

  /** @param onRows called after at most `batchRows` events, before the next one is read */
  constructor(
    builder: SegmentBuilder,
    problems: ProblemList,
    onRows: () => void,
    { batchRows = BATCH_ROWS, recordBytes = MAX_RECORD_BYTES }: ReaderOptions = {},
  ) {
    this.recordBytes = recordBytes;
    this.builder = builder;
    this.problems = problems;
    this.onRows = onRows;
    this.batchRows = batchRows;
  }

  /** What the file was recognised as so far; null where it was not. */
  get recognisedAs(): FileFormat | null {
    return null;
  }

  /** Whether the file is something that holds no events, and nothing else was in it. */
  get isAside(): boolean {
    return false;
  }

  /** False once nothing more of the file can be read. */
  get wantsMore(): boolean {
    return this.expect !== Expect.nothing;
  }

  /** Reads no further, whatever comes. To be called from `onRows`. */
  stop(): void {
    this.expect = Expect.nothing;
  }

  /** Takes the next bytes of the file; with `isLast`, there are no more. They are not kept. */
  push(chunk: Uint8Array, isLast: boolean): void {
    this.totalBytes += chunk.length;
    this.isLast = isLast;
    this.at = 0;
    if (this.carriedLength === 0) {
      this.bytes = chunk;
      this.end = chunk.length;
    } else {
      this.carried = withRoom(this.carried, this.carriedLength + chunk.length);
      this.carried.set(chunk, this.carriedLength);
      this.bytes = this.carried;
      this.end = this.carriedLength + chunk.length;
    }
    // Trying again at every piece would take the square of a long record's length.
    if (this.end >= this.wanted || isLast || this.expect === Expect.nothing) {
      this.wanted = 0;
      this.builder.load(this.bytes, this.end);
      while (this.step());
    }
    this.carriedLength = this.end - this.at;
    if (this.bytes === this.carried) {
      this.carried.copyWithin(0, this.at, this.end);
    } else {
      this.carried = withRoom(this.carried, this.carriedLength);
      this.carried.set(this.bytes.subarray(this.at, this.end));
    }
    this.base += this.at;
    this.bytes = this.carried;
  }

  /** One step; false where more bytes are needed, or nothing is left to do. */
  private step(): boolean {
    if (this.expect === Expect.nothing) {
      this.at = this.end;
      return false;
    }
    if (this.expect === Expect.damageEnd) return this.passDamage();
    this.at = spaceEnd(this.bytes, this.at, this.end);
    if (this.at >= this.end) {
      if (this.isLast) this.atFileEnd();
      return false;
    }
    const byte = this.bytes[this.at] as number;
    switch (this.expect) {
      case Expect.firstByte:
        return this.readFirstByte(byte);
      case Expect.document:
        return this.readDocument(byte);
      case Expect.element:
        return this.readElement(byte);
      case Expect.separator:
        return this.readSeparator(byte);
      case Expect.wrapperRest:
        return this.readWrapperRest();
    }
  }

  private readFirstByte(byte: number): boolean {
    if (this.end - this.at < 4 && !this.isLast) return false;
    if (this.base + this.at === 0 && byteOrderMark.every((part, i) => this.bytes[this.at + i] === part)) {
      this.at += byteOrderMark.length;
      return true;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.expect = Expect.document;
      return true;
    }
    this.problem('unknown-format', describeUnknown(this.bytes, this.at, this.end), this.at);
    this.expect = Expect.nothing;
    return true;
  }

  private readDocument(byte: number): boolean {
    if (byte === OPEN_BRACKET) {
      this.at += 1;
      return this.enterArray(false);
    }
    if (byte !== OPEN_BRACE) return this.damage('what follows here is not JSON');
    return this.readRecord();
  }

  private readElement(byte: number): boolean {
    if (byte === OPEN_BRACE) return this.readRecord();
    if (byte === CLOSE_BRACKET) {
      if (this.afterComma) this.problem('bad-json', 'an event was expected after the comma, not "]"', this.at);
      return this.leaveArray();
    }
    if (byte === OPEN_BRACKET) {
      // A list of lists, as `jq -s` makes of arrays.
      this.at += 1;
      return this.enterArray(this.inWrapper);
    }
    if (!startsValue(byte)) return this.damage('an event was expected here');
    this.problem('not-events', 'an element of the list that is not an object', this.at);
    return this.passOver(this.at + 1);
  }

  private readSeparator(byte: number): boolean {
    if (byte === CLOSE_BRACKET) return this.leaveArray();
    if (byte !== COMMA && byte !== OPEN_BRACE) return this.damage('"," or "]" was expected here');
    if (byte === COMMA) this.at += 1;
    else this.problem('bad-json', 'a comma is missing between two events', this.at);
    this.afterComma = true;
    this.expect = Expect.element;
    return true;
  }

  private readWrapperRest(): boolean {
    const found = members(this.bytes, this.at, this.end, false);
    switch (found.kind) {
      case 'needMore':
        return this.starve();
      case 'event':
        this.inWrapper = false;
        return this.damage("the end of the file's outermost object was expected here");
      case 'records':
        this.at = found.at;
        return this.enterArray(true);
      case 'other':
        this.at = found.at;
        this.inWrapper = false;
        this.expect = Expect.document;
        return true;
    }
  }

  /** Reads the record here, and with it all that follow without anything unusual between them. */
  private readRecord(): boolean {
    const { builder } = this;
    const first = this.at;
    const rows = builder.rowCount;
    const outcome = builder.scan(first, this.end, {
      base: this.base,
      maxRows: rows + this.batchRows,
      maxRecordBytes: this.recordBytes,
      inArray: this.arrays > 0,
    });
    const read = builder.rowCount - rows;
    if (read > 0) {
      this.firstKey ??= keyAfter(this.bytes, first, this.end);
      this.events += read;
    }
    const goesOn = this.afterScan(outcome);
    if (read > 0) this.onRows();
    return goesOn;
  }

  private afterScan(outcome: ScanOutcome): boolean {
    const { builder } = this;
    const inArray = this.arrays > 0;
    this.expect = inArray ? Expect.element : Expect.document;
    switch (outcome) {
      case ScanOutcome.end:
        this.at = builder.position;
        if (inArray) this.expect = Expect.separator;
        return true;
      case ScanOutcome.full:
        this.at = builder.position;
        this.afterComma = inArray;
        return true;
      case ScanOutcome.envelope:
        this.at = builder.position;
        return this.enterArray(true);
      case ScanOutcome.notEvent:
        this.problem('not-events', this.describeNoEvent(builder.recordStart), builder.recordStart);
        this.at = builder.position;
        if (inArray) this.expect = Expect.separator;
        return true;
      case ScanOutcome.needMore:
        this.at = builder.recordStart;
        return this.starve();
      case ScanOutcome.broken: {
        this.at = builder.recordStart;
        const { code, message } = builder.fault;
        this.problem(code, message, builder.position);
        return this.passOver(this.searchStart(builder.position));
      }
    }
  }

  private describeNoEvent(start: number): string {
    const found = outline(this.bytes, start, this.end);
    return found.kind === 'other'
      ? describeOther(found.isDigest, found.keys)
      : 'an object that has nothing of an event';
  }

  private enterArray(inWrapper: boolean): boolean {
    this.arrays += 1;
    this.inWrapper = inWrapper;
    this.afterComma = false;
    this.expect = Expect.element;
    return true;
  }

  private leaveArray(): boolean {
    this.at += 1;
    this.arrays -= 1;
    if (this.arrays > 0) this.expect = Expect.separator;
    else this.expect = this.inWrapper ? Expect.wrapperRest : Expect.document;
    return true;
  }

  private damage(message: string): boolean {
    this.problem('bad-json', message, this.at);
    return this.passOver(this.at);
  }

  /** Passes over what begins here; the next record is looked for from `searchFrom` on. */
  private passOver(searchFrom: number): boolean {
    this.searchFrom = this.base + searchFrom;
    this.skipper.start(this.arrays === 0, this.firstKey);
    this.expect = Expect.damageEnd;
    return true;
  }

  /** Where to look for the next record behind a broken one that was read up to `stoppedAt`: inside it, unless that was done too often. */
  private searchStart(stoppedAt: number): number {
    this.readInVain += stoppedAt - this.at;
    if (this.readInVain <= MAX_REREADS * this.totalBytes + FREE_REREADS) return this.at + 1;
    this.problem(
      'bad-json',
      'too much of this file is broken: no other record was looked for inside this one',
      this.at,
    );
    return stoppedAt;
  }

  private passDamage(): boolean {
    const { skipper } = this;
    const how = skipper.skip(this.bytes, this.at, this.end, this.searchFrom - this.base, this.isLast);
    this.at = skipper.at;
    switch (how) {
      case Skip.needMore:
        return false;
      case Skip.valueEnd:
        this.expect = this.arrays > 0 ? Expect.separator : Expect.document;
        return true;
      case Skip.recordStart:
        this.afterComma = false;
        this.expect = this.arrays > 0 ? Expect.element : Expect.document;
        return true;
      case Skip.separator:
        this.expect = Expect.separator;
        return true;
    }
  }

  /** The bytes end within what begins here: waits for more, or tells what is wrong where there will be none, or too many already. */
  private starve(): boolean {
    if (this.end - this.at >= this.recordBytes) {
      this.problem('too-large', `a record of more than ${String(MAX_RECORD_BYTES / 2 ** 20)} MB`, this.at);
      return this.passOver(this.searchStart(this.end));
    }
    if (!this.isLast) {
      this.wanted = Math.min(2 * (this.end - this.at), this.recordBytes);
      return false;
    }
    const searchFrom = this.searchStart(this.end);
    // A record that lost a bracket takes the next ones for its own values, up to the end of the file.
    this.skipper.start(this.arrays === 0, this.firstKey);
    let from = this.at;
    for (;;) {
      const how = this.skipper.skip(this.bytes, from, this.end, searchFrom, true);
      if (how === Skip.needMore) break;
      if (how === Skip.recordStart) {
        this.problem('bad-json', 'a record without an end: the next one begins inside it', this.at);
        this.at = this.skipper.at;
        this.expect = this.arrays > 0 ? Expect.element : Expect.document;
        return true;
      }
      from = Math.max(this.skipper.at, from + 1);
    }
    this.problem('torn', 'the file ends in the middle of a record', this.end);
    this.at = this.end;
    this.expect = Expect.nothing;
    return false;
  }

  /** Only white space was left. */
  private atFileEnd(): void {
    if (this.expect === Expect.firstByte) {
      this.problem('empty', this.totalBytes === 0 ? 'no bytes' : 'white space only', null);
    } else if (this.expect !== Expect.document) {
      this.problem('torn', 'the file ends before its list of events does', this.end);
    }
    this.expect = Expect.nothing;
  }

  private problem(code: FileProblem['code'], message: string, at: number | null): void {
    const problem: FileProblem =
      at === null
        ? { code, severity: 'loss', message, atByte: null, snippet: '' }
        : { code, severity: 'loss', message, atByte: this.base + at, snippet: snippetAt(this.bytes, at, this.end) };
    this.problems.add(problem);
  }
}

const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];
const MAX_FIRST_KEY = 64;

/** The first key of the object at `start`, with its quotes; null where it is not soon found. */
function keyAfter(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const key = spaceEnd(bytes, start + 1, end);
  const stop = stringEnd(bytes, key, Math.min(end, key + MAX_FIRST_KEY));
  return stop < 0 ? null : bytes.slice(key, stop);
}

/** Whether a string, a number or a literal can begin with this byte. */
function startsValue(byte: number): boolean {
  return (
    byte === 0x22 || // "
    byte === 0x2d || // -
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x74 || // t
    byte === 0x66 || // f
    byte === 0x6e // n
  );
}

function describeOther(isDigest: boolean, keys: readonly string[]): string {
  if (isDigest) return 'a CloudTrail digest: it lists log files with their check sums, and holds no events';
  if (keys.length === 0) return 'an empty object: JSON, but no event';
  return `JSON, but no event; its first keys are ${keys.map((key) => JSON.stringify(key)).join(', ')}`;
}
