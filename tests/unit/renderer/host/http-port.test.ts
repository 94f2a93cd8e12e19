import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppCalls, AppEvents } from '#contract/api';
import { createClient, type Message } from '#contract/rpc';
import { createHttpConnection } from '../../../../renderer/host/http-port';

/** An event stream whose far side is the test. */
class FakeEventSource extends EventTarget {
  static readonly opened: FakeEventSource[] = [];
  isClosed = false;

  constructor() {
    super();
    FakeEventSource.opened.push(this);
  }

  close(): void {
    this.isClosed = true;
  }

  begin(stream: string): void {
    this.dispatchEvent(new MessageEvent('stream', { data: JSON.stringify(stream) }));
  }

  say(message: Message): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  drop(): void {
    this.dispatchEvent(new Event('error'));
  }
}

const newest = (): FakeEventSource => {
  const source = FakeEventSource.opened.at(-1);
  if (source === undefined) throw new Error('no stream was opened');
  return source;
};

/** What was posted, and the answer to each post. */
let posts: { readonly body: unknown; answer(status: number, text?: string): void; fail(): void }[] = [];

beforeEach(() => {
  posts = [];
  FakeEventSource.opened.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.stubGlobal(
    'fetch',
    (_url: string, { body }: { readonly body: string }) =>
      new Promise((resolve, reject) => {
        posts.push({
          body: JSON.parse(body),
          answer: (status, text = '') => {
            resolve(new Response(status === 204 ? null : text, { status }));
          },
          fail: () => {
            reject(new TypeError('failed to fetch'));
          },
        });
      }),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function connect() {
  const connection = createHttpConnection();
  const client = createClient<AppCalls, AppEvents>(connection.port);
  const states: boolean[] = [];
  connection.onConnection((isConnected) => states.push(isConnected));
  return { client, states };
}

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

describe('the port of the browser host', () => {
  it('holds calls back until the stream has its name', async () => {
    const { client } = connect();
    const call = client.call('app.info', null);
    await settle();
    expect(posts).toEqual([]);
    newest().begin('s1');
    await settle();
    expect(posts.map((post) => post.body)).toEqual([
      { stream: 's1', message: { type: 'call', id: 1, name: 'app.info', request: null } },
    ]);
    newest().say({ type: 'result', id: 1, result: 'info' });
    expect(await call).toBe('info');
  });

  it('sends a cancellation only after its call has arrived', async () => {
    const { client } = connect();
    newest().begin('s1');
    const controller = new AbortController();
    const call = client.call('field.list', null, { signal: controller.signal });
    await settle();
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    expect(posts).toHaveLength(1);
    posts[0]?.answer(204);
    await settle();
    expect(posts[1]?.body).toEqual({ stream: 's1', message: { type: 'cancel', id: 1 } });
  });

  it('fails what waits when the stream drops, and connects again ever later', async () => {
    const { client, states } = connect();
    newest().begin('s1');
    const call = client.call('field.list', null);
    await settle();
    newest().drop();
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await expect(client.call('app.info', null)).rejects.toMatchObject({ code: 'disconnected' });
    expect([posts.length, newest().isClosed, client.pending]).toEqual([1, true, 0]);

    for (const waitMs of [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]) {
      const before = FakeEventSource.opened.length;
      await vi.advanceTimersByTimeAsync(waitMs - 1);
      expect(FakeEventSource.opened.length).toBe(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeEventSource.opened.length).toBe(before + 1);
      newest().drop();
    }
    await vi.advanceTimersByTimeAsync(8_000);
    newest().begin('s2');
    const again = client.call('app.info', null);
    await settle();
    expect(posts.at(-1)?.body).toMatchObject({ stream: 's2', message: { name: 'app.info' } });
    newest().say({ type: 'result', id: 3, result: 'back' });
    expect(await again).toBe('back');
    expect([states[0], states.at(-2), states.at(-1)]).toEqual([true, false, true]);
  });

  it.each([
    [404, 'disconnected'],
    [403, 'disconnected'],
    [413, 'bad-request'],
  ])('turns the answer %i to a post into %s', async (status, code) => {
    const { client } = connect();
    newest().begin('s1');
    const call = expect(client.call('app.info', null)).rejects.toMatchObject({ code, message: 'why' });
    await settle();
    posts[0]?.answer(status, 'why\n');
    await call;
  });

  it('fails a call whose post does not get through', async () => {
    const { client } = connect();
    newest().begin('s1');
    const call = expect(client.call('app.info', null)).rejects.toMatchObject({ code: 'disconnected' });
    await settle();
    posts[0]?.fail();
    await call;
    expect(client.pending).toBe(0);
  });
});
