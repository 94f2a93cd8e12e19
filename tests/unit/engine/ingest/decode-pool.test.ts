import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import type { ImportProgress } from '#contract/sources';
import { importSources } from '#engine/decode/decode-pool';
import type { FileOutcome, ImportEnd, ImportOptions } from '#engine/decode/import-types';
import type { Segment } from '#engine/scan/segment';
import { builtDecodeWorker, decodeWorkerDyingAtOpen, dyingDecodeWorker } from '../../../helpers/decode-worker';
import type { ListedFile } from '#engine/sources/listed-file';
import type { MemberRef } from '#engine/sources/member';
import { RecordReread } from '#engine/reread/read-record';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { decodeRows } from '../../../helpers/segment-leaves';
import { temporaryFolder } from '../../../helpers/temporary-folder';

interface Imported {
  readonly end: ImportEnd;
  readonly outcomes: readonly FileOutcome[];
  readonly progress: readonly ImportProgress[];
  /** The events' names, sorted. */
  readonly names: readonly string[];
  readonly threads: number;
}

async function importAll(path: string, options: Partial<ImportOptions> = {}): Promise<Imported> {
  const segments = new Map<number, Segment[]>();
  const outcomes: FileOutcome[] = [];
  const progress: ImportProgress[] = [];
  const end = await importSources([{ path, prefix: '' }], {
    limits: defaultLimits,
    hashSeed: '00'.repeat(16),
    ...options,
    onSegment(segment, thread) {
      segments.set(thread, [...(segments.get(thread) ?? []), segment]);
      options.onSegment?.(segment, thread);
    },
    onFile: (outcome) => outcomes.push(outcome),
    onProgress: (told) => progress.push(told),
  });
  const names = Array.from(segments.values(), (own) => decodeRows(own).leaves)
    .flat()
    .flatMap((row) => row.filter((leaf) => leaf.startsWith('eventName ')))
    .map((leaf) => leaf.slice('eventName 0 '.length))
    .sort();
  return { end, outcomes, progress, names, threads: segments.size };
}

/** A folder with files of `perFile` events each, every event with a name of its own. */
async function archive(files: number, perFile: number): Promise<{ path: string; names: string[] }> {
  const path = join(await temporaryFolder(), 'archive');
  await mkdir(path);
  const names: string[] = [];
  for (let file = 0; file < files; file++) {
    const own = Array.from({ length: perFile }, (_, i) => `E${String(file)}-${String(i)}`);
    names.push(...own);
    const Records = own.map((eventName) => ({ eventVersion: '1.08', eventName, eventTime: '2023-07-10T12:40:01Z' }));
    const json = JSON.stringify({ Records });
    await writeFile(join(path, `${String(file).padStart(4, '0')}.json.gz`), gzipSync(json, { level: 1 }));
  }
  return { path, names: names.sort() };
}

