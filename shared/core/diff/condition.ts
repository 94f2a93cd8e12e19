/**
 * The conditions of a policy's statement: whether one follows from another, and whether one holds in a given context.
 *
 * Source: IAM's reference, "Condition operators", "Single-valued vs. multivalued context keys" and "Global condition context keys".
 */
import { parseRange } from '../query/address';
import {
  covers,
  hasVariable,
  instance,
  isSamePattern,
  meets,
  parsePattern,
  plainPattern,
  type Pattern,
} from './policy-pattern';

/** One operator with one key: it holds where the key's value fits one of the values, or, negated, none of them. */
export interface Condition {
  /** As written: `StringEquals aws:SourceVpc`. */
  readonly name: string;
  readonly values: readonly string[];
  readonly key: string;
  readonly set: '' | 'ForAllValues' | 'ForAnyValue';
  /** Operators of one family compare in the same way: `StringLike` of a text without wildcards is `StringEquals`. */
  readonly family: Family;
  readonly isNegated: boolean;
  /** Holds where the context has no such key. */
  readonly isIfExists: boolean;
  /** The values, in the order of {@link values}. */
  readonly patterns: readonly Pattern[];
  /** For numbers and dates: for which signs of value minus limit it holds. */
  readonly signs: readonly number[];
}

type Family = 'text' | 'text in any case' | 'arn' | 'address' | 'boolean' | 'null' | 'number' | 'date' | 'binary';

/** The context of a request: the values of each key, in lower case. A key that is not here is absent. */
export type Context = ReadonlyMap<string, readonly string[]>;

interface Operator extends Pick<Condition, 'family' | 'isNegated' | 'signs'> {
  readonly hasWildcards: boolean;
}

const operator = (family: Family, more: Partial<Operator> = {}): Operator => ({
  family,
  isNegated: false,
  hasWildcards: false,
  signs: [],
  ...more,
});
const ordered = (prefix: string, family: Family): readonly (readonly [string, Operator])[] => [
  [`${prefix}Equals`, operator(family, { signs: [0] })],
  [`${prefix}NotEquals`, operator(family, { signs: [0], isNegated: true })],
  [`${prefix}LessThan`, operator(family, { signs: [-1] })],
  [`${prefix}LessThanEquals`, operator(family, { signs: [-1, 0] })],
  [`${prefix}GreaterThan`, operator(family, { signs: [1] })],
  [`${prefix}GreaterThanEquals`, operator(family, { signs: [0, 1] })],
];

const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', operator('text')],
  ['StringNotEquals', operator('text', { isNegated: true })],
  ['StringLike', operator('text', { hasWildcards: true })],
  ['StringNotLike', operator('text', { hasWildcards: true, isNegated: true })],
  ['StringEqualsIgnoreCase', operator('text in any case')],
  ['StringNotEqualsIgnoreCase', operator('text in any case', { isNegated: true })],
  ['ArnEquals', operator('arn', { hasWildcards: true })],
  ['ArnLike', operator('arn', { hasWildcards: true })],
  ['ArnNotEquals', operator('arn', { hasWildcards: true, isNegated: true })],
  ['ArnNotLike', operator('arn', { hasWildcards: true, isNegated: true })],
  ['IpAddress', operator('address')],
  ['NotIpAddress', operator('address', { isNegated: true })],
  ['Bool', operator('boolean')],
  ['Null', operator('null')],
  ['BinaryEquals', operator('binary')],
  ...ordered('Numeric', 'number'),
  ...ordered('Date', 'date'),
]);

/** Keys that every request has: requests without them need not be considered. */
const alwaysThere: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
]);

