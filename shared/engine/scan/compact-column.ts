/** What `kernel/compact.ts` does, for columns that are made outside the scanner: derived values, and those of tests. */
import type { CodedColumn } from './segment';

/** @param rows ascending @param codes the thread's code under the path, one per row; no (row, code) occurs twice */
export function compactColumn(path: number, rows: Uint32Array, codes: Uint32Array): CodedColumn {
  const renumbered = new Map<number, number>();
  const values: number[] = [];
  const events: number[] = [];
  const own = new Uint32Array(codes.length);
  let isMulti = false;
  let rowsHash = 0;
  let codesHash = 0;
  for (let i = 0; i < codes.length; i++) {
    const value = codes[i] as number;
    let code = renumbered.get(value);
    if (code === undefined) {
      code = values.length;
      renumbered.set(value, code);
      values.push(value);
      events.push(0);
    }
    const row = rows[i] as number;
    if (i > 0 && rows[i - 1] === row) isMulti = true;
    own[i] = code;
    events[code] = (events[code] as number) + 1;
    rowsHash = mix(rowsHash, row);
    codesHash = mix(codesHash, code);
  }
  return {
    path,
    values: Uint32Array.from(values),
    events: Uint32Array.from(events),
    rows,
    codes: own,
    isMulti,
    rowsHash,
    codesHash,
  };
}

/** As in `kernel/compact.ts`. */
function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return (product ^ (product >>> 15)) >>> 0;
}
