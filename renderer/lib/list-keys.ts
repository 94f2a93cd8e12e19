/** Where a key moves the current row of a list. */

export interface ListPosition {
  /** Null: no row is current; a first move then starts from the first row in view. */
  readonly current: number | null;
  readonly firstInView: number;
  readonly rowCount: number;
  readonly rowsPerPage: number;
}

/** The row to make current, or null where the chord (see `keys.ts`) does not move or there is no row. */
export function rowAfterKey(
  chord: string,
  { current, firstInView, rowCount, rowsPerPage }: ListPosition,
): number | null {
  if (rowCount === 0) return null;
  const last = rowCount - 1;
  const by = (delta: number): number =>
    current === null ? Math.min(firstInView, last) : Math.min(Math.max(current + delta, 0), last);
  switch (chord) {
    case 'ArrowDown':
    case 'j':
      return by(1);
    case 'ArrowUp':
    case 'k':
      return by(-1);
    case 'PageDown':
      return by(rowsPerPage);
    case 'PageUp':
      return by(-rowsPerPage);
    case 'Home':
    case 'g':
      return 0;
    case 'End':
    case 'G':
      return last;
    default:
      return null;
  }
}
