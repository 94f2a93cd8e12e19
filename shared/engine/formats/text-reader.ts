/**
 * Finds the events in a text that is something else: lines of syslog, YAML, XML, what Python prints, a ticket with an event in it. Each has
 * its own location; the text around them is not read.
 */
import type { FileFormat } from '#contract/report';
import type { RecordFormat } from '#contract/record-formats';
import { decodeWtf8 } from '../text/wtf8';
import type { Input } from './input';
import { spaceEnd } from './json-walk';
import { KeySearch, maxKeyDistance } from './key-search';
import { MailHead } from './mail-head';
import type { ReaderParts } from './reader-parts';
import { RereadBudget } from './reread-budget';
import { lookBack, textAt } from './text-slice';
import { undone, type Wrapping } from './text-undo';

const lineFeed = 0x0a;
const openBrace = 0x7b;

/** How to describe the text if it has no event. */
export interface TextWithout {
  readonly format: FileFormat | null;
  readonly message: string;
}

/** JSON that has no end, or cannot be decoded. Offsets into the whole text. */
interface Broken {
  readonly at: number;
  /** The offset of its first event key. */
  readonly key: number;
  readonly isTorn: boolean;
}

export class TextReader {
  /** The end of the text was reached. */
  isDone = false;
  private readonly parts: ReaderParts;
  private readonly input: Input;
  private readonly without: TextWithout;
  private readonly keys = new KeySearch();
  private readonly budget = new RereadBudget();
  /** Where the text begins, and where the search for braces goes on. */
  private readonly first: number;
  private next: number;
  /** The start of the current line, and of the last one with a reported problem. */
  private line: number;
  private toldLine = -1;
  private broken: Broken | null = null;
  private found = 0;
  private lost = 0;
  private readonly undone = new Map<Wrapping, number>();
  private readonly head = new MailHead();

  constructor(parts: ReaderParts, without: TextWithout) {
    this.parts = parts;
    this.input = parts.input;
    this.without = without;
    this.first = parts.input.base + parts.input.at;
    this.next = this.first;
    this.line = this.first;
  }

  /** Reads what begins at one brace; false where more bytes are needed, or none are left. */
  step(): boolean {
    const { input } = this;
    const { bytes, base, end, isLast } = input;
    const hand = Buffer.from(bytes.buffer, bytes.byteOffset, end);
    for (;;) {
      const brace = hand.indexOf(openBrace, this.next - base);
      if (brace < 0) return this.passTo(base + end);
      this.passTo(base + brace);
      const key = this.keys.next(bytes, base, base + brace, end);
      if (this.broken !== null && this.broken.key < base + brace) this.tellBroken(this.broken);
      if (key - base - brace < maxKeyDistance) return this.readAt(brace, key);
      // An event key may still follow in later bytes.
      const known = key === Infinity ? base + end : key;
      if (key === Infinity && !isLast && end - brace < maxKeyDistance) return this.starve();
      this.next = Math.max(base + brace + 1, known - maxKeyDistance);
    }
  }

  /** Goes on at an offset of the text; false at the end of the current bytes. */
  private passTo(next: number): boolean {
    const { input } = this;
    const passed = input.bytes.subarray(this.next - input.base, next - input.base);
    this.head.add(passed);
    const feed = passed.lastIndexOf(lineFeed);
    if (feed >= 0) this.line = this.next + feed + 1;
    this.next = next;
    const kept = Math.min(next - lookBack, this.broken?.at ?? Infinity);
    input.at = Math.max(input.at, kept - input.base);
    if (next < input.base + input.end) return true;
    if (input.isLast) this.atEnd();
    return false;
  }

  private readAt(brace: number, key: number): boolean {
    const { input, parts } = this;
    const { bytes, base, end, isLast } = input;
    const isLong = end - brace >= parts.recordBytes;
    const slice = textAt(bytes, brace, Math.max(0, this.first - base, brace - lookBack), end, isLast || isLong);
    switch (slice.kind) {
      case 'needMore':
        return this.starve();
      case 'none':
        if (!isLast && end - (key - base) < longestKey) return this.starve();
        if (isJavaScript(bytes, brace, key - base, end)) this.tellLost('bad-json', inJavaScript, brace);
        this.next++;
        return true;
      case 'broken':
        return this.noteBroken({ at: base + brace, key, isTorn: slice.isOpen && !isLong });
      case 'plain': {
        const part = Buffer.from(bytes.buffer, bytes.byteOffset + brace, slice.end - brace);
        if (this.isCef() && part.includes('\\=')) return this.noteBroken({ at: base + brace, key, isTorn: false });
        const { found, controls } = parts.wrapped.fromPart(
          { bytes, start: brace, end: slice.end },
          this.formatAt(brace),
        );
        return this.afterSlice(slice.end, found + controls);
      }
      case 'written': {
        const text = undone(bytes.subarray(slice.start, slice.end));
        if (text === null) return this.noteBroken({ at: base + brace, key, isTorn: false });
        const place = { bytes, start: slice.start, end: slice.end };
        const rows = parts.builder.rowCount;
        const { found, controls } = parts.wrapped.fromText(text.text, place, this.formatAt(slice.start));
        // A broken event is found as well, and reported as a loss.
        const read = parts.builder.rowCount - rows;
        if (read > 0) this.undone.set(text.from, (this.undone.get(text.from) ?? 0) + read);
        return this.afterSlice(slice.end, found + controls);
      }
    }
  }

