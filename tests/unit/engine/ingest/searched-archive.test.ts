import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineHere } from '../../../helpers/engine-here';
import { temporaryFolder } from '../../../helpers/temporary-folder';

/** Opens a folder with this one file, and counts the events each query finds. */
async function matches(file: string, queries: readonly string[]): Promise<Record<string, number>> {
  const path = join(await temporaryFolder(), 'archive');
  await mkdir(path);
  await writeFile(join(path, 'log.json'), file);
  const engine = engineHere();
  await engine.open(path);
  const found: Record<string, number> = {};
  for (const text of queries) {
    found[text] = (await engine.run(text)).matched;
  }
  return found;
}

describe('a search over what was read', () => {
  it('finds the values of every key that leads to a path', async () => {
    const file = JSON.stringify([
      { eventName: 'A', 'a.b': 'one' },
      { eventName: 'B', a: { b: 'two' } },
      { eventName: 'C', 'a.b': 'two', a: { b: 'three' } },
      { eventName: 'D', a: [{ b: 'four' }, { b: ['one'] }] },
    ]);
    const expected = { one: 2, two: 2, three: 1, four: 1, 'a.b:one': 2, 'a.b:two': 2, 'a.b:three': 1, 'a.b:*': 4 };
    expect(await matches(file, Object.keys(expected))).toEqual(expected);
  });

  it('finds nothing of a record that was cut out, and all of its neighbours', async () => {
    const file = '[{"eventName":"before"},{"eventName":"damaged","x":oops},{"eventName":"after"}]';
    expect(await matches(file, ['before', 'damaged', 'after'])).toEqual({ before: 1, damaged: 0, after: 1 });
  });
});
