/**
 * Which rows are copies of events that stand elsewhere too, and which events come in more than one version.
 *
 * Rows of one ID and one content are one event; so are a row that came without request and response, and the whole event. The
 * first of them in order of place counts, whichever thread read what: that is settled when an import ends. Until then the first to
 * come counts, and some rows of a kind that is rare may show that will be copies later.
 */
import { type Bitset, hasBit, setBit } from './bitset';
import type { Block } from './block';
import { GrowableU32 } from './growable';
import { IdTable } from './id-table';
import { sortBy } from './radix-sort';

/** What copies are looked for in. */
export interface CopySource {
  readonly blocks: readonly Block[];
  /** Words of a set that has a bit for every row. */
  readonly words: number;
  blockOf(row: number): Block | undefined;
}

export class EventCopies {
  /** Rows that are copies. */
  count = 0;
  /** Events whose ID comes with other content too. */
  versions = 0;
  private readonly source: CopySource;
  private bits: Bitset = new Uint32Array(0);
  /** Null while nothing is imported. */
  private table: IdTable | null = null;
  /** Rows whose ID was there before, and the first row that had it. */
  private repeats = new GrowableU32();
  private firsts = new GrowableU32();
  /** Rows, ascending, whose ID has more than one version, and how many others each has. */
  private versionRows = new Uint32Array(0);
  private otherVersions = new Uint32Array(0);

  constructor(source: CopySource) {
    this.source = source;
  }

  get byteLength(): number {
    return this.bits.byteLength + this.versionRows.byteLength + this.otherVersions.byteLength;
  }

  isCopy(row: number): boolean {
    return hasBit(this.bits, row);
  }

  /** Takes the copies out of a set. */
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
    if (!isImporting) this.settle();
  }

  /** Decides by place, and gives back what only an import needs. */
  settle(): void {
    if (this.table === null) return;
    this.table = null;
    const { repeats, firsts } = this;
    this.clear();
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
  }

  /** All rows that have the same ID as this one, itself among them, that are not removed. None where it has no ID. */
  sameId(row: number, removed: Bitset): number[] {
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

  hasSameContent(one: number, other: number): boolean {
    return this.compareContent(one, other) === 0;
  }

  /** Whether the row came without request and response. */
  isSummary(row: number): boolean {
    const block = this.source.blockOf(row);
    return block?.hashes.isSummary(row - block.base) ?? false;
  }

  private makeTable(): IdTable {
    this.repeats = new GrowableU32();
    this.firsts = new GrowableU32();
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
    }
  }

  /** First come, first counted. */
  private judge(first: number, { base, hashes }: Block, local: number): void {
    const block = this.source.blockOf(first);
    if (block === undefined) return;
    const firstLocal = first - block.base;
    const isSummary = hashes.isSummary(local);
    if (block.hashes.isSummary(firstLocal) !== isSummary) this.hide(isSummary ? base + local : first);
    else if (hashes.compareContent(local, block.hashes, firstLocal) === 0) this.hide(base + local);
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
      this.settlePair(first, second, versions);
      return;
    }
    group.sort((one, other) => this.compare(one, other));
    const hasWhole = !this.isSummary(group[0] ?? 0);
    let shown = 0;
    group.forEach((row, at) => {
      const before = at === 0 ? undefined : group[at - 1];
      const isSame = before !== undefined && this.hasSameContent(before, row);
      if (isSame || (hasWhole && this.isSummary(row))) this.hide(row);
      else shown++;
    });
    if (shown > 1) this.noteVersions(group, shown, versions);
  }

  /** The same for two rows, as nearly all groups have: each is looked up once. */
  private settlePair(one: number, other: number, versions: Versions): void {
    const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return;
    const [local, otherLocal] = [one - block.base, other - otherBlock.base];
    const isSummary = block.hashes.isSummary(local);
    if (isSummary !== otherBlock.hashes.isSummary(otherLocal)) this.hide(isSummary ? one : other);
    else if (block.hashes.compareContent(local, otherBlock.hashes, otherLocal) !== 0)
      this.noteVersions([one, other], 2, versions);
    else this.hide(comparePlaces(block, local, otherBlock, otherLocal) < 0 ? other : one);
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
      Number(block.hashes.isSummary(local)) - Number(otherBlock.hashes.isSummary(otherLocal)) ||
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

/** By file, member and place in it. One thread reads a whole file, and its rows are numbered as it comes to them. */
function comparePlaces(block: Block, local: number, otherBlock: Block, otherLocal: number): number {
  const [places, otherPlaces] = [block.places, otherBlock.places];
  return (
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
