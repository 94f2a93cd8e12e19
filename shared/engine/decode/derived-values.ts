/**
 * The values derived from several others of a record: who called, whether it succeeded, in which account.
 *
 * They depend on a dozen numbered values at most, and the same dozen comes again and again: the answer is remembered by their codes, so
 * that names are put together once per identity and not once per event.
 */
import { derivedPaths } from '#core/fields';
import { describeIdentity, identityPaths, type IdentityParts } from '#core/identity';
import { describeOutcome, outcomePaths } from '#core/outcome';
import { tagOf, typeOfTag, type ValueDictionary } from './dictionary';
import { SLACK, withRoom } from './bytes';
import { Entry } from './intern-table';
import type { LeafLog } from './leaf-log';
import { ValueType } from './segment';
import type { Shapes } from './shapes';
import { TupleMemo } from './tuple-memo';
import { decodeWtf8 } from './wtf8';

/**
 * A record is an event if it has one of these at its top; Insights events and aggregated ones do. One is enough: a thinned-out export must
 * not lose events.
 */
const eventPaths: ReadonlySet<string> = new Set([
  'eventVersion',
  'eventTime',
  'eventName',
  'eventSource',
  'eventID',
  'eventId',
]);

const identityNames = Object.keys(identityPaths) as (keyof typeof identityPaths)[];
/** The paths whose codes are gathered from each record; the place in this list is the path's slot. */
const slotPaths: readonly string[] = [
  ...identityNames.map((name) => identityPaths[name]),
  outcomePaths.errorCode,
  outcomePaths.consoleLogin,
  outcomePaths.readOnly,
  'recipientAccountId',
];
const IDENTITY_SLOTS = identityNames.length;
const ACCOUNT_ID = identityNames.indexOf('accountId');
const ERROR_CODE = IDENTITY_SLOTS;
const CONSOLE_LOGIN = IDENTITY_SLOTS + 1;
const READ_ONLY = IDENTITY_SLOTS + 2;
const RECIPIENT = IDENTITY_SLOTS + 3;
/** Behind the codes: whether the record says anything of an identity, and whether it has an error message. */
const HAS_IDENTITY = slotPaths.length;
const ERROR_MESSAGE = slotPaths.length + 1;
const TUPLE_WIDTH = slotPaths.length + 2;

/** Why a path matters here. */
const Trait = {
  /** It is one of {@link slotPaths}. */
  slot: 1,
  /** Its presence makes the record an event. */
  event: 2,
  /** Something of the caller's identity. */
  identity: 4,
  /** The error message. */
  errorMessage: 8,
  /** It counts only where it is neither null nor empty. */
  checked: 16,
} as const;

/** Paths whose texts or types are looked at. */
const watchedPaths: readonly string[] = [...slotPaths, outcomePaths.errorMessage, 'userIdentity'];

export class DerivedValues {
  private readonly shapes: Shapes;
  private readonly dictionary: ValueDictionary;
  private readonly log: LeafLog;
  /** By path, as far as paths were looked at: slot + 1, and traits. */
  private slotOf = new Uint8Array(1024);
  private traitsOf = new Uint8Array(1024);
  private pathsKnown = 0;
  /** Codes + 1 of the record at hand by slot, then the flags. */
  private readonly tuple = new Int32Array(TUPLE_WIDTH);
  private readonly memo = new TupleMemo(TUPLE_WIDTH, 5);
  private readonly outPaths: readonly number[];

  constructor(shapes: Shapes, dictionary: ValueDictionary, log: LeafLog) {
    this.shapes = shapes;
    this.dictionary = dictionary;
    this.log = log;
    const { identity, identityKind, account, result, eventClass } = derivedPaths;
    this.outPaths = [identity, identityKind, account, result, eventClass].map((path) => shapes.pathNumber(path));
    for (const path of watchedPaths) dictionary.watch(shapes.pathNumber(path));
  }

  /**
   * Appends the derived values of the record whose leaves begin at these counts of the log. False, and nothing appended, where the
   * record is no event.
   */
  append(firstCoded: number, firstUuid: number, firstText: number, hasTime: boolean): boolean {
    const { log, tuple } = this;
    if (this.pathsKnown < this.shapes.paths.length) this.learnPaths();
    const { slotOf, traitsOf } = this;
    tuple.fill(0);
    let seen: number = hasTime ? Trait.event : 0;
    for (let i = firstCoded; i < log.count; i += 1) {
      const path = log.paths[i] as number;
      const traits = traitsOf[path] as number;
      if (traits === 0) continue;
      const code = log.codes[i] as number;
      if ((traits & Trait.slot) !== 0) tuple[(slotOf[path] as number) - 1] = code + 1;
      if ((traits & Trait.checked) === 0 || this.isStated(path, code, traits)) seen |= traits;
    }
    // Identifiers hold strings only: what is in their columns is not null.
    for (let i = firstUuid; i < log.uuidCount; i += 1) seen |= traitsOf[log.uuidPaths[i] as number] as number;
    for (let i = firstText; i < log.textCount; i += 1) {
      if (log.textLength(i) > 0) seen |= traitsOf[log.textPaths[i] as number] as number;
    }
    if ((seen & Trait.event) === 0) return false;
    if ((seen & Trait.identity) !== 0) tuple[HAS_IDENTITY] = 1;
    if ((seen & Trait.errorMessage) !== 0) tuple[ERROR_MESSAGE] = 1;
    const known = this.memo.find(tuple);
    const at = known >= 0 ? known : this.describe();
    log.makeRoom(this.outPaths.length);
    for (let i = 0; i < this.outPaths.length; i += 1)
      log.add(this.outPaths[i] as number, this.memo.results[at + i] as number);
    return true;
  }

