/** Where unpacking one member has to stop. */
import type { FileProblem, ImportLimits } from '#contract/types';
import { limitProblem } from './problems';

/** Below this much, any ratio is harmless. */
const RATIO_FROM_BYTES = 256 * 2 ** 20;

export interface UnpackLimits extends ImportLimits {
  /** From how many unpacked bytes on the ratio counts; tests set it lower. */
  readonly ratioFromBytes: number;
}

export function unpackLimits(limits: ImportLimits, ratioFromBytes = RATIO_FROM_BYTES): UnpackLimits {
  return { ...limits, ratioFromBytes };
}

/** For reading again what was read within limits before. */
export const noLimits: UnpackLimits = {
  ratio: Infinity,
  memberBytes: Infinity,
  entries: Infinity,
  nesting: Infinity,
  heldBytes: Infinity,
  recordBytes: Infinity,
  folderDepth: Infinity,
  ratioFromBytes: Infinity,
};

/** How many of the next `length` bytes may still be had, and what to say where it is not all of them. */
export function allowed(
  limits: UnpackLimits,
  unpacked: number,
  length: number,
  packed: number,
): { readonly bytes: number; readonly problem: FileProblem | null } {
  const total = unpacked + length;
  if (total > limits.memberBytes) {
    const bytes = limits.memberBytes - unpacked;
    return { bytes, problem: limitProblem('memberBytes', limits, 'it unpacks to more than', limits.memberBytes) };
  }
  if (total > limits.ratioFromBytes && total > packed * limits.ratio) {
    const what = 'it unpacks to more than its packed size times';
    return { bytes: length, problem: limitProblem('ratio', limits, what, total) };
  }
  return { bytes: length, problem: null };
}
