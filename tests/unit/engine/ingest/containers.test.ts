import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedFile } from '#engine/sources/listed-file';
import { RecordReread } from '#engine/reread/read-record';
import {
  decodeBytes,
  decodeListed,
  decodePath,
  problemCodes,
  unlisted,
  type DecodedText,
} from '../../../helpers/decode-texts';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { openBytes } from '../../../helpers/open-here';
import { noise } from '../../../helpers/noise';
import { temporaryFolder } from '../../../helpers/temporary-folder';
import { tries } from '../../../helpers/properties';

const reread = new RecordReread();

const wrappers = {
  gzip: (bytes: Uint8Array) => gzipSync(bytes, { level: 1 }),
  stored: (bytes: Uint8Array) => makeZip([other, { name: 'in zip', bytes, stored: true }]),
  deflated: (bytes: Uint8Array) => makeZip([other, { name: 'in zip', bytes }]),
  wide: (bytes: Uint8Array) => makeZip([{ name: 'in zip', bytes, zip64: true, descriptor: true }, other]),
  tar: (bytes: Uint8Array) => makeTar([other, { name: 'in tar', bytes }]),
};
type Wrapper = keyof typeof wrappers;
const other = { name: 'other', bytes: Buffer.from('{"eventName":"Other"}') };

const event = Buffer.from('{"eventName":"A","n":12345678901234567890}');
const log = Buffer.from(`{"Records":[${event.toString()}]}`);

function wrap(bytes: Uint8Array, chain: readonly Wrapper[]): Uint8Array {
  return chain.reduce((inner, wrapper) => wrappers[wrapper](inner), bytes);
}

async function stored(bytes: Uint8Array): Promise<ListedFile> {
  const path = join(await temporaryFolder(), 'unknown');
  await writeFile(path, bytes);
  return unlisted(path);
}

/** The parts that begin with one of these signatures. */
function splitAt(bytes: Buffer, signatures: readonly string[]): Buffer[] {
  const starts = signatures
    .flatMap((signature) => {
      const all: number[] = [];
      for (let at = bytes.indexOf(signature, 0, 'latin1'); at >= 0; at = bytes.indexOf(signature, at + 1, 'latin1'))
        all.push(at);
      return all;
    })
    .sort((one, other) => one - other);
  return starts.map((start, i) => bytes.subarray(start, starts[i + 1] ?? bytes.length));
}

const found = (texts: readonly DecodedText[]): string[] =>
  texts.flatMap(({ path, bytes }) => (bytes === null ? [] : [`${path}: ${bytes.toString()}`])).sort();

/** The event in a text that ends with the log, read again. */
async function again({ file, member, bytes }: DecodedText): Promise<string> {
  const offset = (bytes?.length ?? 0) - log.length + log.indexOf(event);
  const record = await reread.read(file, member, { offset, length: event.length, ordinal: 0, format: 'records' });
  return Buffer.from(record.raw).toString();
}

