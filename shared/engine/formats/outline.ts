/**
 * Looks at an object without reading it: where in it an array of records begins, and what it is if it holds none.
 *
 * The first key that tells decides. It is not strict about what it passes: what is read is read again by the scanner.
 */
import { decodeWtf8 } from '../wtf8';
import { BROKEN, OPEN, memberAt, valueEnd, type Span } from './json-walk';
import { envelopeKeys } from './root-keys';

const OPEN_BRACKET = 0x5b;

const digestKeys: ReadonlySet<string> = new Set(['digestStartTime', 'digestEndTime', 'logFiles']);
/** What CloudTrail Lake puts beside its query results. */
const signatureKeys: ReadonlySet<string> = new Set(['hashSignature', 'publicKeyFingerprint']);
const MAX_KEYS_TOLD = 5;
/** Bytes of a key, which can be as long as its file; those that are known are shorter. */
const MAX_KEY = 64;

type Outline =
  | { readonly kind: 'needMore' }
  /** No JSON. */
  | { readonly kind: 'broken' }
  /** `at`: behind the bracket that opens the array. */
  | { readonly kind: 'records'; readonly at: number; readonly key: string }
  /** Whole, or at an end of what is known. `at`: behind its closing brace. */
  | {
      readonly kind: 'other';
      readonly at: number;
      readonly isDigest: boolean;
      readonly isSignature: boolean;
      readonly keys: readonly string[];
    };

/** What a sound object is that is neither an event nor wrapped around one. `aside`: what it is kept aside as; null where it is not. */
export function nameObject({ bytes, start, end }: Span): {
  readonly aside: 'digest' | 'other' | null;
  readonly what: string;
} {
  const found = members(bytes, start + 1, end);
  if (found.kind !== 'other') return { aside: null, what: 'an object that has nothing of an event' };
  const { isDigest, isSignature, keys } = found;
  if (isDigest) return { aside: 'digest', what: 'a digest' };
  if (isSignature) return { aside: 'other', what: 'the signature of a query result' };
  if (keys.length === 0) return { aside: null, what: 'an empty object: JSON, but no event' };
  const first = keys.map((key) => JSON.stringify(key)).join(', ');
  return { aside: null, what: `JSON, but no event; its first keys are ${first}` };
}

/** Goes on in a wrapper behind its array: to the next array of records or to the wrapper's end. */
export function members(bytes: Uint8Array, start: number, end: number): Outline {
  const keys: string[] = [];
  let isDigest = false;
  let isSignature = false;
  let at = start;
  for (;;) {
    const member = memberAt(bytes, at, end);
    if (member === OPEN) return { kind: 'needMore' };
    if (member === BROKEN) return { kind: 'broken' };
    if (typeof member === 'number') return { kind: 'other', at: member + 1, isDigest, isSignature, keys };
    const { key: name, keyEnd, value } = member;
    const isLong = keyEnd - name > MAX_KEY;
    const key = isLong ? `${decodeWtf8(bytes, name + 1, name + MAX_KEY)}…` : decodeWtf8(bytes, name + 1, keyEnd - 1);
    if (digestKeys.has(key)) isDigest = true;
    if (signatureKeys.has(key)) isSignature = true;
    if (keys.length < MAX_KEYS_TOLD) keys.push(key);
    if (envelopeKeys.includes(key) && bytes[value] === OPEN_BRACKET) return { kind: 'records', at: value + 1, key };
    at = valueEnd(bytes, value, end);
    if (at === OPEN) return { kind: 'needMore' };
    if (at === BROKEN) return { kind: 'broken' };
  }
}
