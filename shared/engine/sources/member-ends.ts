/** Where the members of gzip data end: CloudTrail writes one per file, so a file with more had something appended. */
import { inflateRawSync } from 'node:zlib';
import type { TakeBytes } from '../text/take-bytes';
import type { FileSink } from './file-sink';
import { headerOf } from './gzip-header';

const trailer = 8;

/**
 * The unpacked offset, beyond `after`, where a member ends and another follows; null where none is known yet. Call it in
 * ascending order of `after`.
 */
export type NextMemberEnd = (after: number) => number | null;

/** For intact gzip data. Each member is unpacked again when asked for, so that nothing is kept in memory. */
export function memberEndsOf(packed: Uint8Array): NextMemberEnd {
  let at = 0;
  let unpacked = 0;
  return (after) => {
    while (unpacked <= after && at < packed.length) {
      const body = headerOf(packed, at).bodyStart;
      const member = body < packed.length ? inflated(packed.subarray(body)) : null;
      at = member === null ? packed.length : body + member.used + trailer;
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

/** Cuts the pieces of a text where its gzip members end, until the sink no longer needs that. */
export function cutAtMemberEnds(take: TakeBytes, nextEnd: NextMemberEnd, sink: FileSink): TakeBytes {
  let taken = 0;
  let lastEnd = 0;
  let isOver = false;
  return (piece, isLast, position) => {
    const base = taken;
    const next = base + piece.length;
    while (!isOver) {
      const end = nextEnd(lastEnd);
      // Where a member ends with the piece, it is not known yet whether another follows.
      if (end === null || end >= next) break;
      if (end > taken && !take(piece.subarray(taken - base, end - base), false, position)) return false;
      taken = end;
      lastEnd = end;
      isOver = sink.memberEnded();
    }
    const rest = piece.subarray(taken - base);
    taken = next;
    return take(rest, isLast, position);
  };
}
