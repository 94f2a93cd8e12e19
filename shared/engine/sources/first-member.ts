/** Where the first member of gzip data ends: CloudTrail writes one per file, so what stands behind it was put there by somebody else. */
import { inflateRawSync } from 'node:zlib';
import { readGzipHeader } from './gzip-header';
import { AccessInput } from './packed-input';
import { HeldBytes } from './random-access';

/** Bytes the first member unpacks to; null where it cannot be unpacked to its end, or not to `most` bytes. */
export async function firstMemberLength(packed: Uint8Array, most: number): Promise<number | null> {
  const header = await readGzipHeader(new AccessInput(new HeldBytes(packed)), 0);
  if (header.kind !== 'header') return null;
  try {
    return inflateRawSync(packed.subarray(header.bodyStart), { maxOutputLength: most }).length;
  } catch {
    return null;
  }
}
