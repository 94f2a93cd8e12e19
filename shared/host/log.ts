import { escapeForTerminal } from '#core/visible';
import type { EngineClientOptions } from './engine-client';

/** `TRAILGLASS_LOG_CALLS=slow` logs calls to the engine slower than 40 ms, `all` logs every call. */
export function callLogging(env: Readonly<Record<string, string | undefined>>): EngineClientOptions['logCalls'] {
  const value = env['TRAILGLASS_LOG_CALLS'];
  return value === 'slow' || value === 'all' ? value : 'none';
}

/** A message for the terminal. Names of files may be in it, and whoever named them must not be able to move the cursor or hide text. */
export function forTerminal(message: string): string {
  return message
    .split('\n')
    .map((line) => escapeForTerminal(line, { isLayout: true }))
    .join('\n');
}
