/** The order of all rows by what a column of the list shows of them. */
import { nameOfPrincipal } from '#core/principal';
import { shortServiceName } from '#core/query/match';
import type { FieldType } from '#core/fields';
import type { VisibleIndex } from '../visibility/visible-index';
import { visitBlock } from '../index/path-values';
import { canonicalTimeText } from '../index/row-times';
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

class RowTexts {
  private readonly index: VisibleIndex;
  /** Null where texts are shown as they are. */
  private readonly shown: ((text: string) => string) | null;
  /** By row: the number of its text, from 1. */
  private readonly numbers: Uint32Array;
  private readonly texts = new TextPool();
  private readonly known = new Map<string, number>();

  constructor(index: VisibleIndex, type: FieldType) {
    this.index = index;
    this.numbers = new Uint32Array(index.words * 32);
    this.shown = shownText(type);
  }

  /** Gives every row its first text under a path that has none yet. */
  addPath(path: number): void {
    const { index, numbers } = this;
    const { dictionary } = index;
    // By value: the number of its text, 0 until it is needed.
    const ofValue = new Uint32Array(dictionary.length);
    for (const block of index.blocks) {
      const { base } = block;
      visitBlock(index, block, path, {
        coded: (local, value) => {
          if (numbers[base + local] !== 0) return;
          if (ofValue[value] === 0) ofValue[value] = this.number(dictionary.text(value));
          numbers[base + local] = ofValue[value] as number;
        },
        identifier: (local, column, at) => {
          // Nearly all different: looking for equal ones would take longer than to sort them.
          if (numbers[base + local] !== 0) return;
          const { shown, texts } = this;
          numbers[base + local] =
            shown === null ? texts.pushIdentifier(column, at) : texts.push(shown(column.text(at)));
        },
        time: (local, time) => {
          if (numbers[base + local] === 0) numbers[base + local] = this.number(canonicalTimeText(time));
        },
      });
    }
  }

  /** Gives every row its text of a computed field that has none yet; those with several values are rare, and asked for one by one. */
  addComputed(computed: ComputedField): void {
    const { index, numbers } = this;
    const own = numbers.slice();
    const several: number[] = [];
    computed.forEachRun(index, (text, from, to) => {
      const number = this.number(text);
      for (let row = from; row < to; row++) {
        if (numbers[row] === 0) numbers[row] = number;
        else if (own[row] === 0 && numbers[row] !== number) several.push(row);
      }
    });
    for (const row of several) {
      const block = index.blockOf(row);
      const text = block === undefined ? null : computed.textOf(index, block, row - block.base);
      if (text !== null) numbers[row] = this.number(text);
    }
  }

  ranked(): RowRanks {
    const { numbers, texts } = this;
    const ofText = rankTexts(texts);
    let most = 0;
    for (const rank of ofText) if (rank > most) most = rank;
    const ranks = numbers;
    for (let row = 0; row < ranks.length; row++) {
      const number = ranks[row] as number;
      if (number !== 0) ranks[row] = texts.isEmpty(number - 1) ? 0 : (ofText[number - 1] as number);
    }
    return { ranks, most };
  }

  private number(text: string): number {
    const shown = this.shown?.(text) ?? text;
    let number = this.known.get(shown);
    if (number === undefined) this.known.set(shown, (number = this.texts.push(shown)));
    return number;
  }
}

function shownText(type: FieldType): ((text: string) => string) | null {
  if (type === 'service') return shortServiceName;
  return type === 'identity' ? nameOfPrincipal : null;
}