/** Reads an operator with one of its keys; null where the operator is not known, or there is no value. */
export function readCondition(
  written: string,
  key: string,
  values: readonly string[],
  hasVariables: boolean,
): Condition | null {
  const [, set = '', name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const found = operators.get(name);
  if (found === undefined || values.length === 0) return null;
  const { family, isNegated, hasWildcards, signs } = found;
  if (family === 'null' && (set !== '' || ifExists !== undefined)) return null;
  const isAnyCase = family === 'text in any case' || family === 'boolean' || family === 'null';
  const rules = { hasWildcards, hasVariables: hasVariables && /^(?:text|arn)/.test(family), isAnyCase };
  return {
    name: `${written} ${key}`,
    values,
    key: key.toLowerCase(),
    set: set as Condition['set'],
    family,
    isNegated,
    isIfExists: ifExists !== undefined,
    patterns: values.map((value) => parsePattern(value, rules)),
    signs,
  };
}

/** True only where each request that fulfils `one` fulfils `other` too. */
export function implies(one: Condition, other: Condition): boolean {
  const { key, set, family, isNegated, isIfExists } = one;
  if (other.key !== key || other.set !== set || other.family !== family || other.isNegated !== isNegated) return false;
  if (one.signs.join() !== other.signs.join()) return false;
  // Without the key, a negated operator holds in any case.
  if (isIfExists && !other.isIfExists && (!isNegated || set !== '')) return false;
  const [narrow, wide] = isNegated ? [other, one] : [one, other];
  return narrow.patterns.every((pattern) => wide.patterns.some((each) => isWithin(family, pattern, each, isNegated)));
}

function isWithin(family: Family, pattern: Pattern, wide: Pattern, isNegated: boolean): boolean {
  if (isSamePattern(pattern, wide)) return true;
  // What a variable that cannot be resolved does to a negated operator is not documented.
  if (isNegated && (hasVariable(pattern) || hasVariable(wide))) return false;
  if (family === 'arn') {
    const [parts, wider] = [arnParts(pattern), arnParts(wide)];
    return parts.length === wider.length && parts.every((part, at) => covers(wider[at] ?? [], part));
  }
  return family === 'text' || family === 'text in any case' ? covers(wide, pattern) : false;
}

/** The six parts of an ARN, which are compared one by one. */
function arnParts(pattern: Pattern): readonly Pattern[] {
  const parts: string[][] = [[]];
  for (const piece of pattern) {
    if (piece === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}

/** Whether the condition holds in a context; null: not known. */
export function holds(condition: Condition, context: Context): boolean | null {
  const { key, set, family, isNegated, isIfExists, patterns } = condition;
  const values = context.get(key);
  if (family === 'null') {
    const wanted = patterns.map((pattern) => pattern.join(''));
    if (wanted.length !== 1 || !/^(?:true|false)$/.test(wanted[0] ?? '')) return null;
    return (wanted[0] === 'true') === (values === undefined);
  }
  if (values === undefined) {
    if (set === 'ForAnyValue') return isIfExists ? null : false;
    return set === 'ForAllValues' || isNegated || isIfExists;
  }
  if (set === '' && values.length !== 1) return null;
  const fits = values.map((value): boolean | null => {
    const found = anyOf(patterns.map((_, at) => fitsValue(condition, at, value)));
    return found === null ? null : found !== isNegated;
  });
  return set === 'ForAnyValue' ? anyOf(fits) : allOf(fits);
}

export function anyOf(answers: readonly (boolean | null)[]): boolean | null {
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

export function allOf(answers: readonly (boolean | null)[]): boolean | null {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

function fitsValue(condition: Condition, at: number, value: string): boolean | null {
  const { family, patterns, values } = condition;
  const [pattern = [], written = ''] = [patterns[at], values[at]];
  switch (family) {
    case 'text':
    case 'text in any case':
    case 'boolean': {
      const text = plainPattern(value, family !== 'text');
      return covers(pattern, text) ? true : meets(pattern, text) ? null : false;
    }
    case 'arn': {
      const [parts, theirs] = [arnParts(pattern), arnParts(plainPattern(value, false))];
      if (theirs.length !== 6 || parts.length !== 6) return null;
      return allOf(
        parts.map((part, n) => (covers(part, theirs[n] ?? []) ? true : meets(part, theirs[n] ?? []) ? null : false)),
      );
    }
    case 'address': {
      const range = parseRange(written.includes('/') ? written : `${written}/${written.includes(':') ? 128 : 32}`);
      return range.ok ? range.value(value) : null;
    }
    case 'number':
    case 'date': {
      const [limit, given] = [quantity(family, written), quantity(family, value)];
      return limit === null || given === null ? null : condition.signs.includes(Math.sign(given - limit));
    }
    case 'null':
    case 'binary':
      return null;
  }
}

/** Beyond this a number is not a valid date. */
const latestSecond = 253_402_300_799;

function quantity(family: 'number' | 'date', text: string): number | null {
  const isNumber = /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text);
  if (family === 'number') return isNumber ? Number(text) : null;
  if (isNumber) return Math.abs(Number(text)) < latestSecond ? Number(text) * 1000 : null;
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z)?$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : time;
}

/** Values of a key that a request may have, such that the conditions on it tell requests apart; undefined is a request without the key. */
export function likelyValues(
  key: string,
  conditions: readonly Condition[],
): readonly (readonly string[] | undefined)[] {
  const own = conditions.filter((each) => each.key === key);
  const texts = new Set(own.flatMap((condition) => condition.patterns.flatMap((_, at) => textsNear(condition, at))));
  const singles = [...texts].slice(0, 12).map((text) => [text]);
  const isSet = own.some(({ set }) => set !== '');
  const several = isSet ? singles.slice(1).map((single, at) => [...(singles[at] ?? []), ...single]) : [];
  return [...(alwaysThere.has(key) ? [] : [undefined]), ...singles, ...several];
}

const addressesElsewhere = ['203.0.113.77', '198.51.100.77', '2001:db8::77'];

function textsNear(condition: Condition, at: number): readonly string[] {
  const { family, patterns, values } = condition;
  const [pattern = [], written = ''] = [patterns[at], values[at]];
  switch (family) {
    case 'boolean':
      return ['true', 'false'];
    case 'address':
      return [...addressesElsewhere, written.replace(/\/\d+$/, '')];
    case 'number':
    case 'date': {
      const limit = quantity(family, written);
      if (limit === null) return [];
      const step = family === 'date' ? 1000 : 1;
      const near = [limit, limit - step, limit + step];
      return family === 'number' ? near.map(String) : near.map((time) => new Date(time).toISOString());
    }
    case 'arn':
      return [instance(pattern, 'zq') ?? [], 'arn:aws:zq:zq:000000000000:zq'].flat();
    case 'text':
    case 'text in any case':
      return ['zq', instance(pattern, 'zq') ?? []].flat();
    case 'null':
    case 'binary':
      return [];
  }
}
