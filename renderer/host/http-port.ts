import type { AppCalls, AppEvents } from '#contract/api';
import type { ErrorCode } from '#contract/errors';
import { createClient, type Message, type Port } from '#contract/rpc';
import type { Host } from './host';
import { keyHeaders, leave, takeKey } from './http-key';
import { filesInDrop, uploadFiles } from './http-upload';
import { linesOf } from './lines';

type Waiter = (stream: string | null) => void;

/** The first line of a stream. */
interface StreamName {
  readonly stream: string;
}

const firstRetryMs = 250;
const longestRetryMs = 8_000;

/** The browser host: posts go up, one stream of lines comes down. A stream that drops is opened again, ever less often. */
export function createHttpHost(): Host {
  const key = takeKey(window);
  const connection = createHttpConnection(key, () => {
    leave(window.location);
  });
  const client = createClient<AppCalls, AppEvents>(connection.port);
  return Object.assign(client, {
    kind: 'browser' as const,
    droppedFiles: filesInDrop,
    filesToSources: (files: readonly File[]) => uploadFiles(files, key),
    onConnection: connection.onConnection,
  });
}

/** A port over HTTP, and whether it works. */
export interface HttpConnection {
  readonly port: Port;
  onConnection(listener: (isConnected: boolean) => void): () => void;
}

/**
 * Connects at once.
 *
 * Calls made before the first connection wait for it. When the stream drops, every call without an answer fails with
 * `disconnected`, and so do new ones until it is back: its answers would have gone to the stream that is lost.
 *
 * @param refused called where the host does not know the key: it was started anew, or has signed everybody out
 */
export function createHttpConnection(key: string | null, refused: () => void): HttpConnection {
  const listeners = new Set<(isConnected: boolean) => void>();
  /** Calls on their way or under way, with the post that carries each. */
  const outstanding = new Map<number, Promise<void>>();
  let receive: (message: Message) => void = () => undefined;
  let stream: string | null = null;
  let waiters: Waiter[] = [];
  let hasFailed = false;
  let retryMs = firstRetryMs;

  async function connect(): Promise<void> {
    // An `EventSource` could not send the key.
    const response = await fetch('/events', { headers: keyHeaders(key) }).catch(() => null);
    if (response?.status === 403) {
      disconnected();
      refused();
      return;
    }
    if (response?.ok === true && response.body !== null) {
      try {
        for await (const line of linesOf(response.body))
          if (line !== '') take(JSON.parse(line) as Message | StreamName);
      } catch {
        // The stream broke off.
      }
    }
    disconnected();
    setTimeout(() => void connect(), retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  function take(said: Message | StreamName): void {
    if ('stream' in said) {
      stream = said.stream;
      hasFailed = false;
      retryMs = firstRetryMs;
      release(stream);
      for (const listener of listeners) listener(true);
      return;
    }
    if (said.type === 'result' || said.type === 'error') outstanding.delete(said.id);
    receive(said);
  }

  function disconnected(): void {
    stream = null;
    hasFailed = true;
    release(null);
    for (const id of [...outstanding.keys()]) {
      fail(id, 'disconnected', 'The connection to Trailglass was lost');
    }
    for (const listener of listeners) listener(false);
  }

  function release(value: string | null): void {
    const released = waiters;
    waiters = [];
    for (const waiter of released) waiter(value);
  }

  function fail(id: number, code: ErrorCode, message: string): void {
    if (!outstanding.delete(id)) return;
    const details = code === 'disconnected' ? { hint: 'Is it still running where it was started?' } : {};
    receive({ type: 'error', id, error: { code, message, call: '', details } });
  }

  async function send(message: Message & { readonly id: number }): Promise<void> {
    const open = stream ?? (hasFailed ? null : await new Promise<string | null>((resolve) => waiters.push(resolve)));
    if (open === null) {
      fail(message.id, 'disconnected', 'Trailglass cannot be reached');
      return;
    }
    try {
      const response = await fetch('/rpc', {
        method: 'POST',
        headers: { ...keyHeaders(key), 'Content-Type': 'application/json' },
        body: JSON.stringify({ stream: open, message }),
      });
      if (response.ok) return;
      const isGone = response.status === 403 || response.status === 404;
      fail(message.id, isGone ? 'disconnected' : 'bad-request', (await response.text()).trim());
    } catch {
      fail(message.id, 'disconnected', 'Trailglass cannot be reached');
    }
  }

  void connect();
  return {
    port: {
      post(message) {
        if (message.type === 'call') {
          // Sent a moment later, so that a failure on the way finds it here.
          outstanding.set(
            message.id,
            Promise.resolve().then(() => send(message)),
          );
        } else if (message.type === 'cancel') {
          // Two posts may overtake each other: a cancellation must not arrive before its call.
          const carried = outstanding.get(message.id);
          outstanding.delete(message.id);
          void carried?.then(() => send(message));
        }
      },
      onMessage(listener) {
        receive = listener;
      },
    },
    onConnection(listener) {
      listeners.add(listener);
      listener(!hasFailed);
      return () => listeners.delete(listener);
    },
  };
}
