/** What the parts of the double share: whether the app is ready, the Chromium, and what went wrong. */
import { connect as connectSocket, createServer } from 'node:net';
import { Protocol } from './protocol';
import { startChromium } from './chromium';

type Task = () => void;
const atExit: Task[] = [];
process.on('exit', () => {
  for (const task of atExit) task();
});

export const life = {
  isReady: false,
  isQuitting: false,
  atExit: (task: Task): void => void atExit.push(task),
  /** A use of Electron that would have failed or misled: never overlooked, since tests hold standard error to be empty. */
  fault(message: string): void {
    process.stderr.write(`Electron double: ${message}\n`);
  },
};

/** @throws where Electron throws: before the app is ready */
export function mustBeReady(what: string): void {
  if (!life.isReady) throw new Error(`${what} can only be used after the app is ready`);
}

/** @throws after the app is ready */
export function mustNotBeReady(what: string): void {
  if (life.isReady) throw new Error(`${what} can only be called before the app is ready`);
}

/** The switches the app has set for Chromium. */
export const switches = new Map<string, string>();

let endpoint = '';
let connection: Promise<Protocol> | null = null;

/** The connection to Chromium, made at first use. */
export function chromium(): Promise<Protocol> {
  connection ??= connect();
  return connection;
}

/** A Chromium that others share is taken only where it runs with this app's switches. */
async function connect(): Promise<Protocol> {
  const shared = process.env['ELECTRON_DOUBLE_CHROMIUM'];
  const program = process.env['ELECTRON_DOUBLE_CHROMIUM_PROGRAM'] ?? '/usr/bin/chromium';
  endpoint = shared ?? (await startChromium(program, switches)).endpoint;
  const protocol = await Protocol.connect(endpoint);
  const { arguments: given } = await protocol.send<{ arguments: string[] }>('Browser.getBrowserCommandLine');
  for (const [name, value] of switches) {
    const text = value === '' ? `--${name}` : `--${name}=${value}`;
    if (!given.includes(text)) throw new Error(`the shared Chromium was started without ${text}`);
  }
  return protocol;
}

/**
 * The address at which Playwright reaches Chromium: by way of this process, so that its connection ends when the app does, although
 * Chromium goes on.
 */
export function relay(): Promise<string> {
  const { hostname, port, pathname } = new URL(endpoint);
  const server = createServer((client) => {
    const socket = connectSocket(Number(port), hostname);
    client.pipe(socket).pipe(client);
    client.on('error', () => socket.destroy());
    socket.on('error', () => client.destroy());
  });
  server.unref();
  return new Promise((resolve) => {
    server.listen(0, hostname, () => {
      const address = server.address();
      resolve(`ws://${hostname}:${String(typeof address === 'object' ? address?.port : '')}${pathname}`);
    });
  });
}
