import type { Message, Port } from '#contract/rpc';

/** Either end of a thread: the `Worker` in the parent, the `parentPort` in the thread. */
interface ThreadEnd {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

/** A port for the protocol between the engine's thread and its parent. */
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
