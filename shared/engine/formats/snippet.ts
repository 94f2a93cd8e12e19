/** A few bytes around a syntax error, for the report of problems. */
import { decodeWtf8 } from '../text/wtf8';

const before = 24;
const after = 40;

/** Returned unescaped, like every value from a file: invisible characters are escaped where it is shown. */
export function snippetAt(bytes: Uint8Array, at: number, end: number): string {
  return decodeWtf8(bytes.subarray(Math.max(0, at - before), Math.min(end, at + after)));
}
