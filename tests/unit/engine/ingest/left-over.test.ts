import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileProblem } from '#contract/report';
import { maxWholePacked } from '#engine/sources/unpack-whole';
import { envelope, record } from '../../../helpers/evidence';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { openBytes } from '../../../helpers/open-here';

const log = (name: string): Buffer => Buffer.from(envelope(record(name)));
const hidden = Buffer.from(`{"eventName":"Hidden"}`);

interface Said {
  readonly names: readonly string[];
  readonly problems: readonly string[];
}

async function said(bytes: Uint8Array): Promise<Said> {
  const { names, files } = await openBytes(bytes);
  const text = ({ severity, message }: FileProblem): string => `${severity}: ${message}`;
  return { names: [...names].sort(), problems: files.flatMap(({ problems }) => problems.map(text)) };
}

describe('bytes behind the end of what a member of a zip unpacks to', () => {
  /** A member whose packed size counts what was put behind its packed content. */
  function zipWith(content: Buffer, behind: Uint8Array): Buffer {
    const packed = Buffer.concat([deflateRawSync(content), behind]);
    const stored = Buffer.from(makeZip([{ name: 'a.json', bytes: packed, stored: true }]));
    const directory = stored.indexOf('PK\x01\x02', 0, 'latin1');
    for (const at of [0, directory]) {
      const field = at === 0 ? 8 : at + 10;
      stored.writeUInt16LE(8, field);
      stored.writeUInt32LE(crc32(content), field + 6);
      stored.writeUInt32LE(content.length, field + 14);
    }
    return stored;
  }
  const start = 30 + 'a.json'.length;

  it('are a loss, with their number and place, in a zip on disk and in one that is packed', async () => {
    const at = start + deflateRawSync(log('A')).length;
    const lost = `loss: 22 bytes of the archive after the end of its packed content were not read (at byte ${String(at)})`;
    for (const bytes of [zipWith(log('A'), hidden), makeTar([{ name: 'a.zip', bytes: zipWith(log('A'), hidden) }])]) {
      expect(await said(bytes)).toEqual({ names: ['A'], problems: [lost] });
    }
  });

  it('are a loss where the member is unpacked piece by piece', async () => {
    const noise = Buffer.alloc(maxWholePacked, 'x');
    const { names, problems } = await said(zipWith(log('A'), noise));
    expect(names).toEqual(['A']);
    expect(problems).toEqual([
      expect.stringMatching(/^loss: 16,777,216 bytes of the archive after .* \(at byte \d+\)$/),
    ]);
  });

  it('are no loss where they are zero bytes, and a note where they are too few', async () => {
    expect((await said(zipWith(log('A'), Buffer.alloc(40)))).problems).toEqual([]);
    expect((await said(zipWith(log('A'), Buffer.from('x')))).problems).toEqual([
      expect.stringMatching(/^note: 1 byte of /),
    ]);
  });
});

describe('events in the header of gzip data', () => {
  const extraFlag = 4;
  const nameFlag = 8;
  const commentFlag = 16;
  const sum = 2;

  function withHeader(flags: number, fields: Uint8Array, name = 'A'): Buffer {
    const plain = gzipSync(log(name));
    const bytes = Buffer.concat([plain.subarray(0, 10), fields, plain.subarray(10)]);
    bytes.writeUInt8(flags, 3);
    return bytes;
  }
  const extra = Buffer.concat([Buffer.from([hidden.length, 0]), hidden]);
  const text = Buffer.concat([hidden, Buffer.from([0])]);
  const damaged = Buffer.concat([gzipSync('x'.repeat(1000)).subarray(0, 15), Buffer.alloc(30, 7)]);

  it.each([
    ['the extra field', extraFlag, extra, 12],
    ['the name', nameFlag, text, 10],
    ['the comment', commentFlag, text, 10],
    [
      'the comment behind a name',
      nameFlag + commentFlag + sum,
      Buffer.concat([Buffer.from('a\0'), text, Buffer.alloc(2)]),
      12,
    ],
  ])('are a loss in %s, with their number and place', async (_, flags, fields, at) => {
    const lost = (place: number): string =>
      `loss: 22 bytes in the header of the gzip data were not read (at byte ${String(place)})`;
    const bytes = withHeader(flags, fields);
    expect(await said(bytes)).toEqual({ names: ['A'], problems: [lost(at)] });
    const first = gzipSync('{"Records":[]}\n');
    expect((await said(Buffer.concat([first, bytes]))).problems).toContain(lost(first.length + at));
    const behindDamage = await said(Buffer.concat([damaged, bytes]));
    expect(behindDamage.problems).toContain(lost(damaged.length + at));
    expect(behindDamage.names).toEqual(['A']);
  });

  it('are not to be expected in a usual name', async () => {
    for (const name of ['123456789012_CloudTrail_us-east-1_20240304T1005Z_abcdefghij.json\0', 'a,b;c\td.json\0']) {
      expect((await said(withHeader(nameFlag, Buffer.from(name)))).problems).toEqual([]);
    }
  });
});

