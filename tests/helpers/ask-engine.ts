/** Short ways to ask an engine, whether it runs in a thread of its own or here. */
import { basename } from 'node:path';
import type { EngineSource } from '#contract/api';
import type { EventDetail, EventRow } from '#contract/events';
import { sourceId, type RowId } from '#contract/ids';
import { defaultLimits, type ImportLimits } from '#contract/limits';
import type { Facet, FacetRequest, QueryRequest, QueryResult } from '#contract/query';
import type { FileReport, ImportReport } from '#contract/report';
import type { CallOptions } from '#contract/rpc';
import type { ArchiveStatus, ImportProgress } from '#contract/sources';
import type { EngineClient } from '#host/engine-client';

/** A window of rows holds no more: see `PageRequest`. */
const pageRows = 500;

export interface OpenOptions extends CallOptions<ImportProgress> {
  readonly limits?: Partial<ImportLimits>;
}

export interface AskedEngine {
  readonly call: EngineClient['call'];
  open(paths: string | readonly string[], options?: OpenOptions): Promise<ArchiveStatus>;
  run(text: string, more?: Partial<QueryRequest>): Promise<QueryResult>;
  /** Every row that matches, in order. */
  rows(text: string, columns?: readonly string[], more?: Partial<QueryRequest>): Promise<readonly EventRow[]>;
  /** The names of the events that match, in order of time. */
  names(text: string): Promise<readonly string[]>;
  facet(text: string, field: string, more?: Partial<FacetRequest>): Promise<Facet>;
  detail(row: RowId): Promise<EventDetail>;
  report(): Promise<ImportReport>;
  /** The first 500 files. */
  files(): Promise<readonly FileReport[]>;
}

/** The question of a text, with nothing counted. */
export const question = (text: string, more: Partial<QueryRequest> = {}): QueryRequest => ({
  text,
  facets: [],
  timeline: null,
  sort: 'oldest-first',
  withDuplicates: false,
  ...more,
});

/** A path as a source, named after its last part. */
export const sourceAt = (path: string, id = 's'): EngineSource => ({
  path,
  sourceId: sourceId(id),
  kind: 'folder',
  name: basename(path),
  label: path,
});

export function askEngine(call: EngineClient['call']): AskedEngine {
  const run: AskedEngine['run'] = (text, more) => call('query.run', question(text, more));
  const rows: AskedEngine['rows'] = async (text, columns = [], more) => {
    const { resultId, matched } = await run(text, more);
    const found: EventRow[] = [];
    for (let start = 0; start < matched; start += pageRows) {
      const page = await call('result.page', { resultId, start, count: pageRows, columns });
      found.push(...page.rows);
    }
    return found;
  };
  return {
    call,
    open: (paths, { limits, ...options } = {}) => {
      const sources = [paths].flat().map((path, at) => sourceAt(path, `s${String(at)}`));
      return call('engine.open', { sources, limits: { ...defaultLimits, ...limits } }, options);
    },
    run,
    rows,
    names: async (text) => (await rows(text)).map(({ event }) => event),
    facet: (text, field, more = {}) =>
      call('query.facet', {
        text,
        facet: { field, search: '', order: 'most', limit: 1000, ...more },
        withDuplicates: false,
      }),
    detail: (row) => call('event.detail', row),
    report: () => call('archive.report', null),
    files: async () => (await call('archive.files', { which: 'all', search: '', start: 0, count: 500 })).files,
  };
}
