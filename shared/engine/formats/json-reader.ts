/**
 * Finds the records in JSON and has each read: `{"Records":[…]}` and similar, a bare array, single events, one event or one batch per
 * line, lines with a time before each event, and events wrapped by other tools. What cannot be read is reported and skipped,
 * and what follows it is read.
 *
 * A step that runs out of bytes is repeated from its first byte when more have come.
 */
import { exactBytes } from '#core/figures';
import { lacksNothing } from '../scan/row-origins';
import { ScanOutcome } from '../scan/scan-kernel';
import { ErrorRecovery } from './error-recovery';
import { maxAnswerHead, hitsStart } from './elastic-hits';
import type { Input } from './input';
import { Expect, JsonFrame, maxLists, hitsOfHits, unknownName } from './json-frame';
import { broken, openEnd, memberAt, spaceEnd, startsValue, stringEnd, textOf, valueEnd, type Span } from './json-walk';
import type { ReaderParts } from './reader-parts';
import { envelopeKeyBefore, envelopeKeys, looksOf } from '../scan/root-keys';
import { Skip } from './recovery-scanner';
import { maxPrefix, prefixEnd } from './event-start';
import { besideList } from './unwrap';

/** No shorter object is or holds an event: `{"eventName":""}`. */
const leastEventBytes = 16;
const lineFeed = 0x0a;
const quote = 0x22;
const commaByte = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;

export class JsonReader {
  /** The end of the text was handled: nothing is left to do. */
  isDone = false;
  private readonly parts: ReaderParts;
  private readonly input: Input;
  /** Events are on lines, after a prefix such as a time. */
  private readonly hasPrefixes: boolean;
  private readonly errorRecovery: ErrorRecovery;
  private readonly frame = new JsonFrame();
  private hadStrayComma = false;
  /** No object was read yet. */
  private isFirst = true;

  constructor(parts: ReaderParts, hasPrefixes: boolean) {
    this.parts = parts;
    this.input = parts.input;
    this.hasPrefixes = hasPrefixes;
    this.errorRecovery = new ErrorRecovery(parts.input, parts.report);
  }

  /** Whether every JSON text that began has ended. */
  get isBetweenDocuments(): boolean {
    return this.frame.expect === Expect.document;
  }

