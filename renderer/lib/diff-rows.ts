/** The rows of a comparison, read one after the other: where the records differ, and what may be folded. */
import type { DiffRow } from '#contract/diff';
import { isUnknown } from '#core/diff/summary';

/** Shorter runs of equal rows stay open, as context. */
const leastFolded = 3;

/** Rows `from` to `to` (not included), all equal, all below one parent. */
export interface EqualRun {
  readonly from: number;
  readonly to: number;
  /** How many values, without the lines of their containers. */
  readonly values: number;
}

/**
 * True where the two cannot be compared: AWS replaced or left out a value, so that it says nothing about what was there, or one side
 * lacks it.
 */
export function isIncomparable(row: DiffRow): boolean {
  const isLeftOut = [row.left, row.right].some((cell) => cell !== null && (cell.isRedacted || cell.omitted !== null));
  return isLeftOut || isUnknown(row);
}

/**
 * The places where the records differ, as indexes: changed values, and what was added or removed. An object that was added or removed as
 * a whole is one place, however much it contains. What the response only repeats is none.
 */
export function differingPlaces(rows: readonly DiffRow[]): readonly number[] {
  const places: number[] = [];
  let coveredBelow = Infinity;
  rows.forEach((row, index) => {
    if (row.depth > coveredBelow) return;
    coveredBelow = Infinity;
    if (row.kind === 'equal' || row.isRepeated) return;
    const isWhole = row.members === 0 || row.kind !== 'changed' || row.left?.type !== row.right?.type;
    if (!isWhole) return;
    places.push(index);
    if (row.members > 0) coveredBelow = row.depth;
  });
  return places;
}

/** The runs of equal rows long enough to be folded. A run ends where its parent does, and at what cannot be compared. */
export function equalRuns(rows: readonly DiffRow[]): readonly EqualRun[] {
  const runs: EqualRun[] = [];
  const canFold = (row: DiffRow | undefined, depth: number): row is DiffRow =>
    row !== undefined && row.kind === 'equal' && row.depth >= depth && !isIncomparable(row);

  let from = 0;
  while (from < rows.length) {
    const depth = rows[from]?.depth ?? 0;
    let to = from;
    let values = 0;
    for (let row = rows[to]; canFold(row, depth); row = rows[++to]) if (row.members === 0) values++;
    if (to - from >= leastFolded) runs.push({ from, to, values });
    from = Math.max(to, from + 1);
  }
  return runs;
}
