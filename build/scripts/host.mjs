/** Starts the browser host for scripts that drive the window. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PlainError, fromRoot } from './project.mjs';

/**
 * @param {readonly string[]} args of the browser host
 * @returns {Promise<{ address: string, close(): void }>} the address lets one window in, once
 */
export async function startHost(args) {
  const host = spawn(process.execPath, [fromRoot('out', 'host', 'serve.js'), '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([once(createInterface(host.stdout), 'line'), once(host, 'exit')]);
  const address = /http:\/\/\S+/.exec(String(line))?.[0];
  if (!address) throw new PlainError('The browser host did not start.');
  return { address, close: () => host.kill() };
}
