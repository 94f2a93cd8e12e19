import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstLines } from '../../../renderer/lib/text-lines';

describe('firstLines', () => {
  it('gives whole lines within the limits and how much is left', () => {
    expect(firstLines('a\nbb\nccc', 10, 100)).toEqual({ lines: ['a', 'bb', 'ccc'], rest: 0 });
    expect(firstLines('a\nbb\nccc', 2, 100)).toEqual({ lines: ['a', 'bb'], rest: 3 });
    expect(firstLines('a\nbb\nccc', 10, 4)).toEqual({ lines: ['a', 'bb'], rest: 3 });
    expect(firstLines('abcdef', 10, 4)).toEqual({ lines: ['abcd'], rest: 2 });
    expect(firstLines('abc😀', 10, 4)).toEqual({ lines: ['abc'], rest: 2 });
  });

  it('loses nothing between the lines and the rest', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\n', 'é'), maxLength: 60 });
    const limits = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 80 }));
    fc.assert(
      fc.property(texts, limits, (text, [maxLines, maxCharacters]) => {
        const { lines, rest } = firstLines(text, maxLines, maxCharacters);
        const shown = lines.join('\n');
        expect(text.startsWith(shown)).toBe(true);
        expect(lines.length).toBeLessThanOrEqual(maxLines);
        expect(shown.length).toBeLessThanOrEqual(maxCharacters);
        const between = text.length - shown.length - rest;
        expect(between === 0 || (between === 1 && text.charAt(shown.length) === '\n')).toBe(true);
      }),
    );
  });
});
