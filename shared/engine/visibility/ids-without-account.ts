/**
 * Rows of tables that have no column for the account. IDs are told apart by account and ID together, so that such a row has no
 * part in the events of its ID: it is looked for by the ID alone, once all is read. Until then it counts only while there is nothing but such
 * rows, and no longer than until another row of its ID comes that counts: so the number of events does not fall at the end.
 */
import { type Bitset, hasBit } from '../index/bitset';
import type { Block } from '../index/block';
import { Uuids } from '../index/identifiers';
import { visitBlock } from '../index/path-values';
import type { RowSource } from './row-source';
import type { ComparedFields } from './compared-fields';

/** Of one ID, so many rows are looked at for one that tells the same. */
const MAX_ROWS = 8;

interface Placed {
  readonly block: Block;
  readonly local: number;
}

/** IDs with the row each is sought for, their first bytes, and the dictionary's values that are these IDs. */
interface Sought {
  readonly ids: ReadonlyMap<string, number>;
  readonly heads: ReadonlySet<number>;
  readonly values: ReadonlyMap<number, number>;
}

/** The first row that has the ID of one. */
type FirstOf = (block: Block, local: number) => number;

export class IdsWithoutAccount {
  private readonly source: RowSource;
  private readonly told: ComparedFields;
  /** By the first row of an ID without account: the first of the ID it is counted to. */
  private joined: ReadonlyMap<number, number> = new Map();

  /** While an import runs: by its ID, a row that counts. */
  private waiting = new Map<string, number>();
  /** The first bytes of these IDs; null where they are to be found out anew. */
  private heads: ReadonlySet<number> | null = null;
  /** Whether there are rows with an ID that are no such rows. */
  private hasOthers = false;

  constructor(source: RowSource, told: ComparedFields) {
    this.source = source;
    this.told = told;
  }

  /** Nothing has come yet, or all has. */
  stopWatching(): void {
    this.waiting = new Map();
    this.heads = null;
    this.hasOthers = false;
  }

  /**
   * Takes in a block of a running import, and returns the rows that are not to count until the end. Of a block that an earlier import has settled
   * there are none.
   */
  watch(block: Block, isSettled: boolean, counts: (row: number) => boolean): readonly number[] {
    const lone = new Set<number>();
    let hasOthers = false;
    for (let local = 0; local < block.rowCount; local++) {
      if (!hasId(block, local)) continue;
      if (this.hasNoAccount(block, local)) lone.add(local);
      else hasOthers = true;
      if (hasOthers && block.hashes.partials === null) break;
    }
    this.hasOthers ||= hasOthers;
    const left = new Set<number>();
    if (hasOthers && !isSettled && this.waiting.size > 0) {
      this.heads ??= headsOf(this.waiting);
      this.visitIdsOf(block, this.soughtFor(this.waiting, this.heads), (local, row) => {
        if (!lone.has(local) && counts(block.base + local) && counts(row)) left.add(row);
      });
    }
    for (const local of lone) {
      const row = block.base + local;
      const id = counts(row) ? this.told.idOf(block, local) : null;
      if (id === null) continue;
      if (this.hasOthers && !isSettled) left.add(row);
      else {
        this.waiting.set(id, row);
        this.heads = null;
      }
    }
    return [...left];
  }

  /** About how much memory it takes. */
  get byteLength(): number {
    return this.joined.size * 40;
  }

  /** Looks for them anew, and returns them by the first row of the ID, with the first row of those that they go with. */
  find(firstOf: FirstOf, removed: Bitset): ReadonlyMap<number, number> {
    const wanted = this.collect(firstOf, removed);
    const found = new Map<number, Placed[]>();
    if (wanted.size > 0) {
      this.visitIds(wanted, removed, (lone, place) => {
        const others = found.get(lone);
        if (firstOf(place.block, place.local) === lone) return;
        if (others === undefined) found.set(lone, [place]);
        else if (others.length < MAX_ROWS) others.push(place);
      });
    }
    const joined = new Map<number, number>();
    for (const [lone, places] of found) {
      const fits = ({ block, local }: Placed): boolean => this.told.isPartOf(lone, block.base + local);
      const into = places.length === 1 ? places[0] : (places.find(fits) ?? places[0]);
      if (into !== undefined) joined.set(lone, firstOf(into.block, into.local));
    }
    this.joined = joined;
    return joined;
  }