const statuses = (outcomes: readonly FileOutcome[]): Record<string, string> =>
  Object.fromEntries(
    outcomes
      .map(({ report }) => [report.path, `${report.status} ${String(report.events)}`] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

describe('an import', () => {
  it('reads every file once, and reports the end of each, on the calling thread', async () => {
    const { path, names } = await archive(20, 30);
    await writeFile(join(path, 'notes.txt'), 'not a log');
    await writeFile(join(path, 'torn.json'), '{"Records":[{"eventName":"last"},{"eventName":"lo');
    const imported = await importAll(path, { threads: 0 });
    expect(imported.names).toEqual([...names, 'last'].sort());
    expect(imported.outcomes).toHaveLength(22);
    expect(statuses(imported.outcomes)).toMatchObject({
      'notes.txt': 'unread 0',
      'torn.json': 'partial 1',
      '0000.json.gz': 'read 30',
    });
    expect(imported.end).toMatchObject({ cancelled: false });
    expect(Array.from(imported.end.files, ({ relative }) => relative)).toContain('0019.json.gz');
  });

  it('ignores the OS metadata where it holds nothing, and reads it where it holds events', async () => {
    const path = await temporaryFolder();
    const files: readonly (readonly [string, string | Uint8Array])[] = [
      ['.DS_Store', Buffer.from('\0\0\0\u0001Bud1')],
      ['._b.json', Buffer.from([0, 5, 0x16, 7, 0, 2])],
      ['desktop.ini', '[.ShellClassInfo]\r\nIconIndex=0'],
      ['aws-logs-write-test', 'Permission check'],
      ['._events.json', '{"eventName":"hidden"}'],
      ['Thumbs.db', '{"Records":[{"eventName":"kept"},{"eventName":'],
    ];
    for (const [name, content] of files) await writeFile(join(path, name), content);
    const zip = makeZip(files.map(([name, content]) => ({ name: `__MACOSX/${name}`, bytes: Buffer.from(content) })));
    await writeFile(join(path, 'case.zip'), zip);
    const { names, outcomes } = await importAll(path, { threads: 0 });
    expect(names).toEqual(['hidden', 'hidden', 'kept', 'kept']);
    const expected = [
      ['.DS_Store', 'ignored 0'],
      ['._b.json', 'ignored 0'],
      ['desktop.ini', 'ignored 0'],
      ['aws-logs-write-test', 'ignored 0'],
      ['._events.json', 'read 1'],
      ['Thumbs.db', 'partial 1'],
    ] as const;
    expect(statuses(outcomes)).toMatchObject(
      Object.fromEntries(
        expected.flatMap(([name, status]) => [
          [name, status],
          [`case.zip!/__MACOSX/${name}`, status],
        ]),
      ),
    );
  });

  it('takes a licence or a read-me for no log, and reads it where it holds events', async () => {
    const path = await temporaryFolder();
    const files: readonly (readonly [string, string | Uint8Array])[] = [
      ['LICENSE', 'Permission is hereby granted, free of charge'],
      ['README.md', '# How these logs were collected\n\n{ "Records": [] }'],
      ['LICENSE-MIT.txt', 'Permission is hereby granted'],
      ['COPYING', '{"eventName":"hidden"}'],
      ['NOTICE', 'see below\n{"Records":[{"eventName":"kept"},{"eventName":'],
      ['README', Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0xff, 0xfe])],
      ['readme-first.json', 'not a log'],
    ];
    for (const [name, content] of files) await writeFile(join(path, name), content);
    const { names, outcomes } = await importAll(path, { threads: 0 });
    expect([...names].sort()).toEqual(['hidden', 'kept']);
    expect(statuses(outcomes)).toMatchObject({
      LICENSE: 'ignored 0',
      'README.md': 'ignored 0',
      'LICENSE-MIT.txt': 'ignored 0',
      COPYING: 'read 1',
      NOTICE: 'partial 1',
      README: 'unread 0',
      'readme-first.json': 'unread 0',
    });
  });

  it('reads the same on several threads', async () => {
    const { path, names } = await archive(40, 200);
    const imported = await importAll(path, { threads: 3, workerUrl: await builtDecodeWorker() });
    expect(imported.names).toEqual(names);
    expect(imported.outcomes).toHaveLength(40);
    expect(new Set(imported.outcomes.map(({ file }) => file)).size).toBe(40);
  });

  it('reports its progress, from the listing to the end', async () => {
    const { path } = await archive(5, 10);
    const { progress } = await importAll(path, { threads: 0 });
    expect(progress[0]).toMatchObject({ phase: 'listing', filesTotal: 0 });
    const last = progress.at(-1);
    expect(last).toMatchObject({ phase: 'finishing', filesTotal: 5, filesDone: 5, events: 50, remainingMs: null });
    expect(last?.bytesDone).toBe(last?.bytesTotal);
    progress.reduce((before, now) => {
      expect(now.events).toBeGreaterThanOrEqual(before.events);
      expect(now.bytesDone).toBeLessThanOrEqual(now.bytesTotal);
      return now;
    });
  });

  it('hands out something to see long before the end', async () => {
    const { path } = await archive(20, 1000);
    const sizes: number[] = [];
    await importAll(path, { threads: 0, onSegment: ({ rowCount }) => sizes.push(rowCount) });
    expect(sizes[0]).toBeLessThan(2000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20_000);
  });

  it.each(['on the calling thread', 'on several threads'])(
    'keeps what was read when it is cancelled, %s',
    async (where) => {
      const { path, names } = await archive(60, 2000);
      const controller = new AbortController();
      const here = where === 'on the calling thread';
      const imported = await importAll(path, {
        ...(here ? { threads: 0 } : { threads: 2, workerUrl: await builtDecodeWorker() }),
        signal: controller.signal,
        onSegment: () => {
          controller.abort();
        },
      });
      expect(imported.end.cancelled).toBe(true);
      expect(imported.names.length).toBeGreaterThan(0);
      expect(imported.names.length).toBeLessThan(names.length);
      const told = imported.outcomes.reduce((sum, { report }) => sum + report.events, 0);
      expect(told).toBe(imported.names.length);
    },
  );

  it('reads nothing where it was cancelled before', async () => {
    const { path } = await archive(2, 2);
    const imported = await importAll(path, { threads: 0, signal: AbortSignal.abort() });
    expect({ names: imported.names, cancelled: imported.end.cancelled }).toEqual({ names: [], cancelled: true });
  });

  it('lists the file at which a thread died, and reads all others', async () => {
    const { path, names } = await archive(12, 50);
    for (const name of ['0003-deadly.json', '0007-deadly.json']) await writeFile(join(path, name), '{}');
    const imported = await importAll(path, { threads: 2, workerUrl: await dyingDecodeWorker('deadly') });
    expect(imported.names).toEqual(names);
    expect(imported.outcomes).toHaveLength(14);
    expect(statuses(imported.outcomes)).toMatchObject({
      '0003-deadly.json': 'unread 0',
      '0007-deadly.json': 'unread 0',
      '0011.json.gz': 'read 50',
    });
    expect(imported.threads).toBeGreaterThan(0);
  });

  it('reads what a thread was to read again, although it died before it came to it', async () => {
    const { path, names } = await archive(6, 20);
    const imported = await importAll(path, { threads: 1, workerUrl: await decodeWorkerDyingAtOpen([4, 1]) });
    expect(imported.outcomes.map(({ file }) => file).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    // Each death costs one file: which, depends on what was delivered before it.
    const read = imported.outcomes.filter(({ report }) => report.status === 'read').map(({ file }) => String(file));
    expect(read).toHaveLength(4);
    expect(imported.names).toEqual(names.filter((name) => read.includes(name.slice(1, name.indexOf('-')))));
  });

  it('reports what it had read of an archive when a thread died at it, and no row twice', async () => {
    const { path, names } = await archive(6, 50);
    const members = Array.from({ length: 40 }, (_, i) => {
      const line = JSON.stringify({ eventVersion: '1.08', eventName: `M${String(i)}`, filler: 'x'.repeat(4000) });
      return { name: `${String(i)}.json`, bytes: Buffer.from(`${line}\n`.repeat(250)) };
    });
    await writeFile(join(path, 'deadly.tar'), makeTar(members));
    const workerUrl = await dyingDecodeWorker('deadly', 30 * 2 ** 20);
    const imported = await importAll(path, { threads: 2, workerUrl });
    const others = new Set(names);
    expect(imported.names.filter((name) => others.has(name))).toEqual(names);
    const told = imported.outcomes.reduce((sum, { report }) => sum + report.events, 0);
    expect(told).toBe(imported.names.length);
    expect(told).toBeGreaterThan(names.length);
    const ends = imported.outcomes.filter(({ report }) => report.path === 'deadly.tar');
    expect(ends.map(({ report }) => report.problems[0]?.code)).toEqual(['unreadable']);
  });

  it.each([0, 2])('reads archives in the folder, and reports the end of each member (%i threads)', async (threads) => {
    const { path, names } = await archive(2, 5);
    const logs = ['A', 'B', 'C', 'D'].map((name) => ({
      name: `${name}.json`,
      bytes: Buffer.from(JSON.stringify({ Records: [{ eventVersion: '1.08', eventName: name }] })),
    }));
    const damaged = { name: 'none.json', bytes: Buffer.from('{"Records":[') };
    const inner = makeZip(logs.slice(2));
    await writeFile(join(path, 'case.zip'), makeZip([...logs, { name: 'secret', bytes: inner, encrypted: true }]));
    await writeFile(join(path, 'logs.tgz'), gzipSync(makeTar([...logs, { name: 'in.zip', bytes: inner }, damaged])));
    await writeFile(join(path, '.DS_Store'), 'x');
    const torn = makeZip(logs);
    await writeFile(join(path, 'torn.zip'), torn.subarray(0, Buffer.from(torn).indexOf('PK\x01\x02', 0, 'latin1')));
    const workerUrl = await builtDecodeWorker();
    const imported = await importAll(path, { threads, workerUrl });
    const each = ['A', 'B', 'C', 'D'];
    expect(imported.names).toEqual([...names, ...each, ...each, ...each, 'C', 'D'].sort());
    expect(statuses(imported.outcomes)).toEqual({
      '.DS_Store': 'ignored 0',
      '0000.json.gz': 'read 5',
      '0001.json.gz': 'read 5',
      'case.zip': 'read 0',
      ...Object.fromEntries(each.map((name) => [`case.zip!/${name}.json`, 'read 1'])),
      'case.zip!/secret': 'unread 0',
      'logs.tgz': 'read 0',
      ...Object.fromEntries(each.map((name) => [`logs.tgz!/${name}.json`, 'read 1'])),
      'logs.tgz!/in.zip': 'read 0',
      'logs.tgz!/in.zip!/C.json': 'read 1',
      'logs.tgz!/in.zip!/D.json': 'read 1',
      'logs.tgz!/none.json': 'unread 0',
      'torn.zip': 'partial 0',
      ...Object.fromEntries(each.map((name) => [`torn.zip!/${name}.json`, 'read 1'])),
    });
    const last = imported.progress.at(-1);
    expect(last?.bytesDone).toBe(last?.bytesTotal);
  });

  it('finds every event of an archive again by its row', async () => {
    const path = join(await temporaryFolder(), 'logs.tar.gz');
    const members = Array.from({ length: 300 }, (_, i) => {
      const events = Array.from({ length: i % 5 }, (_, j) => `{"eventName":"E${String(i)}-${String(j)}"}`);
      const bytes = Buffer.from(`{"Records":[${events.join(', ')}]}`);
      return { name: `${String(i)}.json`, bytes: i % 3 === 0 ? gzipSync(bytes) : bytes };
    });
    await writeFile(path, gzipSync(makeTar(members)));
    const found: [ListedFile, MemberRef | null, number, number][] = [];
    let files: readonly ListedFile[] = [];
    const { names } = await importAll(path, {
      threads: 0,
      onListing: (listed) => (files = [...listed]),
      onSegment: ({ rowCount, offsets, lengths, files: runs }) => {
        for (let row = 0; row < rowCount; row++) {
          const run = runs.findLast(({ rowStart }) => rowStart <= row);
          const file = files[run?.file ?? -1];
          if (run === undefined || file === undefined) throw new Error('a row without a file');
          found.push([file, run.member, offsets[row] ?? -1, lengths[row] ?? -1]);
        }
      },
    });
    const read: string[] = [];
    for (const [file, member, offset, length] of found) {
      const { raw } = await new RecordReread().read(file, member, { offset, length, ordinal: 0, format: 'records' });
      read.push((JSON.parse(Buffer.from(raw).toString()) as { eventName: string }).eventName);
    }
    expect(read.sort()).toEqual(names);
    expect(read).toHaveLength(members.reduce((sum, _, i) => sum + (i % 5), 0));
  });

  it('fails where no thread can be started', async () => {
    const { path } = await archive(1, 1);
    const workerUrl = new URL('./missing-worker.mjs', import.meta.url);
    await expect(importAll(path, { threads: 2, workerUrl })).rejects.toThrow();
  });

  it.each([0, 2])('fails with what its caller throws at a segment (%i threads)', async (threads) => {
    const { path } = await archive(10, 100);
    const onSegment = (): void => {
      throw new Error('no room');
    };
    await expect(importAll(path, { threads, workerUrl: await builtDecodeWorker(), onSegment })).rejects.toThrow(
      'no room',
    );
  });

  it('ends at once where there is nothing to read', async () => {
    const { path } = await archive(0, 0);
    const imported = await importAll(path, { workerUrl: await builtDecodeWorker() });
    expect({ names: imported.names, outcomes: imported.outcomes }).toEqual({ names: [], outcomes: [] });
  });
});

describe('memory', () => {
  it('is bounded while a file of 100 MB is read', async () => {
    const path = join(await temporaryFolder(), 'large.json.gz');
    const line = `${JSON.stringify({ eventVersion: '1.08', eventName: 'A', x: 'y'.repeat(900) })}\n`;
    const bytes = 100 * 2 ** 20;
    await writeFile(path, gzipSync(Buffer.alloc(bytes, line), { level: 1 }));
    let events = 0;
    let most = 0;
    const before = process.memoryUsage().rss;
    await importSources([{ path, prefix: '' }], {
      limits: defaultLimits,
      hashSeed: '00'.repeat(16),
      threads: 0,
      onSegment({ rowCount }) {
        events += rowCount;
        most = Math.max(most, process.memoryUsage().rss - before);
      },
      onFile: () => undefined,
    });
    expect(events).toBe(Math.floor(bytes / line.length));
    expect(most).toBeLessThan(bytes * 0.9);
  });
});
