import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AppError } from '#contract/errors';
import type { AppService } from './app-service';
import { createDropStore } from './drop-store';
import type { Evidence } from './evidence';
import { createHttpAccess } from './http-access';
import { answer, BodyError, refuse } from './http-answer';
import { limitConnections, usualLimits, type HttpLimits } from './http-connections';
import { letIn, refuseEntry, refuseUsedTicket } from './http-entry';
import { authorityOf, isEntryAllowed, isRequestAllowed } from './http-guard';
import { createHttpStreams } from './http-streams';
import { handleUpload } from './http-upload';
import type { StaticFile } from './static-files';

export interface HttpHostOptions {
  readonly service: AppService;
  /** The window's files by URL path. */
  readonly files: ReadonlyMap<string, StaticFile>;
  /** 0: the system chooses a free one. */
  readonly port: number;
  readonly evidence: Evidence;
  /** Called when a ticket was used: its file can be removed. */
  readonly onTicketUsed?: () => void;
  readonly limits?: Partial<HttpLimits>;
  readonly log: (line: string) => void;
}

/** The running browser host. */
export interface HttpHost {
  readonly port: number;
  /** The address to print. It gives access to the app. */
  readonly url: string;
  /** An address that can be used once, to start a browser with. */
  createTicketUrl(): string;
  /** Closes all connections and removes what was dropped. */
  close(): Promise<void>;
}

/** Serves the app on 127.0.0.1 and nowhere else. Rejects where the port is taken. */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { service, files, port, evidence, onTicketUsed, log } = options;
  const limits = { ...usualLimits, ...options.limits };
  let boundPort = port;
  const access = createHttpAccess(() => boundPort);
  const streams = createHttpStreams(service, limits.bodyMs);
  const drops = createDropStore({ evidence });

  const urlWith = (secret: string): string => `http://${authorityOf(boundPort)}/?token=${encodeURIComponent(secret)}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers, url = '' } = request;
    const said = {
      method,
      host: headers.host,
      origin: headers.origin,
      fetchSite: headers['sec-fetch-site']?.toString(),
      fetchMode: headers['sec-fetch-mode']?.toString(),
      fetchDest: headers['sec-fetch-dest']?.toString(),
    };
    const [path = '', query] = url.split('?');
    const offered = path === '/' && method === 'GET' ? new URLSearchParams(query).get('token') : null;
    if (offered !== null && isEntryAllowed(said, boundPort)) {
      enter(offered, request, response);
      return;
    }
    // The files of the window are loaded by a browser, which sends no key for them; they hold nothing of the evidence.
    const isFile = path !== '/events' && (method === 'GET' || method === 'HEAD');
    const hasKey = access.hasKey(headers.authorization);
    const isIn = access.hasCookie(headers.cookie) && (isFile || hasKey);
    if (offered !== null || !isRequestAllowed(said, boundPort) || !isIn) {
      refuseEntry(response);
      return;
    }
    if (hasKey) connections.trust(request.socket);
    if (method === 'GET' || method === 'HEAD') {
      await get(path, request, response);
    } else if (method === 'POST') {
      await post(path, request, response);
    } else {
      refuse(response, 405, 'This method is not allowed here.');
    }
  }

  function enter(offered: string, request: IncomingMessage, response: ServerResponse): void {
    const entry = access.enter(offered);
    switch (entry) {
      case 'entered':
        if (offered !== access.token) onTicketUsed?.();
        letIn(response, access.setCookie, access.key);
        return;
      case 'used-twice':
        connections.endOthers(request.socket);
        refuseUsedTicket(response);
        log(
          `The one-time address was used twice: somebody else on this computer may have opened Trailglass. Every window was signed out.`,
        );
        log(`To go on, open this address yourself: ${urlWith(access.token)}`);
        return;
      case 'refused':
        refuseEntry(response);
        return;
      default:
        entry satisfies never;
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
      await handleUpload(path, request, response, drops, service.sources, limits.bodyMs);
    } else refuse(response, 404, 'Nothing can be posted to this address.');
  }

  function fail(response: ServerResponse, error: unknown): void {
    if (error instanceof BodyError) refuse(response, error.status, error.message);
    else if (error instanceof AppError && error.code === 'not-found') refuse(response, 404, error.message);
    else if (error instanceof AppError && error.code === 'not-written') refuse(response, 413, error.message);
    else {
      const message = error instanceof Error ? error.message : String(error);
      log(`a request failed: ${message}`);
      if (response.headersSent || response.destroyed) response.destroy();
      else refuse(response, 500, message);
    }
  }

  // No limit for a whole request: the bytes of a large file may take long.
  const timeouts = { requestTimeout: 0, headersTimeout: limits.headersMs, connectionsCheckingInterval: 1_000 };
  const server = createServer(timeouts, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      fail(response, error);
    });
  });
  const connections = limitConnections(server, limits);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  boundPort = address.port;
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
