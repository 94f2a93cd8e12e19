import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasMark, markRanges } from '../../../renderer/lib/marks';

const shown = (text: string, marks: string[]): string =>
  markRanges(text, marks).reduceRight(
    (all, { from, to }) => `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`,
    text,
  );

describe('markRanges', () => {
  it('marks every place of every word, in any case, joining those that touch', () => {
    expect(shown('DeleteTrail and deletetrails', ['trail', 'DELETE'])).toBe('[DeleteTrail] and [deletetrail]s');
    expect(shown('nothing here', ['xyz', ''])).toBe('nothing here');
  });

  it('marks the right letters where lower case is longer than what was written', () => {
    expect(shown('İİ admin', ['admin'])).toBe('İİ [admin]');
    expect(shown('aİb', ['i'])).toBe('a[İ]b');
  });

  it('marks something exactly where a word is found', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'İ', '😀', ' ', '.'), maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), (text, marks) => {
        const ranges = markRanges(text, marks);
        expect(ranges.length > 0).toBe(hasMark(text, marks));
        let end = -1;
        for (const { from, to } of [...ranges, { from: text.length + 1, to: Infinity }]) {
          expect(from).toBeGreaterThan(end);
          expect(hasMark(text.slice(Math.max(end, 0), from), marks)).toBe(false);
          end = to;
        }
      }),
    );
  });
});
