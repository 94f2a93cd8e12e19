/** A few bytes around the place where a file broke, for the list of what was not read. */
import { decodeWtf8 } from '../text/wtf8';

const BEFORE = 24;
const AFTER = 40;

/** As they stand in the file, like any other value of it: whoever shows them escapes what is invisible. */
export function snippetAt(bytes: Uint8Array, at: number, end: number): string {
  return decodeWtf8(bytes.subarray(Math.max(0, at - BEFORE), Math.min(end, at + AFTER)));
}
