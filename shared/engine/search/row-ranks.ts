/** The order of all rows by what a column of the list shows of them. */
import { nameOfPrincipal } from '#core/principal';
import { shortServiceName } from '#core/query/match';
import type { FieldType } from '#core/fields';
import type { VisibleIndex } from '../visibility/visible-index';
import { visitBlock } from '../index/path-values';
import { type IdentifierColumn, Texts } from '../index/identifiers';
import type { ComputedField } from './computed-field';
import type { ResolvedField } from './fields';
import { rankTexts } from './text-order';
import { TextPool } from './text-pool';

export interface RowRanks {
  /** By row: 0 where it has no text; otherwise the place of its text among all texts of the field. */
  readonly ranks: Uint32Array;
  readonly most: number;
}

/**
 * Ranks every row by the first text of a field. A text is ranked once, however many rows have it. As in the list, a row's text is the first under
 * the first path that has any, services and identities count by the name that is shown, and an empty text is none.
 */
export function rankRows(index: VisibleIndex, field: ResolvedField): RowRanks {
  const texts = new RowTexts(index, field.type);
  for (const path of field.paths) texts.addPath(path);
  if (field.computed !== null) texts.addComputed(field.computed);
  return texts.ranked();
}

/** Up to this many seconds from the first time to the last have a number each. */
const mostSeconds = 1 << 24;

class RowTexts {
  private readonly index: VisibleIndex;
  /** Null where texts are shown as they are. */
  private readonly shown: ((text: string) => string) | null;
  /** By row: the number of its text, from 1. */
  private readonly numbers: Uint32Array;
  private readonly texts = new TextPool();
  private readonly known = new Map<string, number>();
  private readonly empty: number;

  constructor(index: VisibleIndex, type: FieldType) {
    this.index = index;
    this.numbers = new Uint32Array(index.words * 32);
    this.shown = shownText(type);
    this.empty = this.numberOf('');
  }

  /** Gives every row its first text under a path that has none yet. */
  addPath(path: number): void {
    const { index, numbers } = this;
    const numberOfValue = this.byValue();
    const numberOfTime = path === index.timePath ? this.byTime() : null;
    for (const block of index.blocks) {
      const { base } = block;
      visitBlock(index, block, path, {
        coded: (local, value) => {
          if (numbers[base + local] === 0) numbers[base + local] = numberOfValue(value);
        },
        identifier: (local, column, at) => {
          if (numbers[base + local] === 0) numbers[base + local] = this.numberOfIdentifier(column, at, '');
        },
        time: (local, time) => {
          if (numbers[base + local] === 0 && numberOfTime !== null) numbers[base + local] = numberOfTime(time);
        },
      });
    }
  }

  /** Gives every row its text of a computed field that has none yet; those with several values are rare, and asked for one by one. */
  addComputed(computed: ComputedField): void {
    const { index, numbers } = this;
    const own = numbers.slice();
    const several: number[] = [];
    const put = (row: number, number: number): void => {
      if (numbers[row] === 0) numbers[row] = number;
      else if (own[row] === 0 && numbers[row] !== number) several.push(row);
    };
    if (computed.forEachKept !== undefined) {
      const numberOfValue = this.byValue();
      computed.forEachKept(index, {
        text: (row, text) => put(row, this.number(text)),
        coded: (row, value) => put(row, numberOfValue(value)),
        identifier: (row, before, column, at) => put(row, this.numberOfIdentifier(column, at, before)),
      });
    } else {
      computed.forEachRun(index, (text, from, to) => {
        const number = this.number(text);
        for (let row = from; row < to; row++) put(row, number);
      });
    }
    for (const row of several) {
      const block = index.blockOf(row);
      const text = block === undefined ? null : computed.textOf(index, block, row - block.base);
      if (text !== null) numbers[row] = this.number(text);
    }
  }

  ranked(): RowRanks {
    const { numbers, texts } = this;
    const { ranks: ofText, most } = rankTexts(texts);
    ofText[this.empty - 1] = 0;
    for (let row = 0; row < numbers.length; row++) {
      const number = numbers[row] as number;
      if (number !== 0) numbers[row] = ofText[number - 1] as number;
    }
    return { ranks: numbers, most };
  }

  /** The numbers of values of the dictionary. */
  private byValue(): (value: number) => number {
    const { dictionary } = this.index;
    const known = new Uint32Array(dictionary.length);
    return (value) => {
      if (known[value] === 0) known[value] = this.number(dictionary.text(value));
      return known[value] as number;
    };
  }

  /** The numbers of times, which are whole seconds. */
  private byTime(): (time: number) => number {
    const { first, last } = this.index;
    const seconds = (last - first) / 1000 + 1;
    const { texts } = this;
    if (seconds > mostSeconds || !Number.isInteger(first / 1000)) {
      const known = new Map<number, number>();
      return (time) => {
        const number = known.get(time) ?? texts.pushTime(time);
        known.set(time, number);
        return number;
      };
    }
    const known = new Uint32Array(Math.ceil(seconds));
    return (time) => {
      const at = (time - first) / 1000;
      if (known[at] === 0) known[at] = texts.pushTime(time);
      return known[at] as number;
    };
  }

  /** Nearly all different: looking for equal ones would take longer than to sort them. */
  private numberOfIdentifier(column: IdentifierColumn, at: number, before: string): number {
    const { shown, texts } = this;
    if (shown !== null) return this.number(before + column.text(at));
    const isEmpty = before === '' && column instanceof Texts && column.store.isEmptyAt(at);
    return isEmpty ? this.empty : texts.pushIdentifier(column, at, before);
  }

  private number(text: string): number {
    return this.numberOf(this.shown?.(text) ?? text);
  }

  private numberOf(shown: string): number {
    let number = this.known.get(shown);
    if (number === undefined) this.known.set(shown, (number = this.texts.push(shown)));
    return number;
  }
}

function shownText(type: FieldType): ((text: string) => string) | null {
  if (type === 'service') return shortServiceName;
  return type === 'identity' ? nameOfPrincipal : null;
}
