import { describe, expect, it } from 'vitest';
import { holds, readCondition } from '#core/diff/condition';

function holdsFor(operator: string, values: readonly string[], context: readonly string[] | null): unknown {
  const condition = readCondition(operator, 'aws:SourceVpc', values, false);
  return condition === null
    ? 'unknown'
    : holds(condition, new Map(context === null ? [] : [['aws:sourcevpc', context] as const]));
}

describe('a condition', () => {
  /** The IAM user guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys". */
  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['StringNotEqualsIfExists', true],
    ['ArnNotLike', true],
    ['NotIpAddress', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', null],
  ])('of %s is decided for a request without the key: %s', (operator, answer) => {
    expect(holdsFor(operator, ['a'], null)).toBe(answer);
  });

  it.each([
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', ['a'], ['A'], false],
    ['StringEquals', ['a*'], ['ab'], false],
    ['StringLike', ['a*'], ['ab'], true],
    ['StringNotLike', ['a*'], ['ab'], false],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringEqualsIgnoreCase', ['a'], ['A'], true],
    ['StringNotEqualsIgnoreCase', ['a'], ['A'], false],
    ['StringEquals', ['a'], ['a', 'b'], null],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], true],
    ['ForAllValues:StringEquals', ['a'], ['b', 'a'], false],
    ['Null', ['true'], ['a'], false],
    ['Null', ['false'], ['a'], true],
    ['Null', ['x'], ['a'], null],
    ['Bool', ['true'], ['true'], true],
    ['Bool', ['false'], ['true'], false],
    ['StringAlmost', ['a'], ['a'], 'unknown'],
    ['StringEquals', [], ['a'], 'unknown'],
    ['NullIfExists', ['true'], ['a'], 'unknown'],
    ['ForAnyValue:Null', ['true'], ['a'], 'unknown'],
  ])('%s %j of a request with %j: %s', (operator, values, context, answer) => {
    expect(holdsFor(operator, values, context)).toBe(answer);
  });
});
