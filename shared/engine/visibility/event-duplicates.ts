/**
 * Which rows are duplicates, and which events have conflicting versions.
 *
 * Rows with the same ID and the same content are one event: one of them counts, the others are duplicates. A partial record is a duplicate
 * where another record of its ID has all that it has: see `compared-fields.ts`.
 *
 * Which one counts: a row that is not marked as appended before one that is, or whoever appends a duplicate to some file could mark the
 * genuine event. Then the first by location, whichever thread read it first. This is decided when an import ends. Until then the first
 * row to arrive counts, and a partial record only while no other row of its ID counts. So the number of events never falls, neither
 * during an import nor at its end.
 */
import { type Bitset, hasBit, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import { findParts } from './find-parts';
import { GrowableU32 } from '../index/growable';
import { IdTable } from './id-table';
import { IdsWithoutAccount } from './ids-without-account';
import type { RowSource } from './row-source';
import { sortBy } from '../index/radix-sort';
import type { ComparedFields } from './compared-fields';

/** Comparisons among the rows of one ID, plus some per row. Bounded, since a forged archive can have many rows of one ID. */
const maxCompared = 100;
const maxComparedPerRow = 8;
/** More than the compared fields and values that a row can have. */
const fullRecord = 2 ** 32;

export class EventDuplicates {
  /** Rows that are duplicates. */
  count = 0;
  /** Events with conflicting versions: each version counts. */
  versions = 0;
  private readonly source: RowSource;
  private readonly compared: ComparedFields;
  private bits: Bitset = new Uint32Array(0);
  /** Null while nothing is imported. */
  private table: IdTable | null = null;
  /** Rows whose ID was seen before, and for each the first row with that ID. */
  private repeats = new GrowableU32();
  private firsts = new GrowableU32();
  /** During an import, by the first row of an ID with several contents: one row of each content; of partial records the one that counts. */
  private contents = new Map<number, number[]>();
  /** Rows of conflicting versions, ascending, and how many other versions each has. */
  private versionRows = new Uint32Array(0);
  private otherVersions = new Uint32Array(0);
  /** Rows of tables that have no column for the account. */
  private readonly idsWithoutAccount: IdsWithoutAccount;

  constructor(source: RowSource, compared: ComparedFields) {
    this.source = source;
    this.compared = compared;
    this.idsWithoutAccount = new IdsWithoutAccount(source, compared);
  }

  get byteLength(): number {
    return (
      this.bits.byteLength +
      this.versionRows.byteLength +
      this.otherVersions.byteLength +
      this.idsWithoutAccount.byteLength
    );
  }

  isDuplicate(row: number): boolean {
    return hasBit(this.bits, row);
  }

  /** Removes the duplicates from a set. */
  subtractFrom(rows: Bitset): void {
    const length = Math.min(rows.length, this.bits.length);
    for (let at = 0; at < length; at++) rows[at] = (rows[at] as number) & ~(this.bits[at] as number);
  }

  /** How many other versions of the row's event there are. */
  otherVersionsOf(row: number): number {
    let low = 0;
    let high = this.versionRows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.versionRows[middle] as number) < row) low = middle + 1;
      else high = middle;
    }
    return this.versionRows[low] === row ? (this.otherVersions[low] ?? 0) : 0;
  }

  /** Calls back with every row of conflicting versions, ascending, and how many versions its event has. */
  forEachVersion(visit: (row: number, versions: number) => void): void {
    this.versionRows.forEach((row, at) => visit(row, (this.otherVersions[at] ?? 0) + 1));
  }

  /** Adds the newest block. */
  add(block: Block, removed: Bitset): void {
    if (this.table === null) {
      this.table = this.makeTable();
      for (const known of this.source.blocks) if (known !== block) this.note(known, removed, false);
    }
    this.reserve(block.endWord);
    this.note(block, removed, true);
  }

  /** Starts again after rows were removed. */
  restart(removed: Bitset): void {
    const isImporting = this.table !== null;
    this.table = this.makeTable();
    this.reserve(this.source.words);
    this.clear();
    for (const block of this.source.blocks) this.note(block, removed, true);
    if (!isImporting) this.settle(removed);
  }

  /** Decides by location which rows count, and frees what only an import needs. */
  settle(removed: Bitset): void {
    const { table } = this;
    if (table === null) return;
    this.clear();
    this.joinIdsWithoutAccount(table, removed);
    this.table = null;
    this.contents = new Map();
    this.idsWithoutAccount.stopWatching();
    const { repeats, firsts } = this;
    const count = repeats.length;
    const order = sortBy(positions(count), firsts.array, this.source.words * 32);
    const versions: Versions = { rows: new GrowableU32(), others: new GrowableU32() };
    for (let at = 0; at < count;) {
      const first = firsts.at(order[at] as number);
      const group = [first];
      for (; at < count && firsts.at(order[at] as number) === first; at++) group.push(repeats.at(order[at] as number));
      this.settleGroup(group, versions);
    }
    this.keepVersions(versions);
    this.compared.forget();
  }

  /** All rows with this row's ID, itself included, without removed ones. Empty where it has no ID. */
  sameId(row: number, removed: Bitset): number[] {
    return this.idsWithoutAccount.joinedWith(row).flatMap((each) => this.withIdOf(each, removed));
  }

  private withIdOf(row: number, removed: Bitset): number[] {
    const block = this.source.blockOf(row);
    const local = row - (block?.base ?? 0);
    const [low, high] = [block?.hashes.idLow(local) ?? 0, block?.hashes.idHigh(local) ?? 0];
    const rows: number[] = [];
    if ((low | high) === 0) return rows;
    for (const { base, hashes } of this.source.blocks) {
      hashes.forEachWithId(low, high, (other) => {
        if (!hasBit(removed, base + other)) rows.push(base + other);
      });
    }
    return rows;
  }

  /** Whether two rows of the same ID are one event. */
  areOne(one: number, other: number): boolean {
    const { compared } = this;
    if (this.hasSameContent(one, other)) return true;
    return (
      (this.isPartial(one) && compared.isPartOf(one, other)) || (this.isPartial(other) && compared.isPartOf(other, one))
    );
  }

  private hasSameContent(one: number, other: number): boolean {
    return this.compareContent(one, other) === 0;
  }

  /** Whether two rows have the same content, and both or neither are partial records. */
  private areAlike(one: number, other: number): boolean {
    return this.hasSameContent(one, other) && this.isPartial(one) === this.isPartial(other);
  }

  private isPartial(row: number): boolean {
    const block = this.source.blockOf(row);
    return block?.hashes.isPartial(row - block.base) ?? false;
  }

  private isSummary(row: number): boolean {
    const block = this.source.blockOf(row);
    return block?.hashes.isSummary(row - block.base) ?? false;
  }

  private makeTable(): IdTable {
    this.repeats = new GrowableU32();
    this.firsts = new GrowableU32();
    this.contents = new Map();
    this.idsWithoutAccount.stopWatching();
    return new IdTable(this.source.words * 32, (row, low, high) => {
      const block = this.source.blockOf(row);
      const local = row - (block?.base ?? 0);
      return block?.hashes.idLow(local) === low && block.hashes.idHigh(local) === high;
    });
  }

  private reserve(words: number): void {
    if (words <= this.bits.length) return;
    const bits = new Uint32Array(Math.max(words, this.bits.length * 2));
    bits.set(this.bits);
    this.bits = bits;
  }

  private clear(): void {
    this.bits.fill(0);
    this.count = 0;
    this.versions = 0;
    this.versionRows = new Uint32Array(0);
    this.otherVersions = new Uint32Array(0);
  }

  private note(block: Block, removed: Bitset, isCounted: boolean): void {
    const { table } = this;
    const { base, rowCount, hashes } = block;
    if (table === null || !hashes.hasIds) return;
    for (let local = 0; local < rowCount; local++) {
      const low = hashes.idLow(local);
      const high = hashes.idHigh(local);
      const row = base + local;
      if ((low | high) === 0 || hasBit(removed, row)) continue;
      const first = table.firstOf(low, high, row);
      if (first < 0) continue;
      this.firsts.push(first);
      this.repeats.push(row);
      if (isCounted) this.countFirst(first, block, local);
      else this.otherContents(first, row);
    }
    const counts = (row: number): boolean => !this.isDuplicate(row) && !hasBit(removed, row);
    for (const row of this.idsWithoutAccount.watch(block, !isCounted, counts)) this.hide(row);
  }

  /** The first row to arrive counts. A full record counts in place of one partial record, so that the number never falls. */
  private countFirst(first: number, { base, hashes }: Block, local: number): void {
    const block = this.source.blockOf(first);
    if (block === undefined) return;
    const row = base + local;
    if (hashes.compareContent(local, block.hashes, first - block.base) === 0) this.hide(row);
    else {
      const others = this.otherContents(first, row);
      if (others === null || hashes.isPartial(local)) this.hide(row);
      else {
        const replaced = others.find((other) => this.isPartial(other) && !this.isDuplicate(other));
        if (replaced !== undefined) this.hide(replaced);
      }
    }
  }

  /** Adds the row to the contents of its ID, and returns a row of each other one. Null where its content was known, or there are too many. */
  private otherContents(first: number, row: number): readonly number[] | null {
    const known = this.contents.get(first) ?? [first];
    const same = known.findIndex((other) => this.areAlike(other, row));
    if (same >= 0) {
      // After an earlier import the row that counts may be a later one: remember that one, since it is the one to replace.
      if (this.isPartial(row) && !this.isDuplicate(row) && this.isDuplicate(known[same] as number)) {
        known[same] = row;
        this.contents.set(first, known);
      }
      return null;
    }
    if (known.length > maxCompared) return null;
    this.contents.set(first, known);
    known.push(row);
    return known.slice(0, -1);
  }

  private hide(row: number): void {
    if (hasBit(this.bits, row)) return;
    setBit(this.bits, row);
    this.count++;
  }

  /** Decides which of several rows of one ID count. */
  private settleGroup(group: number[], versions: Versions): void {
    const [first, second] = group;
    if (group.length === 2 && first !== undefined && second !== undefined) {
      if (this.settlePair(first, second, versions)) return;
    }
    group.sort((one, other) => this.compare(one, other));
    const counted: number[] = [];
    const partial: number[] = [];
    group.forEach((row, at) => {
      const before = at === 0 ? undefined : group[at - 1];
      const kind = this.isPartial(row) ? partial : counted;
      if (kind.at(-1) === undefined || before === undefined || !this.hasSameContent(before, row)) kind.push(row);
      else this.hide(row);
    });
    this.settlePartial(partial, counted, maxCompared + maxComparedPerRow * group.length);
    if (counted.length > 1) this.noteVersions(group, counted.length, versions);
  }

  /** Hides rows that are a subset of one that counts. Rows beyond the bound on comparisons count. */
  private settlePartial(partial: readonly number[], counted: number[], compares: number): void {
    const rows = partial.length < 2 ? partial : this.fullestFirst(partial);
    const parts = findParts(rows, counted, compares, (row, other) => this.compared.isPartOf(row, other));
    for (const row of parts) this.hide(row);
  }

  /** Rows with request and response first, then those with most of the compared fields, then by location. */
  private fullestFirst(rows: readonly number[]): number[] {
    const weight = new Map(rows.map((row) => [row, (this.isSummary(row) ? 0 : fullRecord) + this.compared.count(row)]));
    const byLocation = (one: number, other: number): number => {
      const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
      if (block === undefined || otherBlock === undefined) return one - other;
      return compareLocations(block, one - block.base, otherBlock, other - otherBlock.base);
    };
    return [...rows].sort((one, other) => (weight.get(other) ?? 0) - (weight.get(one) ?? 0) || byLocation(one, other));
  }

  /** Groups IDs without account with the other rows of the same ID. */
  private joinIdsWithoutAccount(table: IdTable, removed: Bitset): void {
    const joined = this.idsWithoutAccount.find((block, local) => {
      return table.firstOf(block.hashes.idLow(local), block.hashes.idHigh(local), block.base + local);
    }, removed);
    if (joined.size === 0) return;
    const firsts = this.firsts.array;
    for (let at = 0; at < this.firsts.length; at++) {
      firsts[at] = joined.get(firsts[at] as number) ?? (firsts[at] as number);
    }
    for (const [row, into] of joined) {
      this.firsts.push(into);
      this.repeats.push(row);
    }
  }

  /** The same for a group of two, as nearly all are, with one look-up each. False where one is a partial record. */
  private settlePair(one: number, other: number, versions: Versions): boolean {
    const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return true;
    const [local, otherLocal] = [one - block.base, other - otherBlock.base];
    if (block.hashes.isPartial(local) || otherBlock.hashes.isPartial(otherLocal)) return false;
    if (block.hashes.compareContent(local, otherBlock.hashes, otherLocal) !== 0) {
      this.noteVersions([one, other], 2, versions);
    } else this.hide(compareLocations(block, local, otherBlock, otherLocal) < 0 ? other : one);
    return true;
  }

  private noteVersions(group: readonly number[], visible: number, versions: Versions): void {
    this.versions += visible;
    for (const row of group) {
      versions.rows.push(row);
      versions.others.push(visible - 1);
    }
  }

  private keepVersions({ rows, others }: Versions): void {
    const order = sortBy(positions(rows.length), rows.array, this.source.words * 32);
    this.versionRows = order.map((at) => rows.at(at));
    this.otherVersions = order.map((at) => others.at(at));
  }

  /** Full records first, then by content, then by location. */
  private compare(one: number, other: number): number {
    const block = this.source.blockOf(one);
    const otherBlock = this.source.blockOf(other);
    if (block === undefined || otherBlock === undefined) return one - other;
    const [local, otherLocal] = [one - block.base, other - otherBlock.base];
    return (
      Number(block.hashes.isPartial(local)) - Number(otherBlock.hashes.isPartial(otherLocal)) ||
      block.hashes.compareContent(local, otherBlock.hashes, otherLocal) ||
      compareLocations(block, local, otherBlock, otherLocal)
    );
  }

  private compareContent(one: number, other: number): number {
    const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return one - other;
    return block.hashes.compareContent(one - block.base, otherBlock.hashes, other - otherBlock.base);
  }
}

/**
 * Rows not marked as appended first, then by file, member and position. The row number stands for the position, since one thread reads a
 * whole file from start to end.
 */
function compareLocations(block: Block, local: number, otherBlock: Block, otherLocal: number): number {
  const [places, otherPlaces] = [block.places, otherBlock.places];
  return (
    Number(block.hashes.isAppended(local)) - Number(otherBlock.hashes.isAppended(otherLocal)) ||
    places.file(local) - otherPlaces.file(otherLocal) ||
    (places.member(local)?.ordinal ?? -1) - (otherPlaces.member(otherLocal)?.ordinal ?? -1) ||
    block.base + local - (otherBlock.base + otherLocal)
  );
}

interface Versions {
  readonly rows: GrowableU32;
  readonly others: GrowableU32;
}

function positions(count: number): Uint32Array {
  const all = new Uint32Array(count);
  for (let at = 0; at < count; at++) all[at] = at;
  return all;
}
