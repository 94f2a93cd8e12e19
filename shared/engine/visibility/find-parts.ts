/** Which partial records of one ID are a subset of another record. */

/**
 * Returns the rows that are a subset of one in `counted`; all others are added to `counted`. Compares at most `compares` pairs: rows after
 * that are added without a comparison, since `counted` can grow as long as an import.
 */
export function findParts(
  rows: readonly number[],
  counted: number[],
  compares: number,
  isPartOf: (row: number, other: number) => boolean,
): number[] {
  let left = compares;
  return rows.filter((row) => {
    for (let at = 0; at < counted.length && left > 0; at++) {
      left--;
      if (isPartOf(row, counted[at] as number)) return true;
    }
    counted.push(row);
    return false;
  });
}
