/** Error recovery: goes from a syntax error, or anything else unreadable, to the next record. */
import type { Input } from './input';
import { isSpace, spaceEnd, stringEnd, type Span } from './json-walk';
import { RereadBudget } from './reread-budget';
import { Skip, RecoveryScanner } from './recovery-scanner';
import type { ReportProblem } from './wrapped-events';

const openBracket = 0x5b;
const openBrace = 0x7b;
const maxFirstKey = 64;

export class ErrorRecovery {
  private readonly input: Input;
  private readonly report: ReportProblem;
  private readonly recoveryScanner = new RecoveryScanner();
  private readonly budget = new RereadBudget();
  /** The key that the records of this file begin with, in quotes. */
  private firstKey: Uint8Array | null = null;
  /** Until a record parses: the first key of the first broken record. Its brackets cannot be trusted to show its end. */
  private guessedKey: Uint8Array | null = null;
  /** Offset in the file from which the next record is searched. */
  private searchFrom = 0;

  constructor(input: Input, report: ReportProblem) {
    this.input = input;
    this.report = report;
  }

  /** Called where records that were read in one go begin: the next ones are expected to begin alike. */
  learn(start: number): void {
    this.firstKey ??= keyAfter(this.input.bytes, start, this.input.end);
  }

  /** Called where a single record begins. The last one counts, since the first may have been damaged. */
  learnAnew(start: number): void {
    const { bytes, end } = this.input;
    const key = spaceEnd(bytes, start + 1, end);
    const isKnown = this.firstKey?.every((byte, i) => bytes[key + i] === byte) === true;
    if (!isKnown) this.firstKey = keyAfter(bytes, start, end) ?? this.firstKey;
  }

  /**
   * Where to look for the next record after a broken one that begins here and was read up to `stoppedAt`: inside it, unless that was
   * done too often.
   */
  searchStart(stoppedAt: number): number {
    const { input } = this;
    if (this.budget.spend(stoppedAt - input.at, input.total)) return input.at + 1;
    const message = 'too much of this file is broken: no other record was looked for inside this one';
    this.report('bad-json', message, input.at);
    return stoppedAt;
  }

  /** Begins to skip what begins here. Outside any array (`isTop`) commas and brackets do not end it. */
  start(isTop: boolean, searchFrom: number): void {
    this.searchFrom = this.input.base + searchFrom;
    this.recoveryScanner.start(isTop, this.keyToFind());
  }

  private keyToFind(): Uint8Array | null {
    const { bytes, at, end } = this.input;
    if (this.firstKey === null && bytes[at] === openBrace) this.guessedKey ??= keyAfter(bytes, at, end);
    return this.firstKey ?? this.guessedKey;
  }

  /** Goes on; {@link Skip} says where it stopped. */
  pass(): Skip {
    const { input, recoveryScanner } = this;
    const how = recoveryScanner.skip(input.bytes, input.at, input.end, this.searchFrom - input.base, input.isLast);
    input.at = recoveryScanner.at;
    return how;
  }

  /** Where a typical record begins inside a well-formed unknown object; -1: nowhere. */
  recordInside({ bytes, start, end }: Span): number {
    const { input, recoveryScanner, budget } = this;
    if (!budget.spend(end - start, input.total)) return -1;
    recoveryScanner.start(false, null);
    return recoveryScanner.skip(bytes, start, end, start + 1, true) === Skip.recordStart ? recoveryScanner.at : -1;
  }

  /** Whether the current record is the first of an array. */
  isFirstInList(record: number): boolean {
    const { bytes } = this.input;
    let before = record - 1;
    while (before >= 0 && isSpace(bytes[before] as number)) before--;
    return bytes[before] === openBracket;
  }

  /** Where the next record begins inside the current value, in the last bytes; -1: nowhere. */
  recordWithin(isTop: boolean, searchFrom: number): number {
    const { input, recoveryScanner } = this;
    recoveryScanner.start(isTop, this.keyToFind());
    let from = input.at;
    for (;;) {
      const how = recoveryScanner.skip(input.bytes, from, input.end, searchFrom, true);
      if (how === Skip.needMore) return -1;
      if (how === Skip.recordStart) return recoveryScanner.at;
      from = Math.max(recoveryScanner.at, from + 1);
    }
  }
}

/** The first key of the object at `start`, with its quotes; null where none is found soon. */
function keyAfter(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const key = spaceEnd(bytes, start + 1, end);
  const stop = stringEnd(bytes, key, Math.min(end, key + maxFirstKey));
  return stop < 0 ? null : bytes.slice(key, stop);
}