  /** Does one step; false where more bytes are needed, or nothing is left to do. */
  step(): boolean {
    const { input } = this;
    if (this.frame.expect === Expect.damageEnd) return this.passDamage();
    if (this.frame.expect !== Expect.document) input.at = spaceEnd(input.bytes, input.at, input.end);
    else if (!input.passPadding()) return false;
    if (input.at >= input.end) {
      if (input.isLast) this.atEnd();
      return false;
    }
    const byte = input.bytes[input.at] as number;
    switch (this.frame.expect) {
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

  private readDocument(byte: number): boolean {
    const { input } = this;
    switch (byte) {
      case openBrace:
        return this.isFirst ? this.readFirstObject() : this.readRecord();
      case openBracket:
        input.at++;
        return this.enterList(null);
      case quote:
        return this.readString();
      case commaByte:
        // Elements that were cut out of their list.
        if (!this.hadStrayComma) {
          this.parts.report('bad-json', 'a comma between events that are not in a list', input.at, 'note');
        }
        this.hadStrayComma = true;
        input.at++;
        return true;
      default:
    }
    return this.hasPrefixes ? this.passPrefix() : this.damage('what follows here is not JSON');
  }

  /** The scanner does not look for a list where an Elastic response has it. */
  private readFirstObject(): boolean {
    const { input } = this;
    const headEnd = Math.min(input.end, input.at + maxAnswerHead);
    const list = hitsStart(input.bytes, input.at, headEnd);
    if (list === 'needMore' && headEnd === input.end && !input.isLast) {
      input.wait(maxAnswerHead);
      return false;
    }
    this.isFirst = false;
    if (list === 'needMore' || list < 0) return this.readRecord();
    this.readBeside(input.at, list);
    input.at = list;
    return this.enterList(hitsOfHits);
  }

  private readElement(byte: number): boolean {
    const { input } = this;
    if (byte === openBrace) return this.readRecord();
    if (byte === closeBracket) {
      if (this.frame.afterComma) {
        this.parts.report('bad-json', 'an event was expected after the comma, not "]"', input.at, 'note');
      }
      return this.leaveList();
    }
    if (byte === openBracket) {
      // A list of lists, as `jq -s` makes of arrays, and Logs Insights of rows.
      input.at++;
      return this.enterList(null);
    }
    if (byte === quote) return this.readString();
    if (!startsValue(byte)) return this.damage('an event was expected here');
    this.parts.report('not-events', 'an element of the list that is not an object', input.at);
    return this.passOver(input.at + 1);
  }

  private readSeparator(byte: number): boolean {
    const { input } = this;
    if (byte === closeBracket) return this.leaveList();
    if (byte !== commaByte && byte !== openBrace) return this.damage('"," or "]" was expected here');
    if (byte === commaByte) input.at++;
    else this.parts.report('bad-json', 'a comma is missing between two events', input.at, 'note');
    this.frame.afterComma = true;
    this.frame.expect = Expect.element;
    return true;
  }

  private readWrapperRest(): boolean {
    const { input, frame, parts } = this;
    const { bytes, end } = input;
    const member = memberAt(bytes, input.at, end);
    if (member === openEnd) return this.starve();
    if (member === broken) return this.damageInWrapper();
    if (typeof member === 'number') {
      input.at = member + 1;
      frame.closeWrapper();
      return true;
    }
    const { value } = member;
    const key = { bytes, start: member.key, end: member.keyEnd };
    const list = bytes[value] === openBracket ? textOf(key) : null;
    if (list !== null && envelopeKeys.includes(list)) {
      if (list !== frame.closedKey) parts.report('oddity', besideList(list), member.key, 'note');
      input.at = value + 1;
      return this.enterList(list);
    }
    const close = valueEnd(bytes, value, end);
    if (close === openEnd) return this.starve();
    if (close === broken) return this.damageInWrapper();
    parts.wrapped.beside({ bytes, start: value, end: close }, key);
    input.at = close;
    return true;
  }

  private damageInWrapper(): boolean {
    this.frame.behindValue();
    return this.damage('the end of the object around the list of events was expected here');
  }

  /** Reads what comes before a list, whose bracket ends at `listStart`, in the object at `start` and in objects between it and the list. */
  private readBeside(start: number, listStart: number): void {
    const { bytes } = this.input;
    for (let at = start + 1; ;) {
      const member = memberAt(bytes, at, listStart);
      if (typeof member === 'number') return;
      const { key, keyEnd, value } = member;
      const close = valueEnd(bytes, value, listStart);
      if (close >= 0)
        this.parts.wrapped.beside({ bytes, start: value, end: close }, { bytes, start: key, end: keyEnd });
      else if (bytes[value] !== openBrace) return;
      at = close >= 0 ? close : value + 1;
    }
  }

  /** A string, which may be an event's text. */
  private readString(): boolean {
    const { input } = this;
    const end = stringEnd(input.bytes, input.at, input.end);
    if (end === openEnd) return this.starve();
    if (end === broken) return this.damage('a string without a closing quote');
    const isEvent = this.readWrapped({ bytes: input.bytes, start: input.at, end }, 'a text that holds no event');
    // Its closing quote may be the opening one of a key.
    if (!isEvent) return this.passOver(input.at + 1);
    input.at = end;
    this.frame.behindValue();
    return true;
  }

  /** Reads the record here, and all that directly follow it. */
  private readRecord(): boolean {
    const { input } = this;
    const { builder } = this.parts;
    const first = input.at;
    const rows = builder.rowCount;
    const format = this.hasPrefixes ? 'cloudwatch-export' : this.frame.isInRecords ? 'records' : 'events';
    builder.startOrigin({ format, ...lacksNothing });
    const outcome = builder.scan(first, input.end, {
      base: input.base,
      maxRows: rows + this.parts.batchRows,
      maxRecordBytes: this.parts.recordBytes,
      inArray: this.frame.isInList,
    });
    if (builder.rowCount > rows) {
      this.parts.detection.event(format);
      this.errorRecovery.learn(first);
    }
    return this.afterScan(outcome);
  }

  private afterScan(outcome: ScanOutcome): boolean {
    const { input } = this;
    const { builder } = this.parts;
    this.frame.beforeValue();
    switch (outcome) {
      case ScanOutcome.end:
        input.at = builder.position;
        this.frame.behindValue();
        return true;
      case ScanOutcome.full:
        input.at = builder.position;
        this.frame.afterComma = this.frame.isInList;
        return true;
      case ScanOutcome.envelope:
        input.at = builder.position;
        this.readBeside(builder.recordStart, input.at);
        return this.enterList(envelopeKeyBefore(input.bytes, input.at));
      case ScanOutcome.notEvent:
        input.at = builder.position;
        this.frame.behindValue();
        this.readOther({ bytes: input.bytes, start: builder.recordStart, end: input.at });
        return true;
      case ScanOutcome.needMore:
        input.at = builder.recordStart;
        return this.starve();
      case ScanOutcome.broken: {
        input.at = builder.recordStart;
        const { code, message } = builder.fault;
        this.parts.report(code, message, builder.position);
        return this.passOver(this.errorRecovery.searchStart(builder.position));
      }
    }
  }

  /** Reads inside a well-formed object that is not an event. One lost letter in the key of a list must not cost the events in it. */
  private readOther(value: Span): void {
    if (value.end - value.start < leastEventBytes) {
      this.parts.wrapped.unknownObject(value, null);
      return;
    }
    if (this.readWrapped(value, null)) return;
    const record = this.errorRecovery.recordInside(value);
    if (record < 0) return;
    this.input.at = record;
    if (this.errorRecovery.isFirstInList(record)) this.enterList(unknownName);
    else this.frame.beforeValue();
  }

  /** Reads inside a well-formed value; false where nothing known is in it. `whatElse`: how to describe it then. */
  private readWrapped(value: Span, whatElse: string | null): boolean {
    const found = this.parts.wrapped.fromValue(value, this.hasPrefixes ? 'cloudwatch-export' : null, whatElse);
    if (found === 'events') this.errorRecovery.learnAnew(value.start);
    return found !== 'unknown';
  }

  private enterList(key: string | null): boolean {
    const { input, frame, parts } = this;
    if (frame.isFull) {
      input.at--;
      parts.report('too-deep', `more than ${String(maxLists)} nested lists`, input.at);
      return this.passOver(input.at + 1);
    }
    parts.detection.listOf(key === null ? 'events' : looksOf(key));
    frame.open(key);
    return true;
  }

  private leaveList(): boolean {
    this.input.at++;
    this.frame.close();
    return true;
  }

  /** Skips the prefix before the event on its line. */
  private passPrefix(): boolean {
    const { input } = this;
    const brace = prefixEnd(input.bytes, input.at, input.end);
    if (brace >= 0) {
      input.at = brace;
      return this.readRecord();
    }
    const isCut = !input.isLast && input.end - input.at < maxPrefix;
    if (isCut && !input.bytes.subarray(input.at, input.end).includes(lineFeed)) return false;
    return this.damage('a line that holds no event');
  }

  private damage(message: string): boolean {
    this.parts.report('bad-json', message, this.input.at);
    return this.passOver(this.input.at);
  }

  /** Skips what begins here; the next record is searched from `searchFrom` on. */
  private passOver(searchFrom: number): boolean {
    this.errorRecovery.start(!this.frame.isInList, searchFrom);
    this.frame.expect = Expect.damageEnd;
    return true;
  }

  private passDamage(): boolean {
    switch (this.errorRecovery.pass()) {
      case Skip.needMore:
        return false;
      case Skip.valueEnd:
        this.frame.behindValue();
        return true;
      case Skip.recordStart:
        this.frame.afterComma = false;
        this.frame.beforeValue();
        return true;
      case Skip.separator:
        this.frame.expect = Expect.separator;
        return true;
    }
  }

  /** The bytes end within the current value: waits for more, or reports the problem at the end of the text or over the limit. */
  private starve(): boolean {
    const { input } = this;
    const { recordBytes } = this.parts;
    if (input.end - input.at >= recordBytes) {
      this.parts.report('limit', `a record of more than ${exactBytes(recordBytes)}`, input.at);
      return this.passOver(this.errorRecovery.searchStart(input.end));
    }
    if (!input.isLast) {
      input.wait(recordBytes);
      return false;
    }
    // A record that lost a bracket swallows the next ones, up to the end of the file.
    const next = this.errorRecovery.recordWithin(!this.frame.isInList, this.errorRecovery.searchStart(input.end));
    if (next >= 0) {
      this.parts.report('bad-json', 'a record without an end: the next one begins inside it', input.at);
      input.at = next;
      this.frame.beforeValue();
      return true;
    }
    this.parts.report('torn', 'the file ends in the middle of a record', input.end);
    input.at = input.end;
    this.isDone = true;
    return false;
  }

  /** Only white space was left. */
  private atEnd(): void {
    if (this.frame.expect !== Expect.document) {
      this.parts.report('torn', 'the file ends before its list of events does', this.input.end);
    }
    this.isDone = true;
  }
}
