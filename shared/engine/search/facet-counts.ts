/** Counts the values of a field in a set of rows. Each event counts once per value, however many paths and forms it has the value in. */
import { shortServiceName } from '#core/query/match';
import { type Bitset, hasBit, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import { absent } from '../index/columns';
import type { VisibleIndex } from '../visibility/visible-index';
import { visitBlock } from '../index/path-values';
import { hasText } from '../index/value-kinds';
import { canonicalTimeText } from '../index/row-times';
import type { ComputedCounts } from './computed-field';
import type { Matches } from './cross-filter';
import type { ResolvedField } from './fields';

/** The values that some event of the set has. They stay numbers until a text is asked for, since most are never shown. */
export interface FacetCounts {
  readonly length: number;
  /** Events of the set with any value. */
  readonly present: number;
  count(at: number): number;
  /** The text for showing and filtering: short names for services. */
  text(at: number): string;
  /** The text in lower case. */
  lowerText(at: number): string;
  /** Compares two values by lower-cased text, then as written. */
  compare(one: number, other: number): number;
}

/** More identifiers than this are not counted: see {@link countField}. */
const maxIdentifiers = 400_000;
/** The most values of a field's rarer paths that are looked at one by one: see {@link countBeside}. */
const maxBeside = 50_000;

/** Null where the values are identifiers, nearly all different and too many to count quickly. */
export function countField(index: VisibleIndex, field: ResolvedField, matches: Matches): FacetCounts | null {
  if (field.computed !== null) return ofComputed(field.computed.count(index, matches.rows));
  const counted = countByValue(index, field, matches);
  if (counted !== null) return counted;
  const identifiers = field.paths.reduce((sum, each) => sum + index.paths.identifiers.at(each), 0);
  if (identifiers > maxIdentifiers && matches.count > maxIdentifiers) return null;
  return countTexts(index, field, matches.rows);
}

/** {@link countField} where values of the dictionary can be counted, which is fast; null where the texts of each row would have to be read. */
export function countByValue(index: VisibleIndex, field: ResolvedField, matches: Matches): FacetCounts | null {
  const { events, identifiers: identified } = index.paths;
  const [main, ...beside] = [...field.paths].sort((one, other) => events.at(other) - events.at(one));
  const isEachCounted = field.standIns.length === 0 || beside.length === 0;
  if (main !== undefined && isEachCounted && eachTextIsOneValue(index, field, main)) {
    if (beside.length === 0) return countPath(index, field, main, matches);
    const values = beside.reduce((sum, path) => sum + events.at(path) + identified.at(path), 0);
    if (values <= maxBeside && !field.paths.includes(index.timePath))
      return countBeside(index, field, main, beside, matches);
  }
  return null;
}

/** Whether each text of the path is a single value of the dictionary, so that counting values is enough. */
export function eachTextIsOneValue(index: VisibleIndex, { type }: ResolvedField, path: number): boolean {
  const { identifiers, clashing } = index.paths;
  if (identifiers.at(path) > 0 || clashing.has(path)) return false;
  return type !== 'service' || areShortNamesDistinct(index, path);
}

/** `s3` and `s3.amazonaws.com` are two values and one service. */
function areShortNamesDistinct(index: VisibleIndex, path: number): boolean {
  const seen = new Set<string>();
  let distinct = 0;
  index.dictionary.forEachOfPath(path, (value) => {
    seen.add(shortServiceName(index.dictionary.text(value)));
    distinct++;
  });
  return seen.size === distinct;
}

let scratch = new Uint32Array(0);

function countPath(index: VisibleIndex, field: ResolvedField, path: number, matches: Matches): FacetCounts {
  const { dictionary } = index;
  // Where most rows match, counting the others and subtracting them from the known totals is faster.
  const isMost = matches.count * 2 > index.total;
  const counted = isMost ? matches.rest() : matches.rows;
  if (scratch.length < dictionary.length) scratch = new Uint32Array(dictionary.length * 2);
  let present = 0;
  for (const block of index.blocks) present += countBlock(index, block, path, counted, scratch);
  const values: number[] = [];
  const counts: number[] = [];
  dictionary.forEachOfPath(path, (value) => {
    const found = scratch[value] as number;
    scratch[value] = 0;
    const count = isMost ? dictionary.events.at(value) - found : found;
    if (count === 0 || !hasText(index.dictionary.type(value))) return;
    values.push(value);
    counts.push(count);
  });
  const valueAt = (at: number): number => values[at] as number;
  const allPresent = isMost ? index.paths.events.at(path) - present : present;
  if (field.type === 'service') {
    return ofTexts(
      values.map((value, at) => [shortServiceName(dictionary.text(value)), counts[at] as number] as const),
      allPresent,
    );
  }
  return {
    length: values.length,
    present: allPresent,
    count: (at) => counts[at] as number,
    text: (at) => dictionary.text(valueAt(at)),
    lowerText: (at) => dictionary.texts.lowerText(valueAt(at)),
    compare: (one, other) => dictionary.texts.compare(valueAt(one), valueAt(other)),
  };
}

/** Adds to `counts`, by value. Returns the rows that have one. */
function countBlock(index: VisibleIndex, block: Block, path: number, mask: Bitset, counts: Uint32Array): number {
  const column = block.columns.find(path);
  if (column < 0 || isEmptyBetween(mask, block.firstWord, block.endWord)) return 0;
  const values = block.columns.dictionary(column);
  const countable = index.paths.withBlanks.has(path) ? countableCodes(index, values) : null;
  const byCode = new Uint32Array(values.length);
  const present = block.columns.count(column, mask, block.firstWord, countable, byCode);
  for (let code = 0; code < byCode.length; code++) {
    const count = byCode[code] as number;
    const value = values[code] as number;
    if (count > 0 && value < counts.length) counts[value] = (counts[value] as number) + count;
  }
  return present;
}

/** By code: 1 where the value has a text. */
function countableCodes(index: VisibleIndex, values: Uint32Array): Uint8Array {
  const countable = new Uint8Array(values.length);
  for (let code = 0; code < values.length; code++) {
    const value = values[code] as number;
    countable[code] = value !== absent && hasText(index.dictionary.type(value)) ? 1 : 0;
  }
  return countable;
}

/**
 * Counts the path that nearly all events use by value, and the few values of other paths one by one. Insights, for example, have their
 * service under another path, and one of them must not make a million calls slow to count.
 */
function countBeside(
  index: VisibleIndex,
  field: ResolvedField,
  main: number,
  beside: readonly number[],
  matches: Matches,
): FacetCounts {
  const counted = countPath(index, field, main, matches);
  const counts = new Map<string, number>();
  for (let at = 0; at < counted.length; at++) counts.set(counted.text(at), counted.count(at));
  let { present } = counted;
  const blockTexts = new BlockTexts(index, { ...field, paths: beside }, matches.rows);
  const mainTexts = new BlockTexts(index, field, matches.rows);
  for (const block of index.blocks) {
    for (const [row, texts] of blockTexts.byRow(block)) {
      const known = mainTexts.ofRow(block, main, row);
      if (known.size === 0) present++;
      for (const text of each(texts)) if (!known.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return ofTexts([...counts], present);
}

/** Counts by text. Slow, but right for several paths, values of several types, identifiers and times. */
function countTexts(index: VisibleIndex, field: ResolvedField, mask: Bitset): FacetCounts {
  const blockTexts = new BlockTexts(index, field, mask);
  const counts = new Map<string, number>();
  let present = 0;
  for (const block of index.blocks) {
    const rows = blockTexts.byRow(block);
    present += rows.size;
    for (const found of rows.values()) {
      for (const text of each(found)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return ofTexts([...counts], present);
}

/** The distinct texts of one row, nearly always a single one. */
type RowTexts = ReadonlySet<string> | string;

function each(texts: RowTexts): Iterable<string> {
  return typeof texts === 'string' ? [texts] : texts;
}

/** Reads the texts of a field, row by row. */
class BlockTexts {
  private readonly index: VisibleIndex;
  private readonly field: ResolvedField;
  private readonly mask: Bitset;
  private readonly texts = new Map<number, string>();

  constructor(index: VisibleIndex, field: ResolvedField, mask: Bitset) {
    this.index = index;
    this.field = field;
    this.mask = mask;
  }

  /** The texts of the rows of the set that have any, by row number in the block. */
  byRow(block: Block): ReadonlyMap<number, RowTexts> {
    const { field, mask } = this;
    const rows = new Map<number, Set<string> | string>();
    if (isEmptyBetween(mask, block.firstWord, block.endWord)) return rows;
    const add = (row: number, text: string): void => {
      const known = rows.get(row);
      if (known === undefined) rows.set(row, text);
      else if (typeof known !== 'string') known.add(text);
      else if (known !== text) rows.set(row, new Set([known, text]));
    };
    for (const path of field.paths) if (!field.standIns.includes(path)) this.forEachOf(block, path, add);
    for (const path of field.standIns) {
      const lacking: (readonly [row: number, text: string])[] = [];
      this.forEachOf(block, path, (row, text) => {
        if ((rows.get(row) ?? '') === '') lacking.push([row, text]);
      });
      for (const [row, text] of lacking) add(row, text);
    }
    return rows;
  }

  /** Each text under one path, of the block's rows in the set. */
  private forEachOf(block: Block, path: number, visit: (row: number, text: string) => void): void {
    const isIn = (row: number): boolean => hasBit(this.mask, block.base + row);
    visitBlock(this.index, block, path, {
      time: (row, time) => {
        if (isIn(row)) visit(row, canonicalTimeText(time));
      },
      coded: (row, value) => {
        if (isIn(row)) visit(row, this.textOf(value));
      },
      identifier: (row, column, at) => {
        if (isIn(row)) visit(row, this.shown(column.text(at)));
      },
    });
  }

  /** What one row has in the dictionary under one path. */
  ofRow(block: Block, path: number, row: number): ReadonlySet<string> {
    const { dictionary } = this.index;
    const texts = new Set<string>();
    const column = block.columns.find(path);
    if (column < 0) return texts;
    block.columns.forEachValue(column, row, (value) => {
      if (hasText(dictionary.type(value))) texts.add(this.textOf(value));
    });
    return texts;
  }

  private textOf(value: number): string {
    let text = this.texts.get(value);
    if (text === undefined) this.texts.set(value, (text = this.shown(this.index.dictionary.text(value))));
    return text;
  }

  private shown(text: string): string {
    return this.field.type === 'service' ? shortServiceName(text) : text;
  }
}

function ofComputed(counts: ComputedCounts | null): FacetCounts | null {
  return counts === null ? null : ofTexts([...counts.byText], counts.present);
}

function ofTexts(entries: readonly (readonly [string, number])[], present: number): FacetCounts {
  const text = (at: number): string => entries[at]?.[0] ?? '';
  const lowerText = (at: number): string => text(at).toLowerCase();
  const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  return {
    length: entries.length,
    present,
    count: (at) => entries[at]?.[1] ?? 0,
    text,
    lowerText,
    compare: (one, other) => order(lowerText(one), lowerText(other)) || order(text(one), text(other)),
  };
}
