/** How a step of the scanner ended. */
import type { FileProblem } from '#contract/types';

export const Status = {
  ok: 0,
  /** The bytes end before the step does. */
  needMore: 1,
  /** See {@link Fault}. */
  bad: 2,
} as const;
export type Status = (typeof Status)[keyof typeof Status];

/** What was wrong and where: an offset into the scanned bytes. One object, overwritten by each fault. */
export interface Fault {
  code: FileProblem['code'];
  message: string;
  at: number;
}
