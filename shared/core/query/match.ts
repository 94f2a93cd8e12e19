/**
 * Field tests on one value, as pure functions. The engine runs them once per distinct value, the naive reference on every leaf.
 */
import { assertNever } from '#contract/result';
import { epochMs, type EpochMs } from '#contract/ids';
import type { FieldType } from '../fields';
import { nameOfPrincipal, principalTest } from '../principal';
import { parseEventTime, parseQueryPeriod, readFieldTime } from '../time';
import { parseRange } from './address';
import type { FieldTest } from './ast';
import { compareDecimals, parseDecimal, type Decimal } from './decimal';
import { compileWildcard } from './wildcard';

/**
 * What a test needs to know of a leaf besides its text. `text`: strings, numbers as written, `true` and `false`. `null`: its text
 * is the word. `empty`: `{}` and `[]`, which exist but equal nothing.
 */
export type LeafKind = 'text' | 'null' | 'empty';

export type ValueTest = (text: string, kind: LeafKind) => boolean;

type CompareOperator = '<' | '<=' | '>' | '>=';

/** Times from `from` up to and without `to`, in ms; infinite where open. */
export interface InstantRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Compiles a test. Equals and wildcard compare both sides in lower case, without a locale. A regular expression may run for ever: the caller
 * must bound the time. Expects a test from the parser; throws for an invalid regular expression or range.
 */
export function compileTest(test: FieldTest, type: FieldType): ValueTest {
  switch (test.kind) {
    case 'exists':
      return (_text, kind) => kind !== 'null';
    case 'equals':
      return onText(equalsTest(test.value, type));
    case 'wildcard':
      return onText(wildcardTest(test.pattern, type));
    case 'compare':
      return onText(compareTest(test.operator, test.value, type));
    case 'regex': {
      const expression = new RegExp(test.source, test.flags);
      if (type === 'identity') return onText(inNameOrWhole((text) => expression.test(text)));
      return onText((text) => expression.test(text));
    }
    case 'cidr': {
      const range = parseRange(test.network);
      if (!range.ok) throw new TypeError(range.error);
      return onText(range.value);
    }
    default:
      return assertNever(test);
  }
}

/** `s3` for `s3.amazonaws.com`; other names as they are. */
export function shortServiceName(service: string): string {
  return service.endsWith(serviceDomain) ? service.slice(0, -serviceDomain.length) : service;
}

const serviceDomain = '.amazonaws.com';

function onText(test: (text: string) => boolean): ValueTest {
  return (text, kind) => kind !== 'empty' && test(text);
}

function equalsTest(value: string, type: FieldType): (text: string) => boolean {
  if (type === 'identity') return principalTest(value);
  const wanted = value.toLowerCase();
  if (type !== 'service') return (text) => text.toLowerCase() === wanted;
  const full = wanted + serviceDomain;
  return (text) => {
    const lower = text.toLowerCase();
    return lower === wanted || lower === full;
  };
}

function wildcardTest(pattern: string, type: FieldType): (text: string) => boolean {
  const matches = compileWildcard(pattern.toLowerCase());
  if (type === 'identity') return inNameOrWhole((text) => matches(text.toLowerCase()));
  if (type !== 'service') return (text) => matches(text.toLowerCase());
  return (text) => {
    const lower = text.toLowerCase();
    return matches(lower) || matches(shortServiceName(lower));
  };
}

/** For a principal, tests both the friendly name and the whole text. */
function inNameOrWhole(matches: (text: string) => boolean): (text: string) => boolean {
  return (text) => matches(text) || matches(nameOfPrincipal(text));
}

/** Numbers against numbers, exactly; times against times; anything else does not match. */
function compareTest(operator: CompareOperator, bound: string, type: FieldType): (text: string) => boolean {
  const number = boundNumber(bound, type);
  if (number !== null) {
    return (text) => {
      const other = parseDecimal(text);
      return other !== null && holds(operator, compareDecimals(other, number));
    };
  }
  const range = instantRange(operator, bound);
  if (range === null) return () => false;
  return (text) => {
    const time = type === 'time' ? (readFieldTime(text)?.time ?? null) : parseEventTime(text);
    return time !== null && time >= range.from && time < range.to;
  };
}

/** A bound as a number; null where it is a time. `2023` is a year to a field that holds times. */
export function boundNumber(bound: string, type: FieldType): Decimal | null {
  return type === 'time' ? null : parseDecimal(bound);
}

function holds(operator: CompareOperator, order: number): boolean {
  switch (operator) {
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

/**
 * The times that pass a comparison; null where `bound` is not a time.
 *
 * A bound that names a year, a month, a day, an hour or a minute means all of it: `<=2023-07-10` includes that day, `>2023-07-10` begins with
 * the next.
 */
export function instantRange(operator: CompareOperator, bound: string): InstantRange | null {
  const span = parseQueryPeriod(bound);
  if (span === null) return null;
  const next: EpochMs = epochMs(Math.max(span.to, span.from + 1));
  switch (operator) {
    case '<':
      return { from: -Infinity, to: span.from };
    case '<=':
      return { from: -Infinity, to: next };
    case '>':
      return { from: next, to: Infinity };
    case '>=':
      return { from: span.from, to: Infinity };
  }
}
