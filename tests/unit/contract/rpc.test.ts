import { describe, expect, it } from 'vitest';
import { createServer, type Message, type Port } from '#contract/rpc';

interface Calls {
  readonly wait: { readonly request: string; readonly result: string; readonly progress: never };
}

describe('a server of calls', () => {
  it('lets no second call with a number in use take the cancellation of the first away', async () => {
    let receive: (message: Message) => void = () => undefined;
    const port: Port = {
      post: () => undefined,
      onMessage: (listener) => {
        receive = listener;
      },
    };
    const cancelled: string[] = [];
    const begun: string[] = [];
    createServer<Calls, Record<never, never>>(port, {
      wait: (request, { signal }) => {
        begun.push(request);
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            cancelled.push(request);
            resolve(request);
          });
        });
      },
    });
    receive({ type: 'call', id: 1, name: 'wait', request: 'first' });
    receive({ type: 'call', id: 1, name: 'wait', request: 'second' });
    receive({ type: 'cancel', id: 1 });
    await Promise.resolve();
    expect({ begun, cancelled }).toEqual({ begun: ['first'], cancelled: ['first'] });
  });
});
