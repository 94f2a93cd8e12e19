import { execFileSync } from 'node:child_process';
import { mkdir, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import type { Listing } from '#engine/sources/file-listing';
import { listFiles } from '#engine/sources/list-files';
import type { ListedFile } from '#engine/sources/listed-file';
import { makeZip } from '../../../helpers/make-zip';
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

type Listed = Omit<Listing, 'files'> & { readonly files: readonly ListedFile[] };
const listAll = async (...request: Parameters<typeof listFiles>): Promise<Listed> => {
  const listing = await listFiles(...request);
  return { ...listing, files: [...listing.files] };
};
const list = (...paths: readonly string[]): Promise<Listed> =>
  listAll(
    paths.map((path) => ({ path, prefix: '' })),
    defaultLimits,
  );
const relatives = async (...paths: readonly string[]): Promise<string[]> =>
  (await list(...paths)).files.map(({ relative }) => relative);

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

  it('gives size, times and place on the disk', async () => {
    const root = await folderWith('abc');
    const { size, mtimeMs, ctimeMs, ino } = await stat(join(root, 'abc'));
    expect((await list(root)).files).toEqual([
      {
        path: join(root, 'abc'),
        relative: 'abc',
        source: 0,
        steps: [],
        packedBytes: size,
        sizeBytes: size,
        mtimeMs,
        ctimeMs,
        inode: ino,
      },
    ]);
  });

  it('puts the prefix of each source before its paths, and lists no file twice', async () => {
    const root = await folderWith('one/x.json', 'two/x.json');
    const [one, two, file] = [join(root, 'one'), join(root, 'two'), join(root, 'one', 'x.json')];
    const prefixed = async (...sources: readonly [path: string, prefix: string][]): Promise<string[]> => {
      const { files, others } = await listAll(
        sources.map(([path, prefix]) => ({ path, prefix })),
        defaultLimits,
      );
      return [...files, ...others].map(({ relative }) => relative);
    };
    expect(await prefixed([one, 'a/'], [two, 'b/c/'])).toEqual(['a/x.json', 'b/c/x.json']);
    expect(await prefixed([one, 'a/'], [file, 'b/'])).toEqual(['a/x.json']);
    expect(await prefixed([file, 'b/'], [join(root, 'missing'), 'c/'])).toEqual(['b/x.json', 'c/missing']);
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
    const { files, others } = await list(root);
    expect(files.map(({ relative }) => relative)).toEqual(['sub/x.json']);
    expect(others.map(({ relative, problems }) => `${relative}: ${problems[0]?.message ?? ''}`)).toEqual([
      'out: a link that leads out of the opened folder; it was not followed',
      'out.json: a link that leads out of the opened folder; it was not followed',
      'self: a link that leads back to itself',
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
    const { files, others } = await list(root);
    expect(files.map(({ relative }) => relative)).toEqual(['x.json']);
    expect(others).toMatchObject([
      { relative: 'pipe', isIgnored: true, problems: [{ code: 'unreadable', severity: 'note' }] },
    ]);
  });

  it('lists a path that is not there', async () => {
    const { files, others } = await list(join(await temporaryFolder(), 'missing'));
    expect({ files, others }).toMatchObject({
      files: [],
      others: [{ problems: [{ message: 'not found' }] }],
    });
  });

  it('goes no deeper than the limit, and says where it stopped', async () => {
    const root = await folderWith('1/2/3/deep.json', '1/2/x.json');
    const { files, others } = await listAll([{ path: root, prefix: '' }], { ...defaultLimits, folderDepth: 2 });
    expect(files.map(({ relative }) => relative)).toEqual(['1/2/x.json']);
    expect(others).toMatchObject([{ relative: '1/2/3/', problems: [{ code: 'limit', limit: 'folderDepth' }] }]);
  });

  it('lists the members of a zip like files, whatever its name', async () => {
    const root = await folderWith('plain.json');
    const bytes = Buffer.from('x');
    const zip = makeZip([
      { name: 'b.json', bytes },
      { name: 'folder/', bytes: Buffer.alloc(0) },
      { name: 'folder/a.json', bytes, stored: true },
    ]);
    for (const name of ['case.zip', 'evidence']) await writeFile(join(root, name), zip);
    const { files, others } = await list(root);
    expect(files.map(({ relative, source }) => ({ relative, source }))).toEqual(
      ['case.zip!/b.json', 'case.zip!/folder/a.json', 'evidence!/b.json', 'evidence!/folder/a.json', 'plain.json'].map(
        (relative) => ({ relative, source: 0 }),
      ),
    );
    expect(files[1]).toMatchObject({
      packedBytes: 1,
      sizeBytes: zip.length,
      steps: [{ kind: 'zip', method: 'stored' }],
    });
    expect(others.map(({ relative, recognisedAs }) => `${relative} ${String(recognisedAs)}`)).toEqual([
      'case.zip zip',
      'evidence zip',
    ]);
  });

  it('ends early when it is cancelled', async () => {
    const root = await folderWith('a/x.json');
    expect((await listAll([{ path: root, prefix: '' }], defaultLimits, { signal: AbortSignal.abort() })).files).toEqual(
      [],
    );
  });
});

describe('what files take on disk', () => {
  it('is counted once for each, whatever is in it, and what is open already is ignored', async () => {
    const root = await temporaryFolder();
    const zip = makeZip([
      { name: 'a.json', bytes: Buffer.from('{"Records":[]}'.repeat(50)) },
      { name: 'b.json', bytes: Buffer.from('{}') },
    ]);
    await writeFile(join(root, 'case.zip'), zip);
    await writeFile(join(root, '.DS_Store'), 'x'.repeat(6148));
    await writeFile(join(root, 'c.json'), '{}');
    const [all, sources] = [zip.length + 6148 + 2, [{ path: root, prefix: '' }]];
    expect((await listAll(sources, defaultLimits)).bytesOnDisk).toEqual([all]);
    const zipPath = join(await realpath(root), 'case.zip');
    const again = await listAll(sources, defaultLimits, { isRead: ({ path }) => path === zipPath });
    expect(again.files.map(({ relative }) => relative)).toEqual(['.DS_Store', 'c.json']);
    expect(again.bytesOnDisk).toEqual([6148 + 2]);
    expect(again.others).toContainEqual(
      expect.objectContaining({ relative: 'case.zip', recognisedAs: 'open-already', isIgnored: true, problems: [] }),
    );
  });
});
