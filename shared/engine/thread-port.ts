import type { Message, Port } from '#contract/rpc';

/** Either end of a thread: the `Worker` for whoever started it, the `parentPort` within. */
interface ThreadEnd {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

/** The messages between the engine's thread and whoever started it, as a port for the protocol. */
export function threadPort(end: ThreadEnd): Port {
  return {
    post: (message) => {
      end.postMessage(message);
    },
    onMessage: (listener) => {
      end.on('message', listener);
    },
  };
}
