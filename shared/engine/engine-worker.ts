/** The engine's own thread: an rpc server on the port to whoever started it. */
import { parentPort } from 'node:worker_threads';
import type { AppEvents, EngineCalls, EngineControlCalls } from '#contract/api';
import { createServer, type Message, type Server } from '#contract/rpc';
import { importSources } from './decode/decode-pool';
import { Engine } from './engine';
import { digest, forgetKeptFile, readRecord } from './sources/read-record';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

let server: Server<AppEvents> | null = null;
const engine = new Engine({
  files: { importSources, readRecord, forgetKeptFile, digest },
  onChanged: (status) => server?.emit('archive.changed', status),
});
server = createServer<EngineCalls & EngineControlCalls, AppEvents>(
  {
    post: (message: Message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', listener);
    },
  },
  engine.handlers,
);
