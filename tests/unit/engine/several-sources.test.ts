import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EngineSource } from '#contract/api';
import { sourceId } from '#contract/ids';
import type { EventRow, RelatedEvent } from '#contract/events';
import { defaultLimits } from '#contract/limits';
import type { ArchiveStatus } from '#contract/sources';
import { importSources } from '#engine/decode/decode-pool';
import type { EngineFiles } from '#engine/engine-files';
import { filesOnDisk } from '#engine/engine-files';
import { sourceAt } from '../../helpers/ask-engine';
import { engineHere, type EngineHere } from '../../helpers/engine-here';
import { makeTar } from '../../helpers/make-tar';
import { makeZip } from '../../helpers/make-zip';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { waitUntil } from '../../helpers/wait';

const record = (id: string, more: object = {}): object => ({
  eventVersion: '1.08',
  eventID: id,
  eventName: `Name${id}`,
  eventTime: '2023-07-10T12:40:01Z',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  ...more,
});

/** A folder with these files of records. */
async function folder(name: string, files: Readonly<Record<string, readonly object[]>>): Promise<EngineSource> {
  const path = join(await temporaryFolder(), name);
  await mkdir(path);
  for (const [file, Records] of Object.entries(files)) await writeFile(join(path, file), JSON.stringify({ Records }));
  return sourceAt(path, name);
}

const realFiles: EngineFiles = filesOnDisk();

interface Opened extends Omit<EngineHere, 'rows'> {
  add(...sources: readonly EngineSource[]): Promise<ArchiveStatus>;
  remove(source: EngineSource): Promise<ArchiveStatus>;
  /** With the event ID as their one cell. */
  rows(text: string, withDuplicates?: boolean): Promise<readonly EventRow[]>;
  /** What the facet of event names counts. */
  counts(): Promise<Record<string, number>>;
}

async function open(sources: readonly EngineSource[], files = realFiles): Promise<Opened> {
  const engine = engineHere({ files });
  const { call } = engine;
  if (sources.length > 0) await call('engine.open', { sources, limits: defaultLimits });
  return {
    ...engine,
    add: (...more) => call('engine.add', { sources: more, limits: defaultLimits }),
    remove: ({ sourceId: id }) => call('engine.remove', id),
    rows: (text, withDuplicates = false) => engine.rows(text, ['id'], { withDuplicates }),
    counts: async () => {
      const { values } = await engine.facet('', 'event');
      return Object.fromEntries(values.map(({ value, count }) => [value, count]));
    },
  };
}

/** The real files, but every import waits to be let go. */
function held(): EngineFiles & { readonly letGo: (() => void)[] } {
  const letGo: (() => void)[] = [];
  return {
    ...realFiles,
    letGo,
    async importSources(sources, options) {
      await new Promise<void>((resolve) => {
        letGo.push(resolve);
        options.signal?.addEventListener('abort', () => resolve());
      });
      return importSources(sources, options);
    },
  };
}

