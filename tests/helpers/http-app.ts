import { mkdir, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Message } from '#contract/rpc';
import { createAppService, type AppService } from '#host/app-service';
import { createEvidence } from '#host/evidence';
import { startHttpHost } from '#host/http-host';
import { createSettingsStore } from '#host/settings-store';
import { listStaticFiles } from '#host/static-files';
import { stubEngine, type StubEngine } from './stub-engine';
import { temporaryFolder } from './temporary-folder';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  /** Without the headers a page of ours sends: cookie, and Origin on a post. */
  readonly isStranger?: boolean;
}

/** A window's event stream. */
export interface Stream {
  readonly id: string;
  /** The next message; waits for it. */
  next(): Promise<Message>;
  /** The next message that answers a call, whatever events lie between. */
  nextReply(): Promise<Message>;
  close(): void;
}

/** The real browser host over a stub engine, on a port of its own. */
export interface HttpApp {
  readonly port: number;
  readonly origin: string;
  readonly url: string;
  readonly folder: string;
  readonly service: AppService;
  readonly engine: StubEngine;
  createTicketUrl(): string;
  close(): Promise<void>;
  /** Sends exactly this path and these headers, which `fetch` would not. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  openStream(): Promise<Stream>;
  /** Posts a message as the page does. */
  post(stream: string, message: unknown): Promise<Answer>;
}

export async function startHttpApp(engine = stubEngine()): Promise<HttpApp> {
  const folder = await temporaryFolder();
  const built = join(folder, 'renderer');
  await mkdir(join(built, 'assets'), { recursive: true });
  await writeFile(join(built, 'index.html'), '<!doctype html><p>window</p>');
  await writeFile(join(built, 'assets', 'main.js'), 'export {};');
  await writeFile(join(folder, 'secret.json'), '{"secret":true}');

  const evidence = createEvidence();
  const log = (): void => undefined;
  const service = createAppService(
    {
      info: { version: '1.2.3', host: 'browser', platform: 'linux', nativeDialogs: false },
      startFolder: folder,
      sampleFolder: built,
      pick: () => Promise.resolve(null),
    },
    { engine, store: createSettingsStore(join(folder, 'config'), { log, evidence }), evidence, log },
  );
  const files = await listStaticFiles(built);
  const host = await startHttpHost({ service, files, port: 0, log: () => undefined });
  let isClosed = false;
  async function close(): Promise<void> {
    if (!isClosed) await host.close();
    isClosed = true;
  }
  onTestFinished(close);
  const origin = `http://127.0.0.1:${String(host.port)}`;
  let cookie = '';

  function headersOf({ method = 'GET', headers = {}, isStranger = false }: Ask): OutgoingHttpHeaders {
    const ours = isStranger ? {} : { Cookie: cookie, ...(method === 'POST' ? { Origin: origin } : {}) };
    return { ...ours, ...headers };
  }

  function ask(path: string, asked: Ask = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: host.port, path, method: asked.method ?? 'GET', agent: false };
      const request = httpRequest({ ...options, headers: headersOf(asked) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      request.on('error', reject);
      request.end(asked.body);
    });
  }

  async function openStream(): Promise<Stream> {
    const arrived: Message[] = [];
    const waiting: ((message: Message) => void)[] = [];
    let close: () => void = () => undefined;
    const id = await new Promise<string>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: host.port, path: '/events', agent: false };
      const request = httpRequest({ ...options, headers: headersOf({}) }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('error', () => undefined);
        response.on('data', (chunk: string) => {
          text += chunk;
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            const block = text.slice(0, end);
            text = text.slice(end + 2);
            // Lines end with \n here and nowhere else: a regular expression would see one at U+2028 as well.
            const data = block
              .split('\n')
              .find((line) => line.startsWith('data: '))
              ?.slice(6);
            if (data === undefined) continue;
            if (block.startsWith('event: stream')) resolve(JSON.parse(data) as string);
            else {
              const message = JSON.parse(data) as Message;
              const waiter = waiting.shift();
              if (waiter === undefined) arrived.push(message);
              else waiter(message);
            }
          }
        });
      });
      request.on('error', reject);
      request.end();
      close = () => request.destroy();
    });
    const next = (): Promise<Message> => {
      const message = arrived.shift();
      return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
    };
    onTestFinished(close);
    return {
      id,
      next,
      async nextReply() {
        for (;;) {
          const message = await next();
          if (message.type !== 'event') return message;
        }
      },
      close,
    };
  }

  const entered = await ask(host.url.slice(origin.length), { isStranger: true });
  cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';

  return {
    port: host.port,
    origin,
    url: host.url,
    folder,
    service,
    engine,
    createTicketUrl: () => host.createTicketUrl(),
    close,
    ask,
    openStream,
    post: (stream, message) =>
      ask('/rpc', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ stream, message }),
      }),
  };
}
