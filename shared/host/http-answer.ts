import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from './content-security-policy';

const everyAnswer = securityHeaders('self');

/** Ends a request with a body. The headers that every answer carries are added. */
export function answer(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...everyAnswer,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Ends a successful request without a body. */
export function answerDone(response: ServerResponse): void {
  response.writeHead(204, everyAnswer);
  response.end();
}

/** Ends a request that is refused, in one line of plain text. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  answer(response, status, `${message}\n`);
}

export function answerJson(response: ServerResponse, value: unknown): void {
  answer(response, 200, JSON.stringify(value), { 'Content-Type': 'application/json; charset=utf-8' });
}

/** Starts a stream of JSON texts, one per line. */
export function startLines(response: ServerResponse): void {
  response.writeHead(200, { ...everyAnswer, 'Content-Type': 'application/x-ndjson; charset=utf-8' });
  response.flushHeaders();
}

/** Why a body was refused, with the HTTP status. */
export class BodyError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface BodyLimits {
  readonly bytes: number;
  /** From the headers to the last byte. */
  readonly bodyMs: number;
}

/**
 * Reads a small JSON body. Rejects with {@link BodyError} on another content type, on too many bytes, on what is not JSON. A body that takes too
 * long ends its connection.
 */
export async function readJson(request: IncomingMessage, { bytes: mostBytes, bodyMs }: BodyLimits): Promise<unknown> {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') throw new BodyError(415, 'the body must be application/json');
  const tooLarge = new BodyError(413, `the body is larger than ${String(mostBytes)} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => request.destroy(), bodyMs);
  request.once('close', () => {
    clearTimeout(timer);
  });
  // Leaving the loop early must not tear the connection down: the answer still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BodyError(400, 'the body is not JSON');
  }
}
