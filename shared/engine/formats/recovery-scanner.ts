/**
 * The scanner of error recovery. Finds the end of damage: by brackets outside strings, or by the start of the next record, whichever comes first.
 *
 * It takes chunk by chunk and keeps nothing, so damage of any length costs no memory.
 */
import { isSpace } from './json-walk';

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

export const Skip = {
  /** No end was found in these bytes. */
  needMore: 0,
  /** After the bracket that closes the value. */
  valueEnd: 1,
  /** At the brace that opens the next record. */
  recordStart: 2,
  /** At a comma, or at a closing bracket, of the surrounding array. */
  separator: 3,
} as const;
export type Skip = (typeof Skip)[keyof typeof Skip];

/** The most white space between a brace and its first key at the start of a record. */
const maxSpace = 64;
/**
 * Identifies records in the middle of damage: the key nearly every CloudTrail record begins with, and those that lookup-events,
 * CloudWatch, Elastic and Splunk begin theirs with. No object within a record begins so.
 */
const usualKeys: readonly Uint8Array[] = [
  '"eventVersion"',
  '"EventId"',
  '"logStreamName"',
  '"messageType"',
  '"_index"',
  '"preview"',
].map((key) => new TextEncoder().encode(key));

export class RecoveryScanner {
  /** Where it stopped. */
  at = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private isTop = false;
  private learnedKey: Uint8Array | null = null;
  /** The last byte of the previous chunk. */
  private previous = lineFeed;

  /**
   * Begins anew at depth 0.
   *
   * @param isTop True outside any array: there commas and brackets do not end it, and a brace at the start of a line opens a record.
   * @param learnedKey The key, in quotes, that the records of this file begin with, where it is known.
   */
  start(isTop: boolean, learnedKey: Uint8Array | null): void {
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    this.isTop = isTop;
    this.learnedKey = learnedKey;
    this.previous = lineFeed;
  }

  /**
   * Goes on from `start`. With `isLast` no bytes follow `end`.
   *
   * @param searchFrom The start of the next record is searched from here.
   */
  skip(bytes: Uint8Array, start: number, end: number, searchFrom: number, isLast: boolean): Skip {
    const how = this.pass(bytes, start, end, searchFrom, isLast);
    if (this.at > start) this.previous = bytes[this.at - 1] as number;
    return how;
  }

  private pass(bytes: Uint8Array, start: number, end: number, searchFrom: number, isLast: boolean): Skip {
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte === openBrace && at >= searchFrom) {
        const match = this.startsRecord(bytes, at, end, at > start ? (bytes[at - 1] as number) : this.previous);
        if (match === Match.yes) return this.stop(at, Skip.recordStart);
        if (match === Match.open && !isLast) return this.stop(at, Skip.needMore);
      }
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        // Strings cannot contain line breaks, so the closing quote was lost.
        else if (byte === quote || byte === lineFeed) this.inString = false;
        continue;
      }
      switch (byte) {
        case quote:
          this.inString = true;
          break;
        case openBrace:
        case openBracket:
          this.depth++;
          break;
        case closeBrace:
        case closeBracket:
          if (this.depth === 0) {
            // A stray brace is part of the damage; a bracket closes the array around the damage.
            if (byte === closeBracket && !this.isTop) return this.stop(at, Skip.separator);
            break;
          }
          this.depth--;
          if (this.depth === 0) return this.stop(at + 1, Skip.valueEnd);
          break;
        case comma:
          if (this.depth === 0 && !this.isTop) return this.stop(at, Skip.separator);
          break;
        default:
      }
    }
    return this.stop(end, Skip.needMore);
  }

  /** Whether the brace at `at`, after the byte `before`, opens something that looks like a record. */
  private startsRecord(bytes: Uint8Array, at: number, end: number, before: number): Match {
    let key = at + 1;
    const stop = Math.min(end, key + maxSpace);
    while (key < stop && isSpace(bytes[key] as number)) key++;
    if (this.isTop && before === lineFeed) {
      return key >= end ? Match.open : bytes[key] === quote ? Match.yes : Match.no;
    }
    let match: Match = this.learnedKey === null ? Match.no : keyMatches(bytes, key, end, this.learnedKey);
    for (const usual of usualKeys) match = Math.max(match, keyMatches(bytes, key, end, usual)) as Match;
    return match;
  }

  private stop(at: number, how: Skip): Skip {
    this.at = at;
    return how;
  }
}

const Match = { no: 0, open: 1, yes: 2 } as const;
type Match = (typeof Match)[keyof typeof Match];

function keyMatches(bytes: Uint8Array, at: number, end: number, key: Uint8Array): Match {
  for (let i = 0; i < key.length; i++) {
    if (at + i >= end) return Match.open;
    if (bytes[at + i] !== key[i]) return Match.no;
  }
  return Match.yes;
}
