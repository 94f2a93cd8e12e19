/**
 * Untrusted text on a terminal: the author of a log must not be able to move the cursor, hide text, reverse it or make it look like other
 * text. Escapes the same characters as the window: see `core/visible.ts`.
 */
import { escapeForTerminal, terminalPieces } from '#core/visible';

/** A value with everything that could mislead written out, as `\u001b`. */
export function printable(text: string): string {
  return escapeForTerminal(text);
}

/** Our own lines with untrusted values in them: escapes the values, and keeps line ends and indents. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeForTerminal(line, { isLayout: true }))
    .join('\n');
}

/** {@link printable}, cut to `width` characters with an ellipsis. An escape is shown whole or not at all. */
export function fitted(text: string, width: number): string {
  const pieces = terminalPieces(text);
  let shown = '';
  let length = 0;
  /** What still fits with an ellipsis behind it. */
  let cut = '';
  for (const piece of pieces) {
    length += Array.from(piece).length;
    if (length > width) return `${cut}…`;
    shown += piece;
    if (length < width) cut = shown;
  }
  return shown;
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
