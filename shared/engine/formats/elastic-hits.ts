/** Finds the list of documents in an Elastic response: it is one object deeper than other lists of records. */
import { broken, openEnd, memberAt, valueEnd } from './json-walk';

const openBracket = 0x5b;
const openBrace = 0x7b;
/** The list comes within this many bytes. */
export const maxAnswerHead = 2 ** 16;

const hits = new TextEncoder().encode('"hits"');

/** The offset after the bracket of `{"hits":{"hits":[`, with the brace at `start`; -1 where there is none, `needMore` where it may still come. */
export function hitsStart(bytes: Uint8Array, start: number, end: number): number | 'needMore' {
  const outer = memberStart(bytes, start, end);
  if (typeof outer !== 'number') return outer;
  if (outer < 0 || bytes[outer] !== openBrace) return -1;
  const inner = memberStart(bytes, outer, end);
  if (typeof inner !== 'number') return inner;
  return inner >= 0 && bytes[inner] === openBracket ? inner + 1 : -1;
}

/** Where the value of `hits` begins in the object whose brace is at `start`. */
function memberStart(bytes: Uint8Array, start: number, end: number): number | 'needMore' {
  let at = start + 1;
  for (;;) {
    const member = memberAt(bytes, at, end);
    if (member === openEnd) return 'needMore';
    if (typeof member === 'number') return -1;
    const { key, keyEnd, value } = member;
    if (keyEnd - key === hits.length && hits.every((byte, i) => bytes[key + i] === byte)) return value;
    // No list comes before that of the documents. In a CloudTrail file the first value is a long list.
    if (bytes[value] === openBracket) return -1;
    at = valueEnd(bytes, value, end);
    if (at === openEnd) return 'needMore';
    if (at === broken) return -1;
  }
}
