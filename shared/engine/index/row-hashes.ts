/** Hashes that identify the event of each row of a block: fourteen bytes a row, plus bits for summaries, partial records and appended rows. */
import type { ContentHash } from '../scan/content-hash';
import type { Segment } from '../scan/segment';
import { type Bitset, hasBit, wordsFor } from './bitset';
import type { Arena } from './arena';

export class RowHashes {
  /** Two words a row; null where no row has an ID. */
  private readonly ids: Uint32Array | null;
  /**
   * 48 bits of the content's hash: enough to distinguish the events of one ID, since the key is secret.
   */
  private readonly contents: Uint32Array;
  private readonly moreContents: Uint16Array;
  /** Rows without request and response, as a set of this block's rows; null where there are none. */
  readonly summaries: Bitset | null;
  /** Rows of partial records: from a table's columns, or from the fields around a broken event; likewise. */
  readonly partials: Bitset | null;
  /** Rows that are marked as appended to their file; likewise. */
  readonly appended: Bitset | null;

  constructor({ rowCount, idHashes, contentHashes, summaryRows, partialRows, appendedRows }: Segment, arena: Arena) {
    this.summaries = summaryRows === null ? null : wordsOf(summaryRows, rowCount, arena);
    this.partials = partialRows === null ? null : wordsOf(partialRows, rowCount, arena);
    this.appended = appendedRows === null ? null : wordsOf(appendedRows, rowCount, arena);
    const hasIds = idHashes.some((word) => word !== 0);
    this.ids = hasIds ? arena.words(rowCount * 2) : null;
    this.ids?.set(idHashes.subarray(0, rowCount * 2));
    this.contents = arena.words(rowCount);
    this.moreContents = arena.shorts(rowCount);
    for (let row = 0; row < rowCount; row++) {
      this.contents[row] = contentHashes[row * 2] as number;
      this.moreContents[row] = contentHashes[row * 2 + 1] as number;
    }
  }

  get byteLength(): number {
    const words = this.contents.byteLength + this.moreContents.byteLength + (this.ids?.byteLength ?? 0);
    const sets = [this.summaries, this.partials, this.appended];
    return sets.reduce((sum, set) => sum + (set?.byteLength ?? 0), words);
  }

  /** Whether any row has an ID. */
  get hasIds(): boolean {
    return this.ids !== null;
  }

  /** Both words of a row's ID are 0 where it has none. */
  idLow(row: number): number {
    return this.ids?.[row * 2] ?? 0;
  }

  idHigh(row: number): number {
    return this.ids?.[row * 2 + 1] ?? 0;
  }

  /** Whether the row has no request and response. */
  isSummary(row: number): boolean {
    return this.summaries !== null && hasBit(this.summaries, row);
  }

  /** Whether the row is a partial record. */
  isPartial(row: number): boolean {
    return this.partials !== null && hasBit(this.partials, row);
  }

  /** Whether the row is marked as appended to its file. */
  isAppended(row: number): boolean {
    return this.appended !== null && hasBit(this.appended, row);
  }

  /** 0 where two rows have the same content; else an arbitrary order that is fixed within one archive. */
  compareContent(row: number, other: RowHashes, otherRow: number): number {
    const difference = (this.contents[row] ?? 0) - (other.contents[otherRow] ?? 0);
    return difference === 0 ? (this.moreContents[row] ?? 0) - (other.moreContents[otherRow] ?? 0) : difference;
  }

  /** Whether this is the hash of the row's content, as far as it is kept. */
  hasContent(row: number, [low, high]: ContentHash): boolean {
    return this.contents[row] === low && this.moreContents[row] === (high & 0xffff);
  }

  /** Calls back with every row of this ID. */
  forEachWithId(low: number, high: number, visit: (row: number) => void): void {
    const { ids } = this;
    if (ids === null) return;
    for (let at = 0; at < ids.length; at += 2) if (ids[at] === low && ids[at + 1] === high) visit(at >>> 1);
  }
}

function wordsOf(bits: Uint8Array, rowCount: number, arena: Arena): Bitset {
  const words = arena.words(wordsFor(rowCount));
  for (let row = 0; row < rowCount; row += 8) {
    words[row >>> 5] = (words[row >>> 5] as number) | ((bits[row >>> 3] ?? 0) << (row & 31));
  }
  return words;
}
