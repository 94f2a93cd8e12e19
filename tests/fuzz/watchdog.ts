/** Ends the process where one case never ends: a thread that is busy cannot be asked to stop. */
import { Worker } from 'node:worker_threads';

export interface Watchdog {
  /** The case with this seed begins; the one before has ended. */
  begins(seed: number): void;
  end(): void;
}

const program = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const { state, limitMs } = workerData;
for (;;) {
  const seed = Atomics.load(state, 0);
  if (Atomics.wait(state, 0, seed, limitMs) !== 'timed-out') continue;
  writeSync(2, 'seed ' + seed + ' does not end: npm run fuzz -- --seed ' + seed + '\\n');
  process.kill(process.pid, 'SIGKILL');
}`;

/** Watches cases, of which none may take longer than `seconds`. */
export function watchCases(seconds: number): Watchdog {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program, { eval: true, workerData: { state, limitMs: seconds * 1000 } });
  worker.unref();
  return {
    begins(seed) {
      Atomics.store(state, 0, seed);
      Atomics.notify(state, 0);
    },
    end() {
      void worker.terminate();
    },
  };
}
