import { describe, expect, it } from 'vitest';
import { shapeOf } from '#core/diff/shapes';
import { parseTree } from '#core/json/tree';

function shape(value: unknown): string {
  const parsed = parseTree(JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return shapeOf(parsed.value, null, 'plain');
}

describe('the shape of a value', () => {
  it.each([
    [{ Statement: [{ Effect: 'Allow' }] }, 'policy'],
    [{ Statement: { Effect: 'Deny' } }, 'policy'],
    [{ Version: '2012-10-17', Statement: [] }, 'policy'],
    [{ Statement: [] }, 'plain'],
    [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }, { Text: 'x' }] }, 'plain'],
    [{ Version: '2012-10-17', Statement: 'x' }, 'plain'],
    [{ Effect: 'Allow', Action: '*' }, 'statement'],
    [{ Effect: 'Deny', NotAction: '*' }, 'statement'],
    [{ Effect: 'Allow' }, 'plain'],
    [{ Action: '*' }, 'plain'],
    [{ Effect: 'NoSchedule', Action: '*' }, 'plain'],
    [[{ Effect: 'Allow', Action: '*' }], 'plain'],
    ['Allow', 'plain'],
  ])('is known by its members: %j', (value, expected) => {
    expect(shape(value)).toBe(expected);
  });
});
