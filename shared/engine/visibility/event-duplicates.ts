/**
 * Which rows are duplicates, duplicates of events that stand elsewhere too, and which events come in more than one version.
 *
 * Rows of one ID and one content are one event: all but one of them are duplicates. So are a row that was put together from columns and another row of the ID that tells
 * all that it tells: see `told-fields.ts`. One that is not marked as appended counts before one that is: else who appends a duplicate of an event
 * to some file would taint the event. Then the first in order of place counts, whichever thread read what: that is settled when an
 * import ends. Until then the first to come counts, and of what was put together from columns only what has no other row of its ID: so the
 * number of events never falls, neither while more come nor at the end.
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

/** Comparisons of what rows tell among the rows of one ID, beside some for each of them: a forged archive has many rows of one ID. */
const MAX_COMPARED = 100;
const MAX_COMPARED_PER_ROW = 8;
/** More than a row has of what is compared. */
const MOST_TOLD = 2 ** 32;

export class EventDuplicates {
  /** Rows that are duplicates (duplicates). */
  count = 0;
  /** Events whose ID comes with other content too. */
  versions = 0;
  private readonly source: RowSource;
  private readonly told: ComparedFields;
  private bits: Bitset = new Uint32Array(0);
  /** Null while nothing is imported. */
  private table: IdTable | null = null;
  /** Rows whose ID was there before, and the first row that had it. */
  private repeats = new GrowableU32();
  private firsts = new GrowableU32();
  /** While an import runs, by first row of an ID that comes with more than one content: a row of each content, of tables the one that counts. */
  private contents = new Map<number, number[]>();
  /** Rows, ascending, whose ID has more than one version, and how many others each has. */
  private versionRows = new Uint32Array(0);
  private otherVersions = new Uint32Array(0);
  /** Rows of tables that have no column for the account. */
  private readonly idsWithoutAccount: IdsWithoutAccount;

