import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { envelope, record } from '../../../helpers/evidence';
import { decodeBytes } from '../../../helpers/decode-texts';
import { makeTar, type TarMember } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { openBytes } from '../../../helpers/open-here';

const hidden = Buffer.from(`{"eventName":"Hidden"}`);
const member = (name: string): { readonly name: string; readonly bytes: Buffer } => ({
  name: `${name}.json`,
  bytes: Buffer.from(envelope(record(name))),
});
const whole = Buffer.from(makeZip([member('A'), member('B')]));
const second = whole.indexOf('PK\x03\x04', 4, 'latin1');
const directory = whole.indexOf('PK\x01\x02', 0, 'latin1');
const insert = (at: number, what: Uint8Array): Buffer =>
  Buffer.concat([whole.subarray(0, at), what, whole.subarray(at)]);

/** The offsets of a directory count what was put in. */
function zipWithin(at: number, what: Uint8Array): Buffer {
  const bytes = insert(at, what);
  const start = directory + (at <= directory ? what.length : 0);
  bytes.writeUInt32LE(start, bytes.length - 22 + 16);
  let entry = start;
  for (const offset of [0, second]) {
    bytes.writeUInt32LE(at <= offset ? offset + what.length : offset, entry + 42);
    entry = bytes.indexOf('PK\x01\x02', entry + 4, 'latin1');
  }
  return bytes;
}

const places = {
  'before its first member': [zipWithin(0, hidden), insert(0, hidden)],
  'between two members': [zipWithin(second, hidden), insert(second, hidden)],
  'between the last member and the directory': [zipWithin(directory, hidden)],
  'behind its end': [Buffer.concat([whole, hidden])],
} as const;

describe('events in a zip outside of its members', () => {
  it.each(Object.entries(places))('are read %s, with a line of their own in the report', async (_, archives) => {
    for (const archive of archives) {
      for (const bytes of [archive, gzipSync(archive)]) {
        const { names, files } = await openBytes(bytes);
        expect([...names].sort()).toEqual(['A', 'B', 'Hidden']);
        const said = files.flatMap(({ problems }) => problems.map(({ message }) => message));
        expect(said).toContain(
          'a stretch of bytes that belongs to no member: read like a file, and listed by position',
        );
      }
    }
  });

  it('are read as a packed file too, and as a table', async () => {
    const csv = 'User name,Event time,Event source,Event name\nalice,2024-03-04T10:00:00Z,s3.amazonaws.com,Hidden\n';
    const wide = Buffer.from(hidden.toString(), 'utf16le');
    for (const what of [gzipSync(hidden), Buffer.from(csv), wide, Buffer.from(wide).swap16()]) {
      const { names } = await openBytes(zipWithin(second, what));
      expect([...names].sort()).toEqual(['A', 'B', 'Hidden']);
    }
  });

  it('are read in a comment and in extra fields', async () => {
    const comment = Buffer.concat([whole, hidden]);
    comment.writeUInt16LE(hidden.length, whole.length - 2);
    const field = Buffer.concat([Buffer.from([0x99, 0x99, hidden.length, 0]), hidden]);
    const local = zipWithin(30 + 'A.json'.length, field);
    local.writeUInt16LE(field.length, 28);
    local.writeUInt32LE(0, local.indexOf('PK\x01\x02', 0, 'latin1') + 42);
    const own = insert(directory + 46 + 'A.json'.length, field);
    own.writeUInt16LE(field.length, directory + 30);
    own.writeUInt32LE(own.readUInt32LE(own.length - 10) + field.length, own.length - 10);
    for (const bytes of [comment, local, own]) {
      const { names } = await openBytes(bytes);
      expect([...names].sort()).toEqual(['A', 'B', 'Hidden']);
    }
  });
});

describe('bytes in a zip outside of its members', () => {
  it('that hold no events are listed with their number and place', async () => {
    const { names, files, report } = await openBytes(zipWithin(second, Buffer.from('nothing that anybody could read')));
    expect(names.length).toBe(2);
    expect(report.filesUnread).toBe(1);
    expect(files.map(({ path }) => path)).toContain(
      `evidence!/(31 bytes at byte ${String(second)} that belong to no member)`,
    );
  });

  it('that are too few for an event, or a comment, are reported in a note', async () => {
    const comment = Buffer.concat([whole, Buffer.from('made by hand')]);
    comment.writeUInt16LE(12, whole.length - 2);
    for (const bytes of [zipWithin(second, Buffer.from('x')), comment]) {
      const { files, report } = await openBytes(bytes);
      expect({ lost: report.filesUnread + report.filesPartial }).toEqual({ lost: 0 });
      expect(files.flatMap(({ problems }) => problems.map(({ message }) => message)).join()).toMatch(
        /^1 byte that.*at byte \d+|^12 bytes of the archive's comment.*at byte \d+/,
      );
    }
  });

  it('that are padding, or an older directory, are not worth a word', async () => {
    const grown = Buffer.concat([
      whole.subarray(0, directory),
      whole.subarray(directory, -22),
      whole.subarray(directory),
    ]);
    grown.writeUInt32LE(directory * 2 + (whole.length - 22 - directory) - directory, grown.length - 6);
    for (const bytes of [zipWithin(second, Buffer.alloc(100)), Buffer.concat([whole, Buffer.alloc(2048)]), grown]) {
      expect((await openBytes(bytes)).files).toEqual([]);
    }
  });
});

