/**
 * Whether a partial record is a subset of another record of the same event.
 *
 * Compared are the fields that say who did what, when and from where, and the request and response: see `compared-values.ts`. A value that
 * the other row lacks counts as a difference too: else a forged record of nothing but an ID would hide the genuine row.
 */
import { fieldPaths } from '#core/fields';
import { parseQueryTime } from '#core/time';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';
import { textsOf, visitRow } from '../index/path-values';
import { ComparedValues } from './compared-values';
import { hasText } from '../index/value-kinds';

interface ComparedField {
  readonly paths: readonly string[];
  /** The other row may lack it: AWS adds it to events that have none, or it is written in one of several places. */
  readonly mayBeMissing: boolean;
  readonly isCaseless: boolean;
}

const plain = (name: string): ComparedField => ({ paths: fieldPaths(name), mayBeMissing: false, isCaseless: false });
const optional = (name: string): ComparedField => ({ ...plain(name), mayBeMissing: true });

const comparedFields: readonly ComparedField[] = [
  ...['event', 'service', 'ip', 'region', 'agent', 'error', 'key', 'requestID'].map(plain),
  ...['recipientAccountId', 'accountId', 'userIdentity.accountId', 'type', 'category'].map(optional),
  { ...optional('readonly'), isCaseless: true },
];
const timeField = plain('time');
const accountField: ComparedField = { ...optional('recipientAccountId'), paths: ['recipientAccountId', 'accountId'] };
const idField = plain('id');

/** No value under a path. */
const none = -1;
/** A value that has no number, or several. */
const unnumberedId = -2;

export class ComparedFields {
  private readonly index: EventIndex;
  private readonly values: ComparedValues;
  /** By field; cleared when the index gets more paths. */
  private readonly paths = new Map<ComparedField, readonly number[]>();
  private pathCount = 0;

  constructor(index: EventIndex) {
    this.index = index;
    this.values = new ComparedValues(index);
  }

  /** Whether all compared fields and values of `row` are the same in `other`, which may have more. */
  isPartOf(row: number, other: number): boolean {
    const [block, otherBlock] = [this.index.blockOf(row), this.index.blockOf(other)];
    if (block === undefined || otherBlock === undefined) return false;
    const [local, otherLocal] = [row - block.base, other - otherBlock.base];
    const time = this.timeOf(block, local);
    if (time !== null && time !== this.timeOf(otherBlock, otherLocal)) return false;
    return (
      comparedFields.every((field) => this.isAlsoIn(field, block, local, otherBlock, otherLocal)) &&
      this.values.areAlsoIn(block, local, otherBlock, otherLocal)
    );
  }

  /** How many of the compared fields and values a row has. */
  count(row: number): number {
    const block = this.index.blockOf(row);
    if (block === undefined) return 0;
    const fields = comparedFields.filter((field) => this.textOf(field, block, row - block.base) !== null).length;
    return fields + this.values.count(block, row - block.base);
  }

  /** Frees the memory that comparing needs; the next comparison fills it again. */
  forget(): void {
    this.values.forget();
  }

  /** Whether a row has the account that its ID belongs to. */
  hasAccount(block: Block, local: number): boolean {
    return this.numberOf(accountField, block, local) !== none;
  }

  /** The event's ID, as text; null where it has none. */
  idOf(block: Block, local: number): string | null {
    return this.textOf(idField, block, local);
  }

  /** Numbers of the paths that hold an ID. */
  idPaths(): readonly number[] {
    return this.pathsOf(idField);
  }

  /** Maps IDs by their number in the dictionary instead of their text. */
  valuesOf(ids: ReadonlyMap<string, number>): Map<number, number> {
    const { dictionary } = this.index;
    const values = new Map<number, number>();
    for (const path of this.idPaths()) {
      dictionary.forEachOfPath(path, (value) => {
        const row = hasText(dictionary.type(value)) ? ids.get(dictionary.text(value)) : undefined;
        if (row !== undefined) values.set(value, row);
      });
    }
    return values;
  }

  private isAlsoIn(field: ComparedField, block: Block, local: number, otherBlock: Block, otherLocal: number): boolean {
    const value = this.numberOf(field, block, local);
    if (value === none || (value >= 0 && value === this.numberOf(field, otherBlock, otherLocal))) return true;
    const text = this.textOf(field, block, local);
    if (text === null) return true;
    const otherText = this.textOf(field, otherBlock, otherLocal);
    if (otherText === null) return field.mayBeMissing;
    return text === otherText || (field.isCaseless && text.toLowerCase() === otherText.toLowerCase());
  }

  /** The time in ms; the text where it is not a time. */
  private timeOf(block: Block, local: number): number | string | null {
    const time = block.times.at(local);
    if (!Number.isNaN(time)) return time;
    const text = this.textOf(timeField, block, local);
    // A time without seconds is not on the timeline; here it equals any other of its minute written so.
    return text === null ? null : (parseQueryTime(text)?.from ?? text);
  }

  private textOf(field: ComparedField, block: Block, local: number): string | null {
    for (const path of this.pathsOf(field)) {
      const values = textsOf(this.index, block, local, path).filter((text) => text !== '');
      if (values.length > 0) return values.join(', ');
    }
    return null;
  }

  /** The number of the field's one value. Equal numbers mean equal texts, which would take longer to read. */
  private numberOf(field: ComparedField, block: Block, local: number): number {
    for (const path of this.pathsOf(field)) {
      let found = none;
      const unnumbered = (): void => {
        found = unnumberedId;
      };
      visitRow(this.index, block, local, path, {
        time: unnumbered,
        coded: (_, value) => {
          found = found === none ? value : unnumberedId;
        },
        identifier: unnumbered,
      });
      if (found !== none) return found;
    }
    return none;
  }

  private pathsOf(field: ComparedField): readonly number[] {
    const { paths } = this.index;
    if (this.pathCount !== paths.length) this.paths.clear();
    this.pathCount = paths.length;
    const known = this.paths.get(field);
    if (known !== undefined) return known;
    const found = field.paths.flatMap((text) => paths.find(text) ?? []);
    this.paths.set(field, found);
    return found;
  }
}
