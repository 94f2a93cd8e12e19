/**
 * Finds the events inside what other tools put around them: an object's member, a string with the event's JSON, both inside each other.
 *
 * Only shapes that are known are looked into. Nothing is parsed and written anew: an event is a stretch of the bytes at hand, or of a
 * string in them with its escapes undone.
 */
import type { RecordFormat } from '#contract/report';
import { foreignName, foreignNameKeys, mayBeForeign } from './foreign-records';
import { elementsOf, membersOf, spaceEnd, textOf, unescaped, valueEnd, type Span } from './json-walk';
import { envelopeKeys, eventKeys, foreignKeys } from './root-keys';
import { summaryEvent } from './summary-event';

/** Wrappers in wrappers, at most. */
const MAX_DEPTH = 16;
/** Texts in texts, at most: a queue's message with a topic's in it, with CloudWatch's in that. Each is a copy. */
const MAX_TEXTS = 4;
/** A time, a host, the name of a program: what stands before an event on its line. */
export const MAX_PREFIX = 1024;

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/** Something that should be an event; the scanner will say. */
export interface Candidate {
  readonly span: Span;
  /** Whether the span is a stretch of the bytes that were given; else it was made, and stands at `place`. */
  readonly isInPlace: boolean;
  readonly place: Span;
  readonly format: RecordFormat;
  readonly isSummary: boolean;
  /** What is known of the event should its JSON be broken. */
  readonly fallback: (() => Uint8Array) | null;
}

interface Around {
  readonly place: Span;
  readonly isInPlace: boolean;
  /** Set by the outermost wrapper that has a format of its own. */
  readonly format: RecordFormat | null;
  readonly isInRecords: boolean;
  readonly depth: number;
  readonly texts: number;
  readonly fallback: (() => Uint8Array) | null;
}

type Members = ReadonlyMap<string, Span>;

export class Unwrapper {
  /** Candidates so far. */
  found = 0;
  /** Messages by which AWS tests a connection: they never hold events. */
  controls = 0;
  /** Cells of a Logs Insights row other than `@message`. */
  cells = 0;
  /** Records of other services. */
  strangers = 0;
  private readonly take: (candidate: Candidate) => void;
  private readonly onStranger: (what: string, place: Span) => void;

  /**
   * @param take called for each candidate, in order
   * @param onStranger called for each record of another service, with what it is and where it stands
   */
  constructor(
    take: (candidate: Candidate) => void,
    onStranger: (what: string, place: Span) => void = (): void => undefined,
  ) {
    this.take = take;
    this.onStranger = onStranger;
  }

  /** Whatever was met that is known, events or not. */
  private get met(): number {
    return this.found + this.controls + this.cells + this.strangers;
  }

  /** Looks into a JSON value in the file. `format`: of the events in it, where what stands around it tells. */
  value(span: Span, format: RecordFormat | null): void {
    this.visit(span, { ...nothingAround, place: span, isInPlace: true, format });
  }

  /** Looks into a text that was taken out of `place`; `format` as in {@link value}. */
  text(bytes: Uint8Array, place: Span, format: RecordFormat | null): void {
    this.visitText(bytes, { ...nothingAround, place, format, isInPlace: false });
  }

  private visit(span: Span, around: Around): void {
    if (around.depth > MAX_DEPTH) return;
    const inside = { ...around, depth: around.depth + 1 };
    switch (span.bytes[span.start]) {
      case QUOTE:
        if (inside.texts >= MAX_TEXTS) return;
        this.visitText(unescaped(span), { ...inside, isInPlace: false, texts: inside.texts + 1 });
        return;
      case OPEN_BRACKET:
        for (const element of elementsOf(span)) {
          // Each element is a place of its own: nobody wants all of a long list shown around an event.
          const isPlace = inside.isInPlace && element.bytes[element.start] === OPEN_BRACE;
          this.visit(element, isPlace ? { ...inside, place: element } : inside);
        }
        return;
      case OPEN_BRACE:
        this.visitObject(span, inside);
    }
  }

  private visitText(bytes: Uint8Array, around: Around): void {
    let at = eventStart(bytes, 0, bytes.length);
    while (at >= 0 && at < bytes.length) {
      const close = valueEnd(bytes, at, bytes.length);
      const end = close < 0 ? bytes.length : close;
      if (end === at) return;
      this.visit({ bytes, start: at, end }, around);
      at = eventStart(bytes, end, bytes.length);
    }
  }

  private visitObject(span: Span, around: Around): void {
    if (isPlainEvent(span) && !mayBeForeign(span)) {
      this.emit(span, around);
      return;
    }
    const { byName: members, isWhole } = membersOf(span, namesSought);
    const isEvent = eventKeys.some((key) => members.has(key));
    const foreign = foreignName(members);
    if (isEvent && foreign === null && !foreignKeys.some((key) => members.has(key))) {
      this.emit(span, around);
      return;
    }
    const before = this.met;
    this.visitMembers(members, around);
    if (this.met > before) return;
    if (foreign !== null) {
      this.strangers += 1;
      this.onStranger(foreign, around.isInPlace ? span : around.place);
    } else if (isEvent || (!isWhole && !around.isInPlace && beginsWithKey(span))) {
      // What is wrong with one that cannot be walked to its end is for the scanner to say.
      this.emit(span, around);
    }
  }

