import { describe, expect, it } from 'vitest';
import { covers, hasVariable, hasWildcard, parsePattern, plainPattern, plainText } from '#core/diff/policy-pattern';

const pattern = (text: string): ReturnType<typeof parsePattern> =>
  parsePattern(text, { hasWildcards: true, hasVariables: false, isAnyCase: false });

describe('a pattern of a policy', () => {
  it.each([
    ['a*c:d', 'abbc:d'],
    ['a*c:d', 'a*bc:d'],
    ['a*:d', 'ab:c:d'],
    ['a*', 'ab:c:d'],
    ['*', 'a*:b'],
  ])('covers what it stands for: %s covers %s', (wide, narrow) => {
    expect(covers(pattern(wide), pattern(narrow))).toBe(true);
  });

  it.each([
    ['a*c:d', 'ab:c:d'],
    ['a*c:d', 'a*:c:d'],
    ['a?c', 'a:c'],
    ['a?c', 'a*c'],
    ['a*c', 'a*'],
  ])(
    'is not said to cover more than that, within a part of an ARN not what is behind a colon: %s, %s',
    (one, other) => {
      expect(covers(pattern(one), pattern(other))).toBe(false);
    },
  );

  it('that is a text has neither wildcards nor variables', () => {
    const text = ['a*b?', '{aws:username}', '{*}'].join('$');
    const plain = plainPattern(text, false);
    expect([hasWildcard(plain), hasVariable(plain), plainText(plain)]).toEqual([false, false, text]);
    expect(plainText(plainPattern('Ab', true))).toBe('ab');
  });
});
