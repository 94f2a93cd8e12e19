/** The import of a hard case, in a process of its own: how long, and how much memory at its peak. */
import type { EngineSource } from '#contract/api';
import { defaultLimits } from '#contract/limits';
import { startEngineThread } from '../../../shared/cli/engine-thread';
import { stopwatch } from './measure';

export interface HardFigures {
  readonly events: number;
  readonly files: number;
  readonly seconds: number;
  /** Of the whole process, at any time of the import. */
  readonly peakRssBytes: number;
}

const sampleMs = 20;

/** Opens the sources with the default limits. */
export async function measureHardImport(program: string, sources: readonly EngineSource[]): Promise<HardFigures> {
  const engine = startEngineThread(program);
  await engine.client.call('archive.status', null);
  let peakRssBytes = process.memoryUsage.rss();
  // This thread has nothing else to do: the engine and its decode threads are others.
  const timer = setInterval(() => {
    peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
  }, sampleMs);
  const watch = stopwatch();
  const status = await engine.client.call('engine.open', { sources, limits: defaultLimits });
  const { seconds } = watch();
  clearInterval(timer);
  await engine.stop();
  return { events: status.events, files: status.filesRead, seconds, peakRssBytes };
}
