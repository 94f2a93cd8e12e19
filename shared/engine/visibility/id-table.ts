/** Maps an event's ID to the first row that has it. Open addressing in one array, so that a look-up touches one place in memory. */

import { passingWords } from '../index/growable';

/** Words of an entry: the row plus one, and the lower word of the ID. */
const stride = 2;

export class IdTable {
  private readonly hasId: (row: number, low: number, high: number) => boolean;
  private entries: Uint32Array;
  private count = 0;

  /** Has room for about `rows` rows. `hasId` says whether a row has this ID; called only where half of the ID is equal. */
  constructor(rows: number, hasId: (row: number, low: number, high: number) => boolean) {
    let slots = 1024;
    while (slots * 3 < rows * 4) slots *= 2;
    this.entries = passingWords(slots * stride);
    this.hasId = hasId;
  }

  /** The first row of this ID. Where there is none yet: -1, and `row` becomes the first. */
  firstOf(low: number, high: number, row: number): number {
    const { entries } = this;
    const last = entries.length / stride - 1;
    // The hashes are keyed, so nobody can choose IDs that collide.
    for (let slot = low & last; ; slot = (slot + 1) & last) {
      const known = entries[slot * stride] as number;
      if (known === 0) {
        entries[slot * stride] = row + 1;
        entries[slot * stride + 1] = low;
        this.count++;
        if (this.count * 4 > last * 3) this.grow();
        return -1;
      }
      if (entries[slot * stride + 1] === low && this.hasId(known - 1, low, high)) return known - 1;
    }
  }

  private grow(): void {
    const old = this.entries;
    const entries = passingWords(old.length * 2);
    const last = entries.length / stride - 1;
    for (let at = 0; at < old.length; at += stride) {
      const row = old[at] as number;
      if (row === 0) continue;
      const low = old[at + 1] as number;
      let slot = low & last;
      while (entries[slot * stride] !== 0) slot = (slot + 1) & last;
      entries[slot * stride] = row;
      entries[slot * stride + 1] = low;
    }
    this.entries = entries;
  }
}
