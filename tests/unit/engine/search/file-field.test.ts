import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Facet } from '#contract/query';
import { fileField } from '#engine/search/file-field';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { engineHere } from '../../../helpers/engine-here';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const record = (name: string) =>
  JSON.stringify({ eventName: name, eventTime: '2023-07-10T12:40:01Z', eventVersion: '1.08' });
const engine = engineHere();

beforeEach(async () => {
  const path = await temporaryFolder();
  const zip = makeZip([
    { name: 'AWSLogs/x.json', bytes: Buffer.from(`${record('A')}\n${record('B')}`) },
    { name: 'inner.tar', bytes: makeTar([{ name: 'y.json', bytes: Buffer.from(record('C')) }]) },
  ]);
  await writeFile(join(path, 'Case.zip'), zip);
  await writeFile(join(path, 'plain.json'), record('D'));
  await engine.open(path);
});

const found = async (text: string): Promise<string[]> => [...(await engine.names(text))].sort();
const facet = (text: string, search = ''): Promise<Facet> => engine.facet(text, 'file', { search });

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
    const fields = await engine.call('field.list', null);
    expect(fields).toContainEqual({ name: 'file', label: 'File', events: 4, distinct: 3 });
    const [row] = await engine.rows('event:C', ['file']);
    expect(row?.cells).toEqual(['Case.zip!/inner.tar!/y.json']);
    const offered = await engine.call('query.complete', { text: 'file:inner', cursor: 10, limit: 5 });
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
