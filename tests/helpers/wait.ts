/** Waiting for what a slow machine does later: vitest itself gives up after a second. */
import { vi } from 'vitest';

/** A test that waits for what never comes ends by this, not by the machine's speed. */
const patience = { timeout: 60_000 };

/** Resolves with the first value that is not false. */
export function waitUntil<Value>(value: () => Value | Promise<Value>): ReturnType<typeof vi.waitUntil<Value>> {
  return vi.waitUntil(value, patience);
}

/** Resolves once the assertions hold. */
export function waitFor<Value>(assertions: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(assertions, patience);
}
