import { defaultLimits, limitNames, limitsOf } from '#contract/limits';
import { describe, expect, it } from 'vitest';
import { limitOf, limitText } from '../../../renderer/lib/limits';

describe('the limits in a person’s figures', () => {
  it('have defaults that are whole figures and read back as what they are', () => {
    expect(limitsOf((name) => limitOf(name, limitText(name, defaultLimits)) ?? NaN)).toEqual(defaultLimits);
    expect(limitNames.every((name) => /^\d+$/.test(limitText(name, defaultLimits)))).toBe(true);
  });

  it('take no figure that the settings would refuse', () => {
    const taken = ['8', ' 12 ', '32', '33', '0', '-1', '', 'many', 'Infinity', '0x'].map((text) =>
      limitOf('nesting', text),
    );
    expect(taken).toEqual([8, 12, 32, null, null, null, null, null, null, null]);
  });
});
