/**
 * Text from a log as it may be shown: what cannot be seen, or would change how other text is shown, is written out.
 *
 * A name such as `admin` with a right-to-left override in it must not pass for another.
 */

// Controls, line and paragraph separators, format characters (zero width, bidi, soft hyphen, tags), lone surrogates, and the
// letters that Unicode draws as nothing.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

/** Each invisible character as `⟨U+202E⟩`. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
