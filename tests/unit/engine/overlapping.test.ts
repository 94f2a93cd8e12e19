import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EngineSource } from '#contract/api';
import { sourceId } from '#contract/ids';
import { overlapping } from '#engine/imports/overlapping';
import { temporaryFolder } from '../../helpers/temporary-folder';

it('sources overlap where one is inside the other, also by a link, and not where one name begins with the other', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'case', 'logs'), { recursive: true });
  await mkdir(join(folder, 'case-2'));
  await symlink(join(folder, 'case', 'logs'), join(folder, 'link'));
  const source = (name: string): EngineSource => {
    const path = join(folder, name);
    return { sourceId: sourceId(name), kind: 'folder', name, label: path, path };
  };
  const others = ['case', 'case/logs', 'case-2', 'link'].map(source);
  const names = (name: string): readonly string[] => overlapping(source(name), others).map((other) => other.name);
  expect(names('case')).toEqual(['case', 'case/logs', 'link']);
  expect(names('link')).toEqual(['case', 'case/logs', 'link']);
  expect(names('case-2')).toEqual(['case-2']);
  expect(names('case/later')).toEqual(['case']);
});
