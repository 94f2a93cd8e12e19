import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasMark, markParts } from '../../../renderer/lib/marks';

const shown = (text: string, marks: string[]): string =>
  markParts(text, marks)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

describe('markParts', () => {
  it('marks every place of every word, in any case, joining those that touch', () => {
    expect(shown('DeleteTrail and deletetrails', ['trail', 'DELETE'])).toBe('[DeleteTrail] and [deletetrail]s');
    expect(shown('nothing here', ['xyz', ''])).toBe('nothing here');
  });

  it('marks the right letters where lower case is longer than what was written', () => {
    expect(shown('İİ admin', ['admin'])).toBe('İİ [admin]');
    expect(shown('aİb', ['i'])).toBe('a[İ]b');
  });

  it('loses no character, and marks something exactly where a word is found', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'İ', '😀', ' ', '.'), maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), (text, marks) => {
        const parts = markParts(text, marks);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        expect(parts.some((part) => part.marked)).toBe(hasMark(text, marks));
        for (const part of parts) expect(part.marked || !hasMark(part.text, marks)).toBe(true);
      }),
    );
  });
});
