/** The engine's own thread: an rpc server on the port to its parent thread. */
import { parentPort } from 'node:worker_threads';
import type { AppEvents, EngineThreadCalls } from '#contract/api';
import { createServer, type Server } from '#contract/rpc';
import { Engine } from './engine';
import { filesOnDisk } from './engine-files';
import { readAsarAsFiles } from './sources/asar';
import { threadPort } from './thread-port';

/** Replaced by the build. */
declare const trailglassVersion: string;

readAsarAsFiles();
const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

let server: Server<AppEvents> | null = null;
const engine = new Engine({
  version: trailglassVersion,
  files: filesOnDisk(),
  onChanged: (status) => server?.emit('archive.changed', status),
});
server = createServer<EngineThreadCalls, AppEvents>(threadPort(port), engine.handlers);
