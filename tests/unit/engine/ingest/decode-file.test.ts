import { appendFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileProblem } from '#contract/report';
import type { ListedFile } from '#engine/sources/listed-file';
import { decodeBytes, decodeListed, unlisted } from '../../../helpers/decode-texts';
import { noise } from '../../../helpers/noise';
import { temporaryFolder } from '../../../helpers/temporary-folder';

interface Decoded {
  readonly bytes: Buffer;
  readonly problem: FileProblem | null;
  readonly pieces: number;
  readonly largestPiece: number;
}

/** Decodes a file with these bytes, or the file at this path: one text. */
async function decode(file: Uint8Array | string, stated: Partial<ListedFile> = {}): Promise<Decoded> {
  let path = file;
  if (typeof path !== 'string') {
    path = join(await temporaryFolder(), 'file');
    await writeFile(path, file);
  }
  const listed = typeof file === 'string' ? missing(path) : await unlisted(path);
  const texts = await decodeListed({ ...listed, ...stated });
  const [text] = texts;
  if (text === undefined || texts.length > 1) throw new Error(`${String(texts.length)} texts`);
  const { bytes, problems, pieces, largestPiece, ends } = text;
  expect(problems.length).toBeLessThanOrEqual(1);
  if (bytes !== null && bytes.length > 0) expect(ends).toBe(1);
  return { bytes: bytes ?? Buffer.alloc(0), problem: problems[0] ?? null, pieces, largestPiece };
}

function missing(path: string): ListedFile {
  return {
    path,
    relative: 'file',
    source: 0,
    steps: [],
    packedBytes: 1,
    sizeBytes: 1,
    mtimeMs: 1,
    ctimeMs: 1,
    inode: 1,
  };
}

/** Text that packs about as well as a log does. */
function text(length: number): Buffer {
  const words = Array.from({ length: 64 }, (_, i) => `word-${String(i * 7919)} `);
  const random = noise('text', Math.ceil(length / 6));
  let out = '';
  for (const byte of random) out += words[byte % 64] ?? '';
  return Buffer.from(out).subarray(0, length);
}

