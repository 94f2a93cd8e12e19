/**
 * What stands between one string or number and the next: `","awsRegion":"`, `"},"responseElements":null,"requestID":"`.
 *
 * CloudTrail repeats itself, so most of it has been seen before. A glue is the exact bytes from the end of a value to the start of the next
 * one, learned with what it means: where the parser stands afterwards and which literals and empty containers lie in between. The grammar
 * is deterministic, so the same bytes after the same place always mean the same, and comparing bytes takes the place of parsing.
 * {@link GlueParser} is the ordinary parser that meets every glue first.
 */
import { hashBytes, withRoom } from './bytes';
import { tagOf, type ValueDictionary } from './dictionary';
import { Entry, InternTable } from './intern-table';
import type { LeafLog } from './leaf-log';
import { Status, type Fault } from './scan-status';
import { ValueType } from './segment';
import { OUTSIDE, ROOT, type Shapes } from './shapes';
import { StringReader } from './strings';

/** What a glue leads to. */
export const Next = {
  /** A string; the glue ends after its opening quote. */
  string: 0,
  /** A number; the glue ends before it. */
  number: 1,
  /** The end of the record; the glue ends after its last brace. */
  end: 2,
} as const;

/** Nested deeper than this, a record is refused: real ones stay below 20. */
export const MAX_DEPTH = 512;

const MAX_GLUE_BYTES = 512;
export const MAX_GLUE_LEAVES = 32;
/** Enough for every shape of a real archive; hostile keys stop being learned here. */
const MAX_GLUES = 1 << 16;

/** Glues that were learned, by number. `table`: bytes under the place they follow. */
export class GlueTable {
  readonly table = new InternTable();
  /** The place of the value it leads to. */
  place = new Int32Array(1024);
  next = new Uint8Array(1024);
  /** Its literals and empty containers: from `leafEnds[glue - 1]` to `leafEnds[glue]` in `leafPaths` and `leafCodes`. */
  leafEnds = new Int32Array(1024);
  leafPaths = new Int32Array(1024);
  leafCodes = new Int32Array(1024);

  leafStart(glue: number): number {
    return glue === 0 ? 0 : (this.leafEnds[glue - 1] as number);
  }

  /** Learns the bytes just parsed, with the leaves the parser appended to the log. Returns the glue's number, or -1. */
  learn(
    from: number,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    place: number,
    next: number,
    log: LeafLog,
    firstLeaf: number,
  ): number {
    const length = end - start;
    const hash = hashBytes(view, start, length, from, this.table.seed);
    const known = this.table.find(from, hash, view, start, length);
    if (known >= 0) return known;
    const leaves = log.count - firstLeaf;
    if (length > MAX_GLUE_BYTES || leaves > MAX_GLUE_LEAVES || this.table.count >= MAX_GLUES) return -1;
    const glue = this.table.add(from, hash, bytes, start, length, 0);
    const leafStart = this.leafStart(glue);
    this.place = withRoom(this.place, glue + 1);
    this.next = withRoom(this.next, glue + 1);
    this.leafEnds = withRoom(this.leafEnds, glue + 1);
    this.leafPaths = withRoom(this.leafPaths, leafStart + leaves);
    this.leafCodes = withRoom(this.leafCodes, leafStart + leaves);
    this.place[glue] = place;
    this.next[glue] = next;
    this.leafEnds[glue] = leafStart + leaves;
    this.leafPaths.set(log.paths.subarray(firstLeaf, log.count), leafStart);
    this.leafCodes.set(log.codes.subarray(firstLeaf, log.count), leafStart);
    return glue;
  }

  /** The place a glue follows. */
  from(glue: number): number {
    return this.table.field(glue, Entry.tag);
  }
}

/** Parses from the end of a value (or from before a record) to the next string or number. As strict as JSON.parse. */
export class GlueParser {
  /** Where it led, valid after `ok`. */
  place = 0;
  next = 0;
  at = 0;
  private readonly shapes: Shapes;
  private readonly dictionary: ValueDictionary;
  private readonly log: LeafLog;
  private readonly fault: Fault;
  private readonly strings: StringReader;
  private bytes: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private end = 0;

  constructor(shapes: Shapes, dictionary: ValueDictionary, log: LeafLog, fault: Fault) {
    this.shapes = shapes;
    this.dictionary = dictionary;
    this.log = log;
    this.fault = fault;
    this.strings = new StringReader(fault);
  }

  /** From `start`, just after the value at `from`. Leaves on the way are appended to the log. */
  parse(bytes: Uint8Array, view: DataView, from: number, start: number, end: number): Status {
    this.bytes = bytes;
    this.view = view;
    this.end = end;
    this.place = from;
    this.at = start;
    if (from === OUTSIDE) {
      this.place = ROOT;
      if (start >= end) return Status.needMore;
      if (bytes[start] !== OPEN_BRACE) return this.bad('not an object', start);
    } else {
      const status = this.afterValue();
      if (status !== Status.ok || this.next === Next.end) return status;
    }
    for (;;) {
      const status = this.value();
      if (status !== Status.ok || this.next !== AGAIN) return status;
    }
  }

