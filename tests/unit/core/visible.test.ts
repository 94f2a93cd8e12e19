import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeInvisible } from '#core/visible';

describe('text from a log on screen', () => {
  it('shows what cannot be seen or would reorder other text', () => {
    expect(escapeInvisible('a\u202eb\u200bc\u0000\n\u2066\ufeff\u00ad')).toBe(
      'a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩⟨U+000A⟩⟨U+2066⟩⟨U+FEFF⟩⟨U+00AD⟩',
    );
    expect(escapeInvisible('\ud800x\u{e0041}')).toBe('⟨U+D800⟩x⟨U+E0041⟩');
  });

  it('leaves everything else as it is', () => {
    const text = 'Zoë 名前 😀 a\u0301 <b>&amp;';
    expect(escapeInvisible(text)).toBe(text);
  });

  it('never holds a control, a format character or half a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeInvisible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
