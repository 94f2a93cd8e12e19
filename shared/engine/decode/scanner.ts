/**
 * The measured heart: reads one record from its bytes, in one pass, into the leaf log. No JSON.parse, no JS string per value.
 *
 * A record is an alternation of glue (see `glue.ts`) and strings or numbers. For both there is a guess, and a right guess costs one
 * comparison, four bytes at a time; guesses come from small direct-mapped caches keyed by where we are and by the value before, since
 * one value mostly brings the next (a principal its ARN, an event name its parameters). Every guess is checked to the last byte and so
 * can be stale or wrong without harm. What was guessed wrong is parsed, or hashed while its closing quote is sought and looked up.
 *
 * Duplicate keys of an object are all kept, so that nothing in a record can hide behind another.
 */
import { parseEventTime } from '#core/time';
import { equalBytes, finishHash } from './bytes';
import { canonicalTime, CANONICAL_LENGTH } from './canonical-time';
import { PLAIN, tagOf, type ValueDictionary } from './dictionary';
import { GlueParser, GlueTable, MAX_GLUE_LEAVES, Next } from './glue';
import { Entry } from './intern-table';
import type { LeafLog } from './leaf-log';
import { numberEnd, NUMBER_BAD, NUMBER_OPEN } from './numbers';
import { Status, type Fault } from './scan-status';
import { ValueType } from './segment';
import { Keep, OUTSIDE, type Shapes } from './shapes';
import { StringReader } from './strings';
import { decodeWtf8 } from './wtf8';

const QUOTE = 0x22;

/** Sizes of the caches, powers of two. */
const GLUE_GUESSES = 1 << 15;
const VALUE_GUESSES = 1 << 17;
/** Not a value's number: before the first value of a record. */
const NO_VALUE = -1;

export class Scanner {
  readonly fault: Fault = { code: 'bad-json', message: '', at: 0 };
  /** The offset behind the record, after `ok`. */
  next = 0;
  /** The record's `eventTime` in ms since 1970; NaN where it has none. */
  time = NaN;
  /** Whether `time` was written in the one canonical way, and so is kept as a number only. */
  isCanonicalTime = false;
  private readonly shapes: Shapes;
  private readonly dictionary: ValueDictionary;
  private readonly log: LeafLog;
  private readonly glues = new GlueTable();
  private readonly glueParser: GlueParser;
  private readonly strings: StringReader;
  private readonly glueGuesses = new Int32Array(GLUE_GUESSES);
  private readonly valueGuesses = new Int32Array(VALUE_GUESSES);

  constructor(shapes: Shapes, dictionary: ValueDictionary, log: LeafLog) {
    this.shapes = shapes;
    this.dictionary = dictionary;
    this.log = log;
    this.glueParser = new GlueParser(shapes, dictionary, log, this.fault);
    this.strings = new StringReader(this.fault);
  }

  /** Forgets the glues that were learned after the mark was taken. */
  get glueCount(): number {
    return this.glues.table.count;
  }
  forgetGlues(count: number): void {
    this.glues.table.truncate(count);
  }

