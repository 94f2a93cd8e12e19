import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Bounds on open connections and their idle time. */
export interface HttpLimits {
  /** The most connections without authentication. */
  readonly strangers: number;
  /** For all headers of a request. */
  readonly headersMs: number;
  /** For a whole JSON body; the bytes of a file may take as long as they come. */
  readonly bodyMs: number;
  /** Without a byte in either direction. Longer than the heartbeat of the streams. */
  readonly silenceMs: number;
}

export const usualLimits: HttpLimits = { strangers: 32, headersMs: 10_000, bodyMs: 10_000, silenceMs: 30_000 };

/** Of any kind, far above what the tabs of a person take. */
const mostConnections = 256;

/** Keeps other programs of this computer from taking all connections. */
export interface HttpConnections {
  /** The client of this connection is authenticated. */
  trust(socket: Socket): void;
  /** Ends all other connections. */
  endOthers(socket: Socket): void;
}

/** Closes the oldest unauthenticated connection where there are too many, so that the app's owner can always connect. */
export function limitConnections(server: Server, limits: HttpLimits): HttpConnections {
  const strangers = new Set<Socket>();
  const all = new Set<Socket>();
  server.maxConnections = mostConnections;
  server.setTimeout(limits.silenceMs);
  server.on('connection', (socket: Socket) => {
    all.add(socket);
    strangers.add(socket);
    socket.once('close', () => {
      all.delete(socket);
      strangers.delete(socket);
    });
    const [oldest] = strangers;
    if (strangers.size > limits.strangers) oldest?.destroy();
  });
  return {
    trust(socket) {
      strangers.delete(socket);
    },
    endOthers(kept) {
      for (const socket of all) if (socket !== kept) socket.destroy();
    },
  };
}