  private visitMembers(members: Members, around: Around): void {
    if (textOf(members.get('messageType')) === 'CONTROL_MESSAGE') {
      this.controls += 1;
      return;
    }
    if (isLookup(members)) {
      this.visitLookup(members, around);
      return;
    }
    const field = textOf(members.get('field'));
    if (field !== null && members.has('value') && field !== '@message') {
      this.cells += 1;
      return;
    }
    const before = this.found;
    for (const carrier of carriers) {
      const span = members.get(carrier.key);
      if (span === undefined) continue;
      const format = around.format ?? carrier.format?.(members) ?? null;
      this.visit(span, { ...around, format, isInRecords: around.isInRecords || carrier.key === 'Records' });
      if (this.found > before) return;
    }
    if (textOf(members.get('message'))?.startsWith('CWL CONTROL MESSAGE') === true) this.controls += 1;
  }

  private visitLookup(members: Members, around: Around): void {
    const fallback = (): Uint8Array => encoder.encode(summaryEvent(lookupFields(members)));
    const before = this.found;
    const inside = { ...around, format: around.format ?? 'lookup-events', fallback } as const;
    const event = members.get('CloudTrailEvent');
    if (event !== undefined) this.visit(event, inside);
    if (this.found > before) return;
    const bytes = fallback();
    this.emit({ bytes, start: 0, end: bytes.length }, { ...inside, isInPlace: false, fallback: null }, true);
  }

  private emit(span: Span, around: Around, isSummary = false): void {
    this.found += 1;
    const { place, isInPlace, fallback } = around;
    const format = around.format ?? (around.isInRecords ? 'records' : 'events');
    this.take({ span, isInPlace, place: isInPlace ? span : place, format, isSummary, fallback });
  }
}

const encoder = new TextEncoder();
const noBytes = new Uint8Array(0);
const nothingAround: Around = {
  place: { bytes: noBytes, start: 0, end: 0 },
  isInPlace: false,
  format: null,
  isInRecords: false,
  depth: 0,
  texts: 0,
  fallback: null,
};

/** A member that events are looked for in, and the format this makes them. */
interface Carrier {
  readonly key: string;
  readonly format?: (members: Members) => RecordFormat | null;
}

/** In order: of what holds an event twice, the first counts, and it is the one nearest to what AWS wrote. */
const carriers: readonly Carrier[] = [
  ...envelopeKeys.map((key) => ({ key })),
  { key: '_raw', format: () => 'splunk' },
  { key: 'result', format: () => 'splunk' },
  { key: 'event.original', format: () => 'elastic' },
  { key: 'original', format: () => 'elastic' },
  { key: 'event', format: (members) => (members.has('sourcetype') || members.has('host') ? 'splunk' : 'elastic') },
  { key: '_source', format: () => 'elastic' },
  { key: 'fields', format: () => 'elastic' },
  { key: 'detail', format: () => 'eventbridge' },
  { key: 'Body' },
  { key: 'body' },
  { key: 'Sns' },
  { key: 'Message' },
  { key: '@message', format: () => 'logs-insights' },
  { key: 'value', format: (members) => (members.has('field') ? 'logs-insights' : null) },
  { key: 'message', format: messageFormat },
];

/** Every name that is asked for. */
const namesSought: ReadonlySet<string> = new Set([
  ...eventKeys,
  ...foreignKeys,
  ...foreignNameKeys,
  ...carriers.map(({ key }) => key),
  ...['messageType', 'field', 'sourcetype', 'host', '@timestamp', '@version', 'agent', 'id'],
  ...['EventId', 'EventName', 'EventTime', 'EventSource', 'Username', 'AccessKeyId', 'ReadOnly', 'Resources'],
  ...['ResourceType', 'ResourceName'],
]);

/** Whose `message` it is. */
function messageFormat(members: Members): RecordFormat {
  if (members.has('@timestamp') || members.has('@version') || members.has('agent')) return 'elastic';
  return members.has('id') && !members.has('ingestionTime') ? 'cloudwatch-subscription' : 'cloudwatch-events';
}

/** The way nearly every event begins. Records of a few other services begin so too. */
const usualStart = encoder.encode('{"eventVersion":"1.');

function isPlainEvent({ bytes, start }: Span): boolean {
  return usualStart.every((byte, i) => bytes[start + i] === byte);
}

function beginsWithKey({ bytes, start, end }: Span): boolean {
  return bytes[spaceEnd(bytes, start + 1, end)] === QUOTE;
}

function isLookup(members: Members): boolean {
  return members.has('CloudTrailEvent') || (members.has('EventId') && members.has('EventName'));
}

function lookupFields(members: Members): Parameters<typeof summaryEvent>[0] {
  const field = (name: string): string | null => textOf(members.get(name));
  const resources = members.get('Resources');
  return {
    eventTime: field('EventTime'),
    eventSource: field('EventSource'),
    eventName: field('EventName'),
    userName: field('Username'),
    accessKeyId: field('AccessKeyId'),
    eventID: field('EventId'),
    readOnly: field('ReadOnly'),
    resources:
      resources?.bytes[resources.start] !== OPEN_BRACKET
        ? []
        : Array.from(elementsOf(resources), (element) => {
            const { byName: resource } = membersOf(element, namesSought);
            return { type: textOf(resource.get('ResourceType')), name: textOf(resource.get('ResourceName')) };
          }),
  };
}

/** Where the next JSON value begins that may hold an event, behind white space or what logs put before a message; -1: nowhere. */
function eventStart(bytes: Uint8Array, start: number, end: number): number {
  const at = spaceEnd(bytes, start, end);
  const byte = bytes[at];
  if (at >= end) return -1;
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET || byte === QUOTE) return at;
  return prefixEnd(bytes, at, end);
}

/** The offset of the first brace on the line that begins at `start`, if it comes soon; else -1. */
export function prefixEnd(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + MAX_PREFIX);
  for (let at = start; at < stop; at += 1) {
    if (bytes[at] === OPEN_BRACE) return at;
    if (bytes[at] === LINE_FEED) return -1;
  }
  return -1;
}
