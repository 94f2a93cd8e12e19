/**
 * Finds the events wrapped by other tools: in an object's member, in a string with the event's JSON, or nested in both.
 *
 * First the keys are searched that tools are known to use. If that finds nothing, or a list of events has unknown siblings,
 * everything is searched that may hold an event. Nothing is parsed and serialised again: an event is a range of the given bytes, or
 * of a decoded string in them.
 */
import { greatestLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import type { RecordFormat } from '#contract/record-formats';
import { lacksNothing, type Lacks } from '../scan/row-origins';
import { carriers, namesSought, type NamedMembers } from './carriers';
import { encodeWtf8 } from '../text/wtf8';
import { ecsEvent, ecsKeys } from './ecs-event';
import { mentionsEvent } from './event-mention';
import { beginsWithKey, eventStart, isPlainEvent } from './event-start';
import { foreignName, mayBeForeign } from './foreign-records';
import { allMembers, elementsOf, membersOf, textOf, unescaped, valueEnd, type Span } from './json-walk';
import { isLookup, lookupEvent, lookupLacks } from './lookup-event';
import { isLowerCaseRecord, lowerCaseRecord } from './lower-case-record';
import { mentionsPackedEvent } from './packed-mention';
import { PackedTexts, type OpenedText } from './packed-text';
import { ReadEvents } from './read-events';
import { repeatedColumns, unreadEvents } from './table';
import { besideRows, resultRows, type ResultRow } from './result-rows';
import { envelopeKeys, eventKeys, foreignKeys, isRecordsKey } from '../scan/root-keys';

/** The deepest nesting of wrappers. */
const maxDepth = 16;
/** The deepest nesting of texts: a queue's message with a topic's in it, with CloudWatch's in that. Each is a copy. */
const maxTexts = 4;
/** The most layers of base64 and gzip around one text. */
const maxPackings = 4;
/** After this many braces that open no value, the search in a text ends. */
const maxStrayBraces = 64;

const quote = 0x22;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** A possible event; the scanner decides. */
export interface Candidate extends Lacks {
  readonly span: Span;
  /** Whether the span is a range of the given bytes; else it was decoded from `place`. */
  readonly isInPlace: boolean;
  readonly place: Span;
  readonly format: RecordFormat;
  /** What is known of the event if its JSON is broken. */
  readonly fallback: (() => Uint8Array) | null;
  /** The event's own part of the place; null: all of it. */
  readonly row: Span | null;
}

/** Receives problems. `place`: a range of the given bytes. */
export type OnMet = (
  code: FileProblem['code'],
  message: string,
  place: Span,
  severity: FileProblem['severity'],
  limit?: FileProblem['limit'],
) => void;

/** What is reported of one row of query results, since it is so of all. */
type RowReport = 'columns' | 'repeated' | 'unread';

interface Around {
  readonly place: Span;
  readonly isInPlace: boolean;
  /** Set by the outermost wrapper that has a format of its own. */
  readonly format: RecordFormat | null;
  readonly isInRecords: boolean;
  /** Not in a known wrapper: only an object with several keys of an event is one. */
  readonly isGuess: boolean;
  /** An event was read next to it: another form of the same event is not counted. */
  readonly isBesideOne: boolean;
  readonly depth: number;
  readonly texts: number;
  readonly packings: number;
  readonly fallback: (() => Uint8Array) | null;
  readonly row: Span | null;
}

export class Unwrapper {
  /** Candidates so far. */
  found = 0;
  /** Messages with which AWS tests a connection: they never hold events. */
  controls = 0;
  /** Cells of a Logs Insights row other than `@message`. */
  cells = 0;
  /** Reported objects that are not events: records of other services, and what looked like an event. */
  unknown = 0;
  /** Candidates under keys that no tool is known to use. */
  guessed = 0;
  /** Values that only repeat an event next to them. */
  private repeated = 0;
  private readonly read = new ReadEvents();
  private readonly take: (candidate: Candidate) => void;
  private readonly onMet: OnMet;
  private readonly packed: PackedTexts;

  /**
   * @param take called for each candidate, in order
   * @param packed unpacks packed texts, within the limits of their file; default: the limits of one value
   */
  constructor(
    take: (candidate: Candidate) => void,
    onMet: OnMet = (): void => undefined,
    packed = new PackedTexts(greatestLimits),
  ) {
    this.take = take;
    this.onMet = onMet;
    this.packed = packed;
  }

  /** Searches a JSON value in the file. `format`: of the events in it, where the context shows it. */
  value(span: Span, format: RecordFormat | null): void {
    const around = { ...nothingAround, place: span, isInPlace: true, format };
    this.visit(span, around);
    if (this.met > 0 || !this.mayHoldEvent(span)) return;
    this.search(span, around);
    this.guessed = this.found;
  }

  /** Searches a value next to a list of events, under an unknown key, that may hold an event. */
  beside(span: Span, key: string): void {
    this.visitBeside(span, key, { ...nothingAround, place: span, isInPlace: true });
  }

  /** Searches a text that was decoded from `place`; `format` as in {@link value}. */
  text(bytes: Uint8Array, place: Span, format: RecordFormat | null): void {
    this.visitText(bytes, { ...nothingAround, place, format, isInPlace: false });
  }

  /** Counts everything recognised, events or not. */
  private get met(): number {
    return this.found + this.controls + this.cells + this.unknown + this.repeated;
  }

  private visit(span: Span, around: Around): void {
    if (around.depth > maxDepth) {
      this.loseDeep(span, around);
      return;
    }
    const inside = { ...around, depth: around.depth + 1 };
    switch (span.bytes[span.start]) {
      case quote:
        if (inside.texts >= maxTexts) {
          if (mentionsEvent(span))
            this.unknownObject(`a text in more than ${String(maxTexts)} other texts`, span, inside);
          return;
        }
        this.visitText(unescaped(span), { ...inside, isInPlace: false, texts: inside.texts + 1 });
        return;
      case openBracket:
        for (const element of elementsOf(span)) this.visit(element, placed(element, inside));
        return;
      case openBrace:
        this.visitObject(span, inside);
    }
  }

  private visitText(bytes: Uint8Array, around: Around): void {
    const opened = this.packed.open(bytes);
    if (opened !== null) this.visitOpened(opened, around);
    else this.visitLines(bytes, around);
  }

  private visitOpened({ bytes, problem }: OpenedText, around: Around): void {
    if (around.packings >= maxPackings) {
      this.unknownObject(`a text that is packed more than ${String(maxPackings)} times`, around.place, around);
      return;
    }
    if (problem !== null) {
      this.unknown++;
      this.onMet(problem.code, problem.message, around.place, 'loss', problem.limit);
    }
    this.visitText(bytes, { ...around, packings: around.packings + 1 });
  }

  private visitLines(bytes: Uint8Array, around: Around): void {
    const end = bytes.length;
    let strays = 0;
    // Checked once: a text may have as many lines as bytes.
    let isEventBehind: boolean | null = null;
    let at = 0;
    for (;;) {
      let start = eventStart(bytes, at, end);
      if (start < 0) {
        // Lines without a brace are skipped if an event follows.
        isEventBehind ??= mentionsEvent({ bytes, start: at, end });
        start = isEventBehind ? bytes.indexOf(openBrace, at) : -1;
      }
      if (start < 0) return;
      const before = this.met;
      const close = valueEnd(bytes, start, end);
      if (close === start) return;
      this.visit({ bytes, start, end: close < 0 ? end : close }, around);
      if (close < 0 && (this.met > before || ++strays > maxStrayBraces)) return;
      at = close < 0 ? start + 1 : close;
    }
  }

  private visitObject(span: Span, around: Around): void {
    // The scanner already rejected the outermost value as a plain event.
    if (around.depth > 1 && isPlainEvent(span) && !mayBeForeign(span)) {
      this.emit(span, around);
      return;
    }
    const { byName: members, isWhole } = membersOf(span, namesSought);
    const keys = eventKeys.filter((key) => members.has(key));
    const isEvent = around.isGuess ? keys.filter((key) => isString(members.get(key))).length > 1 : keys.length > 0;
    const foreign = foreignName(members);
    if (isEvent && foreign === null && !foreignKeys.some((key) => members.has(key))) {
      this.emit(span, around);
      for (const key of envelopeKeys) {
        const list = members.get(key);
        if (list !== undefined && this.mayHoldEvent(list)) this.visitBeside(list, key, around);
      }
      return;
    }
    const before = this.met;
    this.visitMembers(span, members, around);
    if (this.met > before) return;
    if (isLowerCaseRecord(members)) {
      const record = lowerCaseRecord(span);
      this.emitMade(record.json, { ...around, format: around.format ?? 'query-results' }, record);
      return;
    }
    const converted = ecsKeys.some((key) => members.has(key)) ? ecsEvent(span) : null;
    if (converted !== null) this.emitMade(converted.json, { ...around, format: 'ecs' }, converted);
    else if (foreign !== null) this.unknownObject(foreign, span, around);
    else if (isEvent || (!isWhole && !around.isInPlace && beginsWithKey(span))) {
      // If it cannot be walked to its end, the scanner reports why.
      this.emit(span, around);
    }
  }

  private visitMembers(object: Span, members: NamedMembers, around: Around): void {
    if (textOf(members.get('messageType')) === 'CONTROL_MESSAGE') {
      // AWS never puts an event into one; anything in it is read like any other message.
      this.controls++;
    }
    if (isLookup(members)) {
      this.visitLookup(members, around);
      this.visitUnused(object, members.get('CloudTrailEvent') ?? null, around);
      return;
    }
    const rows = resultRows(members);
    if (rows !== null) {
      this.visitRows(rows, object, around);
      for (const { key, value } of besideRows(object, members)) this.visitOther(value, textOf(key) ?? '', around);
      return;
    }
    const field = textOf(members.get('field'));
    if (field !== null && members.has('value') && field !== '@message') {
      this.cells++;
      this.visitUnused(object, null, around);
      return;
    }
    const before = this.found;
    for (const carrier of carriers) {
      const span = members.get(carrier.key);
      if (span === undefined) continue;
      const format = around.format ?? carrier.format?.(members) ?? null;
      this.visit(span, { ...around, format, isInRecords: around.isInRecords || isRecordsKey(carrier.key) });
      if (this.found === before) continue;
      if (carrier.isList === true) this.visitRest(object, span, around);
      else this.visitUnused(object, span, around);
      return;
    }
    if (textOf(members.get('message'))?.startsWith('CWL CONTROL MESSAGE') === true) this.controls++;
  }

  /** Searches the siblings of a list of events in its object. */
  private visitRest(object: Span, list: Span, around: Around): void {
    for (const { key, value } of allMembers(object)) {
      if (value.start !== list.start && this.mayHoldEvent(value)) this.visitBeside(value, textOf(key) ?? '', around);
    }
  }

  /** Searches the siblings of an object's single event; tools repeat that event there, whole or in part. */
  private visitUnused(object: Span, used: Span | null, around: Around): void {
    // First a fast check of all bytes before and after it: walking the members is slower.
    const { bytes, start, end } = object;
    const rest =
      used === null
        ? [object]
        : [
            { bytes, start, end: used.start },
            { bytes, start: used.end, end },
          ];
    if (!rest.some((part) => this.mayHoldEvent(part))) return;
    for (const { key, value } of allMembers(object)) {
      if (value.start !== used?.start) this.visitOther(value, textOf(key) ?? '', around);
    }
  }

  private visitOther(value: Span, key: string, around: Around): void {
    if (this.mayHoldEvent(value)) this.visitBeside(value, key, { ...around, isBesideOne: true });
  }

  private mayHoldEvent(span: Span): boolean {
    return mentionsEvent(span) || mentionsPackedEvent(span, this.packed);
  }

  private visitBeside(span: Span, key: string, around: Around): void {
    const before = this.found;
    this.visitGuess(span, placed(span, { ...around, isGuess: true }));
    if (this.found === before) return;
    this.onMet('oddity', besideList(key), this.placeOf(span, around), 'note');
  }

  /** Searches everything in a value that may hold an event, under any key. */
  private search(span: Span, around: Around): void {
    if (around.depth > maxDepth) {
      this.loseDeep(span, around);
      return;
    }
    const inside = { ...around, depth: around.depth + 1, isGuess: true };
    const first = span.bytes[span.start];
    const values =
      first === openBracket
        ? elementsOf(span)
        : first === openBrace
          ? Array.from(allMembers(span), ({ value }) => value)
          : [];
    for (const value of values) {
      if (this.mayHoldEvent(value)) this.visitGuess(value, placed(value, inside));
    }
  }

  private visitGuess(span: Span, around: Around): void {
    const before = this.met;
    // Each element of a list is tried separately.
    if (span.bytes[span.start] !== openBracket) this.visit(span, around);
    if (this.met === before) this.search(span, around);
    if (this.met === before) this.unknownObject('what looks like an event, but could not be read as one', span, around);
  }

  private visitLookup(members: NamedMembers, around: Around): void {
    const fallback = (): Uint8Array => lookupEvent(members);
    const before = this.found;
    const inside = { ...around, format: around.format ?? 'lookup-events', fallback } as const;
    const event = members.get('CloudTrailEvent');
    if (event !== undefined) this.visit(event, inside);
    if (this.found > before) return;
    this.emitMade(fallback(), { ...inside, fallback: null }, lookupLacks);
  }

  /** The location of every row is the whole result, since the column names are elsewhere in it. */
  private visitRows(rows: Iterable<ResultRow>, object: Span, around: Around): void {
    const said = new Set<RowReport>();
    // Each cell takes a byte at least, so real results have no more cells than bytes; a hostile header over many empty rows has.
    let cellsLeft = object.end - object.start;
    for (const row of rows) {
      cellsLeft -= Math.max(row.header.length, row.cells.length);
      if (cellsLeft < 0) {
        this.lose('limit', tooFewCells, this.placeOf(row.span, around));
        return;
      }
      this.visitRow(row, around, said);
    }
  }

  /** `said`: what was reported of rows before it. */
  private visitRow({ span, header, cells, shape }: ResultRow, around: Around, said: Set<RowReport>): void {
    const place = this.placeOf(span, around);
    if (shape === null) {
      if (!said.has('columns')) this.lose('not-events', unknownColumns(header), place);
      said.add('columns');
      return;
    }
    if (cells.slice(header.length).some((cell) => cell !== '')) {
      const counts = `${String(cells.length)} cells under ${String(header.length)} columns`;
      this.lose('bad-row', `a row of query results with ${counts}: what is after the last column was not read`, place);
    }
    const repeated = said.has('repeated') ? null : repeatedColumns(shape);
    if (repeated !== null) {
      said.add('repeated');
      this.onMet('oddity', repeated, place, 'note');
    }
    const unread = said.has('unread') ? null : unreadEvents(shape, cells);
    if (unread !== null) {
      said.add('unread');
      this.lose('bad-row', unread, place);
    }
    const text = encodeWtf8(shape.eventOf(cells));
    const inside = { ...around, row: around.isInPlace ? span : null };
    if (shape.wholeColumn === null) {
      this.emitMade(text, { ...inside, format: around.format ?? 'query-results' }, shape);
      return;
    }
    const before = this.met;
    const format = around.format ?? (header[shape.wholeColumn] === '_raw' ? 'splunk' : 'query-records');
    this.visitText(text, { ...inside, isInPlace: false, format });
    if (this.met === before) this.unknownObject('a row of query results without an event', span, around);
  }

  /** An event built from fields. */
  private emitMade(bytes: Uint8Array, around: Around, lacks: Lacks): void {
    this.emit({ bytes, start: 0, end: bytes.length }, { ...around, isInPlace: false }, lacks);
  }

  private unknownObject(what: string, span: Span, around: Around): void {
    this.lose('not-events', what, this.placeOf(span, around));
  }

  /** Reports what could not be read. */
  private lose(code: FileProblem['code'], message: string, place: Span): void {
    this.unknown++;
    this.onMet(code, message, place, 'loss');
  }

  private placeOf(span: Span, { isInPlace, place }: Around): Span {
    return isInPlace ? span : place;
  }

  private loseDeep(span: Span, around: Around): void {
    if (mentionsEvent(span))
      this.unknownObject(`what looks like an event, more than ${String(maxDepth)} levels deep`, span, around);
  }

  private emit(span: Span, around: Around, { isSummary, isOutcomeUnstated } = lacksNothing): void {
    if (around.isBesideOne && this.read.has(span)) {
      this.repeated++;
      return;
    }
    this.read.add(span);
    this.found++;
    const { isInPlace, fallback, row } = around;
    const format = around.format ?? (around.isInRecords ? 'records' : 'events');
    const place = this.placeOf(span, around);
    this.take({ span, isInPlace, place, format, isSummary, isOutcomeUnstated, fallback, row });
  }
}

const noBytes = new Uint8Array(0);
const nothingAround: Around = {
  place: { bytes: noBytes, start: 0, end: 0 },
  isInPlace: false,
  format: null,
  isInRecords: false,
  isGuess: false,
  isBesideOne: false,
  depth: 0,
  texts: 0,
  packings: 0,
  fallback: null,
  row: null,
};

const maxColumnsTold = 5;
/** Names quoted from the file may be as long as the file. */
const maxName = 100;

const tooFewCells = 'query results whose rows have far fewer cells than columns: the rows from here on were not read';

function unknownColumns(header: readonly string[]): string {
  const names = header.slice(0, maxColumnsTold).map((name) => JSON.stringify(name.slice(0, maxName)));
  return `query results whose columns are not fields of events: ${names.join(', ')}`;
}

/** The note for an unknown key next to a list of events, or in an event, whose value is searched too. */
export function besideList(key: string): string {
  const name = JSON.stringify(key.slice(0, maxName));
  return `under ${name}, where CloudTrail writes no events, is more that looks like events: it is read too`;
}

/** Each element of a list has its own location, so that an event is not shown within a whole long list. */
function placed(element: Span, around: Around): Around {
  const first = element.bytes[element.start];
  const isPlace = first === openBrace || first === openBracket || first === quote;
  return around.isInPlace && isPlace ? { ...around, place: element } : around;
}

function isString(value: Span | undefined): boolean {
  return value?.bytes[value.start] === quote;
}
