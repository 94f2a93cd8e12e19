import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppCalls, AppEvents } from '#contract/api';
import { createClient, type Message } from '#contract/rpc';
import { createHttpConnection } from '../../../../renderer/host/http-port';

/** A stream of lines whose far side is the test. */
class FakeStream {
  static readonly opened: FakeStream[] = [];
  readonly headers: Readonly<Record<string, string>>;
  readonly response: Promise<Response>;
  private answer: (response: Response) => void = () => undefined;
  private body: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(headers: Readonly<Record<string, string>>) {
    this.headers = headers;
    this.response = new Promise((resolve) => {
      this.answer = resolve;
    });
    FakeStream.opened.push(this);
  }

  async begin(stream: string): Promise<void> {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.body = controller) });
    this.answer(new Response(body));
    await this.write(`${JSON.stringify({ stream })}\n`);
  }

  say(message: Message): Promise<void> {
    return this.write(`\n${JSON.stringify(message)}\n`);
  }

  async write(text: string): Promise<void> {
    this.body?.enqueue(new TextEncoder().encode(text));
    await settle();
  }

  async refuse(status: number): Promise<void> {
    this.answer(new Response('', { status }));
    await settle();
  }

  async drop(): Promise<void> {
    if (this.body === null) this.answer(Response.error());
    else this.body.error(new TypeError('network error'));
    await settle();
  }
}

const newest = (): FakeStream => {
  const stream = FakeStream.opened.at(-1);
  if (stream === undefined) throw new Error('no stream was opened');
  return stream;
};

/** What was posted, and the answer to each post. */
let posts: {
  readonly body: unknown;
  readonly headers: object;
  answer(status: number, text?: string): void;
  fail(): void;
}[] = [];

/** How often the page was told to leave. */
let refusals = 0;

beforeEach(() => {
  posts = [];
  FakeStream.opened.length = 0;
  refusals = 0;
  vi.useFakeTimers();
  vi.stubGlobal(
    'fetch',
    (url: string, { body = '', headers }: { readonly body?: string; readonly headers: Record<string, string> }) => {
      if (url === '/events') return new FakeStream(headers).response;
      return new Promise((resolve, reject) => {
        posts.push({
          body: JSON.parse(body),
          headers,
          answer: (status, text = '') => {
            resolve(new Response(status === 204 ? null : text, { status }));
          },
          fail: () => {
            reject(new TypeError('failed to fetch'));
          },
        });
      });
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function connect() {
  const connection = createHttpConnection('secret', () => refusals++);
  const client = createClient<AppCalls, AppEvents>(connection.port);
  const states: boolean[] = [];
  connection.onConnection((isConnected) => states.push(isConnected));
  return { client, states };
}

/** A stream's pieces come by several turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await vi.advanceTimersByTimeAsync(0);
}

describe('the port of the browser host', () => {
  it('holds calls back until the stream has its name', async () => {
    const { client } = connect();
    const call = client.call('app.info', null);
    await settle();
    expect(posts).toEqual([]);
    await newest().begin('s1');
    await settle();
    expect(posts.map((post) => post.body)).toEqual([
      { stream: 's1', message: { type: 'call', id: 1, name: 'app.info', request: null } },
    ]);
    await newest().say({ type: 'result', id: 1, result: 'info' });
    expect(await call).toBe('info');
  });

  it('sends a cancellation only after its call has arrived', async () => {
    const { client } = connect();
    await newest().begin('s1');
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
    await newest().begin('s1');
    const call = expect(client.call('field.list', null)).rejects.toMatchObject({ code: 'disconnected' });
    await settle();
    await newest().drop();
    await call;
    await expect(client.call('app.info', null)).rejects.toMatchObject({ code: 'disconnected' });
    expect([posts.length, client.pending]).toEqual([1, 0]);

    for (const waitMs of [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]) {
      const before = FakeStream.opened.length;
      await vi.advanceTimersByTimeAsync(waitMs - 1);
      expect(FakeStream.opened.length).toBe(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeStream.opened.length).toBe(before + 1);
      await newest().drop();
    }
    await vi.advanceTimersByTimeAsync(8_000);
    await newest().begin('s2');
    const again = client.call('app.info', null);
    await settle();
    expect(posts.at(-1)?.body).toMatchObject({ stream: 's2', message: { name: 'app.info' } });
    await newest().say({ type: 'result', id: 3, result: 'back' });
    expect(await again).toBe('back');
    expect([states[0], states.at(-2), states.at(-1)]).toEqual([true, false, true]);
  });

  it('shows its key with every request, and leaves where the host does not know it', async () => {
    const { client, states } = connect();
    await newest().begin('s1');
    void client.call('app.info', null).catch(() => undefined);
    await settle();
    expect([newest().headers, posts[0]?.headers]).toMatchObject([
      { Authorization: 'Bearer secret' },
      { Authorization: 'Bearer secret' },
    ]);
    await newest().drop();
    await vi.advanceTimersByTimeAsync(250);
    await newest().refuse(403);
    expect([refusals, states.at(-1)]).toEqual([1, false]);
    const before = FakeStream.opened.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeStream.opened.length).toBe(before);
  });

  it('puts lines together that come in pieces, and none that is cut off', async () => {
    const { client } = connect();
    await newest().begin('s1');
    const call = client.call('app.info', null);
    await settle();
    const line = `${JSON.stringify({ type: 'result', id: 1, result: 'ü\u2028' })}\n{"type":"res`;
    for (const piece of line.match(/[^]{1,5}/g) ?? []) await newest().write(piece);
    expect(await call).toBe('ü\u2028');
    await newest().drop();
    expect(client.pending).toBe(0);
  });

  it.each([
    [404, 'disconnected'],
    [403, 'disconnected'],
    [413, 'bad-request'],
  ])('turns the answer %i to a post into %s', async (status, code) => {
    const { client } = connect();
    await newest().begin('s1');
    const call = expect(client.call('app.info', null)).rejects.toMatchObject({ code, message: 'why' });
    await settle();
    posts[0]?.answer(status, 'why\n');
    await call;
  });

  it('fails a call whose post does not get through', async () => {
    const { client } = connect();
    await newest().begin('s1');
    const call = expect(client.call('app.info', null)).rejects.toMatchObject({ code: 'disconnected' });
    await settle();
    posts[0]?.fail();
    await call;
    expect(client.pending).toBe(0);
  });
});
