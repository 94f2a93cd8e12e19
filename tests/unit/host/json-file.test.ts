import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { jsonFile } from '#host/json-file';
import { temporaryFolder } from '../../helpers/temporary-folder';

const schema = v.object({ n: v.number() });

async function setUp(content?: string) {
  const folder = await temporaryFolder();
  const path = join(folder, 'config', 'n.json');
  if (content !== undefined) {
    await mkdir(join(folder, 'config'));
    await writeFile(path, content);
  }
  const lines: string[] = [];
  const open = () => jsonFile(path, schema, { n: 0 }, (line) => lines.push(line));
  return { path, lines, open, file: open(), list: () => readdir(join(folder, 'config')) };
}

describe('jsonFile', () => {
  it('gives the default where there is no file, and says nothing', async () => {
    const { file, lines } = await setUp();
    expect(await file.read()).toEqual({ n: 0 });
    expect(lines).toEqual([]);
  });

  it('gives back what was written, in the same run and the next', async () => {
    const { file, open, list } = await setUp();
    await file.write({ n: 7 });
    expect(await file.read()).toEqual({ n: 7 });
    expect(await open().read()).toEqual({ n: 7 });
    expect(await list()).toEqual(['n.json']);
  });

  it.each(['', '{', '{"n":"1"}', 'null', '[1]', '\0\0\0'])('keeps a damaged file aside: %j', async (content) => {
    const { file, path, lines } = await setUp(content);
    expect(await file.read()).toEqual({ n: 0 });
    expect(await readFile(`${path}.damaged`, 'utf8')).toBe(content);
    expect(lines).toHaveLength(1);
    await file.write({ n: 1 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ n: 1 });
  });

  it('keeps the order of writes and leaves no temporary file', async () => {
    const { file, open, list } = await setUp();
    await Promise.all([1, 2, 3, 4, 5].map((n) => file.write({ n })));
    expect(await open().read()).toEqual({ n: 5 });
    expect(await list()).toEqual(['n.json']);
  });

  it('writes nothing while paused, and all of it afterwards', async () => {
    const { file, open } = await setUp('{"n":1}');
    await file.pause(true);
    await file.write({ n: 2 });
    expect(await file.read()).toEqual({ n: 2 });
    expect(await open().read()).toEqual({ n: 1 });
    await file.pause(false);
    expect(await open().read()).toEqual({ n: 2 });
  });

  it('rejects a write that fails and still does the next', async () => {
    const { file, path, open } = await setUp();
    await writeFile(join(path, '..', '..', 'config'), 'a file where the folder should be');
    await expect(file.write({ n: 1 })).rejects.toMatchObject({ code: 'EEXIST' });
    await file.settled();
    expect(await file.read()).toEqual({ n: 1 });
    expect(await open().read()).toEqual({ n: 0 });
  });
});
