import { defaultLimits } from '#contract/limits';
import { describe, expect, it } from 'vitest';
import { limitOf, limitText, limitWords } from '../../../renderer/lib/limits';

describe('the limits in a person’s figures', () => {
  it('are all there, and their defaults are whole figures that read back as what they are', () => {
    expect(limitWords.map(({ name }) => name).sort()).toEqual(Object.keys(defaultLimits).sort());
    const readBack = limitWords.map((limit) => [limit.name, limitOf(limit, limitText(limit, defaultLimits))]);
    expect(Object.fromEntries(readBack)).toEqual(defaultLimits);
    expect(limitWords.every((limit) => /^\d+$/.test(limitText(limit, defaultLimits)))).toBe(true);
  });

  it('take no figure that the settings would refuse', () => {
    const [limit] = limitWords.filter(({ name }) => name === 'nesting');
    const taken = ['8', ' 12 ', '32', '33', '0', '-1', '', 'many', 'Infinity', '0x'].map((text) =>
      limit === undefined ? undefined : limitOf(limit, text),
    );
    expect(taken).toEqual([8, 12, 32, null, null, null, null, null, null, null]);
  });
});
