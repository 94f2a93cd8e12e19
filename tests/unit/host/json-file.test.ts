import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createEvidence } from '#host/evidence';
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
  const evidence = createEvidence();
  const open = () => jsonFile(path, schema, { n: 0 }, { log: (line) => lines.push(line), evidence });
  return { path, lines, evidence, folder, open, file: open(), list: () => readdir(join(folder, 'config')) };
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
    const { file, path, lines, list } = await setUp(content);
    expect(await file.read()).toEqual({ n: 0 });
    expect(lines).toHaveLength(1);
    // It may be evidence: reading it leaves it where it is.
    expect(await list()).toEqual(['n.json']);
    await file.write({ n: 1 });
    expect(await readFile(`${path}.damaged`, 'utf8')).toBe(content);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ n: 1 });
  });

  it('keeps the order of writes and leaves no temporary file', async () => {
    const { file, open, list } = await setUp();
    await Promise.all([1, 2, 3, 4, 5].map((n) => file.write({ n })));
    expect(await open().read()).toEqual({ n: 5 });
    expect(await list()).toEqual(['n.json']);
  });

  it('writes nothing into evidence and says so once, with what to do', async () => {
    const { file, open, evidence, folder } = await setUp('{"n":1}');
    evidence.add([folder]);
    await expect(file.write({ n: 2 })).rejects.toMatchObject({
      code: 'not-written',
      details: { hint: expect.stringContaining('--config') as string },
    });
    await file.write({ n: 3 });
    expect(await file.read()).toEqual({ n: 3 });
    expect(await open().read()).toEqual({ n: 1 });
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