describe('a tar', () => {
  const file = { name: 'a.json', bytes: member('A').bytes };
  const archives = (...members: readonly TarMember[]): readonly Uint8Array[] => {
    const tar = makeTar(members);
    return [tar, gzipSync(tar)];
  };
  const blocks = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(512 - (bytes.length % 512))]);

  it.each([...'123456ADIMNSVXKLxg'].filter((type) => type !== 'S'))(
    'gives what stands in an entry of type %s, whatever that is meant for',
    async (type) => {
      for (const bytes of [hidden, gzipSync(hidden)]) {
        for (const tar of archives({ name: 'odd', bytes, type }, file)) {
          const { names } = await openBytes(tar);
          expect([...names].sort()).toEqual(['A', 'Hidden']);
        }
      }
    },
  );

  it('has links whose headers state a size without a content', async () => {
    for (const type of '12345') {
      const none = { name: 'odd', bytes: Buffer.alloc(0), type, saysBytes: 1000 };
      for (const tar of archives(none, file)) {
        const { names, files } = await openBytes(tar);
        expect([...names]).toEqual(['A']);
        expect(files.filter(({ status }) => status !== 'read')).toEqual([]);
      }
    }
  });

  it('gives the value of an attribute, and uses the others', async () => {
    const attribute = (text: string): string => `${String(Buffer.byteLength(text) + 4)} ${text}\n`;
    const list = attribute(`path=renamed.json`) + attribute(`comment=${hidden.toString()}`);
    for (const tar of archives({ name: 'pax', bytes: Buffer.from(list), type: 'x' }, file)) {
      const texts = await decodeBytes(tar);
      expect(texts.map(({ path }) => path)).toContain('file!/renamed.json');
      const { names } = await openBytes(tar);
      expect([...names].sort()).toEqual(['A', 'Hidden']);
    }
  });

  it('says how many bytes of attributes and names were not read, and where', async () => {
    const cases = [
      { name: 'pax', bytes: Buffer.from('no attributes'), type: 'x' },
      { name: 'gnu', bytes: Buffer.from('long-name\0rest'), type: 'L' },
    ];
    for (const [at, odd] of cases.entries()) {
      const { files } = await openBytes(makeTar([odd, file]));
      expect(files[0]?.problems[0]?.message).toBe(
        ['13 bytes', '5 bytes'][at] + ` of padding and attributes were not read (at byte ${['512', '521'][at] ?? ''})`,
      );
    }
  });

  it('takes a size that is no number for none', async () => {
    for (const stated of ['1e3', '0x10', ' 10', '-1']) {
      const text = `size=${stated}\n`;
      const list = `${String(text.length + 3)} ${text}`;
      for (const tar of archives({ name: 'pax', bytes: Buffer.from(list), type: 'x' }, file, { ...file, name: 'b' })) {
        const { names, files } = await openBytes(tar);
        expect([...names]).toEqual(['A', 'A']);
        expect(files[0]?.problems).toMatchObject([{ code: 'bad-archive', severity: 'loss' }]);
        expect(files[0]?.problems[0]?.message).toContain(`the size "${stated}"`);
      }
    }
  });

  it('gives what lies between its entries, behind them and in what fills a block', async () => {
    const one = Buffer.from(makeTar([file]).subarray(0, -1024));
    const filled = Buffer.from(one);
    hidden.copy(filled, 512 + file.bytes.length);
    const cases = [
      Buffer.concat([one, blocks(hidden), one]),
      Buffer.concat([one, blocks(gzipSync(hidden)), one]),
      Buffer.concat([makeTar([file]), hidden]),
      filled,
    ];
    for (const tar of cases) {
      const { names, files } = await openBytes(tar);
      expect(names).toContain('Hidden');
      expect(files).not.toEqual([]);
    }
  });

  it('gives the content of an entry whose header is damaged', async () => {
    const tar = Buffer.from(makeTar([file, { name: 'b.json', bytes: hidden }, file]));
    tar.fill('?', 1024 + 100, 1024 + 150);
    const { names, files } = await openBytes(tar);
    expect([...names].sort()).toEqual(['A', 'A', 'Hidden']);
    expect(files.flatMap(({ problems }) => problems.map(({ message }) => message)).join('\n')).toMatch(
      /512 bytes that belong to no entry.*at byte|512 bytes/,
    );
  });

  it('says how many bytes lie between its entries that hold no events', async () => {
    const one = makeTar([file]).subarray(0, -1024);
    const { files } = await openBytes(Buffer.concat([one, blocks(Buffer.from('nothing')), one]));
    expect(files[0]?.problems).toMatchObject([
      {
        message: 'damaged here: 512 bytes that belong to no entry; what could be found after them was read',
        atByte: 1024,
      },
    ]);
  });

  it('of an incremental backup has folders with lists of names, which are none of its files', async () => {
    const list = { name: 'folder/', bytes: Buffer.from('Ya.json\0Nold.json\0\0'), type: 'D' };
    for (const tar of archives(list, file)) expect((await openBytes(tar)).files).toEqual([]);
  });
});
