import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEvidence } from '#host/evidence';
import { chooseSavePath } from '../../../electron/save-path';
import { temporaryFolder } from '../../helpers/temporary-folder';

/** What comes of a user who chooses these paths one after another. */
function chosen(evidence: ReturnType<typeof createEvidence>, ...answers: readonly (string | undefined)[]) {
  const left = [...answers];
  const refused: string[] = [];
  const path = chooseSavePath('report.txt', evidence, {
    ask: () => left.shift(),
    refuse: (title, message) => refused.push(`${title}\n${message}`),
  });
  return { path, refused, left };
}

describe('the path a file is saved to', () => {
  it('is the one chosen, or none where the user cancels', async () => {
    const folder = await temporaryFolder();
    const evidence = createEvidence();
    evidence.add([join(folder, 'case')]);
    const path = join(folder, 'case-report.txt');
    expect(chosen(evidence, path)).toEqual({ path, refused: [], left: [] });
    for (const answer of [undefined, '']) expect(chosen(evidence, answer, path).path).toBeNull();
  });

  it('is never one in the evidence, not by a link either: that is said, and another is asked for', async () => {
    const folder = await temporaryFolder();
    const inside = join(folder, 'case', 'logs');
    await mkdir(inside, { recursive: true });
    await symlink(inside, join(folder, 'link'));
    const evidence = createEvidence();
    evidence.add([join(folder, 'case'), join(folder, 'single.json')]);
    const path = join(folder, 'report.txt');
    const bad = [join(inside, 'report.txt'), join(folder, 'link', 'report.txt'), join(folder, 'single.json')];
    const { path: last, refused } = chosen(evidence, ...bad, path);
    expect(last).toBe(path);
    expect(refused).toHaveLength(bad.length);
    expect(refused[0]).toMatch(/evidence[^]*Choose another folder/);
    expect(chosen(evidence, bad[0], undefined)).toMatchObject({ path: null, refused: { length: 1 } });
  });
});
