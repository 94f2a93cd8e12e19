/** What a call acted upon: the text of one column or of two, which one by `core/target`. See `target-places.ts`. */
import type { FieldTest } from '#core/query/ast';
import type { ValueTest } from '#core/query/match';
import { longestStretch } from '#core/query/wildcard';
import { type Bitset, hasBit, isEmptyBetween, popcount, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import { absent } from '../index/columns';
import type { EventIndex } from '../index/event-index';
import { type IdentifierColumn, Texts } from '../index/identifiers';
import { encodeWtf8, isWellFormed } from '../text/wtf8';
import type { ComputedField, KeptVisitor } from './computed-field';
import { isPutTogether, type Place, TargetPlaces } from './target-places';

/** More targets than this that are put together row by row, such as bucket and key, are not counted: it takes about a microsecond each. */
const maxMade = 50_000;

const placesOf = new WeakMap<EventIndex, TargetPlaces>();

/** Where targets are; kept per index. */
export function targetPlaces(index: EventIndex): TargetPlaces {
  const known = placesOf.get(index) ?? new TargetPlaces(index);
  placesOf.set(index, known);
  return known;
}

export const targetField: ComputedField = {
  isFixed: true,
  addRows(index, test, out, written) {
    if (written.kind === 'exists') {
      addAll(index, out);
      return;
    }
    const piece = pieceOf(written);
    const places = targetPlaces(index);
    const passes = testOf(index, test);
    for (const block of index.blocks) {
      const { values } = places.of(block);
      for (let row = 0; row < values.length; row++) {
        const value = values[row] as number;
        if (value !== absent && passes(value)) setBit(out, block.base + row);
      }
      forEachMade(places, block, piece, (row, text) => {
        if (test(text(), 'text')) setBit(out, block.base + row);
      });
    }
  },
  textOf(index, block, local) {
    const texts = targetTexts(index, block, local);
    return texts.length === 0 ? null : texts.join(', ');
  },
  forEachRun(index, visit) {
    const texts = new Map<number, string>();
    const textOf = (value: number): string => {
      const text = texts.get(value) ?? index.dictionary.text(value);
      texts.set(value, text);
      return text;
    };
    forEachKept(index, {
      text: (row, text) => visit(text, row, row + 1),
      coded: (row, value) => visit(textOf(value), row, row + 1),
      identifier: (row, before, column, at) => visit(before + column.text(at), row, row + 1),
    });
  },
  forEachKept,
  events(index) {
    return countTargets(index, index.visible.rows(false), 'rows');
  },
  count(index, rows) {
    if (countTargets(index, rows, 'made') > maxMade) return null;
    const places = targetPlaces(index);
    const byText = new Map<string, number>();
    const counts = new Uint32Array(index.dictionary.length);
    const add = (text: string, count: number): void => void byText.set(text, (byText.get(text) ?? 0) + count);
    const once = new OncePerRow();
    for (const block of index.blocks) {
      if (isEmptyBetween(rows, block.firstWord, block.endWord)) continue;
      const { values, made } = places.of(block);
      countValues(values, rows, block.firstWord, counts);
      if (made.every((word, at) => (word & (rows[block.firstWord + at] ?? 0)) === 0)) continue;
      forEachMade(places, block, null, (row, text) => {
        if (!hasBit(rows, block.base + row)) return;
        const found = text();
        if (once.isNew(block.base + row, found)) add(found, 1);
      });
    }
    for (let value = 0; value < counts.length; value++) {
      const count = counts[value] as number;
      if (count > 0) add(index.dictionary.text(value), count);
    }
    return { byText, present: countTargets(index, rows, 'rows') };
  },
};

/** The targets of a block's row: several where the call names several. */
function targetTexts(index: EventIndex, block: Block, local: number): readonly string[] {
  const places = targetPlaces(index);
  const { placeOf, places: used } = places.of(block);
  const place = used[(placeOf[local] as number) - 1];
  return place === undefined ? [] : placeTexts(places, block, local, place);
}

/** The distinct texts a block's row has at a place. */
export function placeTexts(
  places: TargetPlaces,
  block: Block,
  local: number,
  { path, before }: Place,
): readonly string[] {
  const texts = places.namingTexts(block, local, path);
  const [start] = before === null ? [''] : places.namingTexts(block, local, before);
  return [...new Set(before === null ? texts : texts.map((text) => `${start ?? ''}/${text}`))];
}

/** A part of every wanted text, so that others need not be put together. */
interface Piece {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** The longest part without a `/` of all texts that pass, in lower case; null where there is none that narrows them down. */
function pieceOf(test: FieldTest): Piece | null {
  if (test.kind !== 'equals' && test.kind !== 'wildcard') return null;
  const literal = test.kind === 'equals' ? test.value.toLowerCase() : longestStretch(test.pattern);
  const text = literal.split('/').reduce((best, part) => (part.length > best.length ? part : best), '');
  return text.length < 3 || !isWellFormed(text) ? null : { text, bytes: encodeWtf8(text) };
}

/** Adds the rows of a set to the counts of their values. */
function countValues(values: Uint32Array, rows: Bitset, firstWord: number, counts: Uint32Array): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const word = rows[firstWord + (row >>> 5)] as number;
    if (word === 0) row |= 31;
    else if (value !== absent && ((word >>> (row & 31)) & 1) === 1) counts[value] = (counts[value] as number) + 1;
  }
}

