import { mkdir, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Message } from '#contract/rpc';
import { createAppService, type AppService } from '#host/app-service';
import { createEvidence } from '#host/evidence';
import { startHttpHost, type HttpHostOptions } from '#host/http-host';
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
  /** Without the headers a page of ours sends: cookie, key, and Origin on a post. */
  readonly isStranger?: boolean;
}

/** A window's event stream. */
export interface Stream {
  readonly id: string;
  /** The next message; waits for it. */
  next(): Promise<Message>;
  /** The next message that answers a call, whatever events lie between. */
  nextReply(): Promise<Message>;
  /** Settles when the host has ended it. */
  readonly ended: Promise<void>;
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
  /** What the page sends with a post. */
  pageHeaders(): Readonly<Record<string, string>>;
  close(): Promise<void>;
  /** Sends exactly this path and these headers, which `fetch` would not. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  openStream(): Promise<Stream>;
  /** Posts a message as the page does. */
  post(stream: string, message: unknown): Promise<Answer>;
}

/** What a browser keeps of being let in, as it sends it back. */
export function cookieIn(entered: Answer): string {
  return entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

export function keyIn(entered: Answer): string {
  return /url=\/#key=([\w-]+)"/.exec(entered.body)?.[1] ?? '';
}

export async function startHttpApp(engine = stubEngine(), more: Partial<HttpHostOptions> = {}): Promise<HttpApp> {
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
  const host = await startHttpHost({ service, files, port: 0, evidence, log, ...more });
  let isClosed = false;
  async function close(): Promise<void> {
    if (!isClosed) await host.close();
    isClosed = true;
  }
  onTestFinished(close);
  const origin = `http://127.0.0.1:${String(host.port)}`;
  let cookie = '';
  let key = '';

  function headersOf({ method = 'GET', headers = {}, isStranger = false }: Ask): OutgoingHttpHeaders {
    const ours = isStranger
      ? {}
      : { Cookie: cookie, Authorization: `Bearer ${key}`, ...(method === 'POST' ? { Origin: origin } : {}) };
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
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const id = await new Promise<string>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: host.port, path: '/events', agent: false };
      const request = httpRequest({ ...options, headers: headersOf({}) }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('error', () => undefined);
        response.on('close', end);
        response.on('data', (chunk: string) => {
          text += chunk;
          for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
            const line = text.slice(0, end);
            text = text.slice(end + 1);
            if (line === '') continue;
            const said = JSON.parse(line) as Message | { readonly stream: string };
            if ('stream' in said) resolve(said.stream);
            else {
              const message = said;
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
      ended,
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
  cookie = cookieIn(entered);
  key = keyIn(entered);

  return {
    port: host.port,
    origin,
    url: host.url,
    folder,
    service,
    engine,
    createTicketUrl: () => host.createTicketUrl(),
    pageHeaders: () => ({ Cookie: cookie, Authorization: `Bearer ${key}`, Origin: origin }),
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
