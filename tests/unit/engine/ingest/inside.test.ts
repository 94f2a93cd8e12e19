import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInside } from '#engine/sources/inside';
import { temporaryFolder } from '../../../helpers/temporary-folder';

async function start() {
  const folder = await temporaryFolder();
  const evidence = join(folder, 'case');
  await mkdir(join(evidence, '..cfg', 'deep'), { recursive: true });
  await mkdir(join(folder, 'case-copy'));
  await writeFile(join(evidence, 'log.json'), '');
  return { folder, evidence };
}

describe('isInside', () => {
  it('goes by folders, not by the letters of a path', async () => {
    const { folder, evidence } = await start();
    const inside = [evidence, join(evidence, '..cfg'), join(evidence, '..cfg', 'new', 'a'), join(evidence, 'log.json')];
    const outside = [folder, join(folder, 'case-copy'), join(folder, 'case-other', 'a'), '/', join(evidence, '..')];
    expect(inside.filter((path) => !isInside(evidence, path))).toEqual([]);
    expect(outside.filter((path) => isInside(evidence, path))).toEqual([]);
    expect([isInside('/', evidence), isInside(`${evidence}/`, evidence)]).toEqual([true, true]);
  });

  it('follows links on both sides, also to what does not exist yet', async () => {
    const { folder, evidence } = await start();
    await symlink(join(evidence, '..cfg'), join(folder, 'to-folder'));
    await symlink(join(evidence, 'not-yet'), join(folder, 'to-nothing'));
    await symlink(evidence, join(folder, 'to-case'));
    await symlink(join(folder, 'case-copy'), join(evidence, 'out'));
    await symlink('to-itself', join(folder, 'to-itself'));
    expect(isInside(evidence, join(folder, 'to-folder', 'a'))).toBe(true);
    expect(isInside(evidence, join(folder, 'to-nothing', 'a', 'b'))).toBe(true);
    expect(isInside(join(folder, 'to-case'), join(evidence, 'a'))).toBe(true);
    expect(isInside(evidence, join(evidence, 'out', 'a'))).toBe(false);
    expect(isInside(evidence, join(folder, 'to-itself', 'a'))).toBe(false);
  });

  it('takes an opened file for itself alone', async () => {
    const { evidence } = await start();
    const file = join(evidence, 'log.json');
    expect([isInside(file, file), isInside(file, join(evidence, 'other'))]).toEqual([true, false]);
  });

  it('takes evidence that is gone by its name', async () => {
    const { folder } = await start();
    const gone = join(folder, 'gone');
    expect([isInside(gone, join(gone, 'a')), isInside(gone, `${gone}-too`)]).toEqual([true, false]);
  });

  it('knows other letters of the same folder, where the disk takes them for the same', async () => {
    const { folder, evidence } = await start();
    const other = join(folder, 'CASE');
    expect(isInside(evidence, join(other, 'a'))).toBe(existsSync(other));
  });
});
