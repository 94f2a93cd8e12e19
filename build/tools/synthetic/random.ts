/**
 * Repeatable randomness: the same seed gives the same archive on every machine.
 *
 * Two tools. {@link hash} maps some numbers to one, without state: a thing's properties follow from its numbers wherever they
 * are asked for, so that no file of the archive depends on another. {@link Random} is a stream, one per file.
 */

/** A well-mixed 32-bit number made of `values` (each taken as 32 bits). */
export function hash(...values: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const value of values) {
    state = Math.imul(state ^ value, 0x85ebca6b);
    state ^= state >>> 13;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}

const hex4 = Array.from({ length: 65536 }, (_, value) => value.toString(16).padStart(4, '0'));
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const upper36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const alphanumeric = base64.slice(0, 62);

/** Four lower-case hex digits of the low 16 bits. */
const quad = (value: number): string => hex4[value & 0xffff] ?? '';

/** A stream of random numbers (the sfc32 generator) and of the identifiers AWS makes of such. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(...seed: readonly number[]) {
    this.a = hash(...seed, 1);
    this.b = hash(...seed, 2);
    this.c = hash(...seed, 3);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** 0 to 2^32 - 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** 0 to 1, without 1. */
  unit(): number {
    return this.next() / 4294967296;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** Like {@link below}, with small numbers far more common, as with the names in any log. */
  skewed(limit: number): number {
    const unit = this.unit();
    return Math.floor(unit * unit * unit * limit);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return at(items, this.below(items.length));
  }

  /** A version 4 UUID, lower case. */
  uuid(): string {
    const a = this.next();
    const b = this.next();
    const c = this.next();
    const d = this.next();
    return `${quad(a >>> 16)}${quad(a)}-${quad(b >>> 16)}-${quad((b & 0x0fff) | 0x4000)}-${quad(((c >>> 16) & 0x3fff) | 0x8000)}-${quad(c)}${quad(d >>> 16)}${quad(d)}`;
  }

  /** Lower-case hex digits; `length` a multiple of 4. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += quad(this.next());
    return text;
  }

  /** As in the request IDs of S3. */
  upper(length: number): string {
    return this.letters(upper36, length);
  }

  /** As in `x-amz-id-2`. */
  base64(length: number): string {
    return this.letters(base64, length);
  }

  /** As in the names of log files. */
  alphanumeric(length: number): string {
    return this.letters(alphanumeric, length);
  }

  private letters(alphabet: string, length: number): string {
    let text = '';
    for (let done = 0; done < length; done += 5) {
      let bits = this.next();
      for (let index = done; index < Math.min(done + 5, length); index++) {
        text += alphabet.charAt(bits % alphabet.length);
        bits = Math.floor(bits / alphabet.length);
      }
    }
    return text;
  }
}

/** The item at an index taken round and round; the list must not be empty. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

/** AWS's identifiers of 16 base-32 characters after a prefix (`AKIA…`, `AROA…`), by the numbers of the thing they name. */
export function awsId(prefix: string, ...numbers: readonly number[]): string {
  let text = prefix;
  for (let part = 0; part < 4; part++) {
    const bits = hash(...numbers, part);
    text += base32.charAt(bits & 31) + base32.charAt((bits >>> 5) & 31);
    text += base32.charAt((bits >>> 10) & 31) + base32.charAt((bits >>> 15) & 31);
  }
  return text;
}

/** Hex digits as in `i-0…` and `vpc-…`, by the numbers of the thing they name; `length` a multiple of 4. */
export function hexId(length: number, ...numbers: readonly number[]): string {
  let text = '';
  for (let part = 0; text.length < length; part++) text += quad(hash(...numbers, part));
  return text;
}

/** A stable UUID-shaped name (as of a KMS key), by the numbers of the thing it names. */
export function stableUuid(...numbers: readonly number[]): string {
  return new Random(...numbers).uuid();
}

/** A text as numbers for {@link hash}. */
export function codes(text: string): number[] {
  const numbers = new Array<number>(text.length);
  for (let index = 0; index < text.length; index++) numbers[index] = text.charCodeAt(index);
  return numbers;
}
