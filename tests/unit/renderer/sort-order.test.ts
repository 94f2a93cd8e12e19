import { describe, expect, it } from 'vitest';
import { fieldOrder, orderAfterPress } from '../../../renderer/state/sort-order';

describe('the order after a press on a header', () => {
  it('is ascending first, then the other way round, for time as for any field', () => {
    const byEvent = orderAfterPress('newest-first', 'event');
    expect(byEvent).toEqual({ field: 'event', direction: 'ascending' });
    expect(orderAfterPress(byEvent, 'event')).toEqual({ field: 'event', direction: 'descending' });
    expect(orderAfterPress(byEvent, 'time')).toBe('oldest-first');
    expect(orderAfterPress('oldest-first', 'time')).toBe('newest-first');
  });

  it('is shown on the header of time for the orders by time', () => {
    expect(fieldOrder('newest-first')).toEqual({ field: 'time', direction: 'descending' });
  });
});
