/** Frees at once the memory that an import leaves behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage now: some milliseconds.
 *
 * V8 frees buffers at its next full collection, and an engine that waits for queries never starts one: a tenth of an archive's memory would
 * stay allocated. A worker thread has no other way to ask for one; where this one fails, the memory is freed later.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
  setFlagsFromString('--no-expose-gc');
  collect?.();
}
