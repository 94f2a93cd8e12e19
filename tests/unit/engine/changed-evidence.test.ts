/** Evidence that changes while it is open: no other event is ever shown in the place of the one that was indexed. */
import { chmod, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { engineHere, type EngineHere } from '../../helpers/engine-here';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { allSamples } from '../../samples/all-samples';

const file = (...names: readonly string[]): string =>
  JSON.stringify({
    Records: names.map((eventName, at) => ({ eventID: String(at), eventName, recipientAccountId: '111122223333' })),
  });

async function opening(folder: string): Promise<EngineHere> {
  const engine = engineHere();
  await engine.open(folder);
  return engine;
}

/** Writes a file, in place or by another one that takes its place; its time is always the same. */
async function write(path: string, bytes: Uint8Array | string, isInPlace = true): Promise<void> {
  const written = isInPlace ? path : `${path}.new`;
  await writeFile(written, bytes);
  await utimes(written, 1_688_000_000, 1_688_000_000);
  if (!isInPlace) await rename(written, path);
}

describe('a file that has another event of the same length, with the same size and time', () => {
  for (const isInPlace of [true, false]) {
    it(`is refused where it was ${isInPlace ? 'written over' : 'put in the place of the other'}`, async () => {
      const folder = await temporaryFolder();
      const path = join(folder, 'a.json');
      await write(path, file('StopLogging', 'GetObject'));
      const opened = await opening(folder);
      const [one, other] = await opened.rows('');
      if (one === undefined || other === undefined) throw new Error('two rows');
      // Texts that were read are kept: what has changed must not be hidden by that, nor show through it.
      expect((await opened.detail(one.row)).raw).toContain('StopLogging');
      await write(path, file('ListBuckets', 'GetObject'), isInPlace);
      const location = { path: 'a.json', offset: 12, length: file('StopLogging').length - 14 };
      await expect(opened.detail(one.row)).rejects.toMatchObject({ code: 'not-readable', details: { location } });
      expect((await opened.detail(other.row)).raw).toContain('GetObject');
      expect((await opened.call('event.digest', one.row)).changedSinceImport).toBe(true);
    });
  }

  it('is refused where no event of the file has an ID', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.json');
    const lone = (eventName: string): string => JSON.stringify([{ eventName, eventSource: 's3.amazonaws.com' }]);
    await write(path, lone('StopLogging'));
    const opened = await opening(folder);
    const [row] = await opened.rows('');
    if (row === undefined) throw new Error('a row');
    await write(path, lone('ListBuckets'));
    await expect(opened.detail(row.row)).rejects.toMatchObject({ code: 'not-readable' });
  });

  it('is refused behind gzip as well', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.json.gz');
    await write(path, gzipSync(file('AAAA'), { level: 0 }));
    const opened = await opening(folder);
    const [row] = await opened.rows('');
    if (row === undefined) throw new Error('a row');
    await write(path, gzipSync(file('BBBB'), { level: 0 }));
    await expect(opened.detail(row.row)).rejects.toMatchObject({ code: 'not-readable' });
  });
});

it('an event is shown although only the permissions of its file have changed', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.json'), file('StopLogging'));
  const opened = await opening(folder);
  const [row] = await opened.rows('');
  if (row === undefined) throw new Error('a row');
  await chmod(join(folder, 'a.json'), 0o400);
  expect((await opened.detail(row.row)).raw).toContain('StopLogging');
});

it('every event of every format is known again as the one that was indexed', async () => {
  const folder = await temporaryFolder();
  const samples = allSamples.flatMap(([, all]) => all);
  for (const [at, { bytes }] of samples.entries()) await writeFile(join(folder, `${String(at)}.log`), bytes);
  const opened = await opening(folder);
  const rows = await opened.rows('');
  const unknown: string[] = [];
  for (const row of rows) {
    await opened.detail(row.row).catch(() => unknown.push(`${row.format} ${row.event}`));
  }
  expect({ unknown, some: rows.length > 50 }).toEqual({ unknown: [], some: true });
});
