/** Chromium's DevTools protocol over its WebSocket: commands, and events by name and session. */

export type Params = Readonly<Record<string, unknown>>;
type Listener = (params: never, sessionId: string | undefined) => void;

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export class Protocol {
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Map<string, Listener[]>();
  private lastId = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => this.receive(JSON.parse(String(data)) as Reply));
  }

  /** Connects to `ws://127.0.0.1:PORT/devtools/browser/ID`. */
  static async connect(endpoint: string): Promise<Protocol> {
    const socket = new WebSocket(endpoint);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`Chromium does not answer at ${endpoint}`)));
    });
    return new Protocol(socket);
  }

  send<Result = unknown>(method: string, params: Params = {}, sessionId?: string): Promise<Result> {
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise<Result>((resolve, reject) => this.waiting.set(id, { method, resolve, reject }));
  }

  on<Event>(method: string, listener: (params: Event, sessionId: string | undefined) => void): void {
    this.listeners.set(method, [...(this.listeners.get(method) ?? []), listener]);
  }

  private receive(reply: Reply): void {
    if (reply.id === undefined) {
      for (const listener of this.listeners.get(reply.method ?? '') ?? []) {
        listener(reply.params as never, reply.sessionId);
      }
      return;
    }
    const call = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.error === undefined) call?.resolve(reply.result as never);
    else call?.reject(new Error(`${call.method}: ${reply.error.message}`));
  }
}
