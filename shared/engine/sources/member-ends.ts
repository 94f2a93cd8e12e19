/** Where the members of gzip data end: CloudTrail writes one per file, so to a file with more something was added. */
import { inflateRawSync } from 'node:zlib';

const FIXED_HEADER = 10;
const TRAILER = 8;
const FLAGS_AT = 3;
/** Flags of what follows the fixed header (RFC 1952, 2.3.1). */
const HAS_SUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;

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
      const body = bodyStart(packed, at);
      const member = body < packed.length ? inflated(packed.subarray(body)) : null;
      at = member === null ? packed.length : body + member.used + TRAILER;
      unpacked += member?.length ?? 0;
    }
    return unpacked > after && at < packed.length ? unpacked : null;
  };
}

function bodyStart(packed: Uint8Array, start: number): number {
  const flags = packed[start + FLAGS_AT] ?? 0;
  let at = start + FIXED_HEADER;
  if ((flags & HAS_EXTRA) !== 0) at += 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = packed.indexOf(0, at);
    at = end < 0 ? packed.length : end + 1;
  }
  return (flags & HAS_SUM) === 0 ? at : at + 2;
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
