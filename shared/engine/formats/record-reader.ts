/**
 * Finds the records in a text and has each read: `{"Records":[…]}` and its like, a bare array, single events, one event or one batch per
 * line, lines with a time before each event, tables, and what stands inside other tools' wrapping. What cannot be read is listed and
 * passed over, and what follows it is read.
 *
 * Bytes come in chunks of any size. A step that runs past them is taken again from its first byte when more have come.
 */
import type { FileFormat, FileProblem, RecordFormat } from '#contract/types';
import { ScanOutcome } from '../decode/scan-kernel';
import type { SegmentBuilder } from '../decode/segment-builder';
import { DamagePasser } from './damage-passer';
import { firstLook } from './first-bytes';
import { Input } from './input';
import { BROKEN, OPEN, spaceEnd, stringEnd, type Span } from './json-walk';
import { knownBytes } from './known-files';
import { members, outline } from './outline';
import type { ProblemList } from './problem-list';
import { Recognition } from './recognition';
import { envelopeKeyBefore, looksOf } from './root-keys';
import { Skip } from './skipper';
import { snippetAt } from './snippet';
import { TableReader } from './table-reader';
import { prefixEnd } from './unwrap';
import { WrappedEvents } from './wrapped-events';

/** CloudTrail's own limit for an event is far below 1 MB. With the chunk behind it, buffers that double stay at 64 MB. */
export const MAX_RECORD_BYTES = 60 * 2 ** 20;
/** Events read between two looks at the clock and at the size of the segment. */
const BATCH_ROWS = 128;

const NUL = 0x00;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

