/**
 * Numbers for byte strings: the same (tag, bytes) always gets the same number, counting up from 0.
 *
 * One open-addressing table over one byte blob; no JS string and no object per entry. Equal hashes are never trusted. The latest
 * entries can be taken back, which undoes a record that turned out to be broken.
 */
import { equalBytes, hashBytes, SLACK, withRoom } from './bytes';

/** Where the fields of an entry lie in {@link InternTable.entries}, one entry after another. */
export const Entry = { hash: 0, tag: 1, start: 2, length: 3, data: 4, stride: 5 } as const;

/** Past this many bytes 32-bit offsets would not do. */
const MAX_BYTES = 2 ** 31 - 1 - SLACK;

export class InternTable {
  /** Differs from run to run: see {@link hashBytes}. */
  readonly seed = (Math.random() * 2 ** 32) | 0;
  count = 0;
  entries = new Int32Array(256 * Entry.stride);
  bytes = new Uint8Array(4096);
  view = new DataView(this.bytes.buffer);
  bytesUsed = 0;
  /** Entry number + 1; 0 is free. At most half full. */
  private slots = new Int32Array(512);

  /** The number of (tag, bytes), or -1. `hash` is {@link hashBytes} of them with this table's seed. */
  find(tag: number, hash: number, view: DataView, start: number, length: number): number {
    const { slots, entries } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = (slots[slot] as number) - 1;
      if (id < 0) return -1;
      const at = id * Entry.stride;
      if (
        entries[at + Entry.hash] === hash &&
        entries[at + Entry.tag] === tag &&
        entries[at + Entry.length] === length &&
        equalBytes(view, start, this.view, entries[at + Entry.start] as number, length)
      ) {
        return id;
      }
    }
  }

  /** Adds what {@link find} did not find. `data` is the caller's. */
  add(tag: number, hash: number, source: Uint8Array, start: number, length: number, data: number): number {
    const id = this.count;
    if (this.bytesUsed + length > MAX_BYTES) throw new RangeError('the dictionary of distinct values is full (2 GB)');
    if ((id + 1) * 2 > this.slots.length) this.rehash();
    if (this.bytesUsed + length + SLACK > this.bytes.length) {
      this.bytes = withRoom(this.bytes, this.bytesUsed + length + SLACK);
      this.view = new DataView(this.bytes.buffer);
    }
    this.entries = withRoom(this.entries, (id + 1) * Entry.stride);
    // A short string costs less byte by byte than the subarray that `set` needs.
    if (length < 64) for (let i = 0; i < length; i += 1) this.bytes[this.bytesUsed + i] = source[start + i] as number;
    else this.bytes.set(source.subarray(start, start + length), this.bytesUsed);
    const at = id * Entry.stride;
    this.entries[at + Entry.hash] = hash;
    this.entries[at + Entry.tag] = tag;
    this.entries[at + Entry.start] = this.bytesUsed;
    this.entries[at + Entry.length] = length;
    this.entries[at + Entry.data] = data;
    this.bytesUsed += length;
    this.count = id + 1;
    this.link(id, hash);
    return id;
  }

  /** {@link hashBytes} with this table's seed. */
  hash(tag: number, view: DataView, start: number, length: number): number {
    return hashBytes(view, start, length, tag, this.seed);
  }

  field(id: number, field: number): number {
    return this.entries[id * Entry.stride + field] as number;
  }

  /** The entry's bytes, as a view that the next `add` may make stale. */
  bytesOf(id: number): Uint8Array {
    const start = this.field(id, Entry.start);
    return this.bytes.subarray(start, start + this.field(id, Entry.length));
  }

  /**
   * Forgets every entry from number `count` on.
   *
   * Freeing slots latest first leaves every probe chain whole, since an entry always stands behind the older ones of its chain; a rehash
   * keeps to that by going through the entries in order.
   */
  truncate(count: number): void {
    const mask = this.slots.length - 1;
    while (this.count > count) {
      const id = this.count - 1;
      let slot = this.field(id, Entry.hash) & mask;
      while (this.slots[slot] !== id + 1) slot = (slot + 1) & mask;
      this.slots[slot] = 0;
      this.bytesUsed = this.field(id, Entry.start);
      this.count = id;
    }
  }

  private link(id: number, hash: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = id + 1;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let id = 0; id < this.count; id += 1) this.link(id, this.field(id, Entry.hash));
  }
}
