/** How wide the columns of a list are where there is more room than they need. */

interface Sized {
  readonly widthPx: number;
  /** Takes a share of the room that is left. */
  readonly grows?: boolean;
}

/**
 * The widths in px, whole numbers. What is left of the room goes to the columns that grow, by their widths; where none does, to the last
 * one. No column is narrower than its own width: a list wider than its room scrolls.
 */
export function columnWidths(columns: readonly Sized[], roomPx: number): readonly number[] {
  const widths = columns.map(({ widthPx }) => widthPx);
  const left = Math.floor(roomPx) - widths.reduce((sum, px) => sum + px, 0);
  if (left <= 0 || columns.length === 0) return widths;
  const growing = columns.flatMap(({ grows }, at) => (grows === true ? [at] : []));
  const takers = growing.length > 0 ? growing : [columns.length - 1];
  const base = takers.reduce((sum, at) => sum + (widths[at] ?? 0), 0);
  let given = 0;
  for (const at of takers) {
    const own = widths[at] ?? 0;
    const share = at === takers.at(-1) ? left - given : Math.floor((left * own) / base);
    given += share;
    widths[at] = own + share;
  }
  return widths;
}
