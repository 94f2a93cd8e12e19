/** Where unpacking one member has to stop: the guard against bombs, which unpack to far more than they are. */
import { type ImportLimits, defaultLimits, limitsOf } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import { limitProblem } from './problems';

/** Below this much, any ratio is harmless. */
const RATIO_FROM_BYTES = 256 * 2 ** 20;

/** Of what was packed more than once, this many times as much is harmless: 4 GB. */
const NESTED_FACTOR = 16;

export interface UnpackLimits extends ImportLimits {
  /** From how many unpacked bytes on the ratio counts; tests set it lower. */
  readonly ratioFromBytes: number;
  /** Shared by all that lies packed in packed data of one file; null where no such sum counts. */
  readonly nested: NestedSum | null;
}

export function unpackLimits(limits: ImportLimits, ratioFromBytes = RATIO_FROM_BYTES): UnpackLimits {
  return { ...limits, ratioFromBytes, nested: null };
}

/**
 * Bytes that were unpacked out of what had itself been unpacked, of one listed file. What lies on disk unpacks to a thousandfold at most;
 * archives in archives multiply that with every level, each of them within its own limits.
 */
export class NestedSum {
  private readonly most: number;
  private sum = 0;

  /** @param share which part of its file on disk the listed file is: all members of a zip together have no more than one file */
  constructor({ ratio, ratioFromBytes }: UnpackLimits, packedBytes: number, share: number) {
    this.most = Math.max(NESTED_FACTOR * ratioFromBytes * share, ratio * packedBytes);
  }

  /** Nothing more of the file is to be read. */
  get isSpent(): boolean {
    return this.sum > this.most;
  }

  add(bytes: number): void {
    this.sum += bytes;
  }
}

/** Sound members have events, and events have IDs: none is packed to less. */
const LEAST_MEMBER_BYTES = 64;
/** So many members are harmless, however small they are. */
const FREE_MEMBERS = 10_000;
const SOME_MEMBERS = 16;

/**
 * How many members one listed file may have: as many as the limit says, and no more than its bytes can hold. Each is remembered, and a kilobyte
 * packs hundreds that are empty. Who raises the limit raises both.
 *
 * @param share as in {@link NestedSum}
 */
export function mostMembers({ entries }: ImportLimits, packedBytes: number, share: number): number {
  const bySize = Math.max(FREE_MEMBERS * share, packedBytes / LEAST_MEMBER_BYTES, SOME_MEMBERS);
  return Math.min(entries, Math.ceil(bySize * Math.max(1, entries / defaultLimits.entries)));
}

/** What to say of a file whose {@link NestedSum} is spent. */
export function nestedProblem(limits: ImportLimits): FileProblem {
  const what = 'what lies packed in packed data in it unpacks, all together, to more than its packed size times';
  return limitProblem('ratio', limits, what);
}

/** For reading again what was read within limits before. */
export const noLimits: UnpackLimits = {
  ...limitsOf(() => Infinity),
  ratioFromBytes: Infinity,
  nested: null,
};

/** How many of the next `length` bytes may still be had, and what to say where it is not all of them. */
export function allowed(
  limits: UnpackLimits,
  unpacked: number,
  length: number,
  packed: number,
): { readonly bytes: number; readonly problem: FileProblem | null } {
  const total = unpacked + length;
  limits.nested?.add(length);
  if (total > limits.memberBytes) {
    const bytes = limits.memberBytes - unpacked;
    return { bytes, problem: limitProblem('memberBytes', limits, 'it unpacks to more than', limits.memberBytes) };
  }
  if (total > limits.ratioFromBytes && total > packed * limits.ratio) {
    const what = 'it unpacks to more than its packed size times';
    return { bytes: length, problem: limitProblem('ratio', limits, what, total) };
  }
  return { bytes: length, problem: limits.nested?.isSpent === true ? nestedProblem(limits) : null };
}
