import type { AppEvents, EngineThreadCalls } from '#contract/api';
import { AppError } from '#contract/errors';
import { createClient, createServer, type Handlers, type Message } from '#contract/rpc';
import type { ArchiveStatus } from '#contract/sources';
import type { EngineClient } from '#host/engine-client';

/** An engine without a thread, over the real protocol. A call the test gives no handler for is a failure. */
export interface StubEngine extends EngineClient {
  /** What the engine was asked, in order. */
  readonly asked: readonly { readonly name: string; readonly request: unknown }[];
  /** Says something unasked. */
  emit(status: ArchiveStatus): void;
  /** Ends as a crashed thread does. */
  crash(): void;
  /** Falls silent, or answers again. */
  silent(isSilent: boolean): void;
}

export function stubEngine(handlers: Partial<Handlers<EngineThreadCalls>> = {}): StubEngine {
  let toServer: (message: Message) => void = () => undefined;
  let toClient: (message: Message) => void = () => undefined;
  let onChanged: (status: ArchiveStatus) => void = () => undefined;
  let onStopped: (error: AppError) => void = () => undefined;
  let onSilent: (isSilent: boolean) => void = () => undefined;
  const asked: { readonly name: string; readonly request: unknown }[] = [];

  const server = createServer<EngineThreadCalls, AppEvents>(
    {
      post: (message) => {
        toClient(structuredClone(message));
      },
      onMessage: (listener) => {
        toServer = listener;
      },
    },
    handlers as Handlers<EngineThreadCalls>,
  );
  const client = createClient<EngineThreadCalls, AppEvents>({
    post: (message) => {
      if (message.type === 'call') asked.push({ name: message.name, request: message.request });
      toServer(structuredClone(message));
    },
    onMessage: (listener) => {
      toClient = listener;
    },
  });
  client.on('archive.changed', (status) => {
    onChanged(status);
  });

  return {
    asked,
    call: client.call,
    emit: (status) => {
      server.emit('archive.changed', status);
    },
    crash() {
      const error = new AppError('engine-stopped', 'The engine stopped: exit code 1');
      client.fail(error);
      onStopped(error);
    },
    silent: (isSilent) => onSilent(isSilent),
    onSilent(listener) {
      onSilent = listener;
    },
    onChanged(listener) {
      onChanged = listener;
    },
    onStopped(listener) {
      onStopped = listener;
    },
    stop: () => Promise.resolve(true),
  };
}

/** What is open, in as few words as a test needs. */
export function archiveStatus(change: Partial<ArchiveStatus> = {}): ArchiveStatus {
  return {
    state: 'ready',
    version: 1,
    name: 'logs',
    sources: [],
    events: 3,
    duplicates: 0,
    appended: 0,
    first: null,
    last: null,
    filesRead: 1,
    filesPartial: 0,
    filesUnread: 0,
    filesIgnored: 0,
    indexBytes: 100,
    progress: null,
    ...change,
  };
}
