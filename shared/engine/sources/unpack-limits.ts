/** When unpacking one member must stop: the guard against zip bombs, which unpack to far more than their size. */
import { type ImportLimits, defaultLimits, limitsOf } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import { limitProblem } from './problems';

/** Below this much, any ratio is harmless. */
const ratioCheckedFrom = 256 * 2 ** 20;

/** For nested archives, this many times as much is harmless: 4 GB. */
const nestedFactor = 16;

export interface UnpackLimits extends ImportLimits {
  /** The ratio applies from this many unpacked bytes on; tests set it lower. */
  readonly ratioFromBytes: number;
  /** Shared by all nested archives of one file; null where there is no such limit. */
  readonly nested: NestedSum | null;
}

export function unpackLimits(limits: ImportLimits, ratioFromBytes = ratioCheckedFrom): UnpackLimits {
  return { ...limits, ratioFromBytes, nested: null };
}

/**
 * Bytes unpacked from nested archives of one listed file. A packed file on disk unpacks to a thousandfold at most;
 * archives in archives multiply that with every level, each of them within its own limits.
 */
export class NestedSum {
  private readonly most: number;
  private sum = 0;

  /** @param share the listed file's share of its file on disk: all members of a zip together get no more than one file */
  constructor({ ratio, ratioFromBytes }: UnpackLimits, packedBytes: number, share: number) {
    this.most = Math.max(nestedFactor * ratioFromBytes * share, ratio * packedBytes);
  }

  /** Whether reading the file must stop. */
  get isSpent(): boolean {
    return this.sum > this.most;
  }

  add(bytes: number): void {
    this.sum += bytes;
  }
}

/** Real members hold events, and events have IDs: none packs to less. */
const leastMemberBytes = 64;
/** This many members are harmless, however small. */
const freeMembers = 10_000;
const someMembers = 16;

/**
 * How many members one listed file may have: the limit, but no more than its bytes can hold. Each is kept in memory, and a kilobyte
 * packs hundreds of empty ones. Raising the limit raises both.
 *
 * @param share as in {@link NestedSum}
 */
export function mostMembers({ entries }: ImportLimits, packedBytes: number, share: number): number {
  const bySize = Math.max(freeMembers * share, packedBytes / leastMemberBytes, someMembers);
  return Math.min(entries, Math.ceil(bySize * Math.max(1, entries / defaultLimits.entries)));
}

/** The problem for a file whose {@link NestedSum} is spent. */
export function nestedProblem(limits: ImportLimits): FileProblem {
  const what = 'its nested archives unpack, in total, to more than its packed size times';
  return limitProblem('ratio', limits, what);
}

/** For rereading what was within the limits at import. */
export const noLimits: UnpackLimits = {
  ...limitsOf(() => Infinity),
  ratioFromBytes: Infinity,
  nested: null,
};

/** How many of the next `length` bytes may be unpacked, and the problem where it is not all of them. */
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