  /** To be called when paths were taken back. */
  forgetPaths(count: number): void {
    this.pathsKnown = Math.min(this.pathsKnown, count);
  }

  private learnPaths(): void {
    const { paths } = this.shapes;
    this.slotOf = withRoom(this.slotOf, paths.length);
    this.traitsOf = withRoom(this.traitsOf, paths.length);
    for (let path = this.pathsKnown; path < paths.length; path += 1) {
      const text = paths[path] ?? '';
      const slot = slotPaths.indexOf(text);
      this.slotOf[path] = slot + 1;
      this.traitsOf[path] =
        (slot >= 0 ? Trait.slot : 0) |
        (eventPaths.has(text) ? Trait.event : 0) |
        (text.startsWith('userIdentity.') ? Trait.identity : 0) |
        (text === 'userIdentity' ? Trait.identity | Trait.checked : 0) |
        (text === outcomePaths.errorMessage ? Trait.errorMessage | Trait.checked : 0);
    }
    this.pathsKnown = paths.length;
  }

  /** An identity may be an empty object or list; a message has to have text. */
  private isStated(path: number, code: number, traits: number): boolean {
    const id = this.dictionary.idOf(path, code);
    const type = this.typeOfId(id);
    if (type === ValueType.null) return false;
    const hasText = this.dictionary.values.field(id, Entry.length) > 0;
    return hasText || ((traits & Trait.identity) !== 0 && type !== ValueType.string);
  }

  /** Works the answer out from the texts, and remembers it. */
  private describe(): number {
    const { tuple } = this;
    const parts: { -readonly [Part in keyof IdentityParts]: IdentityParts[Part] } = {};
    identityNames.forEach((name, slot) => (parts[name] = this.stringAt(slot)));
    const identity = describeIdentity(tuple[HAS_IDENTITY] === 1 ? parts : null);
    const outcome = describeOutcome({
      errorCode: this.stringAt(ERROR_CODE),
      errorMessage: tuple[ERROR_MESSAGE] === 1 ? 'stated' : undefined,
      consoleLogin: this.stringAt(CONSOLE_LOGIN),
      readOnly: this.wordAt(READ_ONLY),
    });
    const account = this.wordAt(RECIPIENT) ?? this.wordAt(ACCOUNT_ID) ?? NOT_STATED;
    const texts = [identity.name, identity.kind, account, outcome.result, outcome.eventClass];
    return this.memo.add(
      tuple,
      texts.map((text, i) => this.codeOf(this.outPaths[i] ?? 0, text)),
    );
  }

  /** The text in a slot, if there is one and it is a string. */
  private stringAt(slot: number): string | undefined {
    const id = this.idAt(slot);
    if (id < 0 || this.typeOfId(id) !== ValueType.string) return undefined;
    return decodeWtf8(this.dictionary.values.bytesOf(id));
  }

  /** The text in a slot, if there is one and it is not empty: also of a number, `true` or `false`. */
  private wordAt(slot: number): string | undefined {
    const id = this.idAt(slot);
    if (id < 0 || this.typeOfId(id) === ValueType.null) return undefined;
    const text = decodeWtf8(this.dictionary.values.bytesOf(id));
    return text === '' ? undefined : text;
  }

  /** The number of the value in a slot, or -1. */
  private idAt(slot: number): number {
    const code = (this.tuple[slot] ?? 0) - 1;
    return code < 0 ? -1 : this.dictionary.idOf(this.shapes.pathNumber(slotPaths[slot] ?? ''), code);
  }

  private typeOfId(id: number): ValueType {
    return typeOfTag(this.dictionary.values.field(id, Entry.tag));
  }

  /** The code of a derived text under its path. */
  private codeOf(path: number, text: string): number {
    const bytes = new Uint8Array(text.length * 3 + SLACK);
    const { written } = encoder.encodeInto(text, bytes);
    const view = new DataView(bytes.buffer);
    return this.dictionary.codeOf(
      this.dictionary.intern(tagOf(path, ValueType.derived, false), bytes, view, 0, written),
    );
  }
}

/** What stands for an account that the record does not name. */
const NOT_STATED = '(not stated)';
const encoder = new TextEncoder();
