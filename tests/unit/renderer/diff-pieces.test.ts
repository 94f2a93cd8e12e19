import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownText } from '../../../renderer/lib/diff-pieces';
import { makeCell } from '../../helpers/shown-diffs';

const texts = fc.oneof(fc.string(), fc.string({ minLength: 700, maxLength: 3_000, unit: 'binary' }));

describe('a value in a comparison', () => {
  it('is shown in full, or says how much of it is not', () => {
    const pieces = fc.array(fc.record({ text: texts, differs: fc.boolean() }), { maxLength: 5 });
    fc.assert(
      fc.property(pieces, fc.boolean(), (all, isMarked) => {
        const text = all.map((piece) => piece.text).join('');
        const cell = makeCell(text, { pieces: isMarked ? all : null });
        const shown = shownText(cell, false);
        const shownLength = shown.pieces.reduce((sum, piece) => sum + piece.text.length, 0);
        expect(shownLength + shown.hidden).toBe(text.length);
        const whole = shownText(cell, true);
        expect([whole.pieces.map((piece) => piece.text).join(''), whole.hidden]).toEqual([text, 0]);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what differs, and what stands around it, where a long text is shortened', () => {
    const before = `${'x'.repeat(2_000)}just before `;
    const after = ` just after${'y'.repeat(2_000)}`;
    const pieces = [
      { text: before, differs: false },
      { text: 'the change', differs: true },
      { text: after, differs: false },
    ];
    const shown = shownText(makeCell(before + 'the change' + after, { pieces }), false);
    const visible = shown.pieces.map(({ text, hidden }) => (hidden > 0 ? '…' : text)).join('');
    expect(visible).toMatch(/^…x+just before the change just aftery+…$/);
    expect(visible.length).toBeLessThan(250);
  });

  it('is never cut within a character', () => {
    fc.assert(
      fc.property(fc.nat(3), (shift) => {
        const text = 'a'.repeat(shift) + '🔑'.repeat(1_000);
        for (const piece of shownText(makeCell(text), false).pieces) expect(piece.text).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
