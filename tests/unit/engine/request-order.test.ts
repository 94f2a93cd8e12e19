/** Requests to open, add and remove sources that come while others are read. */
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineSource } from '#contract/api';
import { defaultLimits } from '#contract/limits';
import { sourceAt } from '../../helpers/ask-engine';
import { waitUntil } from '../../helpers/wait';
import { folder, held, open, record } from '../../helpers/source-folders';

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

  it('are not read again for a removed source once they are removed too', async () => {
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
