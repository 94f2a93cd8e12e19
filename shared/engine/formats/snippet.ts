/** A few bytes around the place where a file broke, for the list of what was not read. */
import { decodeWtf8 } from '../wtf8';

const BEFORE = 24;
const AFTER = 40;

/** Control and other invisible characters are written as `\u….`: a snippet is shown as it is, also in a terminal. */
export function snippetAt(bytes: Uint8Array, at: number, end: number): string {
  const text = decodeWtf8(bytes.subarray(Math.max(0, at - BEFORE), Math.min(end, at + AFTER)));
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
