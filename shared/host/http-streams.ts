import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Message } from '#contract/rpc';
import type { AppService, Connection } from './app-service';
import { windowMessage } from './guards';
import { answerDone, BodyError, readJson, refuse, startLines } from './http-answer';

/**
 * The connected windows: the host sends over one stream each, and the window sends posts.
 *
 * The stream is read by `fetch` and not by `EventSource`, which cannot send the page's key.
 */
export interface HttpStreams {
  /** `GET /events`: one JSON text per line. The first, `{stream}`, names the stream; all others are rpc messages. Empty lines say nothing. */
  open(request: IncomingMessage, response: ServerResponse): void;
  /** `POST /rpc` with `{stream, message}`. */
  post(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
}

interface Stream {
  readonly response: ServerResponse;
  readonly connection: Connection;
  receive(message: Message): void;
}

/** A query or the settings fit many times over. */
const mostBodyBytes = 1_048_576;

/** A browser gives one origin six connections in all, every tab together: the last must stay free for posts. */
const mostStreams = 5;

const heartbeatMs = 15_000;

/** The most bytes buffered for a page that does not read; past it, the page must connect again. */
const mostWaitingBytes = 64 * 2 ** 20;

const postSchema = v.strictObject({ stream: v.string(), message: v.unknown() });

export function createHttpStreams(service: AppService, bodyMs: number): HttpStreams {
  const streams = new Map<string, Stream>();
  // Detects dead connections, and keeps idle ones from being closed.
  const heartbeat = setInterval(() => {
    for (const { response } of streams.values()) write(response, '');
  }, heartbeatMs);
  heartbeat.unref();

  /** JSON has no line break outside its strings and escapes those within. */
  function write(response: ServerResponse, line: string): void {
    response.write(`${line}\n`);
    if (response.writableLength > mostWaitingBytes) response.destroy();
  }

  return {
    open(_request, response) {
      if (streams.size >= mostStreams) {
        refuse(response, 503, 'Trailglass is open in too many tabs: close one.');
        return;
      }
      const id = randomUUID();
      startLines(response);
      write(response, JSON.stringify({ stream: id }));
      let receive: (message: Message) => void = () => undefined;
      const connection = service.connect({
        post: (message) => {
          write(response, JSON.stringify(message));
        },
        onMessage: (listener) => {
          receive = listener;
        },
      });
      streams.set(id, {
        response,
        connection,
        receive: (message) => {
          receive(message);
        },
      });
      response.on('close', () => {
        streams.delete(id);
        connection.close();
      });
    },

    async post(request, response) {
      const body = v.safeParse(postSchema, await readJson(request, { bytes: mostBodyBytes, bodyMs }));
      const message = body.success ? windowMessage(body.output.message) : null;
      if (!body.success || message === null) throw new BodyError(400, 'the body is not a message');
      const stream = streams.get(body.output.stream);
      if (stream === undefined) throw new BodyError(404, 'there is no such stream');
      stream.receive(message);
      answerDone(response);
    },

    close() {
      clearInterval(heartbeat);
      for (const { response, connection } of streams.values()) {
        connection.close();
        response.end();
      }
      streams.clear();
    },
  };
}
