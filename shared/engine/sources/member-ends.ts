/** Where the members of gzip data end: CloudTrail writes one per file, so to a file with more something was added. */
import { inflateRawSync } from 'node:zlib';
import { headerOf } from './gzip-header';

const TRAILER = 8;

/**
 * By unpacked bytes, the first member's end beyond `after` that another member follows; null where none is known yet. To be asked in
 * ascending order.
 */
export type NextMemberEnd = (after: number) => number | null;

/** Of gzip data that is known to unpack. A member is unpacked when it is asked for, and nothing of it is kept. */
export function memberEndsOf(packed: Uint8Array): NextMemberEnd {
  let at = 0;
  let unpacked = 0;
  return (after) => {
    while (unpacked <= after && at < packed.length) {
      const body = headerOf(packed, at).bodyStart;
      const member = body < packed.length ? inflated(packed.subarray(body)) : null;
      at = member === null ? packed.length : body + member.used + TRAILER;
      unpacked += member?.length ?? 0;
    }
    return unpacked > after && at < packed.length ? unpacked : null;
  };
}

/** Null where the data ends within the member. */
function inflated(packed: Uint8Array): { readonly length: number; readonly used: number } | null {
  try {
    const { buffer, engine } = inflateRawSync(packed, { info: true }) as unknown as {
      readonly buffer: Uint8Array;
      readonly engine: { readonly bytesWritten: number };
    };
    return { length: buffer.length, used: engine.bytesWritten };
  } catch {
    return null;
  }
}
