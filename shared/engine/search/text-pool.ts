/** Texts to be put in order: strings, and values of identifier columns that are read where they are, without a string for each. */
import { GrowableU32 } from '../index/growable';
import { type IdentifierColumn, Texts, Uuids } from '../index/identifiers';
import { fourOf, type TextList } from './text-order';

/** By character of a UUID's text: the number of its hex digit; -1 for a dash. */
const digitOf = [8, 4, 4, 4, 12].flatMap((length, part, lengths) => {
  const before = lengths.slice(0, part).reduce((sum, each) => sum + each, 0);
  const digits = Array.from({ length }, (_, at) => before + at);
  return part === 0 ? digits : [-1, ...digits];
});
const [dash, zero, nine] = [0x2d, 0x30, 0x39];
/** Of the digits in lower case. */
const codes = Buffer.from('0123456789abcdef');

export class TextPool implements TextList {
  private readonly columns: IdentifierColumn[] = [];
  private readonly strings: string[] = [];
  private readonly lower: string[] = [];
  /** By number: the position of the column, plus one; 0 for a string. And its value, or the position of the string. */
  private readonly sources = new GrowableU32();
  private readonly values = new GrowableU32();

  get length(): number {
    return this.sources.length;
  }

  /** Adds a text, and returns how many there are now. */
  push(text: string): number {
    this.sources.push(0);
    this.values.push(this.strings.push(text) - 1);
    this.lower.push(text.toLowerCase());
    return this.length;
  }

  /** Adds a value of a column as it is written, and returns how many texts there are now. */
  pushIdentifier(column: IdentifierColumn, value: number): number {
    // What is not ASCII is another order in bytes than in characters.
    const isRead = column instanceof Uuids || (column instanceof Texts && column.store.isAsciiAt(value));
    if (!isRead) return this.push(column.text(value));
    if (this.columns.at(-1) !== column) this.columns.push(column);
    this.sources.push(this.columns.length);
    this.values.push(value);
    return this.length;
  }

  text(at: number): string {
    const value = this.values.at(at);
    return this.columnOf(at)?.text(value) ?? (this.strings[value] as string);
  }

  lowerText(at: number): string {
    const value = this.values.at(at);
    const column = this.columnOf(at);
    if (column === null) return this.lower[value] as string;
    return column instanceof Texts ? column.store.lowerText(value) : column.text(value).toLowerCase();
  }

  isEmpty(at: number): boolean {
    const column = this.columnOf(at);
    return column === null
      ? this.strings[this.values.at(at)] === ''
      : column instanceof Texts && column.store.lowerFour(this.values.at(at), 0) === 0 && this.text(at) === '';
  }

  mayBeNumber(at: number): boolean {
    const column = this.columnOf(at);
    if (column instanceof Uuids) return false;
    const first = this.four(at, 0) >>> 24;
    return first === dash || (first >= zero && first <= nine);
  }

  four(at: number, from: number): number {
    const column = this.columnOf(at);
    const value = this.values.at(at);
    if (column === null) return fourOf(this.lower[value] as string, from);
    if (column instanceof Uuids) return fourOfUuid(column.packed, value * 16, from);
    return column instanceof Texts
      ? column.store.lowerFour(value, from)
      : fourOf(column.text(value).toLowerCase(), from);
  }

  private columnOf(at: number): IdentifierColumn | null {
    const source = this.sources.at(at);
    return source === 0 ? null : (this.columns[source - 1] as IdentifierColumn);
  }
}

function fourOfUuid(packed: Uint8Array, start: number, from: number): number {
  let key = 0;
  for (let at = from; at < from + 4; at++) {
    const digit = digitOf[at];
    if (digit === undefined) key = key * 256;
    else if (digit < 0) key = key * 256 + dash;
    else {
      const byte = packed[start + (digit >> 1)] as number;
      key = key * 256 + (codes[(digit & 1) === 0 ? byte >> 4 : byte & 15] as number);
    }
  }
  return key;
}
