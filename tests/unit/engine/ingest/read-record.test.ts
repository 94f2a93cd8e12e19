import { createHash } from 'node:crypto';
import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileState } from '#engine/sources/file-state';
import type { ListedFile } from '#engine/sources/listed-file';
import { digest } from '#engine/reread/file-digest';
import { RecordReread } from '#engine/reread/read-record';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const first = '{"eventName":"A","n":12345678901234567890}';
const second = '{"eventName":"B\u00e4"}';
const file = Buffer.from(`{"Records":[${first},${second}]}`);
const secondAt = file.indexOf('{"eventName":"B');

async function stored(name: string, bytes: Uint8Array): Promise<ListedFile> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  return listed(path);
}

async function listed(path: string): Promise<ListedFile> {
  const state = fileState(await stat(path));
  return { path, relative: 'log', source: 0, steps: [], packedBytes: state.sizeBytes, ...state };
}

const read = (where: ListedFile, offset: number, length: number): ReturnType<RecordReread['read']> =>
  new RecordReread().read(where, null, { offset, length, ordinal: 0, format: 'records' });
const text = async (where: ListedFile, at: number, length: number): Promise<string> =>
  Buffer.from((await read(where, at, length)).raw).toString();

describe('a record read again', () => {
  it('is the same bytes, from a plain and from a gzip file, in any order', async () => {
    for (const bytes of [file, gzipSync(file)]) {
      const where = await stored('log', bytes);
      expect(await text(where, secondAt, Buffer.byteLength(second))).toBe(second);
      expect(await text(where, 12, first.length)).toBe(first);
    }
  });

  it('is the same bytes where records of many files are read by turns', async () => {
    const texts = Array.from({ length: 12 }, (_, at) =>
      Buffer.from(`{"Records":[{"eventName":"${'x'.repeat(at)}"},{"eventID":"${at}"}]}`),
    );
    const files = await Promise.all(
      texts.map((bytes, at) => stored(`log-${at}`, at % 2 === 0 ? bytes : gzipSync(bytes))),
    );
    for (const part of ['{"eventName"', '{"eventID"', '{"eventName"']) {
      for (const [at, bytes] of texts.entries()) {
        const start = bytes.indexOf(part);
        const length = bytes.indexOf('}', start) + 1 - start;
        const where = files[at];
        if (where === undefined) throw new Error('a file for every text');
        expect(await text(where, start, length)).toBe(bytes.toString('utf8', start, start + length));
      }
    }
  });

  it('is the same bytes where several are asked for at once, and refused for each of them', async () => {
    const where = await stored('log.gz', gzipSync(file));
    const both = (): Promise<string[]> =>
      Promise.all([text(where, 12, first.length), text(where, secondAt, Buffer.byteLength(second))]);
    expect(await both()).toEqual([first, second]);
    const torn = await stored('log.gz', gzipSync(file).subarray(0, 20));
    const refused = await Promise.allSettled([text(torn, 12, first.length), text(torn, 12, first.length)]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await both()).toEqual([first, second]);
  });

  it('is found in a file too large to be kept', async () => {
    const filler = Buffer.alloc(70 * 2 ** 20, ' ');
    const where = await stored('log.gz', gzipSync(Buffer.concat([filler, file]), { level: 1 }));
    const ofFirst = (): Promise<string> => text(where, filler.length + 12, first.length);
    expect(await ofFirst()).toBe(first);
    expect(await Promise.all([ofFirst(), ofFirst()])).toEqual([first, first]);
  });

  it('is refused where the file has changed or is gone', async () => {
    const where = await stored('log', file);
    await read(where, 12, first.length);
    // Another record of the same length in the same place, and the time of the change alone to show it.
    await writeFile(where.path, file.toString().replace('"A"', '"Z"'));
    await utimes(where.path, 1, 1);
    await expect(read(where, 12, first.length)).rejects.toMatchObject({ code: 'not-readable' });
    await expect(read(await listed(where.path), 13, first.length)).rejects.toMatchObject({
      code: 'not-readable',
    });
    await writeFile(where.path, 'short');
    await expect(read(where, 12, first.length)).rejects.toMatchObject({ code: 'not-readable' });
    await rm(where.path);
    await expect(read(where, 12, first.length)).rejects.toMatchObject({ code: 'not-readable' });
  });
});

describe('the checksum of a file', () => {
  it('is the SHA-256 of its bytes on disk', async () => {
    const packed = gzipSync(file);
    const where = await stored('log.gz', packed);
    expect(await digest(where)).toMatchObject({
      sha256: createHash('sha256').update(packed).digest('hex'),
      state: { sizeBytes: packed.length },
    });
  });

  it('is refused where the file is gone', async () => {
    const where = { path: join(await temporaryFolder(), 'missing') };
    await expect(digest(where)).rejects.toMatchObject({ code: 'not-readable' });
  });
});
