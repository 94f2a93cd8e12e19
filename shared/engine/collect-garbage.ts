/** Gives back at once what an import leaves behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage now: some milliseconds.
 *
 * V8 lets buffers go at its next full collection, and an engine that waits for queries does not come to one: a tenth of an
 * archive's memory would stay taken. There is no other way to ask for one from within a worker thread; where even this is not to be
 * had, the memory goes later.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
  setFlagsFromString('--no-expose-gc');
  collect?.();
}
