/** Unpacks small files and members, which nearly all are, in one call: several times faster than piece by piece. */
import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import type { FileProblem } from '#contract/report';
import { inflateUpToDamage, isTorn, isZlibError, maxShortBytes } from './inflate';
import { damagedDeflate, tornGzip } from './problems';
import { allowed, type UnpackLimits } from './unpack-limits';

/** The most packed bytes that are unpacked in one call. */
export const maxWholePacked = 16 * 2 ** 20;
const maxWhole = 48 * 2 ** 20;
/** Deflate cannot do better. A trailer that claims more is wrong. */
const maxRatio = 1032;

export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly problem: FileProblem | null;
}

export interface Gunzipped extends Unpacked {
  /** Whether it holds, or may hold, more than one member. */
  readonly isSeveral: boolean;
}

/**
 * All members of a gzip file; null where it must be unpacked piece by piece: it is too large or damaged, or zero bytes follow a member.
 */
export function gunzipWhole(packed: Uint8Array, limits: UnpackLimits): Gunzipped | null {
  // The trailer states the length, of the last member at least. One buffer of that size saves zlib from joining pieces.
  const trailer = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const stated = packed.length < 18 ? 0 : trailer.getUint32(packed.length - 4, true);
  if (stated > maxWhole) return null;
  try {
    const { bytes, used } = withUsed(gunzipSync(packed, { ...wholeOptions(packed, stated), info: true }));
    // zlib stops at a zero byte after a member, whatever follows.
    if (used < packed.length) return null;
    // zlib checked the length in every trailer: with one member, the last trailer states the length of all bytes.
    return { ...within(limits, packed, bytes), isSeveral: bytes.length !== stated };
  } catch (thrown) {
    if (!isZlibError(thrown, 'Z_BUF_ERROR')) return null;
  }
  try {
    // Accepts data that ends early.
    const finishFlush = constants.Z_SYNC_FLUSH;
    const bytes = gunzipSync(packed, { chunkSize: 65536, maxOutputLength: maxWhole, finishFlush });
    return { ...within(limits, packed, bytes, tornGzip(bytes.length)), isSeveral: true };
  } catch {
    return null;
  }
}

/** With `info`, zlib returns its engine as well, which Node's types leave out. */
function withUsed(result: unknown): { readonly bytes: Uint8Array; readonly used: number } {
  const { buffer, engine } = result as {
    readonly buffer: Uint8Array;
    readonly engine: { readonly bytesWritten: number };
  };
  return { bytes: buffer, used: engine.bytesWritten };
}

export interface Inflated extends Unpacked {
  /** Packed bytes up to the end of the deflate data; all of them where it is damaged. */
  readonly used: number;
}

/** All of a deflated member that should unpack to `stated` bytes; null as in {@link gunzipWhole}. */
export function inflateWhole(packed: Uint8Array, stated: number, limits: UnpackLimits): Inflated | null {
  if (stated > maxWhole) return null;
  try {
    const { bytes, used } = withUsed(inflateRawSync(packed, { ...wholeOptions(packed, stated), info: true }));
    return { ...within(limits, packed, bytes), used };
  } catch (thrown) {
    const exact = thrown instanceof Error && packed.length <= maxShortBytes ? inflateUpToDamage(packed) : null;
    if (exact === null || !(thrown instanceof Error)) return null;
    const { bytes } = exact;
    const problem = damagedDeflate(thrown, isTorn(thrown), bytes.length);
    return { ...within(limits, packed, bytes, problem), used: packed.length };
  }
}

function wholeOptions(
  packed: Uint8Array,
  stated: number,
): { readonly chunkSize: number; readonly maxOutputLength: number } {
  return {
    chunkSize: Math.max(1024, Math.min(stated, packed.length * maxRatio) + 64),
    maxOutputLength: maxWhole,
  };
}

function within(
  limits: UnpackLimits,
  packed: Uint8Array,
  bytes: Uint8Array,
  problem: FileProblem | null = null,
): Unpacked {
  const most = allowed(limits, 0, bytes.length, packed.length);
  return most.problem === null ? { bytes, problem } : { bytes: bytes.subarray(0, most.bytes), problem: most.problem };
}