  /** `end`: of what was looked into, at hand. */
  private afterSlice(end: number, found: number): boolean {
    const { input } = this;
    const { next } = this;
    this.found += found;
    if (found > 0) {
      // Text around an event, which itself has no end, is not a loss.
      this.broken = null;
      this.next = input.base + end;
    } else {
      const mayReread = this.budget.spend(input.base + end - next, input.total);
      this.next = mayReread ? next + 1 : input.base + end;
    }
    return true;
  }

  private noteBroken(broken: Broken): boolean {
    const { input } = this;
    if (this.broken !== null && this.broken.key !== broken.key) this.tellBroken(this.broken);
    this.broken = broken;
    const mayReread = this.budget.spend(input.end - (broken.at - input.base), input.total);
    this.next = mayReread ? broken.at + 1 : input.base + input.end;
    return true;
  }

  private tellBroken({ at, isTorn }: Broken): void {
    this.broken = null;
    const message = `JSON with the fields of an event begins here, and cannot be read to its end${this.isCef() ? inCef : ''}`;
    this.tellLost(isTorn ? 'torn' : 'bad-json', message, at - this.input.base);
  }

  /** Whether the current line is CEF. */
  private isCef(): boolean {
    const { base, bytes, end } = this.input;
    const from = Math.max(0, this.line - base);
    return /(?:^|\s)CEF:\d+\|/.test(decodeWtf8(bytes, from, Math.min(end, from + maxLineStart)));
  }

  /** Reports once per line that something on it was not read. */
  private tellLost(code: 'torn' | 'bad-json', message: string, at: number): void {
    if (this.toldLine === this.line) return;
    this.toldLine = this.line;
    this.lost++;
    this.parts.report(code, message, at);
  }

  private starve(): boolean {
    this.input.wait(this.parts.recordBytes);
    return false;
  }

  /** The prefix before the JSON may identify its format. */
  private formatAt(start: number): RecordFormat {
    const from = Math.max(0, this.first - this.input.base, start - lookBack);
    const before = decodeWtf8(this.input.bytes, from, start);
    if (/CloudTrailEvent["']?\s*:\s*(?:[|>][-+\d]*\s*)?$/.test(before)) return 'lookup-events';
    return /\bk=["']_raw["'][^\n]*$/.test(before) ? 'splunk' : 'text';
  }

  private atEnd(): void {
    if (this.isDone) return;
    const { input, parts, without } = this;
    if (this.broken !== null) this.tellBroken(this.broken);
    for (const [from, count] of this.undone) {
      parts.report('oddity', `events decoded from ${from}: ${String(count)}`, null, 'note');
    }
    if (this.head.isQuotedPrintable && this.found + this.lost > 0) parts.report('oddity', inMail, null, 'loss');
    if (this.found === 0 && without.format !== null) parts.detection.looksLike(without.format);
    if (this.found + this.lost === 0) parts.report('unknown-format', without.message, this.first - input.base);
    input.at = input.end;
    this.isDone = true;
  }
}

const inJavaScript =
  'an object with the fields of an event, as JavaScript prints it: it is not JSON and was not read; write it with JSON.stringify';
const inCef = ': in a line of CEF, whose escapes are not undone; export the events as JSON';
const inMail =
  'the text is quoted-printable, as mail is: its values may show =3D for =, and events that it breaks into lines are not read; decode it first';
/** Identifies a line of CEF. */
const maxLineStart = 512;

/** Whether the brace opens an object whose first key is an unquoted event key. */
function isJavaScript(bytes: Uint8Array, brace: number, key: number, end: number): boolean {
  if (spaceEnd(bytes, brace + 1, end) !== key) return false;
  return /^\w+\s*:/.test(decodeWtf8(bytes, key, Math.min(end, key + longestKey)));
}

/** `eventVersion`, white space and a colon. */
const longestKey = 32;
