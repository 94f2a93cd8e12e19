import { dirname } from 'node:path';
import { insideTest } from '#engine/sources/inside';

/**
 * All sources opened since the process began. Nothing is written there, not even once they are closed: an investigator's copy must be the
 * same before and after.
 */
export interface Evidence {
  /** From now on, these and all below them. */
  add(paths: readonly string[]): void;
  /** Whether making, replacing or removing a file of this path would change what was opened. */
  holds(path: string): boolean;
}

export function createEvidence(): Evidence {
  const opened = new Set<string>();
  return {
    add(paths) {
      for (const path of paths) opened.add(path);
    },
    holds(path) {
      // Neither the folder of a link nor its target may be evidence.
      const tests = [insideTest(path), insideTest(dirname(path))];
      return [...opened].some((each) => tests.some((isInside) => isInside(each)));
    },
  };
}
