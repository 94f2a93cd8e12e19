import { describe, expect, it } from 'vitest';
import { rowAfterKey } from '../../../renderer/lib/list-keys';

const list = { current: 10, firstInView: 7, rowCount: 100, rowsPerPage: 20 };

describe('rowAfterKey', () => {
  it('moves by rows, pages and to the ends, by arrows and by letters', () => {
    const chords = ['ArrowDown', 'j', 'ArrowUp', 'k', 'PageDown', 'PageUp', 'Home', 'g', 'End', 'G'];
    expect(chords.map((chord) => rowAfterKey(chord, list))).toEqual([11, 11, 9, 9, 30, 0, 0, 0, 99, 99]);
  });

  it('stops at the ends', () => {
    expect(rowAfterKey('PageDown', { ...list, current: 95 })).toBe(99);
    expect(rowAfterKey('ArrowUp', { ...list, current: 0 })).toBe(0);
  });

  it('starts from the first row in view where no row is current', () => {
    expect(rowAfterKey('j', { ...list, current: null })).toBe(7);
    expect(rowAfterKey('j', { ...list, current: null, rowCount: 3 })).toBe(2);
  });

  it('leaves other chords and empty lists alone', () => {
    expect(rowAfterKey('Mod+j', list)).toBeNull();
    expect(rowAfterKey('End', { ...list, rowCount: 0 })).toBeNull();
  });
});
