import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SourceId } from '#contract/ids';
import { createAppService } from '#host/app-service';
import { createEngineClient } from '#host/engine-client';
import { createEvidence } from '#host/evidence';
import { createSettingsStore } from '#host/settings-store';
import type { AppCalls, AppEvents } from '#contract/api';
import { createClient, type Message } from '#contract/rpc';
import { makeTar } from '../helpers/make-tar';
import { makeZip } from '../helpers/make-zip';
import { envelope, record } from '../helpers/evidence';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Sources that come and go, from the window's call to the built engine's index and back. */

const worker = new URL('../../out/engine/engine-worker.js', import.meta.url);

async function start() {
  const folder = await temporaryFolder();
  const engine = createEngineClient({ url: worker, logCalls: 'none', log: () => undefined });
  const evidence = createEvidence();
  const log = (): void => undefined;
  const service = createAppService(
    {
      info: { version: '1', host: 'browser', platform: 'linux', nativeDialogs: false },
      startFolder: folder,
      sampleFolder: folder,
      pick: () => Promise.resolve(null),
    },
    { engine, store: createSettingsStore(join(folder, 'config'), { log, evidence }), evidence, log },
  );
  onTestFinished(async () => {
    await service.close();
  });
  let toServer: (message: Message) => void = () => undefined;
  let toClient: (message: Message) => void = () => undefined;
  const window = createClient<AppCalls, AppEvents>({
    post: (message) => {
      toServer(structuredClone(message));
    },
    onMessage: (listener) => {
      toClient = listener;
    },
  });
  service.connect({
    post: (message) => {
      toClient(structuredClone(message));
    },
    onMessage: (listener) => {
      toServer = listener;
    },
  });

  /** A file below the test's folder, as a source. */
  async function source(name: string, bytes: Uint8Array | string): Promise<SourceId> {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, bytes);
    return (await window.call('folder.find', path)).sourceId;
  }
  const names = async (withDuplicates = false): Promise<readonly string[]> => {
    const question = { text: '', facets: [], timeline: null, sort: 'oldest-first' as const, withDuplicates };
    const { resultId } = await window.call('query.run', question);
    const { rows } = await window.call('result.page', { resultId, start: 0, count: 500, columns: [] });
    return rows.map((row) => row.event);
  };
  return { window, source, names, folder };
}

const event = (name: string, second: number): string =>
  record(name, { eventID: `id-of-${name}`, recipientAccountId: '111122223333' }, second);

describe('an archive of several sources', () => {
  it('holds the events of each source once, and none of a removed one', async () => {
    const { window, source, names } = await start();
    const zip = await source(
      'case.zip',
      makeZip([{ name: 'a.json', bytes: Buffer.from(envelope(event('One', 1), event('Both', 2))) }]),
    );
    const tar = await source(
      'more.bin',
      gzipSync(makeTar([{ name: 'b.json', bytes: Buffer.from(envelope(event('Both', 2), event('Three', 3))) }])),
    );
    await window.call('archive.open', [zip]);
    expect(await names()).toEqual(['One', 'Both']);
    expect(await window.call('archive.add', [tar])).toMatchObject({
      events: 3,
      duplicates: 1,
      name: 'case.zip and 1 more',
    });
    expect(await names()).toEqual(['One', 'Both', 'Three']);
    expect(await names(true)).toEqual(['One', 'Both', 'Both', 'Three']);
    const { sources } = await window.call('archive.report', null);
    expect(sources).toMatchObject([
      { name: 'case.zip', events: 2 },
      { name: 'more.bin', events: 2 },
    ]);
    const text = await window.call('archive.report-text', 'window');
    expect(text).toContain('case.zip!/a.json');
    expect(text).toContain('more.bin!/b.json');

    // The copy that stayed is an event of its own now.
    expect(await window.call('archive.remove', zip)).toMatchObject({ events: 2, duplicates: 0, name: 'more.bin' });
    expect(await names()).toEqual(['Both', 'Three']);
    expect(await window.call('archive.remove', tar)).toMatchObject({ state: 'empty', events: 0 });
    expect((await window.call('recent.list', null)).map(({ name, events }) => [name, events])).toEqual([
      ['more.bin', 2],
      ['case.zip and 1 more', 3],
      ['case.zip', 2],
    ]);
  });

  it('is opened again from what is remembered of it', async () => {
    const { window, source, names } = await start();
    const one = await source('x/logs.json', envelope(event('One', 1)));
    const two = await source('y/logs.json', envelope(event('Two', 2)));
    await window.call('archive.open', [one]);
    const { sources } = await window.call('archive.add', [two]);
    expect(sources.map(({ name }) => name)).toEqual(['logs.json', 'y/logs.json']);
    await window.call('archive.close', null);
    const [recent] = await window.call('recent.list', null);
    await window.call('archive.open', recent?.sources.map(({ sourceId }) => sourceId) ?? []);
    expect(await names()).toEqual(['One', 'Two']);
    const { files } = await window.call('archive.files', { which: 'all', search: '', start: 0, count: 10 });
    expect(new Set(files.map(({ sourceId }) => sourceId)).size).toBe(2);
  });

  it('says so where an added source is gone', async () => {
    const { window, source, names, folder } = await start();
    await window.call('archive.open', [await source('a.json', envelope(event('One', 1)))]);
    const gone = await source('b.json', '[]');
    await rm(join(folder, 'b.json'));
    const status = await window.call('archive.add', [gone]);
    expect(status).toMatchObject({ events: 1, filesUnread: 1 });
    expect(await names()).toEqual(['One']);
  });
});
