/** The engine in this thread. */
import type { EngineClient } from '#host/engine-client';
import { Engine, type EngineOptions } from '#engine/engine';
import { filesOnDisk } from '#engine/engine-files';
import { askEngine, type AskedEngine } from './ask-engine';

export interface EngineHere extends AskedEngine {
  readonly handlers: Engine['handlers'];
  status(): ReturnType<Engine['status']>;
}

/** Over files on disk, unless others are given. */
export function engineHere(options: Partial<EngineOptions> = {}): EngineHere {
  const engine = new Engine({ files: filesOnDisk(), threads: 0, ...options });
  const { handlers } = engine;
  const call: EngineClient['call'] = async (name, request, { signal, onProgress } = {}) =>
    handlers[name](request, {
      signal: signal ?? new AbortController().signal,
      progress: (step) => onProgress?.(step),
    });
  return { ...askEngine(call), handlers, status: () => engine.status() };
}
