import { describe, expect, it } from 'vitest';
import { complete } from '#engine/search/completion';
import { Vocabulary } from '#engine/search/vocabulary';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { indexOfRecords } from '../../../helpers/indexes';

function offered(index: VisibleIndex, text: string, limit = 100): readonly string[] {
  return complete(index, new Vocabulary(index), { text, cursor: text.length, limit }).map(({ insert }) => insert);
}

describe('completion', () => {
  it('offers every path that has the typed text, the first of the data too', () => {
    const index = indexOfRecords([
      { eventTime: '2024-03-05T02:00:00Z', requestParameters: { firstZone: 'a', secondZone: 'b' }, zoneLast: 'c' },
    ]);
    expect(offered(index, 'eventtim')).toEqual(['eventTime:']);
    expect([...offered(index, 'zone')].sort()).toEqual([
      'requestParameters.firstZone:',
      'requestParameters.secondZone:',
      'zoneLast:',
    ]);
    expect(offered(index, 'firstz')).toEqual(['requestParameters.firstZone:']);
  });

  it('offers what begins with the typed text before what only has it', () => {
    const index = indexOfRecords([{ xzone: 'a', zoned: 'b' }]);
    expect(offered(index, 'zone')).toEqual(['zoned:', 'xzone:']);
    expect(offered(index, 'zone', 1)).toEqual(['zoned:']);
    expect(offered(index, 'zone', 0)).toEqual([]);
  });

  it('offers nothing of its own columns and nothing without events', () => {
    const index = indexOfRecords([{ eventName: 'identity-like', eventVersion: '1.08' }]);
    expect(offered(index, '@').filter((name) => name.startsWith('@'))).toEqual([]);
    expect(offered(index, 'errorc')).toEqual([]);
  });
});
