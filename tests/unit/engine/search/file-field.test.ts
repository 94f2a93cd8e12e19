import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sourceId } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import type { Facet } from '#contract/query';
import { Engine } from '#engine/engine';
import { filesOnDisk } from '#engine/engine-files';
import { fileField } from '#engine/search/file-field';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const context = () => ({ signal: new AbortController().signal, progress: () => undefined });
const record = (name: string) =>
  JSON.stringify({ eventName: name, eventTime: '2023-07-10T12:40:01Z', eventVersion: '1.08' });
const engine = new Engine({ files: filesOnDisk(), threads: 0 });
const { handlers } = engine;

beforeEach(async () => {
  const path = await temporaryFolder();
  const zip = makeZip([
    { name: 'AWSLogs/x.json', bytes: Buffer.from(`${record('A')}\n${record('B')}`) },
    { name: 'inner.tar', bytes: makeTar([{ name: 'y.json', bytes: Buffer.from(record('C')) }]) },
  ]);
  await writeFile(join(path, 'Case.zip'), zip);
  await writeFile(join(path, 'plain.json'), record('D'));
  const source = { sourceId: sourceId('s'), kind: 'folder', name: 'case', label: path, path } as const;
  await handlers['engine.open']({ sources: [source], limits: defaultLimits }, context());
});

const query = (text: string) =>
  ({ text, facets: [], timeline: null, sort: 'oldest-first', withDuplicates: false }) as const;

async function found(text: string): Promise<string[]> {
  const { resultId } = await handlers['query.run'](query(text), context());
  const { rows } = await handlers['result.page']({ resultId, start: 0, count: 100, columns: [] }, context());
  return rows.map(({ event }) => event).sort();
}

async function facet(text: string, search = ''): Promise<Facet> {
  const request = { field: 'file', search, order: 'most', limit: 10 } as const;
  return handlers['query.facet']({ text, facet: request, withDuplicates: false }, context());
}

describe('the field file', () => {
  it.each([
    ['file:case.zip!/AWSLogs/x.json', ['A', 'B']],
    ['file:"Case.zip!/inner.tar!/y.json"', ['C']],
    ['file:case.zip*', ['A', 'B', 'C']],
    ['file:*.json', ['A', 'B', 'C', 'D']],
    ['file:plain.json', ['D']],
    ['file:x.json', []],
    ['-file:*x.json event:*', ['C', 'D']],
    ['file:/^Case\\.zip!\\/[^!]*$/', ['A', 'B']],
    ['file:*', ['A', 'B', 'C', 'D']],
  ])('finds the events of a file by the path that is shown: %s', async (text, events) => {
    expect(await found(text)).toEqual(events);
  });

  it('is counted in a facet, listed, shown in a column, and offered while it is typed', async () => {
    const { values, distinct, missing } = await facet('event:*');
    expect(values.map(({ value, count }) => [value, count])).toEqual([
      ['Case.zip!/AWSLogs/x.json', 2],
      ['Case.zip!/inner.tar!/y.json', 1],
      ['plain.json', 1],
    ]);
    expect([distinct, missing]).toEqual([3, 0]);
    expect((await facet('event:A', 'awslogs')).values.map(({ count }) => count)).toEqual([1]);
    const fields = await handlers['field.list'](null, context());
    expect(fields).toContainEqual({ name: 'file', label: 'File', events: 4, distinct: 3 });
    const { resultId } = await handlers['query.run'](query('event:C'), context());
    const page = await handlers['result.page']({ resultId, start: 0, count: 1, columns: ['file'] }, context());
    expect(page.rows[0]?.cells).toEqual(['Case.zip!/inner.tar!/y.json']);
    const offered = await handlers['query.complete']({ text: 'file:inner', cursor: 10, limit: 5 }, context());
    expect(offered.map(({ label, count }) => [label, count])).toContainEqual(['Case.zip!/inner.tar!/y.json', 1]);
    const insert = offered.find(({ label }) => label.endsWith('y.json'))?.insert ?? '';
    expect(await found(`file:${insert.replace(/^file:/, '')}`)).toEqual(['C']);
  });
});

describe('counting by file', () => {
  it('is left where there are more runs of rows than can be counted in time', () => {
    const blocks = [{ places: { runs: 200_001 } }, { places: { runs: 200_000 } }];
    expect(fileField.count({ blocks } as unknown as VisibleIndex, new Uint32Array(0))).toBeNull();
  });
});
