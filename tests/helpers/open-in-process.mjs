/**
 * Opens a path with the built engine in a process of its own, so that the memory it took can be measured.
 *
 * Arguments: the built worker, the import's limits as JSON, the path, queries. Prints one line of JSON: see `large-stream.test.ts`.
 */
import { Worker } from 'node:worker_threads';

const [worker, limits, path, ...queries] = process.argv.slice(2);
const engine = new Worker(worker);
const waiting = new Map();
engine.on('error', (error) => {
  throw error;
});
engine.on('message', ({ type, id, result, error }) => {
  if (type === 'result') waiting.get(id).resolve(result);
  else if (type === 'error') waiting.get(id).reject(new Error(error.message));
});

let lastId = 0;
function call(name, request) {
  const id = ++lastId;
  engine.postMessage({ type: 'call', id, name, request });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

/** Of the whole process, all its threads included. */
const peakBytes = () => process.resourceUsage().maxRSS * 1024;

const atStart = peakBytes();
const source = { path, sourceId: 's', kind: 'file', name: 'stream', label: path };
const status = await call('engine.open', { sources: [source], limits: JSON.parse(limits) });
const afterImport = peakBytes();
const report = await call('archive.report', null);
const answers = [];
for (const text of queries) {
  const question = { text, facets: [], timeline: null, sort: 'oldest-first', withDuplicates: false };
  const { matched, resultId } = await call('query.run', question);
  const { rows } = await call('result.page', { resultId, start: 0, count: 1, columns: [] });
  answers.push({ matched, raw: rows.length === 0 ? null : (await call('event.detail', rows[0].row)).raw });
}
process.stdout.write(JSON.stringify({ status, report, answers, atStart, afterImport, atEnd: peakBytes() }));
await engine.terminate();
