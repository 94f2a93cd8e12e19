import { createHash } from 'node:crypto';
import { chmod, link, mkdir, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rowId } from '#contract/ids';
import type { QueryResult } from '#contract/query';
import type { ImportProgress } from '#contract/sources';
import { startEngine } from '../helpers/engine';
import { envelope, gzipped, record, stateOfFolder, writeEvidence } from '../helpers/evidence';
import { temporaryFolder } from '../helpers/temporary-folder';

/** What a person does with an archive from its opening to its closing, also in the middle of things. */

/** Enough to be watched on a fast machine too. */
const filesInLarge = 120;
const eventsPerFile = 8_000;
const names = ['GetObject', 'PutObject', 'ListBuckets', 'DeleteObject'];

/** An archive that takes a while to read. `behind` stands at the end of each file. */
async function largeArchive(...behind: readonly Buffer[]): Promise<string> {
  const folder = join(await temporaryFolder(), 'large');
  await mkdir(folder);
  const records = Array.from({ length: eventsPerFile }, (_, i) =>
    record(names[i % names.length]!, { requestParameters: { key: `folder/object-${String(i)}` } }, i % 600),
  );
  const first = join(folder, '000.json.gz');
  await writeFile(first, Buffer.concat([gzipped(...records), ...behind]));
  for (let file = 1; file < filesInLarge; file++) {
    await link(first, join(folder, `${String(file).padStart(3, '0')}.json.gz`));
  }
  return folder;
}

const service = { field: 'service', search: '', order: 'most' as const, limit: 10 };
const timeline = { from: null, to: null, maxBins: 50 };

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** A result's figures agree with one another, whenever it was taken. */
function expectConsistent({ matched, total, facets, timeline: bins }: QueryResult): void {
  expect(matched).toBe(total);
  expect(sum(facets.flatMap(({ values, missing }) => [...values.map(({ count }) => count), missing]))).toBe(total);
  if (bins !== null) {
    expect(sum([...bins.error, ...bins.write, ...bins.read, ...bins.unstated, bins.undated])).toBe(total);
  }
}

describe('while an archive is read', () => {
  it('its results can be used, and grow', async () => {
    const engine = startEngine();
    const folder = await largeArchive();
    const progress: ImportProgress[] = [];
    let isOver = false;
    const ready = engine.changed(({ state }) => state === 'ready');
    const startedAt = performance.now();
    const opening = engine.open(folder, { onProgress: (told) => progress.push(told) }).finally(() => (isOver = true));
    const seen: QueryResult[] = [];
    while (!isOver) {
      const result = await engine.run('', { facets: [service], timeline });
      expectConsistent(result);
      const { rows } = await engine.call('result.page', {
        resultId: result.resultId,
        start: 0,
        count: 500,
        columns: [],
      });
      expect(rows).toHaveLength(Math.min(500, result.matched));
      if (rows[0] !== undefined)
        expect(JSON.parse((await engine.detail(rows[0].row)).raw)).toMatchObject({ eventName: rows[0].event });
      seen.push(result);
    }
    const all = filesInLarge * eventsPerFile;
    expect(await opening).toMatchObject({ state: 'ready', events: all, filesRead: filesInLarge, progress: null });
    const between = new Set(seen.map(({ total }) => total).filter((total) => total > 0 && total < all));
    // How many of them there are is up to how busy the machine is.
    expect(between.size).toBeGreaterThan(0);
    seen.reduce((before, now) => {
      expect(now.total).toBeGreaterThanOrEqual(before.total);
      // More to see is a new version: the window knows by it when to ask again.
      if (now.total > before.total) expect(now.version).toBeGreaterThan(before.version);
      else expect(now.version).toBeGreaterThanOrEqual(before.version);
      return now;
    });
    expect((await engine.run('event:putobject')).matched).toBe(all / names.length);

    await ready;
    const elapsedMs = performance.now() - startedAt;
    expect(engine.changes.length).toBeGreaterThan(1);
    expect(engine.changes.length).toBeLessThanOrEqual(elapsedMs / 200 + 2);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.length).toBeLessThanOrEqual(elapsedMs / 100 + 4);
    expect(progress.at(-1)).toMatchObject({ filesTotal: filesInLarge, filesDone: filesInLarge, events: all });
  });

  it('what somebody appended to its files is counted from the first that is read', async () => {
    const engine = startEngine();
    const during = engine.changed(({ state, appended }) => state === 'importing' && appended > 0);
    const opening = engine.open(await largeArchive(gzipped(record('Forged'))));
    const { appended, events } = await during;
    expect(appended).toBeLessThanOrEqual(events);
    expect(await opening).toMatchObject({ state: 'ready', appended: filesInLarge });
    expect((await engine.report()).appended).toBe(filesInLarge);
    expect((await engine.run('integrity:appended')).matched).toBe(filesInLarge);
  });

  it('cancelling keeps what was read, and says that it is not all', async () => {
    const engine = startEngine();
    const folder = await largeArchive();
    const controller = new AbortController();
    const ready = engine.changed(({ state }) => state === 'ready');
    const opening = engine.open(folder, {
      signal: controller.signal,
      onProgress: ({ events }) => {
        if (events > 0) controller.abort();
      },
    });
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    const { events } = await ready;
    expect(events).toBeGreaterThan(0);
    expect(events).toBeLessThan(filesInLarge * eventsPerFile);
    const result = await engine.run('', { facets: [service], timeline });
    expectConsistent(result);
    expect(result.total).toBe(events);
    const report = await engine.report();
    expect(report).toMatchObject({ cancelled: true, events });
    for (const { problems } of report.files) expect(problems.at(-1)?.message).toContain('cancelled');
    const partly = sum(report.files.map((file) => file.events));
    expect(report.filesRead * eventsPerFile + partly).toBe(events);
    const [row] = (await engine.call('result.page', { resultId: result.resultId, start: 0, count: 1, columns: [] }))
      .rows;
    expect(JSON.parse((await engine.detail(row!.row)).raw)).toMatchObject({ eventName: row!.event });
  });

  it('another can be opened instead, also several at once, and only the last one stays', async () => {
    const engine = startEngine();
    const large = await largeArchive();
    const small = await writeEvidence(['log.json', envelope(record('Small'))]);
    let isReading: () => void;
    const reading = new Promise<void>((resolve) => (isReading = resolve));
    const first = engine.open(large, { onProgress: ({ events }) => events > 0 && isReading() });
    await reading;
    const old = await engine.run('');
    const all = await Promise.allSettled([first, engine.open(large), engine.open(large), engine.open(small)]);
    expect(all).toMatchObject([
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'fulfilled', value: { state: 'ready', events: 1, filesRead: 1 } },
    ]);
    expect(await engine.names('')).toEqual(['Small']);
    expect(await engine.call('archive.status', null)).toMatchObject({ state: 'ready', events: 1, name: 'evidence' });
    expect((await engine.report()).events).toBe(1);
    await expect(
      engine.call('result.page', { resultId: old.resultId, start: 0, count: 1, columns: [] }),
    ).rejects.toMatchObject({ code: 'stale-result' });
  });

  it('it can be closed', async () => {
    const engine = startEngine();
    const opening = engine.open(await largeArchive());
    const closed = engine.call('engine.close', null);
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    await closed;
    expect(await engine.call('archive.status', null)).toMatchObject({
      state: 'empty',
      events: 0,
      indexBytes: 0,
      sources: [],
    });
  });
});