describe('what follows gzip data and is none', () => {
  const first = gzipSync(log('A'));
  const lost = (place: number): string =>
    `loss: what follows the gzip data is not gzip (22 bytes at byte ${String(place)}); it was left out`;

  it('is a loss with its number of bytes and its place, up to the end', async () => {
    for (const zeros of [0, 5]) {
      const bytes = Buffer.concat([first, Buffer.alloc(zeros), hidden]);
      expect(await said(bytes)).toEqual({ names: ['A'], problems: [lost(first.length + zeros)] });
    }
  });

  it('is a loss with its number of bytes and its place, up to the next gzip data', async () => {
    const { names, problems } = await said(Buffer.concat([first, hidden, gzipSync(log('B'))]));
    expect(names).toEqual(['A', 'B']);
    expect(problems).toContain(lost(first.length));
  });

  it('is counted in a packed file too', async () => {
    const bytes = makeTar([{ name: 'a.json.gz', bytes: Buffer.concat([first, hidden]) }]);
    expect((await said(gzipSync(bytes))).problems).toEqual([lost(first.length)]);
  });
});

describe('a text before a zip', () => {
  const before = Buffer.from(envelope(...Array.from({ length: 20 }, (_, at) => record(`Before${String(at)}`))));
  const zip = makeZip([{ name: 'a.json', bytes: log('A') }]);

  it('is read, however long it is, and so are the members of the zip', async () => {
    expect(before.length).toBeGreaterThan(512);
    const both = Buffer.concat([before, zip]);
    for (const bytes of [
      both,
      gzipSync(both),
      makeTar([{ name: 'a.json', bytes: both }]),
      makeZip([{ name: 'a.json', bytes: both, stored: true }]),
    ]) {
      const { names, problems } = await said(bytes);
      expect(names.length).toBe(21);
      expect(names).toContain('A');
      expect(problems).toEqual([expect.stringMatching(/^note: a stretch of bytes that belongs to no member: read/)]);
    }
  });

  it('is a text where it only ends with what looks like the end of a zip', async () => {
    const { names } = await said(Buffer.concat([before, zip.subarray(-22)]));
    expect(names.length).toBe(20);
  });
});

describe('a table in a comment of a zip', () => {
  it.each([',', ';', '\t', '|'].flatMap((delimiter) => ['\n', '\r\n', '\r'].map((end) => [delimiter, end] as const)))(
    'is read with %j between its columns and %j behind its rows',
    async (delimiter, end) => {
      const rows = [
        ['User name', 'Event time', 'Event source', 'Event name'],
        ['alice', '2024-03-04T10:00:00Z', 's3.amazonaws.com', 'Hidden'],
      ];
      const table = Buffer.from(rows.map((cells) => cells.join(delimiter) + end).join(''));
      const zip = Buffer.from(makeZip([{ name: 'a.json', bytes: log('A') }]));
      zip.writeUInt16LE(table.length, zip.length - 2);
      expect((await said(Buffer.concat([zip, table]))).names).toEqual(['A', 'Hidden']);
    },
  );
});
