import { describe, expect, it } from 'vitest';
import { rowId } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import type { ArchiveStatus } from '#contract/sources';
import type { ImportOptions } from '#engine/decode/import-types';
import type { EngineFiles } from '#engine/engine-files';
import type { RereadRecord } from '#engine/reread/event-in-slice';
import type { FileState } from '#engine/sources/file-state';
import { question, sourceAt } from '../../helpers/ask-engine';
import { engineHere, type EngineHere } from '../../helpers/engine-here';
import { listingOf } from '../../helpers/listing-of';
import { TestThread } from '../../helpers/segments';
import { waitUntil } from '../../helpers/wait';

const stateOf = (sizeBytes: number, mtimeMs: number): FileState => ({ sizeBytes, mtimeMs, ctimeMs: mtimeMs, inode: 1 });
const listed = listingOf([
  { path: '/logs/a.json.gz', relative: 'a.json.gz', source: 0, steps: [], packedBytes: 10, ...stateOf(10, 5) },
  { path: '/logs/b.json', relative: 'b.json', source: 0, steps: [], packedBytes: 7, ...stateOf(7, 6) },
]);
const record = (eventName: string): object => ({
  eventTime: '2023-07-10T12:00:00Z',
  eventName,
  awsRegion: 'eu-west-1',
});
const request = {
  sources: [sourceAt('/logs')],
  limits: defaultLimits,
};

/** Files that hold what the test gives out, when it does. */
class FakeFiles implements EngineFiles {
  options: ImportOptions | null = null;
  forgotten = 0;
  private finish: (() => void) | null = null;
  private readonly thread = new TestThread();

  importSources(...[, options]: Parameters<EngineFiles['importSources']>): ReturnType<EngineFiles['importSources']> {
    this.options = options;
    options.onListing?.(listed, [17]);
    return new Promise((resolve) => {
      const end = (cancelled: boolean): void => resolve({ files: listed, cancelled, elapsedMs: 12 });
      this.finish = () => end(false);
      options.signal?.addEventListener('abort', () => end(true));
    });
  }

  give(...names: readonly string[]): void {
    const events = names.map((name, at) => ({ record: record(name), derived: { '@account': '1' }, file: at % 2 }));
    this.options?.onSegment(this.thread.segment(events), 0);
  }

  /** Two events out of one slice of an archive's member. */
  giveTwins(): void {
    const event = { record: record('Twin'), derived: { '@format': 'elastic' }, file: 1, member: 4 };
    const segment = this.thread.segment([event, event]);
    segment.offsets.fill(segment.offsets[0] ?? 0);
    this.options?.onSegment(segment, 0);
  }

  end(): void {
    this.finish?.();
  }

  forgetKept(): void {
    this.forgotten++;
  }

  readRecord(...[file, member, spot]: Parameters<EngineFiles['readRecord']>): Promise<RereadRecord> {
    const { offset, length, ordinal, format } = spot;
    const place = [file.path, member?.name, offset, length, ordinal, format].join(' ');
    return Promise.resolve({ raw: Buffer.from(`${place} \xff`, 'latin1'), wrapping: Buffer.from('around it') });
  }

  digest(): ReturnType<EngineFiles['digest']> {
    return Promise.resolve({ sha256: 'f00', state: stateOf(7, 6) });
  }
}

function start(): { files: FakeFiles; engine: EngineHere; changes: ArchiveStatus[] } {
  const files = new FakeFiles();
  const changes: ArchiveStatus[] = [];
  const engine = engineHere({ files, onChanged: (status) => changes.push(status) });
  return { files, engine, changes };
}

/** Lets what was asked for begin. */
const begun = (files: FakeFiles): Promise<unknown> => waitUntil(() => files.options !== null);

