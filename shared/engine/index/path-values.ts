/**
 * All values under one path, wherever the index keeps them: in the dictionary's columns, among the identifiers, or as times. Code that needs
 * every value of a path uses these functions, so that none of the three is forgotten.
 */
import type { Block } from './block';
import type { Dictionary } from './dictionary';
import type { IdentifierColumn } from './identifiers';
import { canonicalTimeText } from './row-times';
import { hasText } from './value-kinds';

/** What the values of a block's columns are numbered by. */
export interface ValueStore {
  readonly dictionary: Dictionary;
  /** The path whose canonical values are the blocks' times. */
  readonly timePath: number;
}

/** Called with each value, by where it is kept; `row` counts within the block. */
export interface ValueVisitor {
  /** A value of the dictionary that has a text. */
  coded(row: number, value: number): void;
  /** Value `at` of a column outside the dictionary. */
  identifier(row: number, column: IdentifierColumn, at: number): void;
  /** A time written the usual way, in ms. */
  time(row: number, time: number): void;
}

/** Visits every value under exactly this path in a block: of each kind of column, rows ascend. */
export function visitBlock(store: ValueStore, block: Block, path: number, visitor: ValueVisitor): void {
  const { times, rowCount } = block;
  if (path === store.timePath) {
    for (let row = 0; row < rowCount; row++) if (times.isCanonical(row)) visitor.time(row, times.at(row));
  }
  const column = block.columns.find(path);
  if (column >= 0) {
    block.columns.forEachEntry(column, (row, value) => {
      if (hasText(store.dictionary.type(value))) visitor.coded(row, value);
    });
  }
  for (const identifiers of block.identifiersOf(path)) {
    for (let at = 0; at < identifiers.length; at++) visitor.identifier(identifiers.rowOf(at), identifiers, at);
  }
}

/** Visits the values a block's row has under exactly this path, in record order. */
export function visitRow(store: ValueStore, block: Block, row: number, path: number, visitor: ValueVisitor): void {
  if (path === store.timePath && block.times.isCanonical(row)) visitor.time(row, block.times.at(row));
  const column = block.columns.find(path);
  if (column >= 0) {
    block.columns.forEachValue(column, row, (value) => {
      if (hasText(store.dictionary.type(value))) visitor.coded(row, value);
    });
  }
  for (const identifiers of block.identifiersOf(path)) {
    identifiers.forEachOfRow(row, (at) => visitor.identifier(row, identifiers, at));
  }
}

/** The texts of a block's row under exactly this path, in record order; none where it has no value with text. */
export function textsOf(store: ValueStore, block: Block, row: number, path: number): string[] {
  const texts: string[] = [];
  visitRow(store, block, row, path, {
    time: (_, time) => texts.push(canonicalTimeText(time)),
    coded: (_, value) => texts.push(store.dictionary.text(value)),
    identifier: (_, column, at) => texts.push(column.text(at)),
  });
  return texts;
}
