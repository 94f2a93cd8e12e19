/** Remembers a few numbers for a tuple of numbers, in flat arrays. */
import { withRoom } from './bytes';

/** Beyond this many the memo starts afresh: it saves time, and must not cost memory without bound. */
const MAX_TUPLES = 1 << 16;

export class TupleMemo {
  /** The results of every tuple, one after another. */
  results: Int32Array;
  private readonly width: number;
  private readonly resultWidth: number;
  private tuples: Int32Array;
  /** Tuple number + 1; 0 is free. */
  private readonly slots = new Int32Array(MAX_TUPLES * 2);
  private count = 0;

  /** For tuples of `width` numbers with `resultWidth` results each. */
  constructor(width: number, resultWidth: number) {
    this.width = width;
    this.resultWidth = resultWidth;
    this.tuples = new Int32Array(64 * width);
    this.results = new Int32Array(64 * resultWidth);
  }

  /** Where the tuple's results begin in {@link results}, or -1. */
  find(tuple: Int32Array): number {
    const { slots, tuples, width } = this;
    for (let slot = this.slotOf(tuple); ; slot = (slot + 1) & (slots.length - 1)) {
      const number = (slots[slot] as number) - 1;
      if (number < 0) return -1;
      const at = number * width;
      let i = 0;
      while (i < width && tuples[at + i] === tuple[i]) i += 1;
      if (i === width) return number * this.resultWidth;
    }
  }

  /** Remembers the results of a tuple that {@link find} did not find; returns where they begin. */
  add(tuple: Int32Array, results: readonly number[]): number {
    if (this.count === MAX_TUPLES) {
      this.count = 0;
      this.slots.fill(0);
    }
    const number = this.count;
    this.tuples = withRoom(this.tuples, (number + 1) * this.width);
    this.results = withRoom(this.results, (number + 1) * this.resultWidth);
    this.tuples.set(tuple, number * this.width);
    this.results.set(results, number * this.resultWidth);
    let slot = this.slotOf(tuple);
    while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
    this.slots[slot] = number + 1;
    this.count = number + 1;
    return number * this.resultWidth;
  }

  private slotOf(tuple: Int32Array): number {
    let hash = 0;
    for (let i = 0; i < this.width; i += 1) {
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ (tuple[i] as number), 0x9e3779b1);
    }
    return (hash ^ (hash >>> 15)) & (this.slots.length - 1);
  }
}
