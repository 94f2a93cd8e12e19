/**
 * The least that reading an archive the obvious way costs: gunzip and `JSON.parse` of every file, on as many threads as the engine
 * decodes with, nothing kept.
 */
import { readFileSync } from 'node:fs';
import { parentPort, Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { stopwatch, type Elapsed } from './measure';

/** A thread's request for work has no content; the answer is a path, or null when there is none left. */
type Work = string | null;

/** Reads all files; resolves with what it took, the starting of the threads included. */
export async function measureFloor(program: string, files: readonly string[], threads: number): Promise<Elapsed> {
  const watch = stopwatch();
  const waiting = files.values();
  await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(program));
          worker.on('message', () => {
            const next = waiting.next();
            const work: Work = next.done === true ? null : next.value;
            worker.postMessage(work);
          });
          worker.on('error', reject);
          worker.on('exit', () => {
            resolve();
          });
        }),
    ),
  );
  return watch();
}

/** What each of the threads runs. */
export function runFloorThread(): void {
  const port = parentPort;
  if (port === null) throw new Error('this is no thread');
  port.on('message', (path: Work) => {
    if (path === null) {
      port.close();
      return;
    }
    readOnce(path);
    port.postMessage(null);
  });
  port.postMessage(null);
}

function readOnce(path: string): void {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  try {
    JSON.parse(text);
  } catch {
    // One event per line; a line that is no JSON costs what it costs.
    for (const line of text.split('\n')) {
      try {
        JSON.parse(line);
      } catch {
        continue;
      }
    }
  }
}
