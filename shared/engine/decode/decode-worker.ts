/** The entry of a decode thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { readAsarAsFiles } from '../sources/asar';
import { FileListing } from '../sources/file-listing';
import { DecodeRun } from './decode-run';
import { PoolControl } from './pool-control';
import { ThreadHost } from './thread-host';
import { buffersOf, type ThreadMessage, type ThreadStart } from './thread-messages';

readAsarAsFiles();
const { thread, files: sharedFiles, again, options, control: shared } = workerData as ThreadStart;
const files = new FileListing(sharedFiles);
const control = new PoolControl(shared);

function post(message: ThreadMessage, transfer: ArrayBuffer[]): void {
  parentPort?.postMessage(message, transfer);
}

const host = new ThreadHost(control, thread, files, again, (segment, outcomes) => {
  post({ kind: 'delivery', segment, outcomes }, segment === null ? [] : buffersOf(segment));
  if (segment !== null) control.segmentSent(thread);
});
await new DecodeRun(files, host, options).run(() => undefined);
post({ kind: 'done' }, []);
