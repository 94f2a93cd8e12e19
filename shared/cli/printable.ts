/**
 * Log values on a terminal: whoever wrote the log must not be able to move the cursor, hide text or turn it round.
 */

/** Controls, line and paragraph separators, surrogates that stand alone, and what no terminal shows: bidi controls, tags, blank letters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

/** The text with everything a terminal might obey or not show written as `\u001b`. */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => {
    const code = found.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** {@link printable}, cut to `width` characters with an ellipsis. */
export function fitted(text: string, width: number): string {
  const letters = Array.from(printable(text));
  return letters.length <= width ? letters.join('') : `${letters.slice(0, width - 1).join('')}…`;
}

/** Lines of columns, each as wide as its widest cell and at most `maxWidths` of it; the last is not padded. */
export function columns(rows: readonly (readonly string[])[], maxWidths: readonly number[]): readonly string[] {
  const cells = rows.map((row) => row.map((cell, index) => fitted(cell, maxWidths[index] ?? 80)));
  const widths = maxWidths.map((_, index) => Math.max(0, ...cells.map((row) => Array.from(row[index] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - Array.from(cell).length),
      )
      .join('  '),
  );
}
