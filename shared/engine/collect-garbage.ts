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

/** Less garbage than this is left to V8: collecting it costs more than many a small import. */
const manyBytes = 32 * 2 ** 20;

/**
 * Collects garbage where the memory outside of V8's heap, in use or not, is large enough for it.
 *
 * @param outsideBytes of the buffers of this thread
 */
export function collectManyBuffers(outsideBytes = process.memoryUsage().external): void {
  if (outsideBytes >= manyBytes) collectGarbage();
}
