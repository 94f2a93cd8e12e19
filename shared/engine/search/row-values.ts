/**
 * The values of one field by row, as numbers. Each distinct text has one number, however many paths, types and forms it comes in; texts are made
 * only for values that are asked for. The same values as a facet counts: see `facet-counts.ts`.
 */
import { shortServiceName } from '#core/query/match';
import { type Bitset, hasBit, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import { absent } from '../index/columns';
import { visitBlock } from '../index/path-values';
import { canonicalTimeText } from '../index/row-times';
import { hasText } from '../index/value-kinds';
import type { VisibleIndex } from '../visibility/visible-index';
import type { ResolvedField } from './fields';
import { eachTextIsOneValue } from './facet-counts';
import { PairTable } from './pair-table';

/** More values outside the dictionary than this, or further values of rows that have several, take too long. */
const maxApart = 400_000;

/** In {@link RowValues.first}: no value. */
export const noValue = -1;

export interface RowValues {
  /** By row: its first value; {@link noValue} where it has none. Rows outside the set asked for may have any. */
  readonly first: Int32Array;
  /** Whether any row has several values. */
  readonly hasSeveral: boolean;
  /** Further values of a row that has several, each once. */
  forEachFurther(row: number, visit: (value: number) => void): void;
  /** All values are below this. */
  readonly length: number;
  /** The text for showing and filtering: short names for services. */
  text(value: number): string;
}

/** Null where the values are identifiers, nearly all different and too many to number quickly. */
export function readRowValues(
  index: VisibleIndex,
  field: ResolvedField,
  rows: Bitset,
  rowCount: number,
): RowValues | null {
  const apart = field.paths.reduce((sum, path) => sum + index.paths.identifiers.at(path), 0);
  if (Math.min(apart, rowCount) > maxApart) return null;
  const reader = new Reader(index, field, rows);
  for (const block of index.blocks) {
    if (isEmptyBetween(rows, block.firstWord, block.endWord)) continue;
    reader.readBlock(block);
    if (reader.furtherValues > maxApart) return null;
  }
  field.computed?.forEachRun(index, (text, from, to) => {
    const value = reader.numberOfText(text);
    for (let row = from; row < to; row++) reader.put(row, value);
  });
  return reader;
}

class Reader implements RowValues {
  readonly first: Int32Array;
  /** Each further value with its row, by number. */
  private readonly further = new PairTable();
  /** By row: the number of its last further value, plus one; empty until there is one. Likewise by number: the one before. */
  private lastFurther = new Uint32Array(0);
  private readonly beforeFurther: number[] = [];
  private readonly index: VisibleIndex;
  private readonly field: ResolvedField;
  private readonly rows: Bitset;
  /** Whether a value of the dictionary stands for its text, so that no text is needed to number it. */
  private readonly isByValue: boolean;
  private readonly byValue = new Map<number, number>();
  private readonly byText = new Map<string, number>();
  private readonly byTime = new Map<number, number>();
  /** By number: the text, or the dictionary's value. */
  private readonly sources: (string | number)[] = [];

  constructor(index: VisibleIndex, field: ResolvedField, rows: Bitset) {
    const [only] = field.paths;
    this.index = index;
    this.field = field;
    this.rows = rows;
    this.first = new Int32Array(index.words * 32).fill(noValue);
    this.isByValue = field.paths.length === 1 && only !== undefined && eachTextIsOneValue(index, field, only);
  }

  get length(): number {
    return this.sources.length;
  }

  get furtherValues(): number {
    return this.further.length;
  }

  get hasSeveral(): boolean {
    return this.further.length > 0;
  }

  forEachFurther(row: number, visit: (value: number) => void): void {
    for (let next = this.lastFurther[row] ?? 0; next !== 0; next = this.beforeFurther[next - 1] ?? 0)
      visit(this.further.rightOf(next - 1));
  }

  text(value: number): string {
    const source = this.sources[value] ?? '';
    return typeof source === 'string' ? source : this.shown(this.index.dictionary.text(source));
  }

  readBlock(block: Block): void {
    const { paths, standIns } = this.field;
    let isFirst = true;
    for (const path of paths) {
      if (standIns.includes(path)) continue;
      if (isFirst) this.readFirstPath(block, path);
      else this.readPath(block, path, (row, value) => this.put(row, value));
      isFirst = false;
    }
    for (const path of standIns) this.readStandIn(block, path);
  }

  numberOfText(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    this.byText.set(text, this.length);
    return this.sources.push(text) - 1;
  }

  /** Values of the dictionary by whole columns, since nearly all rows have theirs under a field's first path. */
  private readFirstPath(block: Block, path: number): void {
    const column = block.columns.find(path);
    if (column >= 0) {
      const byCode = Int32Array.from(block.columns.dictionary(column), (value) =>
        value === absent || !hasText(this.index.dictionary.type(value)) ? noValue : this.numberOfValue(value),
      );
      block.columns.mapValues(column, byCode, block.base, this.first, (row, value) => this.put(row, value));
    }
    this.readPath(block, path, (row, value) => this.put(row, value), column >= 0);
  }

  /** A stand-in counts only where the row has no other value, or an empty one. */
  private readStandIn(block: Block, path: number): void {
    const lacking: (readonly [row: number, value: number])[] = [];
    this.readPath(block, path, (row, value) => {
      const known = this.first[row] as number;
      if (known === noValue || (this.text(known) === '' && (this.lastFurther[row] ?? 0) === 0))
        lacking.push([row, value]);
    });
    for (const [row, value] of lacking) this.put(row, value);
  }

  private readPath(
    block: Block,
    path: number,
    visit: (row: number, value: number) => void,
    isDictionaryRead = false,
  ): void {
    if (isDictionaryRead && path !== this.index.timePath && block.identifiersOf(path).length === 0) return;
    const isIn = (row: number): boolean => hasBit(this.rows, block.base + row);
    visitBlock(this.index, block, path, {
      time: (row, time) => {
        if (isIn(row)) visit(block.base + row, this.numberOfTime(time));
      },
      coded: (row, value) => {
        if (!isDictionaryRead && isIn(row)) visit(block.base + row, this.numberOfValue(value));
      },
      identifier: (row, column, at) => {
        if (isIn(row)) visit(block.base + row, this.numberOfText(this.shown(column.text(at))));
      },
    });
  }

  put(row: number, value: number): void {
    const known = this.first[row] as number;
    if (known === noValue) this.first[row] = value;
    else if (known !== value && hasBit(this.rows, row)) {
      const before = this.further.length;
      const number = this.further.numberOf(row, value);
      if (number < before) return;
      if (this.lastFurther.length === 0) this.lastFurther = new Uint32Array(this.first.length);
      this.beforeFurther.push(this.lastFurther[row] as number);
      this.lastFurther[row] = number + 1;
    }
  }

  private numberOfValue(value: number): number {
    const known = this.byValue.get(value);
    if (known !== undefined) return known;
    const number = this.isByValue
      ? this.sources.push(value) - 1
      : this.numberOfText(this.shown(this.index.dictionary.text(value)));
    this.byValue.set(value, number);
    return number;
  }

  private numberOfTime(time: number): number {
    const known = this.byTime.get(time);
    if (known !== undefined) return known;
    const number = this.numberOfText(canonicalTimeText(time));
    this.byTime.set(time, number);
    return number;
  }

  private shown(text: string): string {
    return this.field.type === 'service' ? shortServiceName(text) : text;
  }
}
