import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEvidence } from '#host/evidence';
import { makeOwnFolder, sweepOwnFolders } from '#host/own-folders';
import { temporaryFolder } from '../../helpers/temporary-folder';

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;

/** A folder as a process that crashed leaves it. */
async function leaveBehind(within: string): Promise<string> {
  const made = makeOwnFolder(within);
  await writeFile(join(made, 'copy'), 'x');
  const left = join(within, basename(made).replace(String(process.pid), String(deadPid())));
  await rename(made, left);
  return left;
}

describe('sweepOwnFolders', () => {
  it('removes what dead processes left behind, and nothing else', async () => {
    const within = await temporaryFolder();
    const left = await leaveBehind(within);
    const kept = makeOwnFolder(within);
    const target = join(within, 'target');
    await mkdir(target);
    await writeFile(join(target, 'precious'), 'x');
    const linkName = basename(left).replace(/.{6}$/, 'abcdef');
    await symlink(target, join(within, linkName));
    const others = [linkName, `${basename(left)}-more`, 'trailglass-other', 'trailglass-00000000-1-abcdef', 'target'];
    for (const name of others.slice(1, 4)) await mkdir(join(within, name));
    expect(sweepOwnFolders(within, createEvidence())).toBe(1);
    expect(await readdir(within)).toEqual([basename(kept), ...others].sort());
    expect(await readdir(target)).toEqual(['precious']);
  });

  it('removes nothing from the evidence, and minds no folder that is not there', async () => {
    const within = await temporaryFolder();
    const left = await leaveBehind(within);
    const evidence = createEvidence();
    evidence.add([within]);
    expect([sweepOwnFolders(within, evidence), sweepOwnFolders(join(within, 'missing'), evidence)]).toEqual([0, 0]);
    expect(await readdir(within)).toEqual([basename(left)]);
  });
});
