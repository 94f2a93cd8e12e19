import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AppEvents, EngineThreadCalls } from '#contract/api';
import { AppError } from '#contract/errors';
import { createClient, type Client } from '#contract/rpc';
import { engineThreadOptions } from '#engine/engine-thread-options';
import { threadPort } from '#engine/thread-port';

/** The engine in its own thread, as the app runs it. */
export interface EngineThread {
  readonly client: Client<EngineThreadCalls, AppEvents>;
  /** Ends the thread; without it the process goes on. */
  stop(): Promise<void>;
}

/** Starts the built engine, `engine/engine-worker.js` beside the folder of the running program. */
export function startEngineThread(program: string): EngineThread {
  const url = new URL('../engine/engine-worker.js', program);
  if (!existsSync(url)) {
    throw new AppError('not-found', `The engine is not built: ${fileURLToPath(url)} is not there`, {
      hint: 'Run `npm run build`.',
    });
  }
  const worker = new Worker(url, engineThreadOptions);
  const client = createClient<EngineThreadCalls, AppEvents>(threadPort(worker));
  worker.on('error', (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    client.fail(new AppError('engine-stopped', `The engine stopped: ${reason}`));
  });
  worker.on('exit', () => {
    client.fail(new AppError('engine-stopped', 'The engine stopped'));
  });
  return {
    client,
    async stop() {
      await worker.terminate();
    },
  };
}