describe('Engine', () => {
  it('answers queries while it imports, over what is there', async () => {
    const { files, engine } = start();
    const opened = engine.call('engine.open', request);
    await begun(files);
    files.give('GetObject', 'PutObject');
    expect(await engine.run('getobject')).toMatchObject({ total: 2, matched: 1 });
    const before = await engine.run('');
    files.give('GetObject');
    expect(await engine.run('getobject')).toMatchObject({ total: 3, matched: 2 });
    const page = { resultId: before.resultId, start: 0, count: 10, columns: ['event'] };
    const { rows } = await engine.call('result.page', page);
    expect(rows.map(({ cells }) => cells)).toEqual([['GetObject'], ['PutObject']]);
    files.end();
    expect(await opened).toMatchObject({ state: 'ready', name: 'logs', events: 3, progress: null });
  });

  it('keeps what was read when the import is cancelled', async () => {
    const { files, engine } = start();
    const controller = new AbortController();
    const opened = engine.call('engine.open', request, { signal: controller.signal });
    await begun(files);
    files.give('GetObject');
    controller.abort();
    await expect(opened).rejects.toMatchObject({ code: 'cancelled' });
    expect(await waitUntil(() => engine.status().state === 'ready' && engine.status())).toMatchObject({ events: 1 });
    expect(await engine.report()).toMatchObject({
      cancelled: true,
      events: 1,
      regions: [{ value: 'eu-west-1', count: 1 }],
      accounts: [{ value: '1', count: 1 }],
      days: [{ value: '2023-07-10', count: 1 }],
      bytesOnDisk: 17,
    });
    await engine.call('engine.close', null);
    expect(engine.status()).toMatchObject({ state: 'empty', events: 0, sources: [] });
    expect(files.forgotten).toBe(1);
  });

  it('ends an import that runs before it opens something else', async () => {
    const { files, engine } = start();
    const others = request.sources.map((source) => ({ ...source, name: 'more', path: '/more' }));
    const first = engine.call('engine.open', request);
    await begun(files);
    files.give('GetObject');
    const { signal } = files.options ?? {};
    const { resultId } = await engine.run('');
    const second = engine.call('engine.open', { ...request, sources: others });
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(signal?.aborted).toBe(true);
    await waitUntil(() => files.options?.signal !== signal);
    files.end();
    expect(await second).toMatchObject({ name: 'more', events: 0 });
    const page = { resultId, start: 0, count: 1, columns: [] };
    await expect(engine.call('result.page', page)).rejects.toMatchObject({ code: 'stale-result' });
  });

  it('reads an event again from its file, and says whether that has changed', async () => {
    const { files, engine } = start();
    void engine.call('engine.open', request);
    await begun(files);
    files.give('GetObject', 'PutObject');
    const detail = await engine.detail(rowId(1));
    expect(detail).toMatchObject({
      raw: '/logs/b.json  200 99 0 records \ufffd',
      wrapping: 'around it',
      location: { path: 'b.json', label: '/logs/b.json', offset: 200, length: 99 },
      summary: { event: 'PutObject', region: 'eu-west-1' },
    });
    files.giveTwins();
    const twins = [rowId(32), rowId(33)].map((row) => engine.detail(row));
    expect(await Promise.all(twins)).toMatchObject(
      [0, 1].map((ordinal) => ({
        raw: `/logs/b.json m4.json 300 99 ${ordinal} elastic \ufffd`,
        location: { path: 'b.json!/m4.json', label: '/logs/b.json!/m4.json', offset: 300, length: 99 },
        summary: { format: 'elastic' },
      })),
    );
    const digests = [rowId(0), rowId(1)].map((row) => engine.call('event.digest', row));
    expect(await Promise.all(digests)).toEqual([
      { path: 'a.json.gz', sha256: 'f00', sizeBytes: 7, changedSinceImport: true },
      { path: 'b.json', sha256: 'f00', sizeBytes: 7, changedSinceImport: false },
    ]);
    await expect(engine.detail(rowId(2))).rejects.toMatchObject({ code: 'not-found' });
    files.end();
  });

  it('refuses what needs an archive while none is open, and what is no longer wanted', async () => {
    const { engine } = start();
    await expect(engine.run('x')).rejects.toMatchObject({ code: 'nothing-open' });
    await expect(engine.call('query.run', question('x'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('reports changes, many at once as one', async () => {
    const { files, engine, changes } = start();
    const opened = engine.call('engine.open', request);
    await begun(files);
    for (let count = 0; count < 50; count++) files.give('GetObject');
    files.end();
    await opened;
    await waitUntil(() => changes.at(-1)?.state === 'ready');
    expect(changes.length).toBeLessThan(5);
    expect(changes.at(-1)).toMatchObject({ events: 50 });
  });
});