/** What comes next. */
const Expect = {
  /** The first bytes that are not white space decide whether and how the file is read. */
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
  /** A row of a table. */
  row: 6,
  /** Nothing: the file is of no known format. */
  nothing: 7,
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
  private readonly builder: SegmentBuilder;
  private readonly problems: ProblemList;
  private readonly onRows: () => void;
  private readonly batchRows: number;
  private readonly recordBytes: number;
  private readonly input = new Input();
  private readonly recognition = new Recognition();
  private readonly damagePasser: DamagePasser;
  private readonly wrapped: WrappedEvents;
  private table: TableReader | null = null;
  private expect: Expect = Expect.firstByte;
  /** The arrays around what comes next: the key of a wrapper's, null for a bare one. */
  private arrays: (string | null)[] = [];
  /** Events stand on lines, behind a time or the like. */
  private hasPrefixes = false;
  /** An element must follow: there was a comma. */
  private afterComma = false;
  private zeros = 0;
  private strayCommas = 0;
  private isFinished = false;

  /** @param onRows called after some `batchRows` events, before the next one is read */
  constructor(
    builder: SegmentBuilder,
    problems: ProblemList,
    onRows: () => void,
    { batchRows = BATCH_ROWS, recordBytes = MAX_RECORD_BYTES }: ReaderOptions = {},
  ) {
    this.builder = builder;
    this.problems = problems;
    this.onRows = onRows;
    this.batchRows = batchRows;
    this.recordBytes = recordBytes;
    this.damagePasser = new DamagePasser(this.input);
    this.wrapped = new WrappedEvents(builder, this.input, this.recognition, recordBytes, this.problem);
  }

  /** What the file was recognised as so far; null where it was not. */
  get recognisedAs(): FileFormat | null {
    return this.recognition.format;
  }

  /** Whether the file is something that holds no events, and nothing else was in it. */
  get isAside(): boolean {
    return this.recognition.isAside;
  }

  /** Bytes taken in so far. */
  get totalBytes(): number {
    return this.input.total;
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
    const { input } = this;
    if (input.take(chunk, isLast) || this.expect === Expect.nothing) {
      this.builder.load(input.bytes, input.end);
      while (this.step());
    }
    if (isLast || this.expect === Expect.nothing) this.finish();
    input.keep();
  }

  /** One step; false where more bytes are needed, or nothing is left to do. */
  private step(): boolean {
    const { input } = this;
    switch (this.expect) {
      case Expect.nothing:
        input.at = input.end;
        return false;
      case Expect.damageEnd:
        return this.passDamage();
      case Expect.row:
        return this.readRow();
      default:
    }
    input.at = spaceEnd(input.bytes, input.at, input.end);
    if (input.at >= input.end) {
      if (input.isLast) this.atFileEnd();
      return false;
    }
    const byte = input.bytes[input.at] as number;
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
    const { input } = this;
    if (byte === byteOrderMark[0] || byte === NUL) {
      if (input.end - input.at < 16 && !input.isLast) return false;
      if (this.passMark() || (byte === NUL && knownBytes(input.bytes, input.at, input.end) === null)) {
        return this.passZeros();
      }
    }
    const look = firstLook(input.bytes, input.at, input.end, input.isLast);
    switch (look.kind) {
      case 'needMore':
        return false;
      case 'lines':
        this.hasPrefixes = true;
        this.expect = Expect.document;
        return true;
      case 'json':
        this.expect = Expect.document;
        return true;
      case 'table': {
        const { shape, next } = look.table;
        this.recognition.looksLike(shape.format);
        this.table = new TableReader(shape, input, this.wrapped, this.recordBytes, this.problem);
        this.expect = Expect.row;
        input.at = next;
        return true;
      }
      case 'known':
        this.recognition.looksLike(look.file.format);
        if (!look.file.isAside) this.problem('unknown-format', look.file.message, input.at);
        this.expect = Expect.nothing;
        return true;
      case 'unknown':
        this.problem('unknown-format', look.message, input.at);
        this.expect = Expect.nothing;
        return true;
    }
  }

  private readDocument(byte: number): boolean {
    const { input } = this;
    switch (byte) {
      case OPEN_BRACE:
        return this.readRecord();
      case OPEN_BRACKET:
        input.at += 1;
        return this.enterArray(null);
      case QUOTE:
        return this.readString();
      case NUL:
        return this.passZeros();
      case COMMA:
        // Elements that were cut out of their list.
        this.strayCommas += 1;
        if (this.strayCommas === 1)
          this.problem('bad-json', 'a comma between events that stand in no list', input.at, 'note');
        input.at += 1;
        return true;
      default:
    }
    if (byte === byteOrderMark[0]) {
      if (input.end - input.at < byteOrderMark.length && !input.isLast) return false;
      if (this.passMark()) return true;
    }
    return this.hasPrefixes ? this.passPrefix() : this.damage('what follows here is not JSON');
  }

  private readElement(byte: number): boolean {
    const { input } = this;
    if (byte === OPEN_BRACE) return this.readRecord();
    if (byte === CLOSE_BRACKET) {
      if (this.afterComma) {
        this.problem('bad-json', 'an event was expected after the comma, not "]"', input.at, 'note');
      }
      return this.leaveArray();
    }
    if (byte === OPEN_BRACKET) {
      // A list of lists, as `jq -s` makes of arrays, and Logs Insights of rows.
      input.at += 1;
      return this.enterArray(null);
    }
    if (byte === QUOTE) return this.readString();
    if (!startsValue(byte)) return this.damage('an event was expected here');
    this.problem('not-events', 'an element of the list that is not an object', input.at);
    return this.passOver(input.at + 1);
  }

  private readSeparator(byte: number): boolean {
    const { input } = this;
    if (byte === CLOSE_BRACKET) return this.leaveArray();
    if (byte !== COMMA && byte !== OPEN_BRACE) return this.damage('"," or "]" was expected here');
    if (byte === COMMA) input.at += 1;
    else this.problem('bad-json', 'a comma is missing between two events', input.at, 'note');
    this.afterComma = true;
    this.expect = Expect.element;
    return true;
  }

  private readWrapperRest(): boolean {
    const { input } = this;
    const found = members(input.bytes, input.at, input.end);
    switch (found.kind) {
      case 'needMore':
        return this.starve();
      case 'broken':
        this.expect = this.behindValue;
        return this.damage('the end of the object around the list of events was expected here');
      case 'records':
        input.at = found.at;
        return this.enterArray(found.key);
      case 'other':
        input.at = found.at;
        this.expect = this.behindValue;
        return true;
    }
  }

  private readRow(): boolean {
    const rows = this.builder.rowCount;
    const goesOn = this.table?.step() ?? false;
    this.addRows(rows);
    return goesOn;
  }

  /** A string, which may be an event's text. */
  private readString(): boolean {
    const { input } = this;
    const end = stringEnd(input.bytes, input.at, input.end);
    if (end === OPEN) return this.starve();
    if (end === BROKEN) return this.damage('a string without a closing quote');
    const rows = this.builder.rowCount;
    const isEvent = this.readWrapped({ bytes: input.bytes, start: input.at, end }, 'a text that holds no event');
    // Its closing quote may be the opening one of a key.
    if (!isEvent) return this.passOver(input.at + 1);
    input.at = end;
    this.expect = this.behindValue;
    this.addRows(rows);
    return true;
  }

  /** Reads the record here, and with it all that follow without anything unusual between them. */
  private readRecord(): boolean {
    const { builder, input } = this;
    const first = input.at;
    const rows = builder.rowCount;
    const format = this.formatHere;
    builder.startOrigin({ format, isSummary: false });
    const outcome = builder.scan(first, input.end, {
      base: input.base,
      maxRows: rows + this.batchRows,
      maxRecordBytes: this.recordBytes,
      inArray: this.arrays.length > 0,
    });
    if (builder.rowCount > rows) {
      this.recognition.event(format);
      this.damagePasser.learn(first);
    }
    const goesOn = this.afterScan(outcome);
    this.addRows(rows);
    return goesOn;
  }

  private afterScan(outcome: ScanOutcome): boolean {
    const { builder, input } = this;
    const inArray = this.arrays.length > 0;
    this.expect = inArray ? Expect.element : Expect.document;
    switch (outcome) {
      case ScanOutcome.end:
        input.at = builder.position;
        this.expect = this.behindValue;
        return true;
      case ScanOutcome.full:
        input.at = builder.position;
        this.afterComma = inArray;
        return true;
      case ScanOutcome.envelope:
        input.at = builder.position;
        return this.enterArray(envelopeKeyBefore(input.bytes, input.at));
      case ScanOutcome.notEvent:
        input.at = builder.position;
        this.expect = this.behindValue;
        this.readWrapped({ bytes: input.bytes, start: builder.recordStart, end: input.at }, null);
        return true;
      case ScanOutcome.needMore:
        input.at = builder.recordStart;
        return this.starve();
      case ScanOutcome.broken: {
        input.at = builder.recordStart;
        const { code, message } = builder.fault;
        this.problem(code, message, builder.position);
        return this.passOver(this.searchStart(builder.position));
      }
    }
  }

  /** Reads what is inside a sound value; false where that is nothing. `whatElse`: what to call it then. */
  private readWrapped(value: Span, whatElse: string | null): boolean {
    const inside = this.wrapped.fromValue(value, this.hasPrefixes ? 'cloudwatch-export' : null);
    if (inside.found > 0) this.damagePasser.learn(value.start);
    if (inside.found + inside.controls + inside.cells > 0) return true;
    if (inside.what !== null) this.recognition.looksLike('other');
    const what = inside.what ?? whatElse ?? this.describeObject(value);
    if (what !== null) {
      this.recognition.other();
      this.problem('not-events', what, value.start);
    }
    return false;
  }

  /** What an object is that is no event; null where it is kept aside. */
  private describeObject({ bytes, start, end }: Span): string | null {
    const found = outline(bytes, start, end);
    if (found.kind !== 'other') return 'an object that has nothing of an event';
    if (found.isDigest || found.isSignature) {
      this.recognition.aside(found.isDigest ? 'digest' : 'other');
      return null;
    }
    if (found.keys.length === 0) return 'an empty object: JSON, but no event';
    return `JSON, but no event; its first keys are ${found.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  }

  private get formatHere(): RecordFormat {
    if (this.hasPrefixes) return 'cloudwatch-export';
    return this.arrays.includes('Records') ? 'records' : 'events';
  }

  /** What comes behind a value of the array or text at hand. */
  private get behindValue(): Expect {
    return this.arrays.length > 0 ? Expect.separator : Expect.document;
  }

  private addRows(rowsBefore: number): void {
    const read = this.builder.rowCount - rowsBefore;
    if (read === 0) return;
    this.events += read;
    this.onRows();
  }

  private enterArray(key: string | null): boolean {
    this.recognition.listOf(key === null ? 'events' : looksOf(key));
    this.arrays.push(key);
    this.afterComma = false;
    this.expect = Expect.element;
    return true;
  }

  private leaveArray(): boolean {
    this.input.at += 1;
    const key = this.arrays.pop() ?? null;
    this.expect = key === null ? this.behindValue : Expect.wrapperRest;
    return true;
  }

  private passMark(): boolean {
    const { input } = this;
    if (!byteOrderMark.every((part, i) => input.bytes[input.at + i] === part)) return false;
    input.at += byteOrderMark.length;
    return true;
  }

  private passZeros(): boolean {
    const { input } = this;
    const start = input.at;
    while (input.at < input.end && input.bytes[input.at] === NUL) input.at += 1;
    this.zeros += input.at - start;
    return true;
  }

  private passPrefix(): boolean {
    const { input } = this;
    const brace = prefixEnd(input.bytes, input.at, input.end);
    if (brace < 0) {
      if (!input.isLast && input.end - input.at < 1024 && input.bytes.subarray(input.at, input.end).indexOf(0x0a) < 0)
        return false;
      return this.damage('a line that holds no event');
    }
    input.at = brace;
    return this.readRecord();
  }

  private damage(message: string): boolean {
    this.problem('bad-json', message, this.input.at);
    return this.passOver(this.input.at);
  }

  /** Passes over what begins here; the next record is looked for from `searchFrom` on. */
  private passOver(searchFrom: number): boolean {
    this.damagePasser.start(this.arrays.length === 0, searchFrom);
    this.expect = Expect.damageEnd;
    return true;
  }

  /** Where to look for the next record behind a broken one that was read up to `stoppedAt`: inside it, unless that was done too often. */
  private searchStart(stoppedAt: number): number {
    if (this.damagePasser.mayReread(stoppedAt)) return this.input.at + 1;
    const message = 'too much of this file is broken: no other record was looked for inside this one';
    this.problem('bad-json', message, this.input.at);
    return stoppedAt;
  }

  private passDamage(): boolean {
    switch (this.damagePasser.pass()) {
      case Skip.needMore:
        return false;
      case Skip.valueEnd:
        this.expect = this.behindValue;
        return true;
      case Skip.recordStart:
        this.afterComma = false;
        this.expect = this.arrays.length > 0 ? Expect.element : Expect.document;
        return true;
      case Skip.separator:
        this.expect = Expect.separator;
        return true;
    }
  }

  /** The bytes end within what begins here: waits for more, or tells what is wrong where there will be none, or too many already. */
  private starve(): boolean {
    const { input, recordBytes } = this;
    if (input.end - input.at >= recordBytes) {
      this.problem('limit', `a record of more than ${sizeOf(recordBytes)}`, input.at);
      return this.passOver(this.searchStart(input.end));
    }
    if (!input.isLast) {
      input.wait(recordBytes);
      return false;
    }
    // A record that lost a bracket takes the next ones for its own values, up to the end of the file.
    const next = this.damagePasser.recordWithin(this.arrays.length === 0, this.searchStart(input.end));
    if (next >= 0) {
      this.problem('bad-json', 'a record without an end: the next one begins inside it', input.at);
      input.at = next;
      this.expect = this.arrays.length > 0 ? Expect.element : Expect.document;
      return true;
    }
    this.problem('torn', 'the file ends in the middle of a record', input.end);
    input.at = input.end;
    this.expect = Expect.nothing;
    return false;
  }

  /** Only white space was left. */
  private atFileEnd(): void {
    const { input } = this;
    if (this.expect === Expect.firstByte) {
      const what = input.total === 0 ? 'no bytes' : this.zeros > 0 ? 'NUL bytes only' : 'white space only';
      this.problem('empty', what, null);
    } else if (this.expect !== Expect.document) {
      this.problem('torn', 'the file ends before its list of events does', input.end);
    }
    this.expect = Expect.nothing;
  }

  /** What can only be said of the file as a whole. */
  private finish(): void {
    if (this.isFinished) return;
    this.isFinished = true;
    const { asides } = this.recognition;
    if (this.zeros > 0 && this.events > 0) {
      this.problem(
        'oddity',
        `${String(this.zeros)} NUL bytes between or behind the records were passed over`,
        null,
        'note',
      );
    }
    if (asides > 0 && this.events > 0) {
      this.problem(
        'oddity',
        `${String(asides)} objects that are no events but digests or the like were kept aside`,
        null,
        'note',
      );
    }
    if (this.wrapped.cells > 0 && this.events === 0) {
      this.recognition.other();
      this.problem('not-events', 'a Logs Insights result without events: its query has to ask for @message', null);
    }
  }

  private readonly problem = (
    code: FileProblem['code'],
    message: string,
    at: number | null,
    severity: FileProblem['severity'] = 'loss',
  ): void => {
    const { bytes, base, end } = this.input;
    this.problems.add({
      code,
      severity,
      message,
      atByte: at === null ? null : base + at,
      snippet: at === null ? '' : snippetAt(bytes, at, end),
      ...(code === 'limit' ? { limit: 'recordBytes' } : {}),
    });
  };
}

function sizeOf(bytes: number): string {
  return bytes < 2 ** 20 ? `${String(bytes)} bytes` : `${String(Math.floor(bytes / 2 ** 20))} MB`;
}

/** Whether a number or a literal can begin with this byte. */
function startsValue(byte: number): boolean {
  return (
    byte === 0x2d || // -
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x74 || // t
    byte === 0x66 || // f
    byte === 0x6e // n
  );
}
