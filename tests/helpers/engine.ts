/** The built engine in its own thread, spoken to as the hosts speak to it. */
import { existsSync } from 'node:fs';
import { afterAll, onTestFinished } from 'vitest';
import type { ArchiveStatus } from '#contract/sources';
import { createEngineClient } from '#host/engine-client';
import { askEngine, type AskedEngine } from './ask-engine';

export interface TestEngine extends AskedEngine {
  /** What the engine has said unasked, from its start on. */
  readonly changes: readonly ArchiveStatus[];
  /** Settles with the first status said unasked, from now on, for which this holds. */
  changed(holds: (status: ArchiveStatus) => boolean): Promise<ArchiveStatus>;
}

/** Starts the engine; it ends with the test. */
export function startEngine(): TestEngine {
  const engine = startEngineThread();
  onTestFinished(() => engine.stop());
  return engine;
}

/**
 * One engine for the tests of a file, since starting one takes longer than most of them. It starts with the first test that asks for it; what a
 * test opens takes the place of what was open.
 */
export function engineOfFile(): () => TestEngine {
  let engine: ReturnType<typeof startEngineThread> | undefined;
  afterAll(async () => engine?.stop());
  return () => (engine ??= startEngineThread());
}

/** Starts the engine; the caller stops it. */
export function startEngineThread(): TestEngine & { stop(): Promise<void> } {
  const url = new URL('../../out/engine/engine-worker.js', import.meta.url);
  if (!existsSync(url)) throw new Error('the engine is not built: run `npm run build`');
  const client = createEngineClient({ url, logCalls: 'none', log: () => undefined });
  const changes: ArchiveStatus[] = [];
  const waiting = new Set<(status: ArchiveStatus) => void>();
  client.onChanged((status) => {
    changes.push(status);
    for (const tell of waiting) tell(status);
  });

  return {
    ...askEngine(client.call),
    changes,
    changed: (holds) =>
      new Promise((resolve) => {
        const tell = (status: ArchiveStatus): void => {
          if (!holds(status)) return;
          waiting.delete(tell);
          resolve(status);
        };
        waiting.add(tell);
      }),
    stop: async () => {
      await client.stop();
    },
  };
}
