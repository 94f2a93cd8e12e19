import type { FacetValue } from '#contract/query';
import { describe, expect, it } from 'vitest';
import { shortValues, valuesAboveFold } from '../../../renderer/lib/facet-room';

const value = (name: string, state: FacetValue['state'] = 'none'): FacetValue => ({
  value: name,
  label: name,
  count: 1,
  state,
});

describe('the values of a facet above the fold', () => {
  it('are as many as five facets have room for, within reason', () => {
    expect(valuesAboveFold(900, 24)).toBe(3);
    expect(valuesAboveFold(900, 28)).toBe(3);
    expect(valuesAboveFold(1200, 24)).toBe(6);
    expect(valuesAboveFold(450, 24)).toBe(2);
    expect(valuesAboveFold(4000, 24)).toBe(8);
  });

  it('keep what the query names, however rare it is', () => {
    const values = [value('a'), value('b'), value('c', 'excluded'), value('d'), value('e', 'included')];
    expect(shortValues(values, 2).map((one) => one.value)).toEqual(['a', 'b', 'c', 'e']);
  });
});
