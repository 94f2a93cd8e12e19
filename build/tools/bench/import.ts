/** The engine's side of the bench: import, memory, first results and queries, in a process of its own. */
import type { EngineSource } from '#contract/api';
import { defaultLimits } from '#contract/limits';
import type { QueryRequest } from '#contract/query';
import { defaultFacets } from '#core/fields';
import { startEngineThread, type EngineThread } from '../../../shared/cli/engine-thread';
import { percentile, rounded, settledRss, stopwatch, type Elapsed } from './measure';
import { makeQueries } from './queries';

export interface ImportFigures extends Elapsed {
  readonly events: number;
  readonly files: number;
  readonly bytesGz: number;
  readonly bytesJson: number;
  readonly firstResultsMs: number;
  /** Of the whole process, after the import has settled. */
  readonly rssBytes: number;
  /** What the engine counts its own index at. */
  readonly indexBytes: number;
  /** Of the whole process, after all queries. */
  readonly rssAfterQueriesBytes: number;
  readonly queries: Readonly<Record<string, { readonly p50: number; readonly p95: number }>>;
}

/** What the window asks for every query: all default facets and the timeline. */
function request(text: string): QueryRequest {
  return {
    text,
    facets: defaultFacets.map((field) => ({ field, search: '', order: 'most', limit: 10 })),
    timeline: { from: null, to: null, maxBins: 200 },
    sort: 'newest-first',
    withDuplicates: false,
  };
}

/** Imports and asks, as the app does; `runs` queries of each kind. */
export async function measureImport(
  program: string,
  sources: readonly EngineSource[],
  runs: number,
): Promise<ImportFigures> {
  const engine = startEngineThread(program);
  const { client } = engine;
  await client.call('archive.status', null); // the app starts the engine before anything is opened

  const watch = stopwatch();
  const first = firstResults(engine);
  await client.call('engine.open', { sources, limits: defaultLimits });
  const elapsed = watch();
  const firstResultsMs = await first;

  const rssBytes = await settledRss();
  const report = await client.call('archive.report', null);
  const { indexBytes } = await client.call('archive.status', null);
  const queries = await measureQueries(engine, runs);
  const rssAfterQueriesBytes = process.memoryUsage.rss();
  await engine.stop();
  return {
    events: report.events,
    files: report.filesRead + report.filesPartial,
    bytesGz: report.bytesOnDisk,
    bytesJson: report.bytesJson,
    ...elapsed,
    firstResultsMs,
    rssBytes,
    indexBytes,
    rssAfterQueriesBytes,
    queries,
  };
}

/** Milliseconds until the first rows could be on screen: the engine says there are events, the window asks, rows are there. */
async function firstResults({ client }: EngineThread): Promise<number> {
  const from = performance.now();
  await new Promise<void>((resolve) => {
    const off = client.on('archive.changed', (status) => {
      if (status.events === 0 && status.state !== 'ready') return;
      off();
      resolve();
    });
  });
  const { resultId } = await client.call('query.run', request(''));
  await client.call('result.page', { resultId, start: 0, count: 50, columns: [] });
  return performance.now() - from;
}

async function measureQueries({ client }: EngineThread, runs: number): Promise<ImportFigures['queries']> {
  const texts = await makeQueries(client, runs);
  // What the window has asked by the time anybody types: the first view, twice.
  for (let round = 0; round < 2; round++) await client.call('query.run', request(''));
  const figures = new Map<string, { readonly p50: number; readonly p95: number }>();
  for (const [name, variants] of texts) {
    const times: number[] = [];
    for (const text of variants) {
      const start = performance.now();
      await client.call('query.run', request(text));
      times.push(performance.now() - start);
    }
    figures.set(name, { p50: rounded(percentile(times, 0.5), 1), p95: rounded(percentile(times, 0.95), 1) });
  }
  return Object.fromEntries(figures);
}
