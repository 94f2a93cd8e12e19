import { Worker } from 'node:worker_threads';
import type { AppEvents, EngineThreadCalls } from '#contract/api';
import { AppError } from '#contract/errors';
import { createClient, type Client } from '#contract/rpc';
import { engineThreadOptions } from '#engine/engine-thread-options';
import { threadPort } from '#engine/thread-port';
import { watchSilence } from './silence';

/** The engine, wherever it runs. */
export interface EngineClient {
  /** Rejects with `engine-stopped` once the thread has ended; `engine.open` and `engine.add` start it again. */
  readonly call: Client<EngineThreadCalls, AppEvents>['call'];
  /** Sets the listener for the engine's events. */
  onChanged(listener: (status: AppEvents['archive.changed']) => void): void;
  /** Sets the listener for an unexpected end of the thread. */
  onStopped(listener: (error: AppError) => void): void;
  /** Sets the listener for a thread that has not answered for a minute (true), or answers again after that (false). */
  onSilent(listener: (isSilent: boolean) => void): void;
  /**
   * Stops a running import, then ends the thread. Rejects calls without an answer. Resolves within six seconds to whether the thread has ended:
   * one that waits for a disk cannot be. `engine.open` and `engine.add` start another.
   */
  stop(): Promise<boolean>;
}

export interface EngineClientOptions {
  /** The built worker, `out/engine/engine-worker.js`. */
  readonly url: URL;
  /** Which calls to log: those slower than 40 ms, all, or none. */
  readonly logCalls: 'none' | 'slow' | 'all';
  readonly log: (line: string) => void;
}

/** A person notices more than this between a key press and the picture. */
const slowMs = 40;

/** How long to wait for the import: decode threads check for cancellation between pieces of a file, and one may be stuck. */
const closeLimitMs = 3_000;
/** How long to wait for the thread's end after that. */
const terminateLimitMs = 3_000;

/** Starts the engine thread at once, so that the first open does not wait for it. */
export function createEngineClient(options: EngineClientOptions): EngineClient {
  let onChanged: (status: AppEvents['archive.changed']) => void = () => undefined;
  let onStopped: (error: AppError) => void = () => undefined;
  let onSilent: (isSilent: boolean) => void = () => undefined;
  let thread: Thread | null = start();

  function start(): Thread {
    const started: Thread = startThread(options.url, {
      ended(error) {
        if (thread !== started) return;
        thread = null;
        options.log(error.message);
        onStopped(error);
      },
      silent(isSilent) {
        if (thread !== started) return;
        options.log(isSilent ? 'The engine has not answered for a minute' : 'The engine answers again');
        onSilent(isSilent);
      },
    });
    started.client.on('archive.changed', (status) => {
      // The last status of an ending thread must not become a recent archive.
      if (thread === started) onChanged(status);
    });
    return started;
  }

  const call: EngineClient['call'] = async (name, request, callOptions) => {
    if (thread === null && (name === 'engine.open' || name === 'engine.add')) thread = start();
    if (thread === null) throw stoppedError('');
    const from = performance.now();
    try {
      return await thread.client.call(name, request, callOptions);
    } finally {
      const tookMs = performance.now() - from;
      // An import takes as long as the archive is large, and other changes of what is open wait for it.
      const isSlow = tookMs > slowMs && !name.startsWith('engine.');
      if (options.logCalls === 'all' || (options.logCalls === 'slow' && isSlow)) {
        options.log(`${name} took ${tookMs.toFixed(1)} ms`);
      }
    }
  };

  return {
    call,
    onChanged(listener) {
      onChanged = listener;
    },
    onStopped(listener) {
      onStopped = listener;
    },
    onSilent(listener) {
      onSilent = listener;
    },
    async stop() {
      const ending = thread;
      thread = null;
      if (ending === null) return true;
      // Node aborts the whole process ("close before init") where a thread is ended from outside while it makes a stream of zlib, as
      // decode threads do for every file: the engine is asked to end an import by itself.
      await within(closeLimitMs, ending.client.call('engine.close', null));
      ending.client.fail(stoppedError(''));
      return within(terminateLimitMs, ending.worker.terminate());
    },
  };
}

/** Whether something ended, well or not, before the time was up. */
async function within(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([limit, ended]);
  clearTimeout(timer);
  return inTime;
}

interface Thread {
  readonly worker: Worker;
  readonly client: Client<EngineThreadCalls, AppEvents>;
}

interface ThreadListener {
  ended(error: AppError): void;
  silent(isSilent: boolean): void;
}

function startThread(url: URL, listener: ThreadListener): Thread {
  const worker = new Worker(url, engineThreadOptions);
  const client = createClient<EngineThreadCalls, AppEvents>(threadPort(worker));
  const watch = watchSilence({
    pending: () => client.pending,
    ping: () => void client.call('archive.status', null).catch(() => undefined),
    changed: (isSilent) => listener.silent(isSilent),
  });
  worker.on('message', () => watch.heard());
  let isOver = false;
  const over = (reason: string): void => {
    if (isOver) return;
    isOver = true;
    watch.end();
    const error = stoppedError(reason);
    client.fail(error);
    listener.ended(error);
  };
  worker.on('error', (error: unknown) => {
    over(error instanceof Error ? error.message : String(error));
  });
  worker.on('exit', (code) => {
    over(`exit code ${String(code)}`);
  });
  return { worker, client };
}

function stoppedError(reason: string): AppError {
  const message = reason === '' ? 'The engine is not running' : `The engine stopped: ${reason}`;
  return new AppError('engine-stopped', message, { hint: 'Open the archive again.' });
}
