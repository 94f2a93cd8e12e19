/**
 * Rows of tables that have no column for the account.
 *
 * Events are identified by account and ID together, so such a row equals no other. At the end of an import it is looked up by its ID alone.
 * Until then it counts only where all rows so far lack the account, and only until another row of its ID counts: so the number of events
 * does not fall at the end.
 */
import { type Bitset, hasBit } from '../index/bitset';
import type { Block } from '../index/block';
import { Uuids } from '../index/identifiers';
import { visitBlock } from '../index/path-values';
import type { RowSource } from './row-source';
import type { ComparedFields } from './compared-fields';

/** Rows of one ID that are compared, at most. */
const maxRows = 8;

interface Placed {
  readonly block: Block;
  readonly local: number;
}

/** IDs to look up, each with the row it is looked up for; their first bytes, and the dictionary's values that are these IDs. */
interface Wanted {
  readonly ids: ReadonlyMap<string, number>;
  readonly heads: ReadonlySet<number>;
  readonly values: ReadonlyMap<number, number>;
}

/** The first row that has the ID of one. */
type FirstOf = (block: Block, local: number) => number;

export class IdsWithoutAccount {
  private readonly source: RowSource;
  private readonly compared: ComparedFields;
  /** Maps the first row of an ID without account to the first row of the event it belongs to. */
  private joined: ReadonlyMap<number, number> = new Map();

  /** During an import, by ID: a row without account that counts. */
  private waiting = new Map<string, number>();
  /** The first bytes of these IDs; null where they must be worked out again. */
  private heads: ReadonlySet<number> | null = null;
  /** Whether there are rows with both ID and account. */
  private hasOthers = false;

  constructor(source: RowSource, compared: ComparedFields) {
    this.source = source;
    this.compared = compared;
  }

  /** An import starts or has ended: forgets what is kept during one. */
  stopWatching(): void {
    this.waiting = new Map();
    this.heads = null;
    this.hasOthers = false;
  }

  /**
   * Takes a block of a running import, and returns the rows that must not count until its end. None of a block that an earlier import has
   * settled.
   */
  watch(block: Block, isSettled: boolean, counts: (row: number) => boolean): readonly number[] {
    const bare = new Set<number>();
    let hasOthers = false;
    for (let local = 0; local < block.rowCount; local++) {
      if (!hasId(block, local)) continue;
      if (this.hasNoAccount(block, local)) bare.add(local);
      else hasOthers = true;
      if (hasOthers && block.hashes.partials === null) break;
    }
    this.hasOthers ||= hasOthers;
    const left = new Set<number>();
    if (hasOthers && !isSettled && this.waiting.size > 0) {
      this.heads ??= headsOf(this.waiting);
      this.visitIdsOf(block, this.wantedFor(this.waiting, this.heads), (local, row) => {
        if (!bare.has(local) && counts(block.base + local) && counts(row)) left.add(row);
      });
    }
    for (const local of bare) {
      const row = block.base + local;
      const id = counts(row) ? this.compared.idOf(block, local) : null;
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

  /** Finds the events that these rows belong to: the first row of an ID without account, and the first row of its event. */
  find(firstOf: FirstOf, removed: Bitset): ReadonlyMap<number, number> {
    const wanted = this.collect(firstOf, removed);
    const found = new Map<number, Placed[]>();
    if (wanted.size > 0) {
      this.visitIds(wanted, removed, (bare, place) => {
        const others = found.get(bare);
        if (firstOf(place.block, place.local) === bare) return;
        if (others === undefined) found.set(bare, [place]);
        else if (others.length < maxRows) others.push(place);
      });
    }
    const joined = new Map<number, number>();
    for (const [bare, places] of found) {
      const fits = ({ block, local }: Placed): boolean => this.compared.isPartOf(bare, block.base + local);
      const into = places.length === 1 ? places[0] : (places.find(fits) ?? places[0]);
      if (into !== undefined) joined.set(bare, firstOf(into.block, into.local));
    }
    this.joined = joined;
    return joined;
  }

  /** The row itself, and one row of each other group that belongs to the same event. */
  joinedWith(row: number): number[] {
    const rows = [row];
    for (const [bare, into] of this.joined) {
      if (this.haveOneId(row, bare)) rows.push(into);
      else if (this.haveOneId(row, into)) rows.push(bare);
    }
    return rows;
  }

  /** The first row without account of each ID. */
  private collect(firstOf: FirstOf, removed: Bitset): Map<string, number> {
    const wanted = new Map<string, number>();
    for (const block of this.source.blocks) {
      if (block.hashes.partials === null) continue;
      for (let local = 0; local < block.rowCount; local++) {
        if (!hasId(block, local) || hasBit(removed, block.base + local) || !this.hasNoAccount(block, local)) continue;
        const id = this.compared.idOf(block, local);
        if (id !== null && !wanted.has(id)) wanted.set(id, firstOf(block, local));
      }
    }
    return wanted;
  }

  /** Calls back with every row that has one of the IDs, and the row it was looked up for. */
  private visitIds(
    wanted: ReadonlyMap<string, number>,
    removed: Bitset,
    visit: (bare: number, place: Placed) => void,
  ): void {
    const lookUp = this.wantedFor(wanted, headsOf(wanted));
    for (const block of this.source.blocks) {
      this.visitIdsOf(block, lookUp, (local, bare) => {
        if (!hasBit(removed, block.base + local)) visit(bare, { block, local });
      });
    }
  }

  private wantedFor(ids: ReadonlyMap<string, number>, heads: ReadonlySet<number>): Wanted {
    return { ids, heads, values: this.compared.valuesOf(ids) };
  }

  private visitIdsOf(
    block: Block,
    { ids: wanted, heads, values }: Wanted,
    visit: (local: number, wantedFor: number) => void,
  ): void {
    const take = (local: number, wantedFor: number | undefined): void => {
      if (wantedFor !== undefined) visit(local, wantedFor);
    };
    for (const path of this.compared.idPaths()) {
      visitBlock(this.source, block, path, {
        time: ignore,
        coded: (local, value) => take(local, values.get(value)),
        identifier: (local, ids, at) => {
          // Four bytes rule out nearly all IDs.
          if (ids instanceof Uuids && !heads.has(ids.packed.readUInt32BE(at * 16))) return;
          take(local, wanted.get(ids.text(at)));
        },
      });
    }
  }

  /** Whether the row is a partial record without an account. */
  private hasNoAccount(block: Block, local: number): boolean {
    return block.hashes.isPartial(local) && !this.compared.hasAccount(block, local);
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

/** The first four bytes of a UUID; an arbitrary number for other texts. */
const headOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16) >>> 0;

const ignore = (): void => undefined;