describe('containers', () => {
  it('are read in any nesting, and an event in them is found again by its place', async () => {
    const chains = fc.array(fc.constantFrom(...(Object.keys(wrappers) as Wrapper[])), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(chains, fc.boolean(), async (chain, isListed) => {
        const file = await stored(wrap(log, chain));
        const texts = isListed ? await decodePath(file.path) : await decodeListed(file);
        expect(texts.flatMap(({ problems }) => problems)).toEqual([]);
        const [text, ...more] = texts.filter(({ bytes }) => bytes?.equals(log) === true);
        if (text === undefined) throw new Error('the log was not found');
        expect(more).toEqual([]);
        const others = texts.filter(({ bytes }) => bytes?.equals(other.bytes) === true);
        expect(others.length).toBe(chain.filter((wrapper) => wrapper !== 'gzip').length);
        reread.forget();
        expect(await again(text)).toBe(event.toString());
        for (const each of others) {
          const spot = { offset: 0, length: other.bytes.length, ordinal: 0, format: 'records' } as const;
          const record = await reread.read(each.file, each.member, spot);
          expect(Buffer.from(record.raw)).toEqual(other.bytes);
        }
      }),
      { numRuns: tries(40) },
    );
  });

  it('are read in any nesting also where their members are too large to be held', async () => {
    // Noise does not pack; its start is text, so that it is taken for UTF-8.
    const unpackable = noise('unpackable', 17 * 2 ** 20).fill(' ', 0, 2 ** 16);
    const large = Buffer.concat([unpackable, log]);
    const chains: Wrapper[][] = [
      ['tar', 'gzip'],
      ['gzip', 'tar'],
      ['wide', 'stored'],
      ['deflated', 'tar', 'gzip'],
      ['gzip', 'tar', 'deflated'],
    ];
    for (const chain of chains) {
      const file = await stored(wrap(large, chain));
      for (const texts of [await decodePath(file.path), await decodeListed(file)]) {
        expect(texts.flatMap(({ problems }) => problems)).toEqual([]);
        const text = texts.find(({ bytes }) => bytes?.equals(large) === true);
        if (text === undefined) throw new Error(`not found in ${chain.join(' in ')}`);
        expect(text.largestPiece).toBeLessThanOrEqual(48 * 2 ** 20);
        reread.forget();
        expect(await again(text)).toBe(event.toString());
      }
    }
  }, 120_000);

  /** Archives of the same members, each with what there is of a member in it, its header included. */
  function archivesOf(members: readonly { readonly name: string; readonly bytes: Buffer }[]) {
    const split = (bytes: Uint8Array) => ({
      bytes: Buffer.from(bytes),
      parts: splitAt(Buffer.from(bytes), ['PK\x03\x04', 'PK\x01\x02', '\x1f\x8b\x08']),
    });
    const tar = Buffer.from(makeTar(members));
    return {
      zip: split(makeZip(members)),
      stored: split(makeZip(members.map((member) => ({ ...member, stored: true })))),
      zip64: split(makeZip(members.map((member) => ({ ...member, descriptor: true, zip64: true })))),
      tar: { bytes: tar, parts: members.map((_, i) => tar.subarray(i * 1536, i * 1536 + 1536)) },
      gzip: split(Buffer.concat(members.map(({ bytes }) => gzipSync(bytes)))),
    };
  }

  /** The bytes with a stretch of them changed, cut out or repeated; `at` from 0 to 1. */
  function damaged(whole: Buffer, kind: 'flip' | 'cut' | 'insert' | 'zero', at: number, length: number): Buffer {
    const from = Math.floor(at * (whole.length - length));
    const [before, hit, after] = [
      whole.subarray(0, from),
      whole.subarray(from, from + length),
      whole.subarray(from + length),
    ];
    const changed = {
      flip: [hit.map((byte) => byte ^ 0x55)],
      zero: [Buffer.alloc(length)],
      cut: [],
      insert: [hit, hit],
    };
    return Buffer.concat([before, ...changed[kind], after]);
  }

  it('whose bytes were changed, cut or repeated are read without fail, and sound members are found', async () => {
    const members = ['a', 'b', 'c', 'd', 'e'].map((name) => {
      const text = `{"eventName":"${name.repeat(200)}${noise(name, 300).toString('hex')}"}`;
      return { name, bytes: Buffer.from(text) };
    });
    const archives = archivesOf(members);
    const damage = fc.record({
      archive: fc.constantFrom('zip', 'stored', 'zip64', 'tar', 'gzip'),
      kind: fc.constantFrom('flip', 'cut', 'insert', 'zero'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 1, max: 60 }),
      isPacked: fc.boolean(),
      isListed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ archive, kind, at, length, isPacked, isListed }) => {
        const { bytes: whole, parts } = archives[archive];
        const bytes = damaged(whole, kind, at, length);
        const file = await stored(isPacked ? gzipSync(bytes) : bytes);
        const texts = isListed ? await decodePath(file.path) : await decodeListed(file);
        const all = Buffer.concat(texts.map((each) => each.bytes ?? Buffer.alloc(0)));
        // A tar can only be read in blocks, which cutting and inserting shifts.
        const isShifted = archive === 'tar' && (kind === 'cut' || kind === 'insert');
        // What is repeated of a gzip can unpack to something up to the end of the one behind it.
        const isRepeated = archive === 'gzip' && kind === 'insert';
        const sound = members.filter((_, i) => bytes.includes(parts[i] ?? log));
        const lost = sound.filter((member) => !all.includes(member.bytes)).map(({ name }) => name);
        if (isRepeated) expect(lost.length).toBeLessThanOrEqual(1);
        else if (!isShifted) expect(lost).toEqual([]);
        for (const each of texts) {
          if (each.bytes === null || each.bytes.length < 2) continue;
          const spot = { offset: 0, length: 2, ordinal: 0, format: 'records' } as const;
          await expect(reread.read(each.file, each.member, spot)).rejects.toMatchObject({ code: 'not-readable' });
        }
      }),
      { numRuns: tries(120) },
    );
  }, 60_000);

  it('show the way to a member by the names on it', async () => {
    const inner = makeZip([{ name: 'c/d.json', bytes: log }]);
    const outer = makeZip([{ name: 'a/b.bin', bytes: makeTar([{ name: 'e.zip', bytes: inner }]) }]);
    expect((await decodeBytes(outer)).map(({ path, recognisedAs }) => [path, recognisedAs])).toEqual([
      ['file!/a/b.bin!/e.zip!/c/d.json', null],
      ['file!/a/b.bin!/e.zip', 'zip'],
      ['file!/a/b.bin', 'tar'],
    ]);
  });

  it('number the members of one file in the order they are met', async () => {
    const tar = makeTar([
      { name: 'a', bytes: log },
      { name: 'b', bytes: makeZip([{ name: 'c', bytes: log }]) },
      { name: 'd', bytes: log },
    ]);
    expect((await decodeBytes(tar)).map(({ member }) => [member?.name, member?.ordinal])).toEqual([
      ['a', 0],
      ['b!/c', 2],
      ['b', 1],
      ['d', 3],
      [undefined, undefined],
    ]);
  });

  it('read names that would lead elsewhere as names only', async () => {
    const names = ['../../etc/passwd', '/absolute', 'C:\\windows\\x', 'nul\0inside', '\u202egnp.exe', 'a\nb', 'ä'];
    const members = names.map((name) => ({ name, bytes: log }));
    const zip = await decodeBytes(makeZip(members));
    expect(zip.map(({ path }) => path).sort()).toEqual(names.map((name) => `file!/${name}`).sort());
    expect(zip.every(({ bytes }) => bytes?.equals(log) === true)).toBe(true);
    const tarNames = names.filter((name) => !name.includes('\0'));
    const tar = await decodeBytes(makeTar(tarNames.map((name) => ({ name, bytes: log }))));
    expect(tar.slice(0, -1).map(({ path }) => path)).toEqual(tarNames.map((name) => `file!/${name}`));
  });

  it('may hold several members of one name', async () => {
    const members = ['1', '2'].map((text) => ({ name: 'same', bytes: Buffer.from(text) }));
    for (const bytes of [makeZip(members), makeTar(members)]) {
      expect(found(await decodeBytes(bytes))).toEqual(['file!/same: 1', 'file!/same: 2']);
    }
  });

  it('stop soon when the import is cancelled', async () => {
    const member = { name: 'x', bytes: Buffer.alloc(2 ** 21, ' ') };
    const members = Array.from({ length: 50 }, () => member);
    for (const bytes of [makeTar(members), gzipSync(makeTar(members)), gzipSync(makeZip(members))]) {
      let begun = 0;
      const texts = await decodeBytes(bytes, {
        isCancelled: () => begun > 1,
        onPiece: () => {
          begun++;
          return begun <= 1;
        },
      });
      expect(begun).toBe(2);
      expect(texts.length).toBeLessThanOrEqual(4);
    }
  });
});