  /** At a value of `place`. Sets `next` to what comes, or to {@link AGAIN} where another value must be looked at. */
  private value(): Status {
    const first = this.skipSpace();
    if (first < 0) return Status.needMore;
    switch (first) {
      case QUOTE:
        this.shapes.path(this.place);
        this.at += 1;
        this.next = Next.string;
        return Status.ok;
      case OPEN_BRACE:
        return this.container(CLOSE_BRACE, ValueType.emptyObject);
      case OPEN_BRACKET:
        return this.container(CLOSE_BRACKET, ValueType.emptyArray);
      case 0x74: // t
        return this.literal(literals.true, ValueType.true);
      case 0x66: // f
        return this.literal(literals.false, ValueType.false);
      case 0x6e: // n
        return this.literal(literals.null, ValueType.null);
      default:
        if (first !== MINUS && !isDigit(first)) return this.unexpected('a value', first);
        this.shapes.path(this.place);
        this.next = Next.number;
        return Status.ok;
    }
  }

  private container(close: number, type: ValueType): Status {
    this.at += 1;
    const first = this.skipSpace();
    if (first < 0) return Status.needMore;
    if (first === close) {
      this.at += 1;
      this.leaf(type, noText);
      return this.afterValue();
    }
    if ((this.shapes.depth[this.place] as number) >= MAX_DEPTH) {
      this.fault.code = 'too-deep';
      this.fault.message = `nested deeper than ${String(MAX_DEPTH)} levels`;
      this.fault.at = this.at;
      return Status.bad;
    }
    if (close === CLOSE_BRACE) return this.key();
    this.place = this.shapes.element(this.place);
    this.next = AGAIN;
    return Status.ok;
  }

  /** At the key of a member of the object at `place`; goes on to behind the colon. */
  private key(): Status {
    const first = this.skipSpace();
    if (first < 0) return Status.needMore;
    if (first !== QUOTE) return this.unexpected('a key', first);
    const status = this.strings.read(this.bytes, this.view, this.at + 1, this.end);
    if (status !== Status.ok) return status;
    const { strings } = this;
    this.place = this.shapes.member(this.place, strings.view, strings.bytes, strings.start, strings.length);
    this.at = strings.next;
    const colon = this.skipSpace();
    if (colon < 0) return Status.needMore;
    if (colon !== COLON) return this.unexpected('":"', colon);
    this.at += 1;
    this.next = AGAIN;
    return Status.ok;
  }

  /** Behind a value of `place`: on to the next key or element, or out of the containers that close here. */
  private afterValue(): Status {
    const { shapes } = this;
    for (;;) {
      if (this.place === ROOT) {
        this.next = Next.end;
        return Status.ok;
      }
      const byte = this.skipSpace();
      if (byte < 0) return Status.needMore;
      const isElement = shapes.isElement[this.place] === 1;
      if (byte === COMMA) {
        this.at += 1;
        if (!isElement) {
          this.place = shapes.parent[this.place] as number;
          return this.key();
        }
        this.next = AGAIN;
        return Status.ok;
      }
      if (byte !== (isElement ? CLOSE_BRACKET : CLOSE_BRACE)) {
        return this.unexpected(isElement ? '"," or "]"' : '"," or "}"', byte);
      }
      this.at += 1;
      this.place = shapes.parent[this.place] as number;
    }
  }

  private literal(word: Literal, type: ValueType): Status {
    for (let i = 0; i < word.bytes.length; i += 1) {
      if (this.at + i >= this.end) return Status.needMore;
      if (this.bytes[this.at + i] !== word.bytes[i]) return this.bad('not a JSON value', this.at);
    }
    this.at += word.bytes.length;
    this.leaf(type, word);
    return this.afterValue();
  }

  private leaf(type: ValueType, text: Literal): void {
    const path = this.shapes.path(this.place);
    const id = this.dictionary.intern(tagOf(path, type, false), text.bytes, text.view, 0, text.bytes.length);
    this.log.add(path, this.dictionary.codeOf(id));
  }

  /** The next byte that is not white space, or -1 at the end. */
  private skipSpace(): number {
    for (; this.at < this.end; this.at += 1) {
      const byte = this.bytes[this.at] as number;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
    }
    return -1;
  }

  private unexpected(wanted: string, byte: number): Status {
    const found = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`;
    return this.bad(`${wanted} was expected, not ${found}`, this.at);
  }

  private bad(message: string, at: number): Status {
    this.fault.code = 'bad-json';
    this.fault.message = message;
    this.fault.at = at;
    return Status.bad;
  }
}

/** Not a {@link Next}: go round again. */
const AGAIN = 3;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

interface Literal {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function literal(text: string): Literal {
  const bytes = new Uint8Array(16);
  new TextEncoder().encodeInto(text, bytes);
  return { bytes: bytes.subarray(0, text.length), view: new DataView(bytes.buffer) };
}

const literals = { true: literal('true'), false: literal('false'), null: literal('null') };
const noText = literal('');