describe('the file decoder', () => {
  it('knows gzip and plain files by their content', async () => {
    const plain = text(300_000);
    for (const bytes of [plain, gzipSync(plain)]) {
      const decoded = await decode(bytes);
      expect({ equal: decoded.bytes.equals(plain), problem: decoded.problem }).toEqual({ equal: true, problem: null });
    }
    expect((await decode(gzipSync(plain))).pieces).toBe(1);
  });

  it('takes UTF-16 for text, whatever its letters look like as bytes', async () => {
    // A zip's header; a gzip's.
    for (const letters of ['\u4b50\u0403', '\u8b1f\u0408\u0404\u0404\u0302\u0404']) {
      const text = `[{"eventName":"A","userAgent":"${letters}"}]`;
      const little = Buffer.from(text, 'utf16le');
      for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
        const texts = await decodeBytes(bytes);
        expect(texts).toMatchObject([{ path: 'file', problems: [] }]);
        expect(texts[0]?.bytes?.equals(bytes)).toBe(true);
      }
    }
  });

  it('reads all members of a gzip file, although the trailer knows only the last one', async () => {
    const [one, two] = [text(100_000), text(10)];
    const { bytes, problem } = await decode(Buffer.concat([gzipSync(one), gzipSync(two)]));
    expect({ equal: bytes.equals(Buffer.concat([one, two])), problem }).toEqual({ equal: true, problem: null });
  });

  it('takes zero bytes after gzip data for padding', async () => {
    const plain = text(1000);
    expect(await decode(Buffer.concat([gzipSync(plain), Buffer.alloc(512)]))).toMatchObject({
      bytes: plain,
      problem: null,
    });
  });

  it('lists other bytes after gzip data, and reads what stands before them', async () => {
    const plain = text(1000);
    const { bytes, problem } = await decode(Buffer.concat([gzipSync(plain), Buffer.from('rubbish at the end')]));
    expect({ equal: bytes.equals(plain), code: problem?.code, at: problem?.atByte }).toEqual({
      equal: true,
      code: 'bad-gzip',
      at: plain.length,
    });
  });

  it('reads a torn gzip file up to the tear, wherever that is', async () => {
    const plain = text(200_000);
    const packed = gzipSync(plain);
    let longest = -1;
    for (const length of [11, 1000, packed.length >> 1, packed.length - 9, packed.length - 8, packed.length - 1]) {
      const { bytes, problem } = await decode(packed.subarray(0, length));
      expect({ length, code: problem?.code, isStart: plain.subarray(0, bytes.length).equals(bytes) }).toEqual({
        length,
        code: 'torn',
        isStart: true,
      });
      expect(bytes.length).toBeGreaterThanOrEqual(longest);
      longest = bytes.length;
    }
    expect(longest).toBe(plain.length);
  });

  it('reads all of a file whose checksum is wrong, and says so', async () => {
    const plain = text(200_000);
    const packed = gzipSync(plain);
    packed.writeUInt32LE(0xdeadbeef, packed.length - 8);
    const { bytes, problem } = await decode(packed);
    expect({ equal: bytes.equals(plain), code: problem?.code }).toEqual({ equal: true, code: 'bad-gzip' });
    expect(problem?.message).toContain('checksum');
  });

  it('reads a damaged gzip file up to the damage', async () => {
    const plain = text(2_000_000);
    const packed = gzipSync(plain);
    const place = packed.length >> 1;
    // Deflate has no block of type 3, so the first block header after the place fails; what stands before it is sound.
    packed.fill(0xff, place, place + 64);
    const { bytes, problem } = await decode(packed);
    expect(problem?.code).toBe('bad-gzip');
    let sound = 0;
    while (sound < bytes.length && bytes[sound] === plain[sound]) sound++;
    expect(sound).toBeGreaterThan(plain.length * 0.45);
  });

  it('says of a file that only begins as gzip that it is not', async () => {
    const { bytes, problem } = await decode(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect({ length: bytes.length, code: problem?.code }).toEqual({ length: 0, code: 'bad-gzip' });
  });

  it('is not misled by a trailer that states another length', async () => {
    const plain = text(100_000);
    const sound = gzipSync(plain);
    for (const stated of [0, 5, 0xffffffff]) {
      const packed = Buffer.from(sound);
      packed.writeUInt32LE(stated, packed.length - 4);
      const { bytes, problem } = await decode(packed);
      expect({ equal: bytes.equals(plain), code: problem?.code }).toEqual({ equal: true, code: 'bad-gzip' });
    }
  });

  it('streams what unpacks to much, in pieces of bounded size', async () => {
    const packed = gzipSync(Buffer.alloc(60 * 2 ** 20, '{"a":1}\n'), { level: 1 });
    const { bytes, problem, largestPiece } = await decode(packed);
    expect({ length: bytes.length, problem }).toEqual({ length: 60 * 2 ** 20, problem: null });
    expect(largestPiece).toBeLessThanOrEqual(2 ** 20);
  });

  it('reads all of a file that has changed since it was listed, and says so', async () => {
    const plain = text(50_000);
    for (const bytes of [plain, gzipSync(plain)]) {
      for (const stated of [{ sizeBytes: 1000 }, { mtimeMs: 1 }]) {
        const decoded = await decode(bytes, stated);
        expect({ equal: decoded.bytes.equals(plain), code: decoded.problem?.code }).toEqual({
          equal: true,
          code: 'changed',
        });
      }
    }
  });

  it('reports a file that changes while it is read', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, Buffer.alloc(20 * 2 ** 20, 'x'));
    const [decoded] = await decodeListed(await unlisted(path), {
      onPiece: () => {
        appendFileSync(path, 'more');
        return true;
      },
    });
    expect(decoded?.problems.map(({ code, severity }) => ({ code, severity }))).toEqual([
      { code: 'changed', severity: 'loss' },
    ]);
  });

  it('stops when no more is wanted', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, Buffer.alloc(20 * 2 ** 20, 'x'));
    const [decoded] = await decodeListed(await unlisted(path), { onPiece: () => false });
    expect({ pieces: decoded?.pieces, problems: decoded?.problems }).toEqual({ pieces: 1, problems: [] });
  });

  it('says why a file cannot be opened', async () => {
    const folder = await temporaryFolder();
    expect(await decode(join(folder, 'missing'))).toMatchObject({
      problem: { code: 'unreadable', message: 'not found' },
    });
    await mkdir(join(folder, 'a folder'));
    expect(await decode(join(folder, 'a folder'))).toMatchObject({
      problem: { code: 'unreadable', message: 'it is a folder now' },
    });
    const closed = join(folder, 'closed');
    await writeFile(closed, 'x');
    await chmod(closed, 0);
    const { problem } = await decode(closed);
    // Root may read it all the same.
    if (process.getuid?.() !== 0) expect(problem?.message).toBe('no permission to read it');
  });
});
