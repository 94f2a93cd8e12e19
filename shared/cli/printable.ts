/**
 * Log values on a terminal: whoever wrote the log must not be able to move the cursor, hide text or turn it round.
 */

/** C0, DEL and C1 controls, line and paragraph separators, bidi controls, and surrogates that stand alone. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with everything a terminal might obey or not show written as `\u001b`. */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
