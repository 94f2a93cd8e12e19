import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Message } from '#contract/rpc';
import type { AppService, Connection } from './app-service';
import { windowMessage } from './guards';
import { answerDone, BodyError, readJson, refuse, startEventStream } from './http-answer';

/** The windows that are connected: one event stream each for what goes down, posts for what comes up. */
export interface HttpStreams {
  /** `GET /events`. Its first event, `stream`, names the stream; all others are rpc messages. */
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

const postSchema = v.strictObject({ stream: v.string(), message: v.unknown() });

export function createHttpStreams(service: AppService): HttpStreams {
  const streams = new Map<string, Stream>();
  // Finds connections that died without a word, and keeps idle ones from being cut.
  const heartbeat = setInterval(() => {
    for (const { response } of streams.values()) response.write(':\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  return {
    open(_request, response) {
      if (streams.size >= mostStreams) {
        refuse(response, 503, 'Trailglass is open in too many tabs: close one.');
        return;
      }
      const id = randomUUID();
      startEventStream(response);
      response.write(`event: stream\ndata: ${JSON.stringify(id)}\n\n`);
      let receive: (message: Message) => void = () => undefined;
      const connection = service.connect({
        // JSON has no line break outside its strings and escapes those within: one `data` line is enough.
        post: (message) => response.write(`data: ${JSON.stringify(message)}\n\n`),
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
      const body = v.safeParse(postSchema, await readJson(request, mostBodyBytes));
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
