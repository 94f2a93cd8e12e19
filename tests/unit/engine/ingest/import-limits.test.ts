import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ImportLimits, defaultLimits } from '#contract/limits';
import type { FileProblem, FileReport } from '#contract/report';
import { importSources } from '#engine/decode/decode-pool';
import { HeldBytes } from '#engine/sources/random-access';
import { zipEntries } from '#engine/sources/zip-directory';
import { decodeBytes, type DecodedText, type DecodeOptions } from '../../../helpers/decode-texts';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const mb = 2 ** 20;

async function limited(
  bytes: Uint8Array,
  limits: Partial<ImportLimits>,
  options: DecodeOptions = {},
): Promise<{ readonly texts: readonly DecodedText[]; readonly problems: readonly FileProblem[] }> {
  const texts = await decodeBytes(bytes, { ...options, limits });
  return { texts, problems: texts.flatMap(({ problems }) => problems) };
}

describe('a limit', () => {
  it('of the ratio stops a bomb, whatever it is packed in, and keeps what was read before', async () => {
    const bomb = Buffer.alloc(64 * mb, ' ');
    const packings = [
      gzipSync(bomb),
      gzipSync(gzipSync(bomb)),
      makeZip([{ name: 'a', bytes: bomb }]),
      makeTar([{ name: 'a', bytes: gzipSync(bomb) }]),
      gzipSync(makeTar([{ name: 'a', bytes: bomb }])),
    ];
    for (const packed of packings) {
      const { texts, problems } = await limited(packed, { ratio: 100 }, { ratioFromBytes: 2 * mb });
      const read = Math.max(...texts.map(({ bytes }) => bytes?.length ?? 0));
      expect(read).toBeGreaterThan(mb);
      expect(read).toBeLessThan(8 * mb);
      // Where a tar is cut off by the limit, its last member is torn.
      const limit = problems.filter(({ code }) => code !== 'torn');
      expect(limit).toMatchObject([{ code: 'limit', limit: 'ratio', severity: 'loss' }]);
      expect(limit[0]?.message).toMatch(/100.*Limits….*--limits ratio=N/);
    }
  });

  it('of the ratio counts what lies packed in packed data together, however it is nested', async () => {
    const bomb = gzipSync(Buffer.alloc(mb, ' '));
    const members = (bytes: Uint8Array, count = 40): { name: string; bytes: Uint8Array }[] =>
      Array.from({ length: count }, (_, i) => ({ name: String(i), bytes }));
    const packings = [
      gzipSync(makeTar(members(bomb))),
      gzipSync(makeZip(members(Buffer.alloc(mb, ' ')))),
      makeTar([{ name: 'in', bytes: gzipSync(makeZip(members(bomb))) }]),
      gzipSync(makeTar(members(gzipSync(makeZip(members(bomb, 10))), 10))),
    ];
    for (const packed of packings) {
      const texts = await decodeBytes(packed, { ratioFromBytes: mb, limits: { ratio: 100 } });
      const read = texts.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
      expect(read).toBeGreaterThan(4 * mb);
      expect(read).toBeLessThan(20 * mb + 100 * packed.length);
      const own = texts.filter(({ path }) => !path.includes('!/')).flatMap(({ problems }) => problems);
      expect(own).toContainEqual(expect.objectContaining({ code: 'limit', limit: 'ratio', severity: 'loss' }));
      const raised = await decodeBytes(packed, { ratioFromBytes: mb, limits: { ratio: 1e9 } });
      expect(raised.flatMap(({ problems }) => problems)).toEqual([]);
    }
  });

  it('of the ratio is for all members of a zip on disk together, however many they are', async () => {
    const bomb = gzipSync(Buffer.alloc(mb, ' '));
    const inner = makeZip(Array.from({ length: 64 }, (_, i) => ({ name: String(i), bytes: bomb })));
    const zip = makeZip(Array.from({ length: 32 }, (_, i) => ({ name: `${String(i)}.zip`, bytes: inner })));
    const texts = await decodeBytes(zip, { ratioFromBytes: mb, limits: { ratio: 100 } });
    const read = texts.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
    expect(read).toBeLessThan(16 * mb + 100 * zip.length + 32 * 2 * mb);
    expect(texts.filter(({ path }) => path.split('!/').length === 2).flatMap(({ problems }) => problems)).toHaveLength(
      32,
    );
  });

  it('of the ratio lets through what is packed as logs are, in any archive', async () => {
    const lines = (from: number): string =>
      Array.from({ length: 500 }, (_, i) => `{"eventName":"A","n":${String((from + i) * 7919)}}`).join('\n');
    const members = Array.from({ length: 40 }, (_, i) => ({
      name: `${String(i)}.json.gz`,
      bytes: gzipSync(lines(500 * i)),
    }));
    for (const packed of [gzipSync(makeTar(members)), makeZip(members), gzipSync(makeZip(members))]) {
      const { problems } = await limited(packed, { ratio: 20 }, { ratioFromBytes: 1 });
      expect(problems).toEqual([]);
    }
  });

  it('of the ratio does not mind what stays small', async () => {
    const { problems } = await limited(gzipSync(Buffer.alloc(mb, ' ')), { ratio: 2 });
    expect(problems).toEqual([]);
  });

  it('of the unpacked size cuts a member there', async () => {
    const bytes = Buffer.alloc(3 * mb, '{"eventName":"A"}\n');
    for (const packed of [gzipSync(bytes), makeZip([{ name: 'a', bytes }]), gzipSync(gzipSync(bytes))]) {
      const { texts, problems } = await limited(packed, { memberBytes: 2 * mb });
      expect(texts[0]?.bytes?.length).toBe(2 * mb);
      expect(problems).toMatchObject([{ code: 'limit', limit: 'memberBytes' }]);
      expect(problems[0]?.message).toContain('2 MiB');
    }
    const large = gzipSync(Buffer.alloc(60 * mb, 'x'), { level: 1 });
    const { texts } = await limited(large, { memberBytes: 50 * mb + 7 });
    expect(texts[0]?.bytes?.length).toBe(50 * mb + 7);
  });

  it('of the members stops an archive there, whatever it is', async () => {
    const members = Array.from({ length: 10 }, (_, i) => ({ name: String(i), bytes: Buffer.from('{}') }));
    for (const bytes of [makeTar(members), gzipSync(makeZip(members)), gzipSync(makeZip(members).subarray(0, -22))]) {
      const { texts, problems } = await limited(bytes, { entries: 4 });
      expect(texts.filter((text) => text.bytes !== null).length).toBe(4);
      expect(problems.filter(({ code }) => code === 'limit')).toMatchObject([{ limit: 'entries' }]);
    }
  });

  it('of the members counts less where so many could not hold anything, and can be raised', async () => {
    const empty = makeTar(Array.from({ length: 12_000 }, (_, i) => ({ name: String(i), bytes: Buffer.alloc(0) })));
    const ends = async (limits: Partial<ImportLimits>): Promise<DecodedText | undefined> =>
      (await decodeBytes(gzipSync(empty), { limits })).at(-1);
    expect((await ends({}))?.problems).toMatchObject([{ code: 'limit', limit: 'entries', severity: 'loss' }]);
    expect((await ends({ entries: 2 * defaultLimits.entries }))?.problems).toEqual([]);
    expect((await decodeBytes(empty)).at(-1)?.problems).toEqual([]);
  });

  it('of the nesting stops there, and reads what lies beside', async () => {
    const inner = gzipSync(gzipSync(Buffer.from('{"deep":1}')));
    const members = [
      { name: 'deep', bytes: inner },
      { name: 'flat', bytes: Buffer.from('{"flat":1}') },
    ];
    for (const bytes of [makeZip(members), makeTar(members)]) {
      const { texts, problems } = await limited(bytes, { nesting: 2 });
      expect(texts.flatMap((text) => text.bytes?.toString() ?? [])).toEqual(['{"flat":1}']);
      expect(problems).toMatchObject([{ code: 'limit', limit: 'nesting' }]);
      expect((await limited(bytes, { nesting: 3 })).problems).toEqual([]);
    }
  });

  it('of what is held in memory refuses larger zips where they lie packed in others, and only there', async () => {
    const huge = makeZip([{ name: 'a', bytes: Buffer.alloc(50 * mb, 'x'), stored: true }]);
    for (const bytes of [gzipSync(huge, { level: 1 }), makeZip([{ name: 'b', bytes: huge }])]) {
      const { texts, problems } = await limited(bytes, { heldBytes: 40 * mb });
      expect(problems).toMatchObject([{ code: 'limit', limit: 'heldBytes' }]);
      expect(texts.at(-1)?.recognisedAs).toBe('zip');
      expect((await limited(bytes, {})).problems).toEqual([]);
    }
    const stored = makeZip([{ name: 'b', bytes: huge, stored: true }]);
    expect((await limited(stored, { heldBytes: 40 * mb })).problems).toEqual([]);
  }, 60_000);

  it('of the record costs that record alone', async () => {
    const path = join(await temporaryFolder(), 'log.json');
    const records = ['"A"', `"${'x'.repeat(5000)}"`, '"C"'].map((name) => `{"eventName":${name}}`);
    await writeFile(path, `{"Records":[${records.join(',')}]}`);
    for (const [recordBytes, events] of [
      [1000, 2],
      [10_000, 3],
    ] as const) {
      const reports: FileReport[] = [];
      await importSources([{ path, prefix: '' }], {
        limits: { ...defaultLimits, recordBytes },
        hashSeed: '00'.repeat(16),
        threads: 0,
        onSegment: () => undefined,
        onFile: ({ report }) => reports.push(report),
      });
      const expected = events === 3 ? [] : [{ severity: 'loss', limit: 'recordBytes' }];
      expect(reports).toMatchObject([{ events, problems: expected }]);
    }
  });

  it('keeps gzip data of nothing but headers from being searched for hours', async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff]);
    const sound = gzipSync('{"eventName":"A"}');
    const few = await decodeBytes(Buffer.concat([...Array<Buffer>(1000).fill(header), sound]));
    expect(few[0]?.bytes?.toString()).toBe('{"eventName":"A"}');
    const { texts, problems } = await limited(Buffer.concat(Array<Buffer>(10_000).fill(header)), {});
    expect(texts).toHaveLength(1);
    expect(problems.length).toBeLessThan(5000);
    expect(problems.at(-1)?.message).toContain('left out');
  }, 60_000);

  it('keeps zips of nothing but headers from being searched for hours', async () => {
    const header = Buffer.alloc(31);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(7, 18);
    header.writeUInt16LE(1, 26);
    header.write('a', 30);
    const zip = Buffer.concat(Array<Buffer>(20_000).fill(header));
    let looked = 0;
    const access = new HeldBytes(zip);
    const counted = {
      size: zip.length,
      slice: (start: number, length: number) => access.slice(start, length),
      bytes: (at: number, length: number) => {
        const bytes = access.bytes(at, length);
        looked += Math.max(0, bytes.length - 2 ** 16);
        return bytes;
      },
    };

    const listing = zipEntries(counted, 1e6, []);
    let step = listing.next();
    while (step.done !== true) step = listing.next();
    expect(step.value.entries.length).toBeGreaterThan(0);
    expect(looked).toBeLessThan(2 ** 29);
  });

  it('keeps zips whose members share bytes from unpacking them again and again', async () => {
    const bytes = Buffer.from('{"eventName":"A"}');
    const zip = makeZip([
      { name: 'a', bytes },
      ...Array.from({ length: 20 }, (_, i) => ({ name: `again ${String(i)}`, bytes, sharesWith: 0 })),
      { name: 'b', bytes },
    ]);
    const { texts, problems } = await limited(gzipSync(zip), {});
    expect(texts.flatMap((text) => (text.bytes === null ? [] : [text.path]))).toEqual(['file!/a', 'file!/b']);
    expect(problems).toMatchObject([{ code: 'limit', severity: 'loss' }]);
    expect(problems[0]?.message).toContain('20 members');
  });
});
