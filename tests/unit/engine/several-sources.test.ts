/** Sources that are added, removed and hold the same events or files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineSource } from '#contract/api';
import { sourceId } from '#contract/ids';
import { importSources } from '#engine/decode/decode-pool';
import { type EngineFiles, filesOnDisk } from '#engine/engine-files';
import { sourceAt } from '../../helpers/ask-engine';
import { makeZip } from '../../helpers/make-zip';
import { waitUntil } from '../../helpers/wait';
import { folder, open, raise, record } from '../../helpers/source-folders';

describe('the same folder, opened under two names', () => {
  const files = { 'a.json': [record('1'), record('2')], 'b.json': [record('3')] };

  /** The two sources, and an engine that has both open. */
  async function openBoth() {
    const [one, other] = [await folder('one', files), await folder('other', files)];
    const opened = await open([one]);
    return { one, other, opened, status: await opened.add(other) };
  }

  it('gives every event once, and again where duplicates are asked for', async () => {
    const { opened, status } = await openBoth();
    expect(status).toMatchObject({
      name: 'one and 1 more',
      state: 'ready',
      events: 3,
      duplicates: 3,
      filesRead: 4,
      sources: [{ name: 'one' }, { name: 'other' }],
    });
    const marks = async (withDuplicates: boolean): Promise<unknown[]> =>
      (await opened.rows('', withDuplicates)).map(({ cells, isDuplicate }) => [cells[0], isDuplicate]);
    const once = ['1', '2', '3'].map((id) => [id, false]);
    expect(await marks(false)).toEqual(once);
    expect(await marks(true)).toEqual([...once, ...['1', '2', '3'].map((id) => [id, true])]);
    expect(await opened.counts()).toEqual({ Name1: 1, Name2: 1, Name3: 1 });
    const facet = { field: 'region', search: '', order: 'most' as const, limit: 10 };
    for (const withDuplicates of [false, true]) {
      const { values } = await opened.call('query.facet', { text: '', facet, withDuplicates });
      expect(values.map(({ count }) => count)).toEqual([withDuplicates ? 6 : 3]);
      const { total, matched } = await opened.run('Name1', { withDuplicates });
      expect([total, matched]).toEqual(withDuplicates ? [6, 2] : [3, 1]);
    }
  });

  it('names all places of an event, from each of them', async () => {
    const { one, other, opened } = await openBoth();
    const [row] = await opened.rows('');
    const related = await opened.call('event.related', row?.row ?? raise());
    expect(related.duplicates.map(({ location, account }) => [location.label, account])).toEqual([
      [join(other.path, 'a.json'), '111122223333'],
    ]);
    const duplicate = related.duplicates[0]?.summary.row ?? raise();
    expect(await opened.detail(duplicate)).toMatchObject({
      raw: JSON.stringify(record('1')),
      location: { path: 'other/a.json', label: join(other.path, 'a.json') },
      summary: { isDuplicate: true },
    });
    const back = await opened.call('event.related', duplicate);
    expect(back.duplicates.map(({ location }) => location.label)).toEqual([join(one.path, 'a.json')]);
  });

  it('counts duplicates by source and file in the report', async () => {
    const { opened } = await openBoth();
    const report = await opened.report();
    expect(report).toMatchObject({ events: 3, duplicates: 3, accounts: [{ value: '111122223333', count: 3 }] });
    expect(report.sources.map((source) => [source.name, source.files, source.events, source.duplicates])).toEqual([
      ['one', 2, 3, 0],
      ['other', 2, 3, 3],
    ]);
    expect((await opened.files()).map((file) => [file.path, file.sourceId, file.events, file.duplicates])).toEqual([
      ['a.json', 'one', 2, 0],
      ['b.json', 'one', 1, 0],
      ['other/a.json', 'other', 2, 2],
      ['other/b.json', 'other', 1, 1],
    ]);
  });

  it('keeps every event when one of the two is removed, and none when both are', async () => {
    const { one, other, opened } = await openBoth();
    const [row] = await opened.rows('');
    const { resultId } = await opened.run('');
    expect(await opened.remove(one)).toMatchObject({ name: 'other', events: 3, duplicates: 0, filesRead: 2 });
    expect((await opened.rows('')).map(({ cells }) => cells[0])).toEqual(['1', '2', '3']);
    expect((await opened.files()).map(({ sourceId: id, duplicates }) => [id, duplicates])).toEqual([
      ['other', 0],
      ['other', 0],
    ]);
    const page = { resultId, start: 0, count: 1, columns: [] };
    await expect(opened.call('result.page', page)).rejects.toMatchObject({ code: 'stale-result' });
    await expect(opened.detail(row?.row ?? raise())).rejects.toMatchObject({ code: 'not-found' });

    expect(await opened.remove(other)).toMatchObject({ state: 'empty', events: 0, sources: [] });
    await expect(opened.run('')).rejects.toMatchObject({ code: 'nothing-open' });
  });

  it('is not read again where it is open already', async () => {
    const one = await folder('one', files);
    const opened = await open([one]);
    expect(await opened.add(one)).toMatchObject({ events: 3, duplicates: 0, filesRead: 2 });
  });
});

