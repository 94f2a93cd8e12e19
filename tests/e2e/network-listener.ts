/** What a page sends is counted here: a port for each way out, which takes connections and packets and answers nothing. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket as Connection } from 'node:net';

export interface Listener<Way extends string> {
  readonly ports: Readonly<Record<Way, number>>;
  /** The ports with a connection or packet so far. */
  readonly reached: ReadonlySet<Way>;
  /** Those to which something was said: a packet, or bytes on a connection. */
  readonly spokenTo: ReadonlySet<Way>;
  close(): Promise<void>;
}

/** On 127.0.0.1, TCP and UDP at the same number. */
export async function listen<Way extends string>(ways: readonly Way[]): Promise<Listener<Way>> {
  const reached = new Set<Way>();
  const spokenTo = new Set<Way>();
  const ports = new Map<Way, number>();
  const open: { close(done: () => void): unknown }[] = [];
  const connections = new Set<Connection>();
  for (const way of ways) {
    const tcp = createServer((connection) => {
      reached.add(way);
      connections.add(connection.on('error', () => undefined));
      connection.once('data', () => {
        spokenTo.add(way);
        connection.destroy();
      });
    }).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const address = tcp.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const udp = createSocket('udp4').bind(port, '127.0.0.1');
    udp.on('message', () => {
      reached.add(way);
      spokenTo.add(way);
    });
    await once(udp, 'listening');
    ports.set(way, port);
    open.push(tcp, udp);
  }
  return {
    ports: Object.fromEntries(ports) as Record<Way, number>,
    reached,
    spokenTo,
    async close() {
      for (const connection of connections) connection.destroy();
      await Promise.all(open.map((each) => new Promise<void>((resolve) => void each.close(resolve))));
    },
  };
}
