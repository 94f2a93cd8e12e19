/** Whether an event matches a query, by the README's table "Find things": one event, all its values, no index. */
import { liesIn } from './addresses';
import { isOneField, kindOfField, valuesOf, type FieldKind, type Leaf } from './fields';
import { jsonLeaves, type JsonLeaf } from './json-leaves';
import { compareNumbers, isNumber } from './numbers';
import type { Comparison, Query, Test } from './query-text';
import { eventTime, namedBound } from './times';
import { derivedValues } from './derived';

/** The values of a record and those derived from it. */
export function leavesOfRecord(record: string): readonly Leaf[] {
  const derived = Array.from(derivedValues(record), ([path, text]): Leaf => ({ path, text, kind: 'text' }));
  return [...ownLeaves(record), ...derived];
}

/** The values that stand in a record. */
export function ownLeaves(record: string): readonly Leaf[] {
  return jsonLeaves(record).map(({ path, type, text }) => ({ path, text, kind: kinds[type] }));
}

const kinds: Readonly<Record<JsonLeaf['type'], Leaf['kind']>> = {
  string: 'text',
  number: 'text',
  true: 'text',
  false: 'text',
  null: 'null',
  object: 'empty',
  array: 'empty',
};

/** `~word` forgives typing errors, which is no rule that is true or false: it throws. */
export function matches(query: Query, leaves: readonly Leaf[]): boolean {
  switch (query.is) {
    case 'everything':
      return true;
    case 'both':
      return query.of.every((part) => matches(part, leaves));
    case 'either':
      return query.of.some((part) => matches(part, leaves));
    case 'not':
      return !matches(query.of, leaves);
    case 'text':
      return textsIn(leaves).some((text) => holds(text, query.text));
    case 'range':
      return textsIn(leaves).some((text) => liesIn(text, query.range) || holds(text, query.range));
    case 'like':
      throw new Error(`~${query.text} has no exact meaning`);
    case 'test': {
      const test = testOf(query.test, kindOfField(query.field));
      return valuesOf(leaves, query.field).some(test);
    }
  }
}

/** Whether a clause says something about this field and no other, whatever its logic. */
export function testsOnly(clause: Query, field: string): boolean {
  switch (clause.is) {
    case 'test':
      return isOneField(clause.field, field);
    case 'not':
      return testsOnly(clause.of, field);
    case 'both':
    case 'either':
      return clause.of.every((part) => testsOnly(part, field));
    default:
      return false;
  }
}

/** What a word can be found in: a derived value stands in no record, and `{}` has no text. */
function textsIn(leaves: readonly Leaf[]): readonly string[] {
  return leaves.filter(({ path, kind }) => kind !== 'empty' && !path.startsWith('@')).map(({ text }) => text);
}

const lower = (text: string): string => text.toLowerCase();
const holds = (text: string, part: string): boolean => lower(text).includes(lower(part));

/** The names by which a value may be asked for: a service also in short, a principal also by its friendly name. */
function namesOf(text: string, kind: FieldKind): readonly string[] {
  if (kind === 'service') return [text, lower(text).replace(/\.amazonaws\.com$/, '')];
  return kind === 'identity' ? [text, text.replace(wholePrincipal, '')] : [text];
}

/** What stands behind the name in the whole text of a principal. */
const wholePrincipal = /(?<=.) \([^()]+\)$/s;

function testOf(test: Test, kind: FieldKind): (leaf: Leaf) => boolean {
  if (test.that === 'exists') return (leaf) => leaf.kind !== 'null';
  const isHit = textTest(test, kind);
  return (leaf) => leaf.kind !== 'empty' && isHit(leaf.text);
}

function textTest(test: Exclude<Test, { that: 'exists' }>, kind: FieldKind): (text: string) => boolean {
  switch (test.that) {
    case 'equals': {
      if (kind !== 'identity') return (text) => namesOf(text, kind).some((name) => lower(name) === lower(test.value));
      if (wholePrincipal.test(test.value)) return (text) => text === test.value;
      return (text) => lower(namesOf(text, kind).at(-1) ?? '') === lower(test.value);
    }
    case 'fits': {
      const pattern = expressionOf(lower(test.value));
      return (text) => namesOf(text, kind).some((name) => pattern.test(lower(name)));
    }
    case 'matches':
      return (text) => (kind === 'identity' ? namesOf(text, kind) : [text]).some((name) => test.expression.test(name));
    case 'liesIn':
      return (text) => liesIn(text, test.value);
    case 'compares':
      return (text) => compares(text, test.by, test.value);
  }
}

/** `*` any run, `?` one character, `\*` the character itself. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.matchAll(/\\[*?\\]|[^]/gu);
  const written = Array.from(parts, ([part]) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return (part.length === 2 && part.startsWith('\\') ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return new RegExp(`^${written.join('')}$`, 'su');
}

/** Numbers with numbers, times with times; a bound that names a day means all of it. */
function compares(text: string, by: Comparison, bound: string): boolean {
  if (isNumber(bound)) {
    const order = compareNumbers(text, bound);
    return order !== null && inOrder(order, by);
  }
  const [time, span] = [eventTime(text), namedBound(bound)];
  if (time === null || span === null) return false;
  return inOrder(time < span.from ? -1 : time < span.to ? 0 : 1, by);
}

function inOrder(order: number, by: Comparison): boolean {
  switch (by) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