describe('the paths of sources that come one after another', () => {
  it('are all different, agree wherever they are shown, and stay as they were', async () => {
    const named = (name: string, id: string): Promise<EngineSource> =>
      folder(`${name}-${id}`, { 'a.json': [record(id)] }).then((source) => ({
        ...source,
        sourceId: sourceId(`s${id}`),
        name,
      }));
    const first = await named('AWSLogs', '1');
    await mkdir(join(first.path, 'AWSLogs'));
    await writeFile(join(first.path, 'AWSLogs', 'a.json'), JSON.stringify({ Records: [record('2')] }));
    await writeFile(join(first.path, 'AWSLogs', '.DS_Store'), '');
    const file = await named('x', '5');
    const loose: EngineSource = { ...file, kind: 'file', name: 'a.json', path: join(file.path, 'a.json') };
    const opened = await open([first]);
    const paths = async (): Promise<Record<string, string>> => {
      const rows = await opened.rows('');
      const details = await Promise.all(rows.map(async ({ row }) => opened.detail(row)));
      const text = await opened.call('archive.report-text', 'window');
      const files = (await opened.files()).map(({ path }) => path);
      expect(new Set(files).size).toBe(files.length);
      for (const { location } of details) {
        expect(files).toContain(location.path);
        expect(text).toContain(location.path);
      }
      return Object.fromEntries(rows.map(({ cells }, at) => [cells[0] ?? '', details[at]?.location.path ?? '']));
    };
    const alone = { 1: 'a.json', 2: 'AWSLogs/a.json' };
    expect(await paths()).toEqual(alone);
    const [again, third] = [await named('AWSLogs', '3'), await named('AWSLogs', '4')];
    await opened.add(again);
    const withSecond = { ...alone, 3: 'AWSLogs (2)/a.json' };
    expect(await paths()).toEqual(withSecond);
    await opened.add(third, loose);
    const withAll = { ...withSecond, 4: 'AWSLogs (3)/a.json', 5: 'a.json (2)/a.json' };
    expect(await paths()).toEqual(withAll);
    await opened.remove(again);
    const { 3: _gone, ...rest } = withAll;
    expect(await paths()).toEqual(rest);
    await opened.add(again);
    expect(await paths()).toEqual(withAll);
  });
});

