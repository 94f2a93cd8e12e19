/** Field tests: each is run once per distinct value of the field's paths, then turned into rows. */
import { AppError } from '#contract/errors';
import { fieldType } from '#core/fields';
import type { FieldNode } from '#core/query/ast';
import { boundNumber, compileTest, instantRange, type ValueTest } from '#core/query/match';
import { longestStretch } from '#core/query/wildcard';
import { type Bitset, complement, orInto, setBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { Texts, Uuids } from '../index/identifiers';
import { leafKind } from '../index/value-kinds';
import { encodeWtf8, isWellFormed } from '../text/wtf8';
import { resolveField, type ResolvedField } from './fields';
import { addTimeMatches, addTimeRange } from './time-search';
import { finishesWithin } from './time-limit';
import { findUuid, packUuid } from './uuid-search';
import { addRowsOf, rowsWithText, ValueHits } from './value-rows';

/** The time a user's regular expression may take over all values of its field. */
const maxRegexMs = 1500;

/** The rows that pass the test. Throws `bad-query` where a regular expression takes too long. */
export function findField(index: VisibleIndex, node: FieldNode): Bitset {
  const field = resolveField(index, node.field);
  if (node.test.kind !== 'regex') return findIn(index, node, field);
  let found: Bitset | null = null;
  const finished = finishesWithin(maxRegexMs, () => {
    found = findIn(index, node, field);
  });
  if (finished && found !== null) return found;
  throw new AppError('bad-query', 'this regular expression took too long and was stopped', {
    at: node.span,
    hint: 'Repetitions within repetitions, such as (a+)+, are slow. Use fewer of them, or a field with fewer values.',
  });
}

function findIn(index: VisibleIndex, node: FieldNode, field: ResolvedField): Bitset {
  if (field.standIns.length > 0) return findWithStandIns(index, node, field);
  const out = index.newSet();
  const test = compileTest(node.test, field.type);
  const hits = new ValueHits(index);
  const candidates = equalsCandidates(node, field);
  const literal = literalIn(node, field);
  const isPrincipal = node.test.kind === 'equals' && field.type === 'identity';
  for (const path of field.paths) {
    if (node.test.kind === 'exists') addExisting(index, path, hits);
    else if (candidates !== null) addEqual(index, path, candidates, hits);
    else if (isPrincipal) addPrincipals(index, path, node.test.value, test, hits);
    else if (literal === null) addTested(index, path, test, hits);
  }
  if (literal !== null && !isPrincipal) addHolding(index, field, literal, test, hits);
  addRowsOf(index, hits, out);
  addIdentifiers(index, node, field, { test, candidates, literal }, out);
  if (field.paths.includes(index.timePath)) addTimes(index, node, test, out);
  field.computed?.addRows(index, test, out, node.test);
  return out;
}

/** Tests the event's own time, and another one only where it has none: the same time as in the list and on the timeline. */
function findWithStandIns(index: VisibleIndex, node: FieldNode, { standIns, ...field }: ResolvedField): Bitset {
  const own = field.paths.filter((path) => !standIns.includes(path));
  const out = findIn(index, node, { ...field, paths: own, standIns: [] });
  const known = rowsWithText(index, own, true);
  for (const path of standIns) {
    const found = findIn(index, node, { ...field, paths: [path], standIns: [] });
    orInto(out, complement(known, found));
    orInto(known, rowsWithText(index, [path], true));
  }
  return out;
}

/**
 * For `equals`: the lower-cased texts that pass, as bytes, since comparing bytes is faster than decoding every value. Null where a longer
 * value may pass too, as for principals.
 */
function equalsCandidates(node: FieldNode, field: ResolvedField): readonly Uint8Array[] | null {
  if (node.test.kind !== 'equals' || field.type === 'identity') return null;
  const wanted = node.test.value.toLowerCase();
  const texts = field.type === 'service' ? [wanted, `${wanted}.amazonaws.com`] : [wanted];
  return texts.map(encodeWtf8);
}

function addExisting(index: VisibleIndex, path: number, hits: ValueHits): void {
  const { dictionary } = index;
  dictionary.forEachOfPath(path, (value) => {
    if (leafKind(dictionary.type(value)) !== 'null') hits.add(index, value);
  });
}

function addEqual(index: VisibleIndex, path: number, candidates: readonly Uint8Array[], hits: ValueHits): void {
  const { dictionary } = index;
  dictionary.forEachOfPath(path, (value) => {
    if (!candidates.some((bytes) => dictionary.texts.equalsLower(value, bytes))) return;
    if (leafKind(dictionary.type(value)) !== 'empty') hits.add(index, value);
  });
}

/**
 * {@link addTested} for a principal, whole or by its name. Decodes only values that are this text or begin with it as a name. Lower-casing a
 * name does not depend on what follows the space.
 */
function addPrincipals(index: VisibleIndex, path: number, wanted: string, test: ValueTest, hits: ValueHits): void {
  const { dictionary } = index;
  const { texts } = dictionary;
  const whole = encodeWtf8(wanted.toLowerCase());
  const name = encodeWtf8(`${wanted.toLowerCase()} (`);
  dictionary.forEachOfPath(path, (value) => {
    if (!texts.equalsLower(value, whole) && !texts.startsLower(value, name)) return;
    if (test(dictionary.text(value), leafKind(dictionary.type(value)))) hits.add(index, value);
  });
}

function addTested(index: VisibleIndex, path: number, test: ValueTest, hits: ValueHits): void {
  const { dictionary } = index;
  dictionary.forEachOfPath(path, (value) => {
    if (test(dictionary.text(value), leafKind(dictionary.type(value)))) hits.add(index, value);
  });
}

/** A test, and what narrows down the values to run it on. */
interface Compiled {
  readonly test: ValueTest;
  readonly candidates: readonly Uint8Array[] | null;
  readonly literal: Uint8Array | null;
}

/** Lower-cased bytes that every passing value contains. Null where there are none, or too few to help. */
function literalIn({ test }: FieldNode, field: ResolvedField): Uint8Array | null {
  if (test.kind === 'wildcard') return literalOf(longestStretch(test.pattern));
  return test.kind === 'equals' && field.type === 'identity' ? literalOf(test.value.toLowerCase()) : null;
}

function literalOf(text: string): Uint8Array | null {
  return text.length < 3 || !isWellFormed(text) ? null : encodeWtf8(text);
}

/** {@link addTested} for the values that contain a text. */
function addHolding(
  index: VisibleIndex,
  field: ResolvedField,
  literal: Uint8Array,
  test: ValueTest,
  hits: ValueHits,
): void {
  const { dictionary } = index;
  const paths = new Set(field.paths);
  dictionary.texts.find(literal, (value) => {
    if (!paths.has(dictionary.pathOf.at(value))) return;
    if (test(dictionary.text(value), leafKind(dictionary.type(value)))) hits.add(index, value);
  });
}

function addIdentifiers(
  index: VisibleIndex,
  node: FieldNode,
  field: ResolvedField,
  { test, candidates, literal }: Compiled,
  out: Bitset,
): void {
  const paths = field.paths.filter((path) => index.paths.identifiers.at(path) > 0);
  if (paths.length === 0) return;
  const packed = node.test.kind === 'equals' ? packUuid(node.test.value.toLowerCase()) : null;
  for (const block of index.blocks) {
    for (const column of paths.flatMap((path) => block.identifiersOf(path))) {
      const add = (value: number): void => setBit(out, block.base + column.rowOf(value));
      if (candidates !== null && column instanceof Uuids) {
        if (packed !== null) findUuid(column, packed, add);
      } else if (candidates !== null && column instanceof Texts) {
        for (const bytes of candidates) column.store.findWhole(bytes, add);
      } else if (literal !== null && column instanceof Texts) {
        column.store.find(literal, (value) => {
          if (test(column.text(value), 'text')) add(value);
        });
      } else {
        for (let value = 0; value < column.length; value++) {
          if (node.test.kind === 'exists' || test(column.text(value), 'text')) add(value);
        }
      }
    }
  }
}

function addTimes(index: VisibleIndex, node: FieldNode, test: ValueTest, out: Bitset): void {
  const { test: fieldTest } = node;
  if (fieldTest.kind === 'exists') addTimeRange(index, -Infinity, Infinity, out);
  else if (fieldTest.kind === 'compare') {
    // A numeric bound compares with numbers only, and a canonical time is not a number.
    const isNumber = boundNumber(fieldTest.value, fieldType(node.field)) !== null;
    const range = isNumber ? null : instantRange(fieldTest.operator, fieldTest.value);
    if (range !== null) addTimeRange(index, range.from, range.to, out);
  } else addTimeMatches(index, test, out);
}
