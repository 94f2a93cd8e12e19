/** Which rows of one ID tell no more than another one of it. */

/**
 * The rows among `rows` that are a part of one in `counted`, to which each that is not is added. Compares up to `compares` pairs: what
 * comes after that is no part of any, and is not looked for in `counted`, which can hold as many rows as an import has.
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
