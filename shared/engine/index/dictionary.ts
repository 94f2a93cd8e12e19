/**
 * Every distinct (path, type, text) of the open data, except identifiers. Values get numbers in the order they arrive; the
 * values of one path form a chain.
 */
import { randomInt } from 'node:crypto';
import { ValueType } from '../scan/segment';
import { GrowableBytes, GrowableU32, passingWords } from './growable';
import type { PathTable } from './path-table';
import { Arena } from './arena';
import { TextStore } from './text-store';
import { hasText } from './value-kinds';

export class Dictionary {
  private readonly paths: PathTable;
  readonly texts = TextStore.empty();
  /** By value: its path. */
  readonly pathOf = new GrowableU32();
  /** By value: the events that hold it. */
  readonly events = new GrowableU32();
  private readonly types = new GrowableBytes();
  private readonly previous = new GrowableU32();
  private hashes = new GrowableU32();
  private table: Uint32Array = new Uint32Array(1024);

  constructor(paths: PathTable) {
    this.paths = paths;
  }

  get length(): number {
    return this.pathOf.length;
  }

  get byteLength(): number {
    const arrays = [this.pathOf, this.events, this.previous, this.hashes];
    const columns = arrays.reduce((sum, column) => sum + column.array.byteLength, 0);
    return columns + this.texts.byteLength + this.table.byteLength + this.types.array.byteLength;
  }

  /** The number of a value, new or known. The text is in `bytes`, as WTF-8. */
  add(path: number, type: ValueType, bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(path * 8 + type, bytes, from, to);
    const slot = this.slotOf(path, type, hash, bytes, from, to);
    const entry = this.table[slot] as number;
    if (entry !== 0) return entry - 1;
    this.table[slot] = this.length + 1;
    if (this.hasTwin(path, type, bytes, from, to)) this.paths.clashing.add(path);
    return this.append(path, type, hash, bytes, from, to);
  }

  text(value: number): string {
    return this.texts.text(value);
  }

  type(value: number): ValueType {
    return (this.types.array[value] ?? ValueType.null) as ValueType;
  }

  /** Calls back with every value of a path, the newest first. The callback may return false to end it. */
  forEachOfPath(path: number, visit: (value: number) => boolean | void): void {
    for (let next = this.paths.lastValue.at(path); next !== 0; next = this.previous.at(next - 1)) {
      if (visit(next - 1) === false) return;
    }
  }

  /** Frees what only {@link add} needs, which must not be called until {@link resume}. */
  settle(): void {
    // New memory each time, so that the pieces of earlier imports can be freed.
    const arena = new Arena();
    this.texts.settle(arena);
    for (const column of [this.pathOf, this.events, this.previous]) column.settle(arena);
    this.hashes = new GrowableU32(new Uint32Array(0));
    this.table = new Uint32Array(0);
    this.types.settle(arena);
  }

  /** Prepares for more values after {@link settle}. */
  resume(): void {
    const { length } = this;
    let slots = 1024;
    while (slots * 3 < length * 4) slots *= 2;
    this.table = passingWords(slots);
    this.hashes = new GrowableU32();
    for (let value = 0; value < length; value++) {
      const bytes = this.texts.bytes(value);
      this.hashes.push(hashOf(this.pathOf.at(value) * 8 + this.type(value), bytes, 0, bytes.length));
    }
    this.fillTable();
  }

  /** The value's slot in the table, or the empty one where it belongs. */
  private slotOf(path: number, type: ValueType, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const mask = this.table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.table[slot] as number;
      if (entry === 0) return slot;
      const value = entry - 1;
      if (this.hashes.array[value] !== hash || this.pathOf.array[value] !== path || this.types.array[value] !== type)
        continue;
      if (this.texts.equals(value, bytes, from, to)) return slot;
    }
  }

  /** Whether the path has this text already as a value of another type. */
  private hasTwin(path: number, type: ValueType, bytes: Uint8Array, from: number, to: number): boolean {
    const others = type === ValueType.string ? literalsThatBegin(bytes[from] ?? 0) : [ValueType.string];
    if (to === from || type > ValueType.false) return false;
    return others.some((other) => {
      const hash = hashOf(path * 8 + other, bytes, from, to);
      return this.table[this.slotOf(path, other, hash, bytes, from, to)] !== 0;
    });
  }

  private append(path: number, type: ValueType, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const value = this.texts.append(bytes, from, to);
    this.pathOf.push(path);
    this.events.push(0);
    this.hashes.push(hash);
    this.types.push(type);
    this.previous.push(this.paths.lastValue.at(path));
    this.paths.lastValue.array[path] = value + 1;
    if (hasText(type)) this.paths.distinct.array[path] = this.paths.distinct.at(path) + 1;
    else this.paths.withBlanks.add(path);
    if (this.length * 4 > this.table.length * 3) this.rehash();
    return value;
  }

  private rehash(): void {
    this.table = passingWords(this.table.length * 2);
    this.fillTable();
  }

  private fillTable(): void {
    const { table } = this;
    const mask = table.length - 1;
    for (let value = 0; value < this.length; value++) {
      let slot = (this.hashes.array[value] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = value + 1;
    }
  }
}

function literalsThatBegin(byte: number): readonly ValueType[] {
  if (byte === 0x74) return [ValueType.true];
  if (byte === 0x66) return [ValueType.false];
  return byte === 0x2d || (byte >= 0x30 && byte <= 0x39) ? [ValueType.number] : [];
}

/** Random, so that nobody can craft a file whose values collide. */
const secret = randomInt(2 ** 32);

/** FNV-1a with a final mix, since slots use the low bits. Equal hashes are always followed by a comparison. */
function hashOf(seed: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(seed ^ secret, 0x01000193);
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
