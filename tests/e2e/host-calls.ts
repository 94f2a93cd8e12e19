/** Calls of a browser host as its window makes them, without a window. */
import { request as httpRequest, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { AppCalls, AppEvents } from '../../shared/contract/api';
import { createClient, type Client, type Message } from '../../shared/contract/rpc';

export interface HostCalls extends Pick<Client<AppCalls, AppEvents>, 'call'> {
  close(): void;
}

/** Goes in by an address with its token. Rejects where the host lets nobody in. */
export async function callsOf(address: string): Promise<HostCalls> {
  const { origin, href } = new URL(address);
  const ask = (path: string, headers: OutgoingHttpHeaders, method = 'GET'): ClientRequest =>
    httpRequest(new URL(path, origin), { agent: false, method, headers });
  const answerTo = async (request: ClientRequest): Promise<IncomingMessage> => {
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  };

  const entered = await answerTo(ask(href, {}));
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const key = /url=\/#key=([\w-]+)"/.exec(await text(entered))?.[1] ?? '';
  const session = { Cookie: cookie, Authorization: `Bearer ${key}` };

  const events = ask('/events', session);
  const stream = await answerTo(events);
  if (stream.statusCode !== 200) throw new Error(`the host does not let its test in: ${String(stream.statusCode)}`);
  const lines = createInterface(stream);
  const [first] = (await once(lines, 'line')) as [string];
  const { stream: id } = JSON.parse(first) as { readonly stream: string };

  const client = createClient<AppCalls, AppEvents>({
    post(message) {
      const post = ask('/rpc', { ...session, Origin: origin, 'Content-Type': 'application/json' }, 'POST');
      post.on('response', (response) => response.resume());
      post.end(JSON.stringify({ stream: id, message }));
    },
    onMessage(listener) {
      lines.on('line', (line) => {
        if (line !== '') listener(JSON.parse(line) as Message);
      });
    },
  });
  return {
    call: client.call,
    close() {
      lines.close();
      events.destroy();
    },
  };
}
