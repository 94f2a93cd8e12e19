/** Names an object that holds no events, by its keys. */
import { decodeWtf8 } from '../text/wtf8';
import { allMembers, type Span } from './json-walk';

const digestKeys: ReadonlySet<string> = new Set(['digestStartTime', 'digestEndTime', 'logFiles']);
/** The keys of the signature file of CloudTrail Lake's query results. */
const signatureKeys: ReadonlySet<string> = new Set(['hashSignature', 'publicKeyFingerprint']);
const maxKeysTold = 5;
/** The most bytes kept of a key, which can be as long as its file; known keys are shorter. */
const maxKey = 64;

/** Describes a well-formed object that neither is nor holds an event. `ignored`: what it is ignored as; null where it is not. */
export function nameObject(span: Span): { readonly ignored: 'digest' | 'other' | null; readonly what: string } {
  const first: string[] = [];
  let isSignature = false;
  for (const { key } of allMembers(span)) {
    const name = keyText(key);
    if (digestKeys.has(name)) return { ignored: 'digest', what: 'a digest' };
    if (signatureKeys.has(name)) isSignature = true;
    if (first.length < maxKeysTold) first.push(JSON.stringify(name));
  }
  if (isSignature) return { ignored: 'other', what: 'the signature of a query result' };
  if (first.length === 0) return { ignored: null, what: 'an empty object: JSON, but no event' };
  return { ignored: null, what: `JSON, but no event; its first keys are ${first.join(', ')}` };
}

function keyText({ bytes, start, end }: Span): string {
  if (end - start > maxKey) return `${decodeWtf8(bytes, start + 1, start + maxKey)}…`;
  return decodeWtf8(bytes, start + 1, end - 1);
}
