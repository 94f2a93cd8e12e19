import { describe, expect, it } from 'vitest';
import { jsonPatch } from '#core/diff/json-patch';

function operations(left: unknown, right: unknown): unknown {
  const patch = jsonPatch(JSON.stringify(left), JSON.stringify(right));
  if (!patch.ok) throw new Error(patch.error.message);
  return (JSON.parse(patch.value) as { op: string; path: string; value?: unknown }[]).map(({ op, path, value }) =>
    value === undefined ? [op, path] : [op, path, value],
  );
}

describe('a JSON patch', () => {
  it.each([
    ['an element before the first', ['a'], ['x', 'a'], [['add', '/0', 'x']]],
    ['the first element', ['x', 'a', 'b'], ['a', 'b'], [['remove', '/0']]],
    ['the last element', ['a', 'x'], ['a'], [['remove', '/1']]],
    ['an element in the middle', ['a', 'x', 'b'], ['a', 'y', 'b'], [['replace', '/1', 'y']]],
    ['a member', { a: 1 }, { a: 2 }, [['replace', '/a', 2]]],
    ['a member that is new', {}, { 'a/b~c': 1 }, [['add', '/a~1b~0c', 1]]],
    ['a member that is gone', { a: 1, b: 2 }, { b: 2 }, [['remove', '/a']]],
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  ])('touches no more than %s', (_, left, right, expected) => {
    expect(operations(left, right)).toEqual(expected);
  });
});