  /** One row of each ID that is counted to the same event as this row's: itself, and others. */
  joinedWith(row: number): number[] {
    const rows = [row];
    for (const [lone, into] of this.joined) {
      if (this.haveOneId(row, lone)) rows.push(into);
      else if (this.haveOneId(row, into)) rows.push(lone);
    }
    return rows;
  }

  /** By ID, the first row of it without an account. */
  private collect(firstOf: FirstOf, removed: Bitset): Map<string, number> {
    const wanted = new Map<string, number>();
    for (const block of this.source.blocks) {
      if (block.hashes.partials === null) continue;
      for (let local = 0; local < block.rowCount; local++) {
        if (!hasId(block, local) || hasBit(removed, block.base + local) || !this.hasNoAccount(block, local)) continue;
        const id = this.told.idOf(block, local);
        if (id !== null && !wanted.has(id)) wanted.set(id, firstOf(block, local));
      }
    }
    return wanted;
  }

  /** Calls back with every row that has one of the IDs, and the row it is wanted for. */
  private visitIds(
    wanted: ReadonlyMap<string, number>,
    removed: Bitset,
    visit: (lone: number, place: Placed) => void,
  ): void {
    const sought = this.soughtFor(wanted, headsOf(wanted));
    for (const block of this.source.blocks) {
      this.visitIdsOf(block, sought, (local, lone) => {
        if (!hasBit(removed, block.base + local)) visit(lone, { block, local });
      });
    }
  }

  private soughtFor(ids: ReadonlyMap<string, number>, heads: ReadonlySet<number>): Sought {
    return { ids, heads, values: this.told.valuesOf(ids) };
  }

  private visitIdsOf(
    block: Block,
    { ids: wanted, heads, values }: Sought,
    visit: (local: number, soughtFor: number) => void,
  ): void {
    const take = (local: number, soughtFor: number | undefined): void => {
      if (soughtFor !== undefined) visit(local, soughtFor);
    };
    for (const path of this.told.idPaths()) {
      visitBlock(this.source, block, path, {
        time: ignore,
        coded: (local, value) => take(local, values.get(value)),
        identifier: (local, ids, at) => {
          // Of nearly all IDs four bytes tell that they are not wanted.
          if (ids instanceof Uuids && !heads.has(ids.packed.readUInt32BE(at * 16))) return;
          take(local, wanted.get(ids.text(at)));
        },
      });
    }
  }

  /** Whether the row was put together from less than the event, without an account. */
  private hasNoAccount(block: Block, local: number): boolean {
    return block.hashes.isPartial(local) && !this.told.hasAccount(block, local);
  }

  private haveOneId(one: number, other: number): boolean {
    const [block, otherBlock] = [this.source.blockOf(one), this.source.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return false;
    const [local, otherLocal] = [one - block.base, other - otherBlock.base];
    return (
      block.hashes.idLow(local) === otherBlock.hashes.idLow(otherLocal) &&
      block.hashes.idHigh(local) === otherBlock.hashes.idHigh(otherLocal) &&
      hasId(block, local)
    );
  }
}

const hasId = ({ hashes }: Block, local: number): boolean => (hashes.idLow(local) | hashes.idHigh(local)) !== 0;

const headsOf = (ids: ReadonlyMap<string, number>): ReadonlySet<number> => new Set(Array.from(ids.keys(), headOf));

/** The first four bytes of a UUID; of anything else, something. */
const headOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16) >>> 0;

const ignore = (): void => undefined;