function forEachKept(index: EventIndex, visitor: KeptVisitor): void {
  const places = targetPlaces(index);
  for (const block of index.blocks) {
    const { base } = block;
    const { values } = places.of(block);
    for (let local = 0; local < values.length; local++) {
      const value = values[local] as number;
      if (value !== absent) visitor.coded(base + local, value);
    }
    forEachMade(
      places,
      block,
      null,
      (local, text) => visitor.text(base + local, text()),
      (local, before, column, at) => visitor.identifier(base + local, before, column, at),
    );
  }
}

type VisitMade = (row: number, text: () => string) => void;
/** What stands before a value outside the dictionary, and the value. */
type VisitKept = (row: number, before: string, column: IdentifierColumn, at: number) => void;

/** Visits the targets of a block that are not single values of the dictionary; with `piece`, at least those that hold it. */
function forEachMade(
  places: TargetPlaces,
  block: Block,
  piece: Piece | null,
  visit: VisitMade,
  visitKept: VisitKept = (row, before, column, at) => visit(row, () => before + column.text(at)),
): void {
  const { placeOf, places: used, made } = places.of(block);
  if (isEmptyBetween(made, 0, made.length)) return;
  const isMade = used.map((place) => isPutTogether(block, place));
  for (let row = 0; row < placeOf.length; row++) {
    const at = (placeOf[row] as number) - 1;
    if (!hasBit(made, row) || isMade[at] !== false) continue;
    for (const text of placeTexts(places, block, row, used[at] as Place)) visit(row, () => text);
  }
  used.forEach((place, at) => {
    if (isMade[at] === true)
      forEachMadeAt(places, block, place, piece, (row) => placeOf[row] === at + 1, visit, visitKept);
  });
}

function forEachMadeAt(
  places: TargetPlaces,
  block: Block,
  { path, before }: Place,
  piece: Piece | null,
  isHere: (row: number) => boolean,
  visit: VisitMade,
  visitKept: VisitKept,
): void {
  const start = before === null ? null : places.firstTexts(block, before);
  const beforeOf = startsOf(start);
  const made = (row: number, identifiers: IdentifierColumn, value: number): void => {
    if (isHere(row)) visitKept(row, beforeOf(row), identifiers, value);
  };
  if (piece === null || start === null || block.columns.find(path) >= 0) {
    const coded = (row: number, value: number): void => {
      if (isHere(row)) visit(row, () => beforeOf(row) + places.text(value));
    };
    places.forEachCoded(block, path, coded);
    for (const identifiers of block.identifiersOf(path)) {
      for (let value = 0; value < identifiers.length; value++) made(identifiers.rowOf(value), identifiers, value);
    }
    return;
  }
  // What stands before is one of few texts: where none of them holds the piece, what stands behind must.
  const holds = new Map<string, boolean>();
  const isBefore = (row: number): boolean => {
    const text = start(row);
    const known = holds.get(text) ?? text.toLowerCase().includes(piece.text);
    holds.set(text, known);
    return known;
  };
  for (const identifiers of block.identifiersOf(path)) {
    const isText = identifiers instanceof Texts;
    if (isText) identifiers.store.find(piece.bytes, (value) => made(identifiers.rowOf(value), identifiers, value));
    for (let value = 0; value < identifiers.length; value++) {
      const row = identifiers.rowOf(value);
      if (!isText || (isHere(row) && isBefore(row))) made(row, identifiers, value);
    }
  }
}

/** What stands before the values of a row, with the `/` between: one text for all rows where it is the same. */
function startsOf(start: ((row: number) => string) | null): (row: number) => string {
  if (start === null) return () => '';
  const known = new Map<string, string>();
  return (row) => {
    const text = start(row);
    const joined = known.get(text) ?? `${text}/`;
    known.set(text, joined);
    return joined;
  };
}

/** Says whether a row's text is not among those that came for the same row right before. */
class OncePerRow {
  private row = -1;
  private first = '';
  private others: Set<string> | null = null;

  isNew(row: number, text: string): boolean {
    if (row !== this.row) {
      this.row = row;
      this.first = text;
      this.others = null;
      return true;
    }
    if (text === this.first || this.others?.has(text) === true) return false;
    this.others = (this.others ?? new Set()).add(text);
    return true;
  }
}

/** A test of values of the dictionary, run once for each. */
function testOf({ dictionary }: EventIndex, test: ValueTest): (value: number) => boolean {
  const verdicts = new Uint8Array(dictionary.length);
  return (value) => {
    if (verdicts[value] === 0) verdicts[value] = test(dictionary.text(value), 'text') ? 1 : 2;
    return verdicts[value] === 1;
  };
}

/** Adds all rows that have a target. */
function addAll(index: EventIndex, out: Bitset): void {
  const places = targetPlaces(index);
  for (const block of index.blocks) {
    places.of(block).rows.forEach((word, at) => {
      out[block.firstWord + at] = (out[block.firstWord + at] ?? 0) | word;
    });
  }
}

/** The rows of a set that have a target, or one that is not a value of the dictionary. */
function countTargets(index: EventIndex, set: Bitset, which: 'rows' | 'made'): number {
  const places = targetPlaces(index);
  let count = 0;
  for (const block of index.blocks) {
    const rows = places.of(block)[which];
    for (let at = 0; at < rows.length; at++) {
      count += popcount((rows[at] as number) & (set[block.firstWord + at] ?? 0));
    }
  }
  return count;
}
