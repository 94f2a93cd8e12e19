/** A field whose values are not kept in a column, but worked out when asked for. */
import type { FieldTest } from '#core/query/ast';
import type { ValueTest } from '#core/query/match';
import type { Bitset } from '../index/bitset';
import type { Block } from '../index/block';
import type { IdentifierColumn } from '../index/identifiers';
import type { VisibleIndex } from '../visibility/visible-index';

export interface ComputedField {
  /** Whether a row's value never changes once the row is in the index. Otherwise sets of rows are not cached. */
  readonly isFixed: boolean;
  /** Adds the rows whose value passes the test, visible or not. `written`: what the test was compiled from. */
  addRows(index: VisibleIndex, test: ValueTest, out: Bitset, written: FieldTest): void;
  /** The value of a block's row; null where it has none. */
  textOf(index: VisibleIndex, block: Block, local: number): string | null;
  /** Visits every value with the rows that have it, from `from` to before `to`, visible or not. A row may come with several. */
  forEachRun(index: VisibleIndex, visit: (text: string, from: number, to: number) => void): void;
  /** As {@link forEachRun}, where some values can be given as they are kept, without making a text of each. */
  forEachKept?(index: VisibleIndex, visitor: KeptVisitor): void;
  /** How many visible events, each counted once, have a value. */
  events(index: VisibleIndex): number;
  /** Counts the rows of a set by value; null where there are too many values to count quickly. */
  count(index: VisibleIndex, rows: Bitset): ComputedCounts | null;
}

/** Called with each value of a row, by where it is kept. */
export interface KeptVisitor {
  text(row: number, text: string): void;
  /** A value of the dictionary. */
  coded(row: number, value: number): void;
  /** Value `at` of a column outside the dictionary, behind the text `before`. */
  identifier(row: number, before: string, column: IdentifierColumn, at: number): void;
}

export interface ComputedCounts {
  /** Rows by value; a row that has several values counts for each. */
  readonly byText: ReadonlyMap<string, number>;
  /** Rows that have any. */
  readonly present: number;
}

/** The counts where each row has one value at most. */
export function countsOfOne(byText: ReadonlyMap<string, number>): ComputedCounts {
  return { byText, present: [...byText.values()].reduce((sum, count) => sum + count, 0) };
}