  constructor(source: RowSource, told: ComparedFields) {
    this.source = source;
    this.told = told;
    this.idsWithoutAccount = new IdsWithoutAccount(source, told);
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

  /** Takes the duplicates out of a set. */
  takeOut(rows: Bitset): void {
    const length = Math.min(rows.length, this.bits.length);
    for (let at = 0; at < length; at++) rows[at] = (rows[at] as number) & ~(this.bits[at] as number);
  }

  /** How many other versions of its event there are. */
  versionsBeside(row: number): number {
    let low = 0;
    let high = this.versionRows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.versionRows[middle] as number) < row) low = middle + 1;
      else high = middle;
    }
    return this.versionRows[low] === row ? (this.otherVersions[low] ?? 0) : 0;
  }

  /** Calls back with every row whose ID has more than one version, ascending, and how many it has. */
  forEachVersion(visit: (row: number, versions: number) => void): void {
    this.versionRows.forEach((row, at) => visit(row, (this.otherVersions[at] ?? 0) + 1));
  }

  /** Takes in the block that has come last. */
  add(block: Block, removed: Bitset): void {
    if (this.table === null) {
      this.table = this.makeTable();
      for (const known of this.source.blocks) if (known !== block) this.note(known, removed, false);
    }
    this.reserve(block.endWord);
    this.note(block, removed, true);
  }

  /** Finds out anew: rows were removed. */
  restart(removed: Bitset): void {
    const isImporting = this.table !== null;
    this.table = this.makeTable();
    this.reserve(this.source.words);
    this.clear();
    for (const block of this.source.blocks) this.note(block, removed, true);
    if (!isImporting) this.settle(removed);
  }

  /** Decides by place, and gives back what only an import needs. */
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
    this.told.forget();
  }

  /** All rows that have the same ID as this one, itself among them, that are not removed. None where it has no ID. */
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

  /** Whether two rows of one ID are one event, whichever of them counts. */
  areOne(one: number, other: number): boolean {
    const { told } = this;
    if (this.hasSameContent(one, other)) return true;
    return (this.isPartial(one) && told.isPartOf(one, other)) || (this.isPartial(other) && told.isPartOf(other, one));
  }

  private hasSameContent(one: number, other: number): boolean {
    return this.compareContent(one, other) === 0;
  }

  /** Of the same content, and both put together from columns or neither. */
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

  private note(block: Block, removed: Bitset, isJudged: boolean): void {
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
      if (isJudged) this.judge(first, block, local);
      else this.otherContents(first, row);
    }
    const counts = (row: number): boolean => !this.isDuplicate(row) && !hasBit(removed, row);
    for (const row of this.idsWithoutAccount.watch(block, !isJudged, counts)) this.hide(row);
  }

  /** First come, first counted; a whole event is counted in place of one row that was put together from columns, so that there are never fewer. */
  private judge(first: number, { base, hashes }: Block, local: number): void {
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

  /** A row of each other content of the ID, among which this one is from now on; null where its own was among them, or there are too many. */
  private otherContents(first: number, row: number): readonly number[] | null {
    const known = this.contents.get(first) ?? [first];
    const same = known.findIndex((other) => this.areAlike(other, row));
    if (same >= 0) {
      // Of what an earlier import settled, a later row may be the one that counts: that is the one to be replaced.
      if (this.isPartial(row) && !this.isDuplicate(row) && this.isDuplicate(known[same] as number)) {
        known[same] = row;
        this.contents.set(first, known);
      }
      return null;
    }
    if (known.length > MAX_COMPARED) return null;
    this.contents.set(first, known);
    known.push(row);
    return known.slice(0, -1);
  }

  private hide(row: number): void {
    if (hasBit(this.bits, row)) return;
    setBit(this.bits, row);
    this.count++;
  }

  /** The rows of one ID, of which there is more than one. */
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
    this.settlePartial(partial, counted, MAX_COMPARED + MAX_COMPARED_PER_ROW * group.length);
    if (counted.length > 1) this.noteVersions(group, counted.length, versions);
  }

  /** Hides rows that are no more than a part of one that counts. What is not compared, since it would be too much, counts. */
  private settlePartial(partial: readonly number[], counted: number[], compares: number): void {
    const rows = partial.length < 2 ? partial : this.fullestFirst(partial);
    const parts = findParts(rows, counted, compares, (row, other) => this.told.isPartOf(row, other));
    for (const row of parts) this.hide(row);
  }

  /** Those with request and response, then those with most of the compared fields, then by place. */
  private fullestFirst(rows: readonly number[]): number[] {
    const told = new Map(rows.map((row) => [row, (this.isSummary(row) ? 0 : MOST_TOLD) + this.told.count(row)]));
    const byPlace = (one: number, other: number): number => {
      const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
      if (block === undefined || otherBlock === undefined) return one - other;
      return comparePlaces(block, one - block.base, otherBlock, other - otherBlock.base);
    };
    return [...rows].sort((one, other) => (told.get(other) ?? 0) - (told.get(one) ?? 0) || byPlace(one, other));
  }

  /** Rows of tables without accounts are looked for by their ID alone, and go with the rows that have it. */
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

  /** The same for two rows, as nearly all groups have: each is looked up once. False where one was put together from columns. */
  private settlePair(one: number, other: number, versions: Versions): boolean {
    const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return true;
    const [local, otherLocal] = [one - block.base, other - otherBlock.base];
    if (block.hashes.isPartial(local) || otherBlock.hashes.isPartial(otherLocal)) return false;
    if (block.hashes.compareContent(local, otherBlock.hashes, otherLocal) !== 0) {
      this.noteVersions([one, other], 2, versions);
    } else this.hide(comparePlaces(block, local, otherBlock, otherLocal) < 0 ? other : one);
    return true;
  }

  private noteVersions(group: readonly number[], shown: number, versions: Versions): void {
    this.versions += shown;
    for (const row of group) {
      versions.rows.push(row);
      versions.others.push(shown - 1);
    }
  }

  private keepVersions({ rows, others }: Versions): void {
    const order = sortBy(positions(rows.length), rows.array, this.source.words * 32);
    this.versionRows = order.map((at) => rows.at(at));
    this.otherVersions = order.map((at) => others.at(at));
  }

  /** Whole events first, then by content, then by place. */
  private compare(one: number, other: number): number {
    const block = this.source.blockOf(one);
    const otherBlock = this.source.blockOf(other);
    if (block === undefined || otherBlock === undefined) return one - other;
    const [local, otherLocal] = [one - block.base, other - otherBlock.base];
    return (
      Number(block.hashes.isPartial(local)) - Number(otherBlock.hashes.isPartial(otherLocal)) ||
      block.hashes.compareContent(local, otherBlock.hashes, otherLocal) ||
      comparePlaces(block, local, otherBlock, otherLocal)
    );
  }

  private compareContent(one: number, other: number): number {
    const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return one - other;
    return block.hashes.compareContent(one - block.base, otherBlock.hashes, other - otherBlock.base);
  }
}

/** Those not marked as appended first, then by file, member and place in it. One thread reads a whole file, and its rows are numbered as it comes to them. */
function comparePlaces(block: Block, local: number, otherBlock: Block, otherLocal: number): number {
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
