import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceId } from '#contract/ids';
import { listFolder, typedPath } from '#host/folder-picker';
import { createSourceRegistry } from '#host/source-registry';
import { sourcesOf } from '../../../shared/cli/sources';
import { temporaryFolder } from '../../helpers/temporary-folder';

describe('the source registry', () => {
  it('hands out an ID that reveals nothing, and finds the path by it', async () => {
    const folder = await temporaryFolder();
    const registry = createSourceRegistry();
    const ref = await registry.add(folder);
    expect(ref.sourceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(ref).not.toHaveProperty('path');
    expect(registry.find(ref.sourceId).path).toBe(folder);
    expect(await registry.add(`${folder}/.`)).toEqual(ref);
  });

  it('says what is wrong with a path', async () => {
    const registry = createSourceRegistry();
    for (const path of ['', '/no/such/place', 'a\0b']) {
      await expect(registry.add(path)).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(registry.add('/dev/null')).rejects.toMatchObject({ code: 'not-readable' });
  });

  it.each(['', '/', '__proto__', '00000000-0000-4000-8000-000000000000'])('knows no source %j', (id) => {
    expect(() => createSourceRegistry().find(sourceId(id))).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('distinguishes a copy of dropped bytes from a file on disk', async () => {
    const folder = await temporaryFolder();
    const registry = createSourceRegistry();
    const copy = registry.noteCopy(join(folder, '000001-x.json'), 'file', 'x.json');
    const real = await registry.add(folder);
    expect([registry.isCopy(copy.sourceId), registry.isCopy(real.sourceId), copy.name]).toEqual([
      true,
      false,
      'x.json',
    ]);
  });
});

describe('the folder picker', () => {
  it('lists folders before files, numbers by value, and leaves out what cannot be opened', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'b10'));
    await mkdir(join(folder, 'b9'));
    await writeFile(join(folder, 'A.json'), '12345');
    await mkdir(join(folder, '.cache'));
    await symlink('nowhere', join(folder, 'broken'));
    await symlink('b9', join(folder, 'link'));
    const { entries, parent, hidden } = await listFolder(folder, createSourceRegistry());
    expect(entries.map(({ kind, name, sizeBytes }) => [kind, name, sizeBytes])).toEqual([
      ['folder', 'b9', null],
      ['folder', 'b10', null],
      ['folder', 'link', null],
      ['folder', '.cache', null],
      ['file', 'A.json', 5],
    ]);
    expect(hidden).toBe(0);
    expect(parent?.label).toBe(join(folder, '..'));
  });

  it('ends at the root and shows a bounded number of names', async () => {
    const folder = await temporaryFolder();
    await Promise.all(Array.from({ length: 2_003 }, (_, n) => writeFile(join(folder, String(n)), '')));
    const listing = await listFolder(folder, createSourceRegistry());
    expect([listing.entries.length, listing.hidden, listing.entries.at(-1)?.name]).toEqual([2_000, 3, '1999']);
    expect((await listFolder('/', createSourceRegistry())).parent).toBeNull();
  });

  it('rejects a file and a folder that is not there', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'f'), '');
    await expect(listFolder(join(folder, 'f'), createSourceRegistry())).rejects.toMatchObject({ code: 'not-readable' });
    await expect(listFolder(join(folder, 'x'), createSourceRegistry())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('understands a path as people type it', () => {
    const typed = ['/logs', ' "/my logs" ', '~', '~/logs', 'logs', '/a/../b'];
    expect(typed.map((path) => typedPath(path, '/home/mary'))).toEqual([
      '/logs',
      '/my logs',
      '/home/mary',
      '/home/mary/logs',
      '/home/mary/logs',
      '/b',
    ]);
    expect(() => typedPath('  ')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

// Other systems have no such names.
describe.runIf(process.platform === 'linux')('a path whose name is no UTF-8', () => {
  /** A folder with such a folder and such a file, by the names that a command line hands on. */
  async function lossyFolder(): Promise<{ readonly folder: string; readonly paths: readonly string[] }> {
    const folder = await temporaryFolder();
    const raw = (name: string): Buffer => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
    mkdirSync(raw('caf\xe9'));
    writeFileSync(raw('\xe9.json'), '{}');
    return { folder, paths: [`${folder}/caf\ufffd`, `${folder}/caf\ufffd/a.json`, `${folder}/\ufffd.json`] };
  }

  it('is refused by window and command line with the folder to open instead', async () => {
    const { folder, paths } = await lossyFolder();
    const advice = `is not found: its name is not UTF-8, and so cannot be given here: open the folder above it (${folder}), which reads it too`;
    for (const path of paths) {
      const refused = { message: expect.stringContaining(advice) as string };
      await expect(createSourceRegistry().add(path)).rejects.toMatchObject(refused);
      await expect(sourcesOf([path])).rejects.toMatchObject(refused);
    }
  });

  it('is not made up for one that is just not there', async () => {
    const { folder } = await lossyFolder();
    const refused = { message: expect.stringMatching(/does not exist$/) as string };
    for (const name of ['\ufffd', 'caf\ufffd.json', 'nothing']) {
      await expect(createSourceRegistry().add(`${folder}/${name}`)).rejects.toMatchObject(refused);
      await expect(sourcesOf([`${folder}/${name}`])).rejects.toMatchObject(refused);
    }
  });

  it('is counted by the picker with what it does not show', async () => {
    const { folder } = await lossyFolder();
    await writeFile(join(folder, 'a.json'), '{}');
    const { entries, hidden } = await listFolder(folder, createSourceRegistry());
    expect([entries.map(({ name }) => name), hidden]).toEqual([['a.json'], 2]);
  });
});
