/** What of the index is needed to find rows of one event. */
import type { Block } from '../index/block';
import type { ValueStore } from '../index/path-values';

export interface RowSource extends ValueStore {
  readonly blocks: readonly Block[];
  /** Words of a set that has a bit for every row. */
  readonly words: number;
  blockOf(row: number): Block | undefined;
}
