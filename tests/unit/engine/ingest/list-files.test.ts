import { execFileSync } from 'node:child_process';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '#engine/sources/list-files';
import { temporaryFolder } from '../../../helpers/temporary-folder';

/** Makes these files, each holding its own name. */
async function folderWith(...names: readonly string[]): Promise<string> {
  const root = join(await temporaryFolder(), 'archive');
  await mkdir(root);
  for (const name of names) {
    await mkdir(join(root, name, '..'), { recursive: true });
    await writeFile(join(root, name), name);
  }
  return root;
}

const relatives = async (...paths: readonly string[]): Promise<string[]> =>
  (await listFiles(paths)).files.map(({ relative }) => relative);

describe('the listing', () => {
  it('finds files at any depth, in code-unit order of their paths', async () => {
    const root = await folderWith('b/2.json', 'a.json', 'B.json', 'b/10.json', 'b/c/d/e.json', 'ä.json', '.hidden');
    expect(await relatives(root)).toEqual([
      '.hidden',
      'B.json',
      'a.json',
      'b/10.json',
      'b/2.json',
      'b/c/d/e.json',
      'ä.json',
    ]);
  });

  it('tells size and time of change', async () => {
    const root = await folderWith('abc');
    const { size, mtimeMs } = await stat(join(root, 'abc'));
    expect((await listFiles([root])).files).toEqual([
      { path: join(root, 'abc'), relative: 'abc', sizeBytes: size, mtimeMs },
    ]);
  });

  it('keeps several opened folders apart by their names, and lists no file twice', async () => {
    const root = await folderWith('one/x.json', 'two/x.json');
    expect(await relatives(join(root, 'one'), join(root, 'two'))).toEqual(['one/x.json', 'two/x.json']);
    expect(await relatives(join(root, 'one'), join(root, 'one', 'x.json'))).toEqual(['one/x.json']);
  });

  it('opens a single file', async () => {
    const root = await folderWith('one/x.json');
    expect(await relatives(join(root, 'one', 'x.json'))).toEqual(['x.json']);
  });

  it('follows no link out of the folder, and none in a circle', async () => {
    const outside = await folderWith('secret.json');
    const root = await folderWith('sub/x.json');
    await symlink(outside, join(root, 'out'));
    await symlink(join(outside, 'secret.json'), join(root, 'out.json'));
    await symlink(root, join(root, 'sub', 'loop'));
    await symlink('self', join(root, 'self'));
    await symlink(join(root, 'sub', 'x.json'), join(root, 'inside.json'));
    const { files, problems } = await listFiles([root]);
    expect(files.map(({ relative }) => relative)).toEqual(['sub/x.json']);
    expect(problems.map(({ relative, problem }) => `${relative}: ${problem.message}`)).toEqual([
      'out: a link that leads out of the opened folder; it was not followed',
      'out.json: a link that leads out of the opened folder; it was not followed',
      'self: a link that leads round in a circle',
    ]);
  });

  it('follows a link that was opened itself', async () => {
    const root = await folderWith('x.json');
    const link = join(await temporaryFolder(), 'link');
    await symlink(root, link);
    expect(await relatives(link)).toEqual(['x.json']);
  });

  it.skipIf(process.platform === 'win32')('lists pipes as not readable, and does not wait for them', async () => {
    const root = await folderWith('x.json');
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const { files, problems } = await listFiles([root]);
    expect(files.map(({ relative }) => relative)).toEqual(['x.json']);
    expect(problems.map(({ relative, problem }) => [relative, problem.code])).toEqual([['pipe', 'unreadable']]);
  });

  it('lists a path that is not there', async () => {
    const { files, problems } = await listFiles([join(await temporaryFolder(), 'missing')]);
    expect({ files, problems: problems.map(({ problem }) => problem.message) }).toEqual({
      files: [],
      problems: ['it is not there (any more)'],
    });
  });

  it('ends early when it is cancelled', async () => {
    const root = await folderWith('a/x.json');
    expect((await listFiles([root], AbortSignal.abort())).files).toEqual([]);
  });
});