  /**
   * Reads the record that begins at `start` into row `row`. The bytes must be readable for `SLACK` bytes past `end`.
   *
   * Unless it ends with `ok`, what it appended to the log, the dictionary and the shapes has to be taken back by the caller.
   */
  scan(bytes: Uint8Array, view: DataView, start: number, end: number, row: number): Status {
    const { shapes, dictionary, log, glues, glueGuesses, valueGuesses } = this;
    const { values } = dictionary;
    const { seed } = values;
    this.time = NaN;
    this.isCanonicalTime = false;
    let at = start;
    let place = OUTSIDE;
    let before = NO_VALUE;
    for (;;) {
      // ---- the glue
      let next: number;
      const glueSlot = (Math.imul(place, 0x9e3779b1) ^ Math.imul(before, 0x85ebca6b)) >>> 17;
      const glue = (glueGuesses[glueSlot] as number) - 1;
      const length =
        glue < 0 || glue >= glues.table.count ? 0 : (glues.table.entries[glue * Entry.stride + Entry.length] as number);
      if (
        length > 0 &&
        glues.table.entries[glue * Entry.stride + Entry.tag] === place &&
        at + length < end &&
        equalBytes(
          view,
          at,
          glues.table.view,
          glues.table.entries[glue * Entry.stride + Entry.start] as number,
          length,
        ) &&
        (glues.next[glue] !== Next.number || startsNumber(bytes[at + length] as number))
      ) {
        log.makeRoom(MAX_GLUE_LEAVES + 1);
        for (let leaf = glues.leafStart(glue), stop = glues.leafEnds[glue] as number; leaf < stop; leaf += 1) {
          log.paths[log.count] = glues.leafPaths[leaf] as number;
          log.codes[log.count] = glues.leafCodes[leaf] as number;
          log.count += 1;
        }
        at += length;
        place = glues.place[glue] as number;
        next = glues.next[glue] as number;
      } else {
        const { glueParser } = this;
        const firstLeaf = log.count;
        const status = glueParser.parse(bytes, view, place, at, end);
        if (status !== Status.ok) return status;
        const learned = glues.learn(
          place,
          bytes,
          view,
          at,
          glueParser.at,
          glueParser.place,
          glueParser.next,
          log,
          firstLeaf,
        );
        if (learned >= 0) glueGuesses[glueSlot] = learned + 1;
        at = glueParser.at;
        place = glueParser.place;
        next = glueParser.next;
        log.makeRoom(1);
      }
      if (next === Next.end) {
        this.next = at;
        return Status.ok;
      }
      const path = shapes.pathOf[place] as number;

      // ---- a number
      if (next === Next.number) {
        const stop = numberEnd(bytes, at, end);
        if (stop === NUMBER_OPEN) return Status.needMore;
        if (stop === NUMBER_BAD) return this.bad('not a JSON number', at);
        const id = dictionary.intern(tagOf(path, ValueType.number, false), bytes, view, at, stop - at);
        log.add(path, dictionary.codeOf(id));
        at = stop;
        continue;
      }

      // ---- a string: the guess
      if ((shapes.keep[place] as number) !== Keep.dictionary) {
        const status = this.readKept(bytes, view, at, end, row, place, path);
        if (status !== Status.ok) return status;
        at = this.next;
        continue;
      }
      const tag = (path << 4) | PLAIN;
      const valueSlot = (Math.imul(place, 0x9e3779b1) ^ Math.imul(before, 0x85ebca6b)) >>> 15;
      let id = valueGuesses[valueSlot] as number;
      let entry = id * Entry.stride;
      const guessed = values.entries[entry + Entry.length] as number;
      if (
        id < values.count &&
        values.entries[entry + Entry.tag] === tag &&
        at + guessed < end &&
        bytes[at + guessed] === QUOTE &&
        equalBytes(view, at, values.view, values.entries[entry + Entry.start] as number, guessed)
      ) {
        log.paths[log.count] = path;
        log.codes[log.count] = values.entries[entry + Entry.data] as number;
        log.count += 1;
        at += guessed + 1;
        before = id;
        continue;
      }

      // ---- hashed while the closing quote is sought
      let hash = seed;
      let stop = at;
      for (;;) {
        let word = view.getInt32(stop, true);
        // Where the bytes end, the rest of the word is not ours: a quote in its place stops the search.
        if (stop + 4 > end) word = endWord(word, end - stop);
        const noQuote = word ^ 0x22222222;
        const noBackslash = word ^ 0x5c5c5c5c;
        // The usual test for a zero byte, for a quote, for a backslash, and for a byte below 0x20. Its lowest hit is always a true one.
        const special =
          (((noQuote - 0x01010101) & ~noQuote) |
            ((noBackslash - 0x01010101) & ~noBackslash) |
            ((word - 0x20202020) & ~word)) &
          0x80808080;
        if (special === 0) {
          hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1);
          stop += 4;
          continue;
        }
        const rest = (31 - Math.clz32(special & -special)) >> 3;
        if (rest > 0) {
          hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ (word & ((1 << (rest << 3)) - 1)), 0x9e3779b1);
          stop += rest;
        }
        break;
      }
      if (stop >= end) return Status.needMore;
      if (bytes[stop] === QUOTE) {
        hash = finishHash(hash, tag, stop - at);
        id = values.find(tag, hash, view, at, stop - at);
        if (id < 0) id = dictionary.add(tag, hash, bytes, at, stop - at);
        valueGuesses[valueSlot] = id;
        at = stop + 1;
      } else {
        const { strings } = this;
        const status = strings.read(bytes, view, at, end);
        if (status !== Status.ok) return status;
        const escapedTag = tagOf(path, ValueType.string, strings.plain);
        id = dictionary.intern(escapedTag, strings.bytes, strings.view, strings.start, strings.length);
        at = strings.next;
      }
      entry = id * Entry.stride;
      log.paths[log.count] = path;
      log.codes[log.count] = values.entries[entry + Entry.data] as number;
      log.count += 1;
      before = id;
    }
  }

  /** A string that is not numbered: a time or an identifier. Leaves {@link next} behind its closing quote. */
  private readKept(
    bytes: Uint8Array,
    view: DataView,
    at: number,
    end: number,
    row: number,
    place: number,
    path: number,
  ): Status {
    const { dictionary, log, strings } = this;
    const isTime = this.shapes.keep[place] === Keep.time;
    if (isTime && !this.isCanonicalTime && at + CANONICAL_LENGTH < end && bytes[at + CANONICAL_LENGTH] === QUOTE) {
      const time = canonicalTime(bytes, at);
      if (!Number.isNaN(time)) {
        this.time = time;
        this.isCanonicalTime = true;
        this.next = at + CANONICAL_LENGTH + 1;
        return Status.ok;
      }
    }
    if (!isTime && at + 36 < end && bytes[at + 36] === QUOTE && log.addUuid(path, row, bytes, at)) {
      this.next = at + 37;
      return Status.ok;
    }
    const status = strings.read(bytes, view, at, end);
    if (status !== Status.ok) return status;
    this.next = strings.next;
    if (!isTime) {
      log.addText(path, row, strings.bytes, strings.start, strings.length);
      return Status.ok;
    }
    const text = strings.bytes.subarray(strings.start, strings.start + strings.length);
    if (!this.isCanonicalTime) this.time = parseEventTime(decodeWtf8(text)) ?? NaN;
    if (this.shapes.isIdentifier(path)) {
      log.addText(path, row, strings.bytes, strings.start, strings.length);
      return Status.ok;
    }
    const tag = tagOf(path, ValueType.string, strings.plain);
    const id = dictionary.intern(tag, strings.bytes, strings.view, strings.start, strings.length);
    log.add(path, dictionary.codeOf(id));
    return Status.ok;
  }

  private bad(message: string, at: number): Status {
    this.fault.code = 'bad-json';
    this.fault.message = message;
    this.fault.at = at;
    return Status.bad;
  }
}

function startsNumber(byte: number): boolean {
  return byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
}

/** The first `left` bytes of a word, filled up with quotes. */
function endWord(word: number, left: number): number {
  if (left <= 0) return 0x22222222;
  const mask = (1 << (left << 3)) - 1;
  return (word & mask) | (0x22222222 & ~mask);
}
