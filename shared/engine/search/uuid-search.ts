/** Finds a part of a UUID's text in packed UUIDs: by bytes, at the half bytes where the part can stand. */
import { type Bitset, hasBit, setBit } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import type { Uuids } from '../index/identifiers';
import { indexOfBytes } from '../index/searchable';

const textLength = 36;
const dashes = new Set([8, 13, 18, 23]);

/** A part of a UUID's text. */
interface Part {
  /** Its hex digits, 0 to 15, dashes left out. */
  readonly digits: readonly number[];
  /** By digit of a UUID, 0 to 31: 1 where the part can begin. */
  readonly starts: Uint8Array;
}

/** Adds the rows with a UUID whose text contains the word, which must be in lower case. */
export function addUuidRows(index: EventIndex, word: string, out: Bitset): void {
  const part = partOf(word);
  if (part === null) return;
  for (const block of index.blocks) {
    for (const column of block.uuids) {
      if (column.areAllIn(out, block.base)) continue;
      if (part.digits.length === 0) addAll(column, block.base, out);
      else if (part.digits.length < 3) addByDigits(column, part, block.base, out);
      else {
        addByBytes(column, part, 0, block.base, out);
        addByBytes(column, part, 1, block.base, out);
      }
    }
  }
}

/** The sixteen bytes of a UUID's text, or null. */
export function packUuid(text: string): Buffer | null {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) return null;
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** Calls back with every value of the column that is this UUID. */
export function findUuid(column: Uuids, packed: Uint8Array, visit: (value: number) => void): void {
  for (let at = indexOfBytes(column.packed, packed, 0); at >= 0; at = indexOfBytes(column.packed, packed, at + 1)) {
    if (at % 16 === 0) visit(at / 16);
  }
}

function partOf(word: string): Part | null {
  if (word.length > textLength || !/^[0-9a-f-]+$/.test(word)) return null;
  const starts = new Uint8Array(32);
  let any = false;
  for (let from = 0, digit = 0; from + word.length <= textLength; from++) {
    if (fits(word, from)) {
      // A part that begins with the dash begins, by its digits, with the digit after it.
      starts[Math.min(digit, 31)] = 1;
      any = true;
    }
    if (!dashes.has(from)) digit++;
  }
  return any ? { digits: Array.from(word.replaceAll('-', ''), (digit) => parseInt(digit, 16)), starts } : null;
}

function fits(word: string, from: number): boolean {
  for (let at = 0; at < word.length; at++) if ((word[at] === '-') !== dashes.has(from + at)) return false;
  return true;
}

function addAll(column: Uuids, base: number, out: Bitset): void {
  for (let value = 0; value < column.length; value++) setBit(out, base + column.rowOf(value));
}

/** What a byte says about a part of one or two digits. */
const Sign = {
  /** The part is, or begins and ends with, its two digits. */
  atEven: 1,
  /** The part is its second digit. */
  atOdd: 2,
  /** The part's second digit is its first: a hit where the byte before ended with the part's first. */
  ends: 4,
  /** The part's first digit is its second. */
  begins: 8,
} as const;

/** For parts of one or two digits: value by value, skipping rows that are in the set already. */
function addByDigits(column: Uuids, { digits, starts }: Part, base: number, out: Bitset): void {
  const { packed } = column;
  const signs = signsOf(digits);
  for (let value = 0; value < column.length; value++) {
    const row = base + column.rowOf(value);
    if (hasBit(out, row)) continue;
    let carried = 0;
    for (let digit = 0; digit < 32; digit += 2) {
      const sign = signs[packed[value * 16 + (digit >>> 1)] as number] as number;
      const isHit =
        ((sign & Sign.atEven) !== 0 && starts[digit] === 1) ||
        ((sign & Sign.atOdd) !== 0 && starts[digit + 1] === 1) ||
        ((sign & carried) !== 0 && starts[digit - 1] === 1);
      if (isHit) {
        setBit(out, row);
        break;
      }
      carried = (sign & Sign.begins) !== 0 ? Sign.ends : 0;
    }
  }
}

/** By byte. */
function signsOf(digits: readonly number[]): Uint8Array {
  const [first, second] = digits;
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const [high, low] = [byte >>> 4, byte & 0xf];
    if (second === undefined) return (high === first ? Sign.atEven : 0) | (low === first ? Sign.atOdd : 0);
    const isWhole = high === first && low === second;
    return (isWhole ? Sign.atEven : 0) | (high === second ? Sign.ends : 0) | (low === first ? Sign.begins : 0);
  });
}

/** Searches for the whole bytes of the part, for starts at even digits (`odd` 0) or odd ones (1), then checks the half bytes around them. */
function addByBytes(column: Uuids, { digits, starts }: Part, odd: 0 | 1, base: number, out: Bitset): void {
  if (!starts.some((isStart, digit) => isStart === 1 && digit % 2 === odd)) return;
  const { packed } = column;
  const wholeBytes = (digits.length - odd) >>> 1;
  const core = Buffer.alloc(wholeBytes);
  for (let at = 0; at < wholeBytes; at++) {
    core[at] = ((digits[odd + at * 2] as number) << 4) | (digits[odd + at * 2 + 1] as number);
  }
  const lead = odd === 1 ? (digits[0] as number) : -1;
  const tail = (digits.length - odd) % 2 === 1 ? (digits[digits.length - 1] as number) : -1;
  for (let at = indexOfBytes(packed, core, 0); at >= 0; at = indexOfBytes(packed, core, at + 1)) {
    const start = (at % 16) * 2 - odd;
    if (start < 0 || starts[start] !== 1) continue;
    if (lead >= 0 && ((packed[at - 1] as number) & 0xf) !== lead) continue;
    if (tail >= 0 && (packed[at + wholeBytes] as number) >>> 4 !== tail) continue;
    setBit(out, base + column.rowOf((at / 16) >>> 0));
  }
}
