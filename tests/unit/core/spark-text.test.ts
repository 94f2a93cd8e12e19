import { expect, it } from 'vitest';
import { sparkText } from '#core/spark-text';

it('draws counts against the greatest: nothing as a space, a single event of many as the lowest bar', () => {
  expect(sparkText([0, 1, 4, 8])).toBe(' ▁▄█');
  expect(sparkText([1, 0, 100_000])).toBe('▁ █');
  expect(sparkText([0, 0])).toBe('  ');
  expect(sparkText([])).toBe('');
});
