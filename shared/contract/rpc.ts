/**
 * Calls, cancellation, progress and events over anything that carries messages: a worker's port, Electron's IPC, HTTP.
 *
 * One side makes a client, the other a server, each over a {@link Port}. Calls go from client to server; replies and events come back.
 */
import { AppError, fromWireError, toWireError, type WireError } from './errors';

/** Carries messages that survive structured clone and JSON, in order. */
export interface Port {
  post(message: Message): void;
  /** Sets the one listener. */
  onMessage(listener: (message: Message) => void): void;
}

export type Message =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly request: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** The shape every call map has: see `Call` in `api.ts`. */
export type CallMap<Calls> = {
  readonly [Name in keyof Calls]: { readonly request: unknown; readonly result: unknown; readonly progress: unknown };
};

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Client<Calls extends CallMap<Calls>, Events> {
  /** Rejects with an {@link AppError}; with code `cancelled` once the signal aborts. */
  call<Name extends keyof Calls & string>(
    name: Name,
    request: Calls[Name]['request'],
    options?: CallOptions<Calls[Name]['progress']>,
  ): Promise<Calls[Name]['result']>;
  /** Returns a function that ends the subscription. */
  on<Name extends keyof Events & string>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** The other side is gone: rejects all running and future calls with this error. */
  fail(error: AppError): void;
  /** Calls without an answer yet. */
  readonly pending: number;
}

/** What a handler may use besides its request. */
export interface CallContext<Progress> {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** One handler per call: the compiler refuses a missing or a foreign one. */
export type Handlers<Calls extends CallMap<Calls>> = {
  readonly [Name in keyof Calls]: (
    request: Calls[Name]['request'],
    context: CallContext<Calls[Name]['progress']>,
  ) => Promise<Calls[Name]['result']> | Calls[Name]['result'];
};

export interface Server<Events> {
  emit<Name extends keyof Events & string>(name: Name, payload: Events[Name]): void;
  /** Cancels all running calls; nothing is posted afterwards. */
  close(): void;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: AppError): void;
  progress(progress: unknown): void;
}

/** The calling side. */
export function createClient<Calls extends CallMap<Calls>, Events>(port: Port): Client<Calls, Events> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let lastId = 0;
  let failure: AppError | null = null;

  port.onMessage((message) => {
    switch (message.type) {
      case 'progress':
        pending.get(message.id)?.progress(message.progress);
        return;
      case 'result':
        take(message.id)?.resolve(message.result);
        return;
      case 'error':
        take(message.id)?.reject(fromWireError(message.error));
        return;
      case 'event':
        for (const listener of listeners.get(message.name) ?? []) listener(message.payload as never);
        return;
      case 'call':
      case 'cancel': // only servers get these
        return;
    }
  });

  function take(id: number): Pending | undefined {
    const entry = pending.get(id);
    pending.delete(id);
    return entry;
  }

  return {
    call(name, request, options = {}) {
      if (failure !== null) return Promise.reject(failure);
      const { signal, onProgress } = options;
      if (signal?.aborted === true) return Promise.reject(new AppError('cancelled', `${name} was cancelled`));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          port.post({ type: 'cancel', id });
          take(id)?.reject(new AppError('cancelled', `${name} was cancelled`));
        };
        signal?.addEventListener('abort', abort, { once: true });
        pending.set(id, {
          resolve: (result) => {
            signal?.removeEventListener('abort', abort);
            resolve(result);
          },
          reject: (error) => {
            signal?.removeEventListener('abort', abort);
            reject(error);
          },
          progress: (progress) => onProgress?.(progress),
        });
        port.post({ type: 'call', id, name, request });
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    fail(error) {
      failure = error;
      for (const id of [...pending.keys()]) take(id)?.reject(error);
    },
    get pending() {
      return pending.size;
    },
  };
}

/** The answering side. */
export function createServer<Calls extends CallMap<Calls>, Events>(
  port: Port,
  handlers: Handlers<Calls>,
): Server<Events> {
  const running = new Map<number, AbortController>();
  // A map, so that a call named `constructor` or `__proto__` finds nothing.
  const byName = new Map(Object.entries(handlers)) as Map<
    string,
    (request: unknown, context: CallContext<unknown>) => unknown
  >;
  let closed = false;

  const post = (message: Message): void => {
    if (!closed) port.post(message);
  };

  async function answer(id: number, name: string, request: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = byName.get(name);
      if (handler === undefined) throw new AppError('unknown-call', `there is no call named ${JSON.stringify(name)}`);
      const context = {
        signal: controller.signal,
        progress: (progress: unknown) => {
          if (!controller.signal.aborted) post({ type: 'progress', id, progress });
        },
      };
      post({ type: 'result', id, result: await handler(request, context) });
    } catch (thrown) {
      post({ type: 'error', id, error: toWireError(thrown, name) });
    } finally {
      running.delete(id);
    }
  }

  port.onMessage((message) => {
    // A number in use is refused: otherwise the call that has it could no longer be cancelled.
    if (message.type === 'call' && !running.has(message.id)) void answer(message.id, message.name, message.request);
    else if (message.type === 'cancel') running.get(message.id)?.abort();
  });

  return {
    emit: (name, payload) => post({ type: 'event', name, payload }),
    close() {
      closed = true;
      for (const controller of running.values()) controller.abort();
    },
  };
}
