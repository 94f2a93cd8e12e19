import { describe, expect, it } from 'vitest';
import { columnWidths } from '../../../renderer/lib/column-widths';
import { defaultColumns, takesRoom } from '../../../renderer/state/columns';

const time = { widthPx: 100 };
const event = { widthPx: 50, grows: true };
const target = { widthPx: 150, grows: true };

describe('the widths of columns', () => {
  it('use the room there is: what is left goes to those that grow, by their widths', () => {
    expect(columnWidths([time, event, target], 501)).toEqual([100, 100, 301]);
  });

  it('are never less than chosen', () => {
    expect(columnWidths([time, event, target], 200)).toEqual([100, 50, 150]);
    expect(columnWidths([time, event, target], 0)).toEqual([100, 50, 150]);
  });

  it('leave the rest to the last column where none grows', () => {
    expect(columnWidths([time, time], 300)).toEqual([100, 200]);
    expect(columnWidths([], 300)).toEqual([]);
  });
});

describe('the columns of events that grow', () => {
  it('are event, identity, target and result, until somebody gives them a width', () => {
    expect(defaultColumns.filter(takesRoom).map(({ field }) => field)).toEqual([
      'event',
      'identity',
      'target',
      'result',
    ]);
    expect(takesRoom({ field: 'event', widthPx: 301 })).toBe(true);
    expect(takesRoom({ field: 'event', widthPx: 142, isWidthChosen: true })).toBe(false);
    expect(takesRoom({ field: 'ip', widthPx: 114 })).toBe(false);
  });
});
