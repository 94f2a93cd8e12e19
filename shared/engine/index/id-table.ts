/** By an event's ID: the first row that came with it. Open addressing in one array, so that a look-up is one place in memory. */

/** Words of an entry: the row plus one, and the two of the ID. */
const stride = 3;

export class IdTable {
  private entries: Uint32Array;
  private count = 0;

  /** With room for about so many rows. */
  constructor(rows: number) {
    let slots = 1024;
    while (slots * 3 < rows * 4) slots *= 2;
    this.entries = new Uint32Array(slots * stride);
  }

  /** The first row of this ID; -1 where there was none, and from now on it is `row`. */
  firstOf(low: number, high: number, row: number): number {
    const slots = this.entries.length / stride;
    const at = slotOf(this.entries, low, high);
    const known = this.entries[at] as number;
    if (known !== 0) return known - 1;
    put(this.entries, at, row + 1, low, high);
    this.count++;
    if (this.count * 4 > slots * 3) this.grow();
    return -1;
  }

  private grow(): void {
    const old = this.entries;
    this.entries = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += stride) {
      const row = old[at] as number;
      if (row === 0) continue;
      const [low, high] = [old[at + 1] as number, old[at + 2] as number];
      put(this.entries, slotOf(this.entries, low, high), row, low, high);
    }
  }
}

function put(entries: Uint32Array, at: number, row: number, low: number, high: number): void {
  entries[at] = row;
  entries[at + 1] = low;
  entries[at + 2] = high;
}

/** Where the ID stands, or the empty entry where it belongs. The hashes are keyed: nobody can choose them to fall together. */
function slotOf(entries: Uint32Array, low: number, high: number): number {
  const slots = entries.length / stride;
  for (let slot = low & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const at = slot * stride;
    if (entries[at] === 0 || (entries[at + 1] === low && entries[at + 2] === high)) return at;
  }
}
