import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AppError } from '#contract/errors';
import type { AppService } from './app-service';
import { createDropStore } from './drop-store';
import { createHttpAccess } from './http-access';
import { answer, BodyError, refuse } from './http-answer';
import { authorityOf, isRequestAllowed } from './http-guard';
import { createHttpStreams } from './http-streams';
import { handleUpload } from './http-upload';
import type { StaticFile } from './static-files';

export interface HttpHostOptions {
  readonly service: AppService;
  /** The window's files by URL path. */
  readonly files: ReadonlyMap<string, StaticFile>;
  /** 0: the system chooses a free one. */
  readonly port: number;
  /** Instead of a random one. */
  readonly token?: string;
  readonly log: (line: string) => void;
}

/** The running browser host. */
export interface HttpHost {
  readonly port: number;
  /** The address to print: whoever has it may use the app. */
  readonly url: string;
  /** An address that is good once, to start a browser with. */
  createTicketUrl(): string;
  /** Closes all connections and removes what was dropped. */
  close(): Promise<void>;
}

const noEntry = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Trailglass</title></head>
<body><h1>Trailglass</h1><p>Please open the address that Trailglass printed where it was started: it ends in <code>?token=…</code>.
Copy it into the address bar.</p></body></html>
`;

function refuseEntry(response: ServerResponse): void {
  answer(response, 403, noEntry, { 'Content-Type': 'text/html; charset=utf-8' });
}

/** Serves the app on 127.0.0.1 and nowhere else. Rejects where the port is taken. */
export async function startHttpHost({ service, files, port, token, log }: HttpHostOptions): Promise<HttpHost> {
  let boundPort = port;
  const access = createHttpAccess(() => boundPort, token);
  const streams = createHttpStreams(service);
  const drops = createDropStore();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers, url = '' } = request;
    const fetchSite = headers['sec-fetch-site'];
    const said = { method, host: headers.host, origin: headers.origin, fetchSite: fetchSite?.toString() };
    if (!isRequestAllowed(said, boundPort)) {
      refuseEntry(response);
      return;
    }
    const [path = '', query] = url.split('?');
    const offered = path === '/' && method === 'GET' ? new URLSearchParams(query).get('token') : null;
    if (offered !== null && access.accepts(offered)) {
      answer(response, 303, '', { Location: '/', 'Set-Cookie': access.setCookie });
    } else if (offered !== null || !access.hasCookie(headers.cookie)) {
      refuseEntry(response);
    } else if (method === 'GET' || method === 'HEAD') {
      await get(path, request, response);
    } else if (method === 'POST') {
      await post(path, request, response);
    } else {
      refuse(response, 405, 'There is nothing to do that to.');
    }
  }

  async function get(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/events' && request.method === 'GET') {
      streams.open(request, response);
      return;
    }
    const file = files.get(path);
    if (file === undefined) refuse(response, 404, 'There is no such file.');
    else answer(response, 200, await readFile(file.path), { 'Content-Type': file.contentType });
  }

  async function post(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/rpc') await streams.post(request, response);
    else if (path === '/upload/begin' || path === '/upload/file' || path === '/upload/end') {
      await handleUpload(path, request, response, drops, service.sources);
    } else refuse(response, 404, 'There is nothing to post to.');
  }

  function fail(response: ServerResponse, error: unknown): void {
    if (error instanceof BodyError) refuse(response, error.status, error.message);
    else if (error instanceof AppError && error.code === 'not-found') refuse(response, 404, error.message);
    else {
      const message = error instanceof Error ? error.message : String(error);
      log(`a request failed: ${message}`);
      if (response.headersSent || response.destroyed) response.destroy();
      else refuse(response, 500, message);
    }
  }

  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      fail(response, error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  boundPort = address.port;
  const urlWith = (secret: string): string => `http://${authorityOf(boundPort)}/?token=${encodeURIComponent(secret)}`;

  return {
    port: boundPort,
    url: urlWith(access.token),
    createTicketUrl: () => urlWith(access.createTicket()),
    async close() {
      streams.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
      await drops.remove();
    },
  };
}
