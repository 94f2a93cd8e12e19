/**
 * A time limit for code that may never end by itself, such as a user's regular expression.
 *
 * Only V8 can interrupt a match that backtracks for hours, and only `vm` makes it do so. Starting costs about 0.1 ms, so a whole batch of
 * values is one run.
 */
import { createContext, Script } from 'node:vm';

const script = new Script('task()');
let sandbox: { task: () => void } | null = null;

/** Runs `task` to its end and returns true, or stops it after `limitMs` and returns false. Rethrows what it throws. */
export function finishesWithin(limitMs: number, task: () => void): boolean {
  sandbox ??= createContext({ task }) as { task: () => void };
  sandbox.task = task;
  try {
    script.runInContext(sandbox, { timeout: limitMs });
    return true;
  } catch (thrown) {
    if (isTimeout(thrown)) return false;
    throw thrown;
  } finally {
    sandbox.task = () => undefined;
  }
}

/** The error was made in another context, so `instanceof Error` is false for it. */
function isTimeout(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
