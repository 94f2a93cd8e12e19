import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createDropStore } from '#host/drop-store';
import { createEvidence } from '#host/evidence';
import { temporaryFolder } from '../../helpers/temporary-folder';

async function start(mostBytes = 100) {
  const within = await temporaryFolder();
  const evidence = createEvidence();
  return { within, evidence, store: createDropStore({ within, evidence, mostBytes }) };
}

const bytes = (count: number): Readable => Readable.from([Buffer.alloc(count)]);

describe('copies of dropped files', () => {
  it('have a limit for all drops together, which is checked before anything is copied', async () => {
    const { store, within } = await start(3 * 2 ** 30);
    await expect(store.begin({ files: 1, bytes: 3 * 2 ** 30 + 1 })).rejects.toMatchObject({
      code: 'not-written',
      message: expect.stringMatching(/there is room for 3\.0 GB for copies.*Open it by its path/s) as string,
    });
    expect(await readdir(within)).toEqual([]);
    await store.begin({ files: 1, bytes: 2 ** 30 });
    await expect(store.begin({ files: 1, bytes: 2.5 * 2 ** 30 })).rejects.toMatchObject({ code: 'not-written' });
    await expect(store.begin({ files: 100_001, bytes: 1 })).rejects.toMatchObject({ code: 'not-written' });
  });

  it('hold no more bytes than were announced', async () => {
    const { store, within } = await start();
    const drop = await store.begin({ files: 2, bytes: 10 });
    await store.receive(drop, 'a', bytes(6));
    await expect(store.receive(drop, 'b', bytes(5))).rejects.toMatchObject({ code: 'not-written' });
    expect(await store.end(drop)).toMatchObject({ files: 1, kind: 'file' });
    const [root = ''] = await readdir(within);
    expect((await readdir(join(within, root), { recursive: true })).filter((name) => name.endsWith('-b'))).toEqual([]);
  });

  it('are not made where they would lie in opened evidence', async () => {
    const { store, evidence, within } = await start();
    evidence.add([within]);
    await expect(store.begin({ files: 1, bytes: 1 })).rejects.toMatchObject({ code: 'not-written' });
    expect(await readdir(within)).toEqual([]);
  });

  it('are not made where what was opened since an earlier drop holds their folder, nor go on', async () => {
    const { store, evidence, within } = await start();
    const first = await store.begin({ files: 1, bytes: 1 });
    await store.receive(first, 'a', bytes(1));
    const { path } = await store.end(first);
    evidence.add([path]);
    const second = await store.begin({ files: 2, bytes: 2 });
    await store.receive(second, 'a', bytes(1));
    evidence.add([within]);
    const before = await readdir(within, { recursive: true });
    const refused = { code: 'not-written', message: expect.stringMatching(/within the opened evidence/) as string };
    await expect(store.begin({ files: 1, bytes: 1 })).rejects.toMatchObject(refused);
    await expect(store.receive(second, 'b', bytes(1))).rejects.toMatchObject(refused);
    expect(await readdir(within, { recursive: true })).toEqual(before);
  });
});
