/** The manifest of what is open: what `sha256sum` accepts, and what became of the files since. */
import { execFileSync } from 'node:child_process';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { engineHere, type EngineHere } from '../../../helpers/engine-here';
import { makeTrail, sha256, writeTrail } from '../../../helpers/signed-trail';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const { logs } = makeTrail({ hours: [2] });
let folder: string;
let engine: EngineHere;

beforeEach(async () => {
  folder = await writeTrail(await temporaryFolder(), ...logs);
  await writeFile(join(folder, 'a\\b.txt'), 'no log');
  engine = engineHere();
  await engine.open(folder);
});

async function saved(form: 'text' | 'json'): Promise<string> {
  const path = join(await temporaryFolder(), 'manifest');
  await writeFile(path, await engine.call('archive.manifest', form));
  return path;
}

async function opened(): Promise<EngineHere> {
  const again = engineHere();
  await again.open(folder);
  return again;
}

const hasSha256sum = (() => {
  try {
    execFileSync('sha256sum', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasSha256sum) process.stdout.write('skipped: there is no sha256sum on this machine\n');

describe('a manifest', () => {
  it.skipIf(!hasSha256sum)('as text is accepted by sha256sum, also with odd names', async () => {
    const path = await saved('text');
    const said = execFileSync('sha256sum', ['--check', '--strict', path], { cwd: folder, encoding: 'utf8' });
    expect(said.match(/: OK$/gm)).toHaveLength(3);
  });

  it('as JSON has the hash of what each file holds, unpacked', async () => {
    const { files } = JSON.parse(await engine.call('archive.manifest', 'json')) as {
      readonly files: readonly { readonly path: string; readonly contents: readonly { readonly sha256: string }[] }[];
    };
    const contents = files.flatMap(({ path, contents: held }) => (path.endsWith('.gz') ? held : []));
    expect(contents.map((content) => content.sha256).sort()).toEqual(logs.map(({ text }) => sha256(text)).sort());
  });

  it.each(['text', 'json'] as const)('as %s says later which files have changed, are gone or are new', async (form) => {
    const path = await saved(form);
    expect(await engine.call('engine.check-manifest', path)).toMatchObject({ unchanged: 3, changed: [], gone: [] });

    const [changed = '', gone = ''] = logs.map(({ key }) => key);
    await appendFile(join(folder, changed), 'more');
    await rm(join(folder, gone));
    await writeFile(join(folder, 'new.json'), '{"Records":[]}');
    const check = await (await opened()).call('engine.check-manifest', path);
    expect(check).toMatchObject({ unchanged: 1, gone: [gone], added: ['new.json'], unreadable: [] });
    expect(check.changed.map((file) => file.path)).toEqual([changed]);
  });

  it('names a file that can no longer be read', async () => {
    const path = await saved('text');
    const [gone = ''] = logs.map(({ key }) => key);
    await rm(join(folder, gone));
    const { unreadable } = await engine.call('engine.check-manifest', path);
    expect(unreadable.map((file) => file.path)).toEqual([gone]);
  });

  it('is refused where it is none', async () => {
    const path = join(await temporaryFolder(), 'manifest');
    for (const text of ['', 'hello', '{"files":[]}', '{', '{"kind":"trailglass-manifest","files":[{"path":1}]}']) {
      await writeFile(path, text);
      await expect(engine.call('engine.check-manifest', path)).rejects.toThrow('the manifest cannot be used');
    }
  });
});
