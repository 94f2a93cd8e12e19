/** The built engine in its own thread, spoken to as the hosts speak to it. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { CallOptions } from '#contract/rpc';
import { sourceId, type RowId } from '#contract/ids';
import type { EventDetail, EventRow } from '#contract/events';
import { defaultLimits } from '#contract/limits';
import type { Facet, FacetRequest, QueryRequest, QueryResult, SortOrder } from '#contract/query';
import type { ImportReport } from '#contract/report';
import type { ArchiveStatus, ImportProgress } from '#contract/sources';
import { createEngineClient, type EngineClient } from '#host/engine-client';

/** A window of rows holds no more: see `PageRequest`. */
const pageRows = 500;

export interface TestEngine {
  readonly call: EngineClient['call'];
  open(paths: string | readonly string[], options?: CallOptions<ImportProgress>): Promise<ArchiveStatus>;
  run(text: string, more?: Partial<QueryRequest>): Promise<QueryResult>;
  /** Every row that matches, in order. */
  rows(text: string, columns?: readonly string[], sort?: SortOrder): Promise<readonly EventRow[]>;
  /** The names of the events that match, in order of time. */
  names(text: string): Promise<readonly string[]>;
  facet(text: string, field: string, more?: Partial<FacetRequest>): Promise<Facet>;
  detail(row: RowId): Promise<EventDetail>;
  report(): Promise<ImportReport>;
  /** What the engine has said unasked, from its start on. */
  readonly changes: readonly ArchiveStatus[];
  /** Settles with the first status said unasked, from now on, for which this holds. */
  changed(holds: (status: ArchiveStatus) => boolean): Promise<ArchiveStatus>;
}

/** Starts the engine; it ends with the test. */
export function startEngine(): TestEngine {
  const engine = startEngineThread();
  onTestFinished(() => engine.stop());
  return engine;
}

/**
 * One engine for the tests of a file, since starting one takes longer than most of them. It starts with the first test that asks for it; what a
 * test opens takes the place of what was open.
 */
export function engineOfFile(): () => TestEngine {
  let engine: ReturnType<typeof startEngineThread> | undefined;
  afterAll(async () => engine?.stop());
  return () => (engine ??= startEngineThread());
}

/** Starts the engine; the caller stops it. */
export function startEngineThread(): TestEngine & { stop(): Promise<void> } {
  const url = new URL('../../out/engine/engine-worker.js', import.meta.url);
  if (!existsSync(url)) throw new Error('the engine is not built: run `npm run build`');
  const client = createEngineClient({ url, logCalls: 'none', log: () => undefined });
  const changes: ArchiveStatus[] = [];
  const waiting = new Set<(status: ArchiveStatus) => void>();
  client.onChanged((status) => {
    changes.push(status);
    for (const tell of waiting) tell(status);
  });

  const run: TestEngine['run'] = (text, more = {}) =>
    client.call('query.run', {
      text,
      facets: [],
      timeline: null,
      sort: 'oldest-first',
      withDuplicates: false,
      ...more,
    });
  const rows: TestEngine['rows'] = async (text, columns = [], sort = 'oldest-first') => {
    const { resultId, matched } = await run(text, { sort });
    const found: EventRow[] = [];
    for (let start = 0; start < matched; start += pageRows) {
      const page = await client.call('result.page', { resultId, start, count: pageRows, columns });
      found.push(...page.rows);
    }
    return found;
  };

  return {
    call: client.call,
    open: (paths, options) => {
      const sources = [paths].flat().map((path, i) => {
        return {
          path,
          sourceId: sourceId(`s${String(i)}`),
          kind: 'folder' as const,
          name: basename(path),
          label: path,
        };
      });
      return client.call('engine.open', { sources, limits: defaultLimits }, options);
    },
    run,
    rows,
    names: async (text) => (await rows(text)).map((row) => row.event),
    facet: (text, field, more = {}) =>
      client.call('query.facet', {
        text,
        facet: { field, search: '', order: 'most', limit: 1000, ...more },
        withDuplicates: false,
      }),
    detail: (row) => client.call('event.detail', row),
    report: () => client.call('archive.report', null),
    changes,
    changed: (holds) =>
      new Promise((resolve) => {
        const tell = (status: ArchiveStatus): void => {
          if (!holds(status)) return;
          waiting.delete(tell);
          resolve(status);
        };
        waiting.add(tell);
      }),
    stop: async () => {
      await client.stop();
    },
  };
}
