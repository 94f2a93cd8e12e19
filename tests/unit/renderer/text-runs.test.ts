import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeInvisible } from '#core/visible';
import { stretchesOf } from '../../../renderer/lib/diff-pieces';
import { markRanges } from '../../../renderer/lib/marks';
import { splitRuns, textRuns, type TextRun } from '../../../renderer/lib/text-runs';
import { hostileText } from '../../helpers/hostile-text';

/** `{Cyrillic|а}` for framed letters, `[…]` for what was found, `<…>` for letters from right to left. */
function drawn(runs: readonly TextRun[]): string {
  return runs
    .map(({ text, mark, isHit, isRightToLeft }) => {
      const letters = mark === null ? (isRightToLeft ? `<${text}>` : text) : `{${mark.label}|${text}}`;
      return isHit ? `[${letters}]` : letters;
    })
    .join('');
}

const search = (text: string, ...words: string[]): string => drawn(textRuns(text, {}, markRanges(text, words)));

describe('a text as it is drawn', () => {
  it('frames letters that pass for others, and writes out what cannot be seen', () => {
    expect(search('\u0430dmin\u200b')).toBe('{Cyrillic|\u0430}dmin⟨U+200B⟩');
  });

  it('marks what a search found where it stands, also across escapes and frames', () => {
    expect(search('a\u200bdmin logs', 'dmin')).toBe('a⟨U+200B⟩[dmin] logs');
    expect(search('x\u0430dmin', 'x\u0430d')).toBe('[x][{Cyrillic|\u0430}][d]min');
    expect(search('a\u200b\u200bb', '\u200bb')).toBe('a[⟨U+200B ×2⟩b]');
    expect(search('two  words', 'o  w')).toBe('tw[o⟨U+0020 ×2⟩w]ords');
    expect(search('nothing', 'some')).toBe('nothing');
  });

  it('knows a word by all of its letters, whatever of it was found', () => {
    expect(search('dmin\u0430', 'dmin')).toBe('[dmin]{Cyrillic|\u0430}');
  });

  it('sets apart what is written from right to left, so that it turns nothing round', () => {
    expect(search('\u05d0\u05d1 \u05d2 1/2')).toBe('<\u05d0\u05d1 \u05d2> 1/2');
  });

  it('frames no more letters than a window can draw', () => {
    const text = 'a\u0430'.repeat(1000);
    const runs = textRuns(text);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.text).toBe(escapeInvisible(text));
  });

  it('is in all what stands in plain text, without the names of the frames', () => {
    fc.assert(
      fc.property(hostileText, fc.array(hostileText, { maxLength: 3 }), (text, words) => {
        const hits = markRanges(text, words);
        const plain = textRuns(text).map((run) => run.text);
        expect(
          textRuns(text, {}, hits)
            .map((run) => run.text)
            .join(''),
        ).toBe(plain.join(''));
        expect(textRuns(text, {}, hits).some(({ isHit }) => isHit)).toBe(hits.length > 0);
        for (const tail of [1, 5]) {
          const split = splitRuns(textRuns(text), tail);
          expect([...split.head, ...split.tail].map((run) => run.text).join('')).toBe(plain.join(''));
        }
      }),
    );
  });

  it('keeps its end where the middle does not fit, and cuts no escape', () => {
    const { head, tail } = splitRuns(textRuns(`${'x'.repeat(30)}\u202eyz`), 6);
    expect([drawn(head), drawn(tail)]).toEqual(['x'.repeat(30), '⟨U+202E⟩yz']);
  });
});

describe('a value of a comparison', () => {
  const piece = (text: string, differs = false, hidden = 0) => ({ text, differs, hidden });

  it('is one text, whatever of it differs', () => {
    const [only] = stretchesOf([piece('\u0430', true), piece('dmin ')]);
    expect(drawn(only?.runs ?? [])).toBe('[{Cyrillic|\u0430}]dmin⟨U+0020⟩');
  });

  it('has its spaces at a gap inside', () => {
    const stretches = stretchesOf([piece('a '), piece('', false, 9), piece(' b')]);
    expect(stretches.map(({ runs, hidden }) => (hidden > 0 ? '…' : drawn(runs)))).toEqual(['a ', '…', ' b']);
  });
});