describe('a source that is removed', () => {
  it('takes the values, fields and completions that only it had with it', async () => {
    const one = await folder('one', { 'a.json': [record('1')] });
    const other = await folder('other', { 'b.json': [record('2', { requestParameters: { bucketName: 'x' } })] });
    const opened = await open([one]);
    await opened.add(other);
    const offers = async (text: string): Promise<readonly string[]> =>
      (await opened.call('query.complete', { text, cursor: text.length, limit: 10 })).map(({ label }) => label);
    const fields = async (): Promise<readonly string[]> =>
      (await opened.call('field.list', null)).map(({ name }) => name);
    expect(await offers('bucket')).toEqual(['requestParameters.bucketName']);
    expect(await offers('event:Name')).toEqual(['Name1', 'Name2']);
    expect(await fields()).toContain('requestParameters.bucketName');
    await opened.remove(other);
    expect(await offers('bucket')).toEqual([]);
    expect(await offers('event:Name')).toEqual(['Name1']);
    expect(await fields()).not.toContain('requestParameters.bucketName');
    expect(await opened.counts()).toEqual({ Name1: 1 });
    const { hints } = await opened.run('Name2');
    expect(hints.map(({ text }) => text)).toEqual(['Name1']);
    expect(await opened.report()).toMatchObject({ events: 1, filesRead: 1 });
    await opened.add(other);
    expect(await opened.counts()).toEqual({ Name1: 1, Name2: 1 });
  });

  it('changes nothing where it is not open', async () => {
    const [one, other] = [await folder('one', { 'a.json': [record('1')] }), await folder('other', {})];
    const opened = await open([one]);
    expect(await opened.remove(other)).toMatchObject({ name: 'one', events: 1 });
  });
});

describe('a source that holds files that are open already', () => {
  it('reads them once, says so, and reads them again where they have changed or are no longer open', async () => {
    const part = await folder('part', { 'a.json': [record('1')] });
    await writeFile(
      join(part.path, 'case.zip'),
      makeZip([{ name: 'z.json', bytes: Buffer.from(JSON.stringify(record('2'))) }]),
    );
    const path = join(part.path, '..');
    const all = { ...sourceAt(path, 'all'), name: 'all' };
    await writeFile(join(path, 'b.json'), JSON.stringify(record('3')));
    const opened = await open([part]);
    expect(await opened.add(all)).toMatchObject({ events: 3, duplicates: 0, filesIgnored: 2 });
    const ignored = (await opened.files()).filter(({ status }) => status === 'ignored');
    expect(
      ignored.map(({ path: shown, recognisedAs, sourceId: of }) => [shown.replace(/^[^/]*/, 'all'), recognisedAs, of]),
    ).toEqual([
      ['all/part/a.json', 'open-already', 'all'],
      ['all/part/case.zip', 'open-already', 'all'],
    ]);
    await opened.remove(all);
    await writeFile(join(part.path, 'a.json'), JSON.stringify({ Records: [record('1'), record('4')] }));
    expect(await opened.add(all)).toMatchObject({ events: 4, duplicates: 1, filesIgnored: 1 });
    await opened.remove(part);
    await opened.remove(all);
    expect(await opened.add(all)).toMatchObject({ events: 4, duplicates: 0, filesIgnored: 0 });
  });

  it('keeps their events when the other source goes', async () => {
    const part = await folder('part', { 'a.json': [record('1')] });
    const path = join(part.path, '..');
    const all = { ...sourceAt(path, 'all'), name: 'all' };
    await writeFile(join(path, 'b.json'), JSON.stringify(record('2')));
    const other = await folder('other', { 'c.json': [record('3')] });
    for (const [first, second] of [
      [part, all],
      [all, part],
    ] as const) {
      const opened = await open([first]);
      await opened.add(second);
      await opened.add(other);
      const status = await opened.remove(first);
      expect(status.sources.map((source) => source.sourceId).toSorted()).toEqual(['other', second.sourceId].toSorted());
      await waitUntil(() => opened.status().state === 'ready');
      expect(await opened.counts()).toEqual(second === all ? { Name1: 1, Name2: 1, Name3: 1 } : { Name1: 1, Name3: 1 });
      expect(opened.status()).toMatchObject({ duplicates: 0, filesIgnored: 0 });
    }
  });
});

describe('an import that fails', () => {
  it('leaves what it had read, and a report that says it is not all', async () => {
    const source = await folder('one', { 'a.json': [record('1')], 'b.json': [record('2')] });
    const files: EngineFiles = {
      ...filesOnDisk(),
      importSources: (sources, options) =>
        importSources(sources, {
          ...options,
          onFile: () => {
            throw new Error('no memory is left');
          },
        }),
    };
    const opened = await open([], files);
    await expect(opened.add(source)).rejects.toThrow('no memory is left');
    expect(opened.status()).toMatchObject({ state: 'ready', events: 2, progress: null });
    expect(await opened.report()).toMatchObject({
      events: 2,
      cancelled: true,
    });
  });
});