describe('a zip', () => {
  it('names what needs a password, and what is packed by a method that is not read', async () => {
    const zip = makeZip([
      { name: 'secret', bytes: log, encrypted: true },
      { name: 'lzma', bytes: log, says: { method: 14 } },
      { name: 'odd', bytes: log, says: { method: 77 } },
      { name: 'open', bytes: log },
    ]);
    const texts = await decodeBytes(gzipSync(zip));
    expect(problemCodes(texts)).toEqual([
      ['file!/secret', 'encrypted'],
      ['file!/lzma', 'unknown-format'],
      ['file!/odd', 'unknown-format'],
    ]);
    expect(texts.map(({ problems }) => problems[0]?.message ?? '').join('\n')).toMatch(/password[^]*LZMA[^]*method 77/);
    expect(found(texts)).toEqual([`file!/open: ${log.toString()}`]);
  });

  it('follows no links, and says where each leads', async () => {
    const zip = makeZip([
      { name: 'link', bytes: Buffer.from('/etc/passwd'), mode: 0o120777 },
      { name: 'a', bytes: log },
    ]);
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, zip);
    for (const texts of [await decodePath(path), await decodeListed(await unlisted(path))]) {
      expect(found(texts)).toEqual([`file!/a: ${log.toString()}`]);
      const link = texts.find((text) => text.path === 'file!/link');
      expect(link?.problems).toMatchObject([{ code: 'oddity', severity: 'note' }]);
      expect(link?.problems[0]?.message).toBe('a symbolic link to "/etc/passwd": it was not followed');
    }
  });

  it('whose links hold something else than a path is read', async () => {
    for (const bytes of [log, gzipSync(log), Buffer.concat([log, Buffer.alloc(10_000, ' ')])]) {
      const zip = makeZip([{ name: 'link', bytes, mode: 0o120777 }]);
      for (const packed of [zip, gzipSync(zip)]) {
        const [text] = await decodeBytes(packed);
        expect(text?.bytes?.includes(log)).toBe(true);
        expect(await again({ ...(text as DecodedText), bytes: log })).toBe(event.toString());
      }
    }
  });

  it('whose directory and headers disagree says so, and is read both ways', async () => {
    const text = Buffer.from(`{"Records":[${event.toString().repeat(3)}]}`);
    const members = [{ name: 'a.json', bytes: text }, other];
    const change = (edit: (zip: Buffer, entry: number) => void, stored = false): Buffer => {
      const zip = Buffer.from(makeZip(members.map((member) => ({ ...member, stored }))));
      edit(zip, zip.indexOf('PK\x01\x02', 0, 'latin1'));
      return zip;
    };
    const cases = [
      ['another name', change((zip, entry) => zip.write('b', entry + 46))],
      ['another method', change((zip, entry) => zip.writeUInt16LE(0, entry + 10))],
      ['another method', change((zip, entry) => zip.writeUInt16LE(14, entry + 10))],
      ['another method', change((zip) => zip.writeUInt16LE(14, 8))],
      ['another encryption', change((zip, entry) => zip.writeUInt16LE(0x801, entry + 8))],
      ['another encryption', change((zip) => zip.writeUInt16LE(0x801, 6))],
      ['another size', change((zip, entry) => zip.writeUInt32LE(10, entry + 20))],
      ['overlaps others', change((zip, entry) => zip.writeUInt32LE(5000, entry + 20))],
      ['another size', change((zip) => zip.writeUInt32LE(10, 18))],
      ['another size', change((zip, entry) => zip.writeUInt32LE(10, entry + 20), true)],
      ['another size', change((zip, entry) => zip.writeUInt32LE(10, entry + 24))],
    ] as const;
    for (const [i, [what, zip]] of cases.entries()) {
      const { names, files } = await openBytes(zip);
      expect([i, names.includes('A'), names.includes('Other')]).toEqual([i, true, true]);
      const said = files.flatMap(({ problems }) => problems.map(({ message }) => message)).join('\n');
      expect(`${String(i)} ${said}`).toContain(what);
      expect((await openBytes(gzipSync(zip))).names.toSorted()).toEqual(names.toSorted());
    }
  });

  it('is read with bytes before it that its offsets do not count, and with those, where they are a zip', async () => {
    const first = makeZip([{ name: 'first', bytes: Buffer.from('1') }]);
    const second = makeZip([{ name: 'second', bytes: Buffer.from('2') }]);
    const texts = await decodeBytes(gzipSync(Buffer.concat([first, second])));
    expect(found(texts)).toEqual(['file!/first: 1', 'file!/second: 2']);
    expect(texts.at(-1)?.problems).toMatchObject([{ code: 'oddity', severity: 'note' }]);
  });

  it('without its directory is read by the headers of its members', async () => {
    const members = ['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.concat([log, noise(name, 3000)]) }));
    const kinds = [{}, { stored: true }, { descriptor: true }, { zip64: true }, { zip64: true, descriptor: true }];
    for (const kind of kinds) {
      const zip = makeZip(members.map((member) => ({ ...member, ...kind })));
      const directory = Buffer.from(zip).indexOf('PK\x01\x02', 0, 'latin1');
      for (const end of [directory, directory + 30, zip.length - 22]) {
        const texts = await decodeBytes(gzipSync(zip.subarray(0, end)));
        expect(texts.at(-1)?.recognisedAs).toBe('zip');
        const losses = texts.at(-1)?.problems.filter(({ severity }) => severity === 'loss');
        expect(losses).toMatchObject([{ code: 'bad-archive' }]);
        const sound = texts.filter(({ bytes }) => members.some((member) => bytes?.equals(member.bytes) === true));
        expect(sound.map(({ path }) => path)).toEqual(['file!/a', 'file!/b', 'file!/c']);
      }
    }
  });

  it('that is torn gives its members up to the tear', async () => {
    const members = ['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.concat([log, noise(name, 3000)]) }));
    for (const kind of [{}, { stored: true }, { descriptor: true }]) {
      const zip = makeZip(members.map((member) => ({ ...member, ...kind })));
      const third = Buffer.from(zip).lastIndexOf('PK\x03\x04', -1, 'latin1');
      const path = join(await temporaryFolder(), 'torn');
      await writeFile(path, zip.subarray(0, third + 1500));
      const texts = await decodePath(path);
      expect(texts.map(({ bytes }, i) => bytes?.equals(members[i]?.bytes ?? log))).toEqual([true, true, false]);
      expect(problemCodes(texts)).toEqual([['torn!/c', 'torn']]);
      expect(texts[2]?.bytes?.length).toBeGreaterThan(1000);
    }
  });

  it('whose directory is damaged in its middle gives all members', async () => {
    const zip = Buffer.from(makeZip(['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.from(name) }))));
    const first = zip.indexOf('PK\x01\x02', 0, 'latin1');
    zip.fill(0, zip.indexOf('PK\x01\x02', first + 4, 'latin1'), zip.length - 22);
    const texts = await decodeBytes(gzipSync(zip));
    expect(found(texts)).toEqual(['file!/a: a', 'file!/b: b', 'file!/c: c']);
    expect(problemCodes(texts)).toEqual([['file', 'bad-archive']]);
  });

  it('whose files are said to be empty folders is read', async () => {
    const texts = await decodeBytes(
      makeZip([
        { name: 'folder/', bytes: Buffer.alloc(0) },
        { name: 'file/', bytes: log, says: { unpackedBytes: 0 } },
      ]),
    );
    expect(found(texts)).toEqual([`file!/file/: ${log.toString()}`]);
  });

  it('that states wrong lengths or checksums is read, and that is said', async () => {
    const text = Buffer.alloc(5000, 'some text ');
    for (const stored of [false, true]) {
      for (const says of [{ unpackedBytes: 10 }, { unpackedBytes: 1e9 }, { crc: 1 }]) {
        const texts = await decodeBytes(makeZip([{ name: 'a', bytes: text, stored, says }]));
        expect(texts).toMatchObject([{ problems: [{ code: 'bad-archive', severity: 'loss' }] }]);
        expect(texts[0]?.bytes?.equals(text)).toBe(true);
      }
    }
  });

  it('whose directory names a place without a member says so', async () => {
    const zip = Buffer.from(makeZip([{ name: 'a', bytes: log }, other]));
    zip.writeUInt32LE(0, 0);
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, Buffer.concat([makeZip([]).subarray(0, 4), zip.subarray(4)]));
    const texts = await decodePath(path);
    expect(problemCodes(texts)).toEqual([['file!/a', 'bad-archive']]);
    expect(found(texts).at(-1)).toBe(`file!/other: ${other.bytes.toString()}`);
  });

  it('damaged within a member gives what stands before the damage', async () => {
    const text = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${String(i * 7919)} `).join(''));
    const zip = Buffer.from(makeZip([{ name: 'a', bytes: text }, other]));
    zip.fill(0xff, 20_000, 20_064);
    const texts = await decodeBytes(zip);
    expect(problemCodes(texts)).toEqual([['file!/a', 'bad-archive']]);
    const bytes = texts[0]?.bytes ?? Buffer.alloc(0);
    const sound = bytes.findIndex((byte, i) => byte !== text[i]);
    expect(sound < 0 ? bytes.length : sound).toBeGreaterThan(20_000);
    expect(texts[1]?.bytes?.equals(other.bytes)).toBe(true);
  });
});

describe('a tar', () => {
  it('gives names of any length, however they are written', async () => {
    const name = `${'folder/'.repeat(20)}ä.json`;
    for (const longName of ['pax', 'gnu', 'prefix'] as const) {
      const texts = await decodeBytes(makeTar([{ name, bytes: log, longName }, other]));
      expect(texts.slice(0, 2).map(({ path }) => path)).toEqual([`file!/${name}`, 'file!/other']);
      expect(texts[0]?.bytes?.equals(log)).toBe(true);
    }
  });

  it('gives regular files only, and says how many other entries it skipped', async () => {
    const none = Buffer.alloc(0);
    const texts = await decodeBytes(
      makeTar([
        { name: 'folder/', bytes: none, type: '5' },
        { name: 'hard', bytes: none, type: '1' },
        { name: 'symbolic', bytes: none, type: '2' },
        { name: 'device', bytes: none, type: '3' },
        { name: 'sparse', bytes: log, type: 'S' },
        { name: 'file', bytes: log },
      ]),
    );
    expect(found(texts)).toEqual([`file!/file: ${log.toString()}`]);
    expect(texts.at(-1)?.problems).toMatchObject([
      { code: 'oddity', severity: 'note' },
      { code: 'unknown-format', severity: 'loss' },
    ]);
    expect(texts.at(-1)?.problems.map(({ message }) => message.slice(0, 13))).toEqual([
      '3 entries tha',
      '1 sparse file',
    ]);
  });

  it('gives files of kinds that nobody knows', async () => {
    const texts = await decodeBytes(makeTar([{ name: 'odd', bytes: log, type: 'Q' }, other]));
    expect(found(texts)).toContain(`file!/odd: ${log.toString()}`);
  });

  it('shortens names that nobody gave for their own sake', async () => {
    const name = `${'x'.repeat(100_000)}.json`;
    for (const bytes of [makeTar([{ name, bytes: log }]), makeZip([{ name: name.slice(-60_000), bytes: log }])]) {
      const [path = ''] = (await decodeBytes(bytes)).map((text) => text.path);
      expect(path).toMatch(/^file!\/x+…x+\.json$/);
      expect(path.length).toBeLessThan(1100);
    }
  });

  it('goes on behind a damaged header', async () => {
    const tar = Buffer.from(makeTar(['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.from(name) }))));
    tar.fill(0xff, 1024, 1400);
    const texts = await decodeBytes(tar);
    expect(found(texts)).toEqual(['file!/a: a', 'file!/c: c']);
    expect(problemCodes(texts)).toEqual([['file', 'bad-archive']]);
  });

  it('that is torn gives its last member up to the tear', async () => {
    const text = Buffer.alloc(5000, 'some text ');
    const tar = makeTar([other, { name: 'a', bytes: text }]);
    for (const pack of [(bytes: Uint8Array) => bytes, gzipSync]) {
      const texts = await decodeBytes(pack(tar.subarray(0, 1024 + 512 + 3000)));
      expect(texts[1]?.bytes?.equals(text.subarray(0, 3000))).toBe(true);
      expect(problemCodes(texts)).toEqual([['file!/a', 'torn']]);
    }
  });

  it('is followed by another one', async () => {
    const both = Buffer.concat(['a', 'b'].map((name) => makeTar([{ name, bytes: Buffer.from(name) }])));
    expect(found(await decodeBytes(both))).toEqual(['file!/a: a', 'file!/b: b']);
  });
});

describe('gzip data', () => {
  it('of several members goes on behind a damaged one, and says that one is', async () => {
    const texts = Array.from({ length: 3 }, (_, i) =>
      Buffer.from(Array.from({ length: 20_000 }, (_, j) => `${String(i)}-${String(j * 7919)} `).join('')),
    );
    const packed = texts.map((text) => gzipSync(text));
    packed[1]?.fill(0xff, 30_000, 30_064);
    const whole = Buffer.concat(packed);
    const inTar = makeTar([{ name: 'a', bytes: whole }]);
    for (const [bytes, name] of [
      [whole, 'file'],
      [inTar, 'file!/a'],
      [gzipSync(inTar), 'file!/a'],
    ] as const) {
      const decoded = await decodeBytes(bytes);
      expect(problemCodes(decoded)).toEqual([[name, 'bad-gzip']]);
      const all = decoded[0]?.bytes ?? Buffer.alloc(0);
      expect(all.subarray(0, texts[0]?.length).equals(texts[0] ?? whole)).toBe(true);
      expect(all.subarray(-(texts[2]?.length ?? 0)).equals(texts[2] ?? whole)).toBe(true);
      expect(all.includes('1-39595000 ')).toBe(true);
    }
  });

  it('of many small members goes on behind each damaged one', async () => {
    const texts = Array.from({ length: 60 }, (_, i) =>
      Buffer.from(`{"eventName":"${String(i)}","x":"${'y'.repeat(i)}"}\n`),
    );
    const packed = texts.map((text, i) => {
      const member = gzipSync(text);
      if (i % 7 === 3) member.fill(0x07, 10, member.length - 9);
      return member;
    });
    const [decoded] = await decodeBytes(Buffer.concat(packed));
    const sound = texts.filter((_, i) => i % 7 !== 3);
    expect(sound.filter((text) => decoded?.bytes?.includes(text) !== true)).toEqual([]);
    expect(decoded?.problems.length).toBe(texts.length - sound.length);
  });
});
