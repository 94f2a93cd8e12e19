/** Numbers pairs of numbers as they come, and tells which have come before. */
import { randomInt } from 'node:crypto';

/** Random, so that nobody can craft an archive whose pairs collide. */
const secret = randomInt(2 ** 32);

/** Pairs by number: open addressing over three arrays, since a `Map` of a million keys takes ten times as long. */
export class PairTable {
  private left = new Uint32Array(1024);
  private right = new Uint32Array(1024);
  /** By slot: the pair's number plus one; 0: empty. */
  private slots: Uint32Array = new Uint32Array(4096);
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The number of a pair; a new pair gets the number `length`. Both are whole numbers below 2^32. */
  numberOf(left: number, right: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(left, right) & mask;
    for (let entry = this.slots[slot] as number; entry !== 0; entry = this.slots[slot] as number) {
      if (this.left[entry - 1] === left && this.right[entry - 1] === right) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const number = this.count++;
    if (number === this.left.length) this.grow();
    this.left[number] = left;
    this.right[number] = right;
    this.slots[slot] = number + 1;
    if (this.count * 2 > this.slots.length) this.rehash();
    return number;
  }

  leftOf(number: number): number {
    return this.left[number] as number;
  }

  rightOf(number: number): number {
    return this.right[number] as number;
  }

  private grow(): void {
    const [left, right] = [this.left, this.right];
    this.left = new Uint32Array(left.length * 2);
    this.right = new Uint32Array(right.length * 2);
    this.left.set(left);
    this.right.set(right);
  }

  private rehash(): void {
    this.slots = new Uint32Array(this.slots.length * 4);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = hashOf(this.leftOf(number), this.rightOf(number)) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }
}

/** Up to this many possible pairs have a bit each. */
const maxBits = 2 ** 26;

/** A set of pairs, each below the numbers it is made with. */
export class PairSet {
  private readonly rights: number;
  private readonly bits: Uint32Array | null;
  /** Without bits, by left: its first right, plus one. Of many lefts most have no other, and need no place in the table. */
  private readonly firsts: Uint32Array;
  private readonly others = new PairTable();

  constructor(lefts: number, rights: number) {
    this.rights = rights;
    this.bits = lefts * rights <= maxBits ? new Uint32Array(((lefts * rights) >>> 5) + 1) : null;
    this.firsts = new Uint32Array(this.bits === null ? lefts : 0);
  }

  /** Whether the pair is new. */
  add(left: number, right: number): boolean {
    if (this.bits === null) {
      const first = this.firsts[left] as number;
      if (first === right + 1) return false;
      if (first === 0) {
        this.firsts[left] = right + 1;
        return true;
      }
      const known = this.others.length;
      return this.others.numberOf(left, right) === known;
    }
    const at = left * this.rights + right;
    const word = this.bits[at >>> 5] as number;
    const bit = 1 << (at & 31);
    if ((word & bit) !== 0) return false;
    this.bits[at >>> 5] = word | bit;
    return true;
  }
}

function hashOf(left: number, right: number): number {
  let hash = Math.imul(left ^ secret, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
