import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultFacets } from '#core/fields';
import { importSources } from '#engine/decode/decode-pool';
import type { ImportOptions } from '#engine/decode/import-types';
import type { Segment } from '#engine/scan/segment';
import { filesOnDisk } from '#engine/engine-files';
import { makeArchive } from '../../build/tools/synthetic/archive';
import type { EngineClient } from '#host/engine-client';
import { question } from '../helpers/ask-engine';
import { startEngine } from '../helpers/engine';
import { engineHere } from '../helpers/engine-here';
import { envelope, fillFolder, gzipped, record, type EvidenceFile } from '../helpers/evidence';
import { tries } from '../helpers/properties';

/**
 * Which thread reads which file, and whose events come in first, is chance. No answer may depend on it: two people who open the same folder
 * must see the same.
 */

const decodeWorker = new URL('../../out/engine/decode-worker.js', import.meta.url);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailglass-test-'));
  const synthetic = Array.from(makeArchive({ events: 1500, seed: 3 }), ({ path, json }): EvidenceFile => [
    path,
    gzipSync(json, { level: 1 }),
  ]);
  // Many events of one second in many files: what comes first among them is up to the files' names and the places in them.
  const ties = Array.from({ length: 12 }, (_, file): EvidenceFile => {
    const records = Array.from({ length: 40 }, (_, i) =>
      record(`Tie${String(i % 3)}`, { note: `${String(file)}-${String(i)}` }, i % 2),
    );
    return [`ties/${String((file * 7) % 12)}.json.gz`, gzipped(...records)];
  });
  const undated = Array.from({ length: 5 }, (_, file): EvidenceFile => {
    return [
      `undated/${String(file)}.json`,
      envelope(record('U', { eventTime: null, note: String(file) }), record('U', { eventTime: 'x' })),
    ];
  });
  await fillFolder(folder, [...synthetic, ...ties, ...undated, ['broken.json', '{"Records":['], ['notes', 'none']]);
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const queries = [
  '',
  'event:tie1',
  's3',
  'role -service:ec2',
  'error:* OR readonly:false',
  '192.0.2',
  'resource:*',
  'time<2024-01-01',
];
const facetFields = [...defaultFacets, 'resource', 'requestParameters', 'requestParameters.key', 'eventID', 'note'];

type Observed = ReadonlyMap<string, unknown>;

/** Everything the answers show, but the numbers of rows, which are given in order of arrival. */
async function observe(ask: EngineClient['call']): Promise<Observed> {
  const seen = new Map<string, unknown>();
  for (const text of queries) {
    for (const sort of ['oldest-first', 'newest-first'] as const) {
      const facets = facetFields.map((field) => ({ field, search: '', order: 'most' as const, limit: 200 }));
      const timeline = { from: null, to: null, maxBins: 60 };
      const result = await ask('query.run', { text, facets, timeline, sort, withDuplicates: false });
      for (const facet of result.facets) seen.set(`${text}: facet ${facet.field}`, facet);
      const { matched, total, hints, resultId } = result;
      seen.set(`${text}: result`, { matched, total, timeline: result.timeline, hints });
      for (let start = 0; start < matched; start += 500) {
        const page = await ask('result.page', {
          resultId,
          start,
          count: 500,
          columns: ['eventID', 'note', 'resource'],
        });
        const rows = page.rows.map((row) => ({ ...row, row: null }));
        seen.set(`${text}: rows ${sort} from ${String(start)}`, rows);
      }
    }
  }
  const { elapsedMs: _, ...report } = await ask('archive.report', null);
  seen.set('report', report);
  // Whether a path's values are told apart by number or kept as identifiers may differ; then they are not counted.
  const fields = await ask('field.list', null);
  seen.set(
    'fields',
    fields.map(({ name, label, events }) => ({ name, label, events })),
  );
  for (const text of ['Tie', 'event:', 'requestParameters.', 'delettrail']) {
    seen.set(`completions of ${text}`, await ask('query.complete', { text, cursor: text.length, limit: 20 }));
  }
  const nothing = await ask('query.run', question('Tieb0'));
  seen.set('hints', nothing.hints);
  return seen;
}

function expectSame(seen: Observed): void {
  expect([...seen.keys()]).toEqual([...reference.keys()]);
  for (const [what, answer] of seen) expect(answer, what).toEqual(reference.get(what));
}

type Import = typeof importSources;

/** The engine in this thread, with decode threads of a number of our own choice. */
async function openWith(importFiles: Import): Promise<EngineClient['call']> {
  const engine = engineHere({ files: { ...filesOnDisk(), importSources: importFiles } });
  await engine.open(folder);
  return engine.call;
}

const withThreads =
  (threads: number): Import =>
  (sources, options) =>
    importSources(sources, { ...options, threads, workerUrl: decodeWorker });

/** Holds all segments back, then hands them out as if the threads had come in in this order. */
const inOrder =
  (threads: number, order: readonly number[]): Import =>
  async (sources, options) => {
    const waiting = new Map<number, Segment[]>();
    const onSegment: ImportOptions['onSegment'] = (segment, thread) => {
      waiting.set(thread, [...(waiting.get(thread) ?? []), segment]);
    };
    const end = await withThreads(threads)(sources, { ...options, onSegment });
    for (let turn = 0; waiting.size > 0; turn++) {
      const left = [...waiting.keys()];
      const thread = left[(order[turn % order.length] ?? 0) % left.length]!;
      const segments = waiting.get(thread)!;
      options.onSegment(segments.shift()!, thread);
      if (segments.length === 0) waiting.delete(thread);
    }
    return end;
  };

let reference: Observed;
beforeAll(async () => {
  expect(existsSync(decodeWorker)).toBe(true);
  reference = await observe(await openWith(withThreads(0)));
});

describe('the answers are the same', () => {
  it('from the built engine, time after time', async () => {
    const engine = startEngine();
    for (let i = 0; i < 3; i++) {
      await engine.open(folder);
      expectSame(await observe(engine.call));
    }
  });

  it.each([1, 2, 3, 8])('with decode threads to the number of %i', async (threads) => {
    expectSame(await observe(await openWith(withThreads(threads))));
  });

  it('in whatever order the threads come in', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 2, max: 6 }),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }),
      async (threads, order) => {
        expectSame(await observe(await openWith(inOrder(threads, order))));
      },
    );
    await fc.assert(property, { numRuns: tries(4), endOnFailure: true });
  }, 120_000);
});