describe('the same folder, opened under two names', () => {
  const files = { 'a.json': [record('1'), record('2')], 'b.json': [record('3')] };

  it('gives every event once, with all its places, until one of the two is removed', async () => {
    const [one, other] = [await folder('one', files), await folder('other', files)];
    const opened = await open([one]);
    expect(await opened.add(other)).toMatchObject({
      name: 'one and 1 more',
      state: 'ready',
      events: 3,
      duplicates: 3,
      filesRead: 4,
    });
    expect(opened.status().sources.map(({ name }) => name)).toEqual(['one', 'other']);
    const rows = await opened.rows('');
    expect(rows.map(({ cells, isDuplicate }) => [cells[0], isDuplicate])).toEqual([
      ['1', false],
      ['2', false],
      ['3', false],
    ]);
    expect(await opened.counts()).toEqual({ Name1: 1, Name2: 1, Name3: 1 });
    expect((await opened.rows('', true)).map(({ isDuplicate }) => isDuplicate)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);

    const facet = { field: 'region', search: '', order: 'most' as const, limit: 10 };
    for (const withDuplicates of [false, true]) {
      const { values } = await opened.call('query.facet', { text: '', facet, withDuplicates });
      expect(values.map(({ count }) => count)).toEqual([withDuplicates ? 6 : 3]);
      const { total, matched } = await opened.run('Name1', { withDuplicates });
      expect([total, matched]).toEqual(withDuplicates ? [6, 2] : [3, 1]);
    }

    const related = await opened.call('event.related', rows[0]?.row ?? raise());
    expect(related.duplicates.map(({ location, account }) => [location.label, account])).toEqual([
      [join(other.path, 'a.json'), '111122223333'],
    ]);
    const copy = related.duplicates[0]?.summary.row ?? raise();
    expect(await opened.detail(copy)).toMatchObject({
      raw: JSON.stringify(record('1')),
      location: { path: 'other/a.json', label: join(other.path, 'a.json') },
      summary: { isDuplicate: true },
    });
    const back = await opened.call('event.related', copy);
    expect(back.duplicates.map(({ location }) => location.label)).toEqual([join(one.path, 'a.json')]);

    const report = await opened.report();
    expect(report).toMatchObject({ events: 3, duplicates: 3, accounts: [{ value: '111122223333', count: 3 }] });
    expect(
      report.sources.map(({ name, files: count, events, duplicates }) => [name, count, events, duplicates]),
    ).toEqual([
      ['one', 2, 3, 0],
      ['other', 2, 3, 3],
    ]);
    const listed = (await opened.files()).map(({ path, sourceId: id, events, duplicates }) => [
      path,
      id,
      events,
      duplicates,
    ]);
    expect(listed).toEqual([
      ['a.json', 'one', 2, 0],
      ['b.json', 'one', 1, 0],
      ['other/a.json', 'other', 2, 2],
      ['other/b.json', 'other', 1, 1],
    ]);

    const { resultId } = await opened.run('');
    expect(await opened.remove(one)).toMatchObject({ name: 'other', events: 3, duplicates: 0, filesRead: 2 });
    expect((await opened.rows('')).map(({ cells }) => cells[0])).toEqual(['1', '2', '3']);
    expect((await opened.files()).map(({ sourceId: id, duplicates }) => [id, duplicates])).toEqual([
      ['other', 0],
      ['other', 0],
    ]);
    const page = { resultId, start: 0, count: 1, columns: [] };
    await expect(opened.call('result.page', page)).rejects.toMatchObject({ code: 'stale-result' });
    await expect(opened.detail(rows[0]?.row ?? raise())).rejects.toMatchObject({
      code: 'not-found',
    });

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
  it('takes what only it had with it: values, fields, typing help', async () => {
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

describe('sources added while others are read', () => {
  const sources = (): Promise<EngineSource[]> =>
    Promise.all(['one', 'two', 'three'].map((name, at) => folder(name, { 'a.json': [record(String(at))] })));

  it('are read one after another, none lost', async () => {
    const files = held();
    const opened = await open([], files);
    const [one, two, three] = (await sources()) as [EngineSource, EngineSource, EngineSource];
    const all = [opened.add(one), opened.add(two), opened.add(three)];
    for (let count = 1; count <= 3; count++) {
      await waitUntil(() => files.letGo.length === count);
      expect(opened.status().state).toBe('importing');
      files.letGo[count - 1]?.();
    }
    expect((await Promise.all(all)).map(({ events }) => events)).toEqual([1, 2, 3]);
    expect(opened.status()).toMatchObject({ state: 'ready', filesRead: 3 });
  });

  it('are not read at all where they are removed before their turn', async () => {
    const files = held();
    const opened = await open([], files);
    const [one, two] = (await sources()) as [EngineSource, EngineSource];
    const first = opened.add(one);
    const second = opened.add(two).catch((thrown: unknown) => thrown);
    await waitUntil(() => files.letGo.length === 1);
    const removed = opened.remove(two);
    files.letGo[0]?.();
    await first;
    expect(await removed).toMatchObject({ events: 1, filesRead: 1 });
    expect(await second).toMatchObject({ code: 'cancelled' });
    expect(opened.status().sources.map(({ name }) => name)).toEqual(['one']);
  });

  it('are no longer read again for one that went, once they are removed too', async () => {
    const files = held();
    const part = await folder('part', { 'a.json': [record('1')] });
    const path = join(part.path, '..');
    const all = { ...sourceAt(path, 'all'), name: 'all' };
    const other = await folder('other', { 'c.json': [record('3')] });
    const opened = await open([], files);
    const adding = [];
    for (const [at, source] of [part, all, other].entries()) {
      adding.push(opened.add(source));
      await waitUntil(() => files.letGo.length === at + 1);
      if (source === other) break;
      files.letGo[at]?.();
      await adding[at];
    }
    const removed = [opened.remove(part), opened.remove(all)];
    files.letGo[2]?.();
    await Promise.all([...adding, ...removed]);
    expect(opened.status().sources).toMatchObject([{ sourceId: 'other' }]);
    expect(await opened.counts()).toEqual({ Name3: 1 });
  });

  it('are not read at all where that is cancelled before their turn', async () => {
    const files = held();
    const opened = await open([], files);
    const [one, two] = (await sources()) as [EngineSource, EngineSource];
    const first = opened.add(one);
    await waitUntil(() => files.letGo.length === 1);
    const controller = new AbortController();
    const request = { sources: [two], limits: defaultLimits };
    const second = opened.call('engine.add', request, { signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    files.letGo[0]?.();
    expect(await first).toMatchObject({ events: 1, filesRead: 1 });
  });

  it('end where one of them is removed', async () => {
    const files = held();
    const [one, two] = (await sources()) as [EngineSource, EngineSource];
    const opened = await open([], files);
    const first = opened.add(one);
    await waitUntil(() => files.letGo.length === 1);
    files.letGo[0]?.();
    await first;
    const second = opened.add(two).catch((thrown: unknown) => thrown);
    await waitUntil(() => files.letGo.length === 2);
    expect(await opened.remove(two)).toMatchObject({ state: 'ready', events: 1, filesRead: 1 });
    expect(await second).toMatchObject({ code: 'cancelled' });
    expect(await opened.counts()).toEqual({ Name0: 1 });
  });

  it('stay open with what was read of them where that is cancelled', async () => {
    const files = held();
    const [one, two] = (await sources()) as [EngineSource, EngineSource];
    const opened = await open([], files);
    const first = opened.add(one);
    await waitUntil(() => files.letGo.length === 1);
    files.letGo[0]?.();
    await first;
    const controller = new AbortController();
    const request = { sources: [two], limits: defaultLimits };
    const second = opened.call('engine.add', request, { signal: controller.signal });
    await waitUntil(() => files.letGo.length === 2);
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    await waitUntil(() => opened.status().state === 'ready');
    expect(opened.status()).toMatchObject({ name: 'one and 1 more', events: 1 });
    expect(opened.status().sources).toHaveLength(2);
    expect(await opened.report()).toMatchObject({ cancelled: true });
    await opened.remove(two);
    expect(await opened.report()).toMatchObject({ cancelled: false, events: 1 });
  });

  it('give way to what is opened instead', async () => {
    const files = held();
    const opened = await open([], files);
    const [one, two, three] = (await sources()) as [EngineSource, EngineSource, EngineSource];
    const given = Promise.allSettled([opened.add(one), opened.add(two)]);
    await waitUntil(() => files.letGo.length === 1);
    const request = { sources: [three], limits: defaultLimits };
    const third = opened.call('engine.open', request);
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
    expect(await given).toMatchObject([cancelled, cancelled]);
    await waitUntil(() => files.letGo.length === 2);
    files.letGo[1]?.();
    expect(await third).toMatchObject({ name: 'three', events: 1 });
    expect(await opened.counts()).toEqual({ Name2: 1 });
  });
});

describe('requests that come faster than they are done', () => {
  const sources = (): Promise<EngineSource[]> =>
    Promise.all(['one', 'two', 'three'].map((name, at) => folder(name, { 'a.json': [record(String(at))] })));
  const open3 = async () => {
    const files = held();
    const opened = await open([], files);
    const [one, two, three] = (await sources()) as [EngineSource, EngineSource, EngineSource];
    const letGo = async (at: number): Promise<void> => {
      await waitUntil(() => files.letGo.length === at + 1);
      files.letGo[at]?.();
    };
    return { files, opened, one, two, three, letGo };
  };

  it('are done in the order they came', async () => {
    const { opened, one, two, letGo } = await open3();
    const asked = [opened.add(one), opened.remove(one), opened.add(one), opened.add(two), opened.remove(one)];
    const settled = Promise.allSettled(asked);
    // The first is cancelled before it begins, the second add of it by the last request.
    await letGo(0);
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
    expect(await settled).toMatchObject([
      cancelled,
      { value: { state: 'empty' } },
      cancelled,
      { value: { name: 'two' } },
      { value: { name: 'two' } },
    ]);
    expect(await opened.counts()).toEqual({ Name1: 1 });
  });

  it('let a removal wait for the import of other sources, which loses nothing', async () => {
    const { opened, one, two, three, letGo } = await open3();
    const added = opened.add(one, two);
    const removed = opened.remove(one);
    const last = opened.add(three);
    await letGo(0);
    expect(await added).toMatchObject({ name: 'one and 1 more', events: 2 });
    expect(await removed).toMatchObject({ name: 'two', events: 1 });
    await letGo(1);
    expect(await last).toMatchObject({ name: 'two and 1 more', events: 2 });
  });

  it('read what was added after the removal of the last source', async () => {
    const { opened, one, two, letGo } = await open3();
    const first = opened.add(one);
    await letGo(0);
    await first;
    const [removed, added] = [opened.remove(one), opened.add(two)];
    expect(await removed).toMatchObject({ state: 'empty' });
    await letGo(1);
    expect(await added).toMatchObject({ name: 'two', events: 1 });
  });

  it('name a source by its folder where the request before it opened one of that name', async () => {
    const { opened, one, two, letGo } = await open3();
    const twin = { ...two, path: join(dirname(two.path), 'one'), name: 'one' };
    await rename(two.path, twin.path);
    const asked = Promise.all([opened.add(one), opened.add(twin)]);
    await letGo(0);
    await letGo(1);
    await asked;
    const above = basename(dirname(twin.path));
    expect(opened.status().sources.map(({ name }) => name)).toEqual(['one', `${above}/one`]);
  });

  it('are all cancelled at once, and what was open stays', async () => {
    const { opened, files, one, two, three, letGo } = await open3();
    const first = opened.add(one);
    await letGo(0);
    await first;
    const asked = Promise.allSettled([opened.add(two), opened.add(three)]);
    await waitUntil(() => files.letGo.length === 2);
    await opened.call('engine.cancel', null);
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
    expect(await asked).toMatchObject([cancelled, cancelled]);
    await waitUntil(() => opened.status().state === 'ready');
    expect(opened.status().sources.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(files.letGo).toHaveLength(2);
  });

  it('can cancel what is read again for a source that was removed', async () => {
    const { opened, files, letGo } = await open3();
    const part = await folder('part', { 'a.json': [record('1')] });
    const path = join(part.path, '..');
    const all = { ...sourceAt(path, 'all'), name: 'all' };
    const added = Promise.all([opened.add(part), opened.add(all)]);
    await letGo(0);
    await letGo(1);
    await added;
    await opened.remove(part);
    await waitUntil(() => files.letGo.length === 3);
    expect(opened.status().state).toBe('importing');
    await opened.call('engine.cancel', null);
    await waitUntil(() => opened.status().state === 'ready');
    expect(await opened.report()).toMatchObject({ cancelled: true });
  });
});

describe('an import that fails', () => {
  it('leaves what it had read, and a report that tells it is not all', async () => {
    const source = await folder('one', { 'a.json': [record('1')], 'b.json': [record('2')] });
    const files: EngineFiles = {
      ...realFiles,
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

describe('a source that holds files that are open already', () => {
  it('reads them once, says so, and reads them where they have changed or are open no more', async () => {
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

describe('a summary of an event', () => {
  const csv = [
    'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,' +
      'Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category',
    'mary,,2023-07-10T12:40:01Z,s3.amazonaws.com,Name1,eu-west-1,10.0.0.1,,,[],,1,true,AwsApiCall,111122223333,Management',
    'mary,,2023-07-10T12:40:02Z,s3.amazonaws.com,Name2,eu-west-1,10.0.0.1,,,[],,2,true,AwsApiCall,111122223333,Management',
  ].join('\n');

  it('is a copy of the event where that came whole, and shows where it is all there is', async () => {
    const source = await folder('summaries', {});
    await writeFile(join(source.path, 'event_history.csv'), csv);
    const userIdentity = { type: 'IAMUser', userName: 'mary' };
    const facts = { userIdentity, eventSource: 's3.amazonaws.com', sourceIPAddress: '10.0.0.1' };
    const whole = await folder('whole', { 'z.json': [record('1', facts)] });
    const opened = await open([source]);
    const shown = async (): Promise<unknown[]> =>
      (await opened.rows('')).map(({ event, format, isSummary }) => [event, format, isSummary]);
    const summaries = [
      ['Name1', 'event-history-csv', true],
      ['Name2', 'event-history-csv', true],
    ];
    expect(await shown()).toEqual(summaries);
    await opened.add(whole);
    expect(await shown()).toEqual([['Name1', 'records', false], summaries[1]]);
    expect(await opened.report()).toMatchObject({
      events: 2,
      duplicates: 1,
      versions: 0,
      summaryOnly: 1,
      formats: [
        { value: 'event-history-csv', count: 2 },
        { value: 'records', count: 1 },
      ],
    });
    const [row] = await opened.rows('event:Name1');
    const { duplicates, versions } = await opened.call('event.related', row?.row ?? raise());
    expect(versions).toEqual([]);
    expect(duplicates.map(({ summary, location }) => [summary.isSummary, location.path])).toEqual([
      [true, 'event_history.csv'],
    ]);
    const { wrapping } = await opened.detail(duplicates[0]?.summary.row ?? raise());
    expect(wrapping).toBe(csv.split('\n')[1]);
    await opened.remove(whole);
    expect(await shown()).toEqual(summaries);
  });

  it('is not hidden by an event that has its ID and says something else', async () => {
    const source = await folder('summaries', {});
    await writeFile(join(source.path, 'event_history.csv'), csv);
    const userIdentity = { type: 'IAMUser', userName: 'mary' };
    const facts = { userIdentity, eventSource: 's3.amazonaws.com', sourceIPAddress: '10.0.0.1' };
    const forged = [
      { ...facts, eventName: 'Harmless' },
      { ...facts, eventTime: '2020-01-01T00:00:00Z' },
      { ...facts, sourceIPAddress: '10.9.9.9' },
      { ...facts, userIdentity: { ...userIdentity, userName: 'bob' } },
      { eventSource: 's3.amazonaws.com' },
    ];
    for (const [at, forgery] of forged.entries()) {
      const opened = await open([source]);
      await opened.add(await folder(`forged${String(at)}`, { 'a.json': [record('1', forgery)] }));
      expect(
        (await opened.rows('eventID:1')).map(({ isSummary, otherVersions }) => [isSummary, otherVersions]),
      ).toEqual(
        expect.arrayContaining([
          [true, 1],
          [false, 1],
        ]),
      );
      const [row] = await opened.rows('eventID:1');
      const related = await opened.call('event.related', row?.row ?? raise());
      expect(related).toMatchObject({ duplicates: [], versions: [{}] });
    }
  });
});

describe('events in archives', () => {
  it('are shown with the path to them, and read again from it', async () => {
    const json = (...ids: readonly string[]): Uint8Array =>
      Buffer.from(JSON.stringify({ Records: ids.map((id) => record(id)) }));
    const inner = makeTar([{ name: 'deep/c.json', bytes: json('3', '4') }]);
    const bytes = makeZip([
      { name: 'b.json', bytes: json('2') },
      { name: 'inner.tgz', bytes: gzipSync(inner) },
    ]);
    const source = await folder('one', { 'a.json': [record('1')] });
    await writeFile(join(source.path, 'case.zip'), bytes);
    const opened = await open([source]);
    const places: unknown[] = [];
    for (const { row, cells } of await opened.rows('')) {
      const { raw, location } = await opened.detail(row);
      expect(raw).toBe(JSON.stringify(record(cells[0] ?? '')));
      const { path } = await opened.call('event.digest', row);
      places.push([cells[0], location.path, location.label.slice(source.path.length + 1), path]);
    }
    const deep = 'case.zip!/inner.tgz!/deep/c.json';
    expect(places).toEqual([
      ['1', 'a.json', 'a.json', 'a.json'],
      ['2', 'case.zip!/b.json', 'case.zip!/b.json', 'case.zip'],
      ['3', deep, deep, 'case.zip'],
      ['4', deep, deep, 'case.zip'],
    ]);
  });
});

describe('events that belong together', () => {
  it('are listed in order of time, a hundred of each kind at most', async () => {
    const at = (second: number): string =>
      `2023-07-10T12:${String(10 + Math.floor(second / 60))}:${String(second % 60).padStart(2, '0')}Z`;
    const ends = Array.from({ length: 150 }, (_, count) =>
      record(`e${count}`, { sharedEventID: 's', eventTime: at(149 - count) }),
    );
    const opened = await open([await folder('one', { 'a.json': ends })]);
    const [first] = await opened.rows('');
    const { shared } = await opened.call('event.related', first?.row ?? raise());
    expect(shared.map(({ summary }) => summary.timeText)).toEqual(
      Array.from({ length: 100 }, (_, second) => at(second + 1)),
    );
  });

  it('are found from each other', async () => {
    const source = await folder('one', {
      'a.json': [
        record('1', { sharedEventID: 's' }),
        record('1', { sharedEventID: 's', recipientAccountId: '444455556666' }),
        record('2', { eventTime: '2023-07-10T12:40:05Z' }),
        record('3', { addendum: { reason: 'UPDATED_DATA', originalEventID: '2' } }),
      ],
      'b.json': [record('2', { eventTime: '2023-07-10T12:40:09Z' })],
    });
    const opened = await open([source]);
    const rows = await opened.rows('');
    expect(rows.map(({ cells, otherVersions }) => [cells[0], otherVersions])).toEqual([
      ['1', 0],
      ['1', 0],
      ['3', 0],
      ['2', 1],
      ['2', 1],
    ]);
    const related = async (at: number): Promise<Record<string, string[][]>> => {
      const found = await opened.call('event.related', rows[at]?.row ?? raise());
      const kinds = Object.entries(found) as [string, readonly RelatedEvent[]][];
      const shown = kinds.map(([kind, events]) => [kind, events.map((each) => [each.summary.event, each.account])]);
      return Object.fromEntries(shown.filter(([, events]) => events?.length !== 0)) as Record<string, string[][]>;
    };
    expect(await related(0)).toEqual({ shared: [['Name1', '444455556666']] });
    expect(await related(1)).toEqual({ shared: [['Name1', '111122223333']] });
    const both = [
      ['Name2', '111122223333'],
      ['Name2', '111122223333'],
    ];
    expect(await related(2)).toEqual({ amends: both });
    expect(await related(3)).toEqual({ versions: both.slice(1), amendedBy: [['Name3', '111122223333']] });
    expect(await opened.report()).toMatchObject({ events: 5, versions: 2 });
  });
});

function raise(): never {
  throw new Error('there is no such row');
}