describe('an open archive', () => {
  it('is gone when it is closed', async () => {
    const engine = startEngine();
    await engine.open(await writeEvidence(['log.json', envelope(record('A'))]));
    const { resultId } = await engine.run('');
    await engine.call('engine.close', null);
    const answers = await Promise.allSettled([
      engine.run(''),
      engine.facet('', 'service'),
      engine.call('result.page', { resultId, start: 0, count: 1, columns: [] }),
      engine.call('result.locate', { resultId, row: rowId(0) }),
      engine.detail(rowId(0)),
      engine.call('event.digest', rowId(0)),
      engine.report(),
      engine.call('field.list', null),
      engine.call('query.complete', { text: '', cursor: 0, limit: 1 }),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'nothing-open' } });
    expect(await engine.call('archive.status', null)).toMatchObject({ state: 'empty', indexBytes: 0 });
    expect(await engine.call('engine.close', null)).toBeNull();
  });

  it('keeps the last results, and says of older ones that they are gone', async () => {
    const engine = startEngine();
    await engine.open(await writeEvidence(['log.json', envelope(record('A'), record('B'))]));
    const results: QueryResult[] = [];
    for (let i = 0; i < 20; i++) results.push(await engine.run(i % 2 === 0 ? 'event:a' : ''));
    const page = (result: QueryResult): Promise<unknown> =>
      engine.call('result.page', { resultId: result.resultId, start: 0, count: 10, columns: [] });
    for (const result of results.slice(-8))
      expect(await page(result)).toMatchObject({ rows: { length: result.matched } });
    await expect(page(results[0]!)).rejects.toMatchObject({ code: 'stale-result' });
    await expect(engine.call('result.locate', { resultId: results[0]!.resultId, row: rowId(0) })).rejects.toMatchObject(
      { code: 'stale-result' },
    );
  });

  it('finds the place of a row in a result, or that it is not in it', async () => {
    const engine = startEngine();
    await engine.open(
      await writeEvidence(['log.json', envelope(...['A', 'B', 'C'].map((name, i) => record(name, {}, i)))]),
    );
    const rows = await engine.rows('', [], { sort: 'newest-first' });
    const { resultId } = await engine.run('-event:b', { sort: 'newest-first' });
    const places = rows.map(({ row }) => engine.call('result.locate', { resultId, row }));
    expect([rows.map(({ event }) => event), await Promise.all(places)]).toEqual([
      ['C', 'B', 'A'],
      [0, null, 1],
    ]);
  });

  it('says where a query has a syntax error, and goes on', async () => {
    const engine = startEngine();
    await engine.open(await writeEvidence(['log.json', envelope(record('A'))]));
    await expect(engine.run('event:a AND (b')).rejects.toMatchObject({
      code: 'bad-query',
      details: { at: { from: 12 } },
    });
    expect(await engine.names('event:a')).toEqual(['A']);
    await expect(engine.detail(rowId(1e6))).rejects.toMatchObject({ code: 'not-found' });
    await expect(engine.detail(rowId(-1))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a file of an open archive', () => {
  const folderWith = (name: string, content: string | Uint8Array): Promise<string> => writeEvidence([name, content]);

  it.each([
    ['log.json', (json: string): Uint8Array => Buffer.from(json)],
    ['log.json.gz', (json: string): Uint8Array => gzipSync(json)],
  ])('has the checksum of its bytes on disk (%s)', async (name, pack) => {
    const engine = startEngine();
    const bytes = pack(envelope(record('A'), record('B')));
    await engine.open(await folderWith(name, bytes));
    const [row] = await engine.rows('event:b');
    expect(await engine.call('event.digest', row!.row)).toEqual({
      path: name,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      changedSinceImport: false,
    });
  });

  it.each([
    ['is removed', (path: string) => rm(path), null],
    [
      'becomes another of the same length',
      (path: string) => writeFile(path, envelope(record('Evil'), record('B'))),
      true,
    ],
    ['grows', async (path: string) => writeFile(path, `${await readFile(path, 'utf8')}\n`), true],
    ['is cut short', (path: string) => writeFile(path, '{'), true],
    ['becomes a folder', async (path: string) => rm(path).then(() => mkdir(path)), null],
    [
      'changes and takes its old time again',
      async (path: string) => {
        await writeFile(path, ' '.repeat(5000));
        await utimes(path, 1, 1);
      },
      true,
    ],
  ])('that %s is not shown as if it were the same', async (_, change, changedSinceImport) => {
    const engine = startEngine();
    const folder = await folderWith('log.json', envelope(record('Good'), record('B')));
    const path = join(folder, 'log.json');
    await utimes(path, 1_700_000_000, 1_700_000_000);
    await engine.open(folder);
    const [row] = await engine.rows('event:good');
    expect((await engine.detail(row!.row)).raw).toBe(record('Good'));
    await change(path);
    await expect(engine.detail(row!.row)).rejects.toMatchObject({
      code: 'not-readable',
      message: expect.stringContaining(path) as string,
    });
    const digest = engine.call('event.digest', row!.row);
    if (changedSinceImport === null) await expect(digest).rejects.toMatchObject({ code: 'not-readable' });
    else expect(await digest).toMatchObject({ changedSinceImport });
    // The index needs the file no more.
    expect(await engine.names('event:good')).toEqual(['Good']);
  });

  it('that vanishes before it is read is listed', async () => {
    const engine = startEngine();
    const folder = await largeArchive();
    const last = join(folder, `${String(filesInLarge - 1).padStart(3, '0')}.json.gz`);
    let removal: Promise<void> | null = null;
    await engine.open(folder, {
      onProgress: ({ phase }) => {
        if (phase === 'reading') removal ??= rename(last, join(folder, '..', 'elsewhere'));
      },
    });
    await removal;
    expect(await engine.report()).toMatchObject({
      filesRead: filesInLarge - 1,
      filesUnread: 1,
      events: (filesInLarge - 1) * eventsPerFile,
      files: [{ status: 'unread', events: 0, problems: [{ code: 'unreadable', message: 'not found' }] }],
    });
  });
});

describe('the evidence', () => {
  it('is left as it was, byte for byte, and may be read-only', async () => {
    const folder = await writeEvidence(
      ['AWSLogs/a.json.gz', gzipped(record('A'))],
      ['AWSLogs/deep/er/b.json', envelope(record('B'), '{"broken":')],
      ['notes.txt', 'not a log'],
    );
    for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
      await chmod(join(name.parentPath, name.name), name.isFile() ? 0o444 : 0o555);
    }
    await chmod(folder, 0o555);
    const before = await stateOfFolder(folder);
    const engine = startEngine();
    await engine.open(folder);
    for (const { row } of await engine.rows('')) {
      await engine.detail(row);
      await engine.call('event.digest', row);
    }
    await engine.run('nothing', { facets: [service], timeline });
    await engine.open(folder);
    expect(await engine.names('')).toEqual(['A', 'B']);
    await engine.call('engine.close', null);
    expect(await stateOfFolder(folder)).toEqual(before);
    for (const name of ['.', 'AWSLogs', 'AWSLogs/deep', 'AWSLogs/deep/er']) await chmod(join(folder, name), 0o755);
  });
});
