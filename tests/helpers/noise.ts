import { createHash } from 'node:crypto';

/** Bytes without a pattern, always the same ones for the same name: a failure must come again. */
export function noise(name: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(name).digest();
}
