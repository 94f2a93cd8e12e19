import type { AppCalls, AppEvents } from '#contract/api';
import type { Bridge } from '#contract/bridge';
import { AppError } from '#contract/errors';
import { createClient } from '#contract/rpc';
import type { Host } from './host';

/** The desktop host: messages through the preload's bridge. */
export function createElectronHost(bridge: Bridge): Host {
  const client = createClient<AppCalls, AppEvents>({ post: bridge.post, onMessage: bridge.onMessage });
  return Object.assign(client, {
    kind: 'electron' as const,
    droppedFiles: (data: DataTransfer) => Promise.resolve([...data.files]),
    filesToSources: async (files: readonly File[]) => {
      const sources = await bridge.registerFiles(files);
      if (sources.length === 0) throw new AppError('not-found', 'There is no file on disk in what was dropped');
      return sources;
    },
    onConnection: (listener: (isConnected: boolean) => void) => {
      listener(true);
      return () => undefined;
    },
  });
}
