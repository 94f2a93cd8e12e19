/** CloudTrail writes one gzip member per file: a file with more is not all what CloudTrail wrote. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileReport } from '#contract/report';
import { engineHere } from '../../helpers/engine-here';
import { makeTar } from '../../helpers/make-tar';
import { makeZip } from '../../helpers/make-zip';
import { temporaryFolder } from '../../helpers/temporary-folder';

const record = (id: string): object => ({
  eventVersion: '1.08',
  eventID: id,
  eventName: `Name${id}`,
  eventTime: '2023-07-10T12:40:01Z',
  recipientAccountId: '111122223333',
});
const trailFile = (...ids: readonly string[]): string => JSON.stringify({ Records: ids.map(record) });
const joined = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? gzipSync(part) : part)));

interface Opened {
  /** Event ID and whether it is marked, in order. */
  readonly marks: readonly (readonly [string, boolean])[];
  /** The IDs that `integrity:appended` finds. */
  readonly found: readonly string[];
  readonly appended: number;
  readonly files: readonly FileReport[];
}

async function open(bytes: Uint8Array, name = 'trail.json.gz'): Promise<Opened> {
  const path = await temporaryFolder();
  await writeFile(join(path, name), bytes);
  const engine = engineHere();
  await engine.open(path);
  return {
    marks: (await engine.rows('', ['id'])).map(
      ({ cells, isAppended }) => [cells[0] ?? '', isAppended === true] as const,
    ),
    found: (await engine.rows('integrity:appended', ['id'])).map(({ cells }) => cells[0] ?? ''),
    appended: (await engine.report()).appended,
    files: await engine.files(),
  };
}

describe('events in a later gzip member than that of the file CloudTrail wrote', () => {
  it('are marked, found by integrity:appended, counted, and reported with the place where they begin', async () => {
    const real = trailFile('1', '2');
    const { marks, found, appended, files } = await open(joined(real, trailFile('3')));
    expect(marks).toEqual([
      ['1', false],
      ['2', false],
      ['3', true],
    ]);
    expect({ found, appended }).toEqual({ found: ['3'], appended: 1 });
    expect(files[0]).toMatchObject({ status: 'read', events: 3 });
    expect(files[0]?.problems).toMatchObject([{ code: 'appended', severity: 'note', atByte: real.length }]);
    expect(files[0]?.problems[0]?.message).toBe(
      'not all of this file is what CloudTrail wrote: it has more than one gzip member, and CloudTrail writes one; from here on: 1 event, marked "appended"',
    );
  });

  it('are marked whatever form they were given: one event, a line each, a list', async () => {
    const forged = `${JSON.stringify(record('3'))}\n${JSON.stringify(record('4'))}`;
    expect((await open(joined(trailFile('1'), forged))).found).toEqual(['3', '4']);
    expect((await open(joined(trailFile('1'), JSON.stringify([record('5')])))).found).toEqual(['5']);
  });

  it('are marked behind a file without events, and behind a digest', async () => {
    expect((await open(joined(trailFile(), trailFile('3')))).found).toEqual(['3']);
    const signed = JSON.stringify({ digestEndTime: '2023-07-10T13:00:00Z', logFiles: [], awsAccountId: '1' });
    expect((await open(joined(signed, trailFile('3')))).found).toEqual(['3']);
  });

  it('are marked in all later members, also behind zero bytes, a torn and a damaged one', async () => {
    const zeros = Buffer.alloc(7);
    expect((await open(joined(trailFile('1'), zeros, trailFile('2'), trailFile('3')))).found).toEqual(['2', '3']);
    const torn = gzipSync(trailFile('2', '3')).subarray(0, -9);
    expect((await open(joined(trailFile('1'), torn))).found).toEqual(['2', '3']);
    const damaged = gzipSync(trailFile('2'));
    damaged.writeUInt32LE(0xdeadbeef, damaged.length - 8);
    expect((await open(joined(trailFile('1'), damaged))).found).toEqual(['2']);
  });

  it.each([
    ['nothing', ['']],
    ['blanks', [' \n']],
    ['a byte-order mark', ['\ufeff']],
    ['all of these', ['', '\ufeff', '', ' ', '\n']],
  ])('are marked where members with %s stand before the file', async (_, before) => {
    const zeros = Buffer.alloc(3);
    expect((await open(joined(...before, trailFile('1'), trailFile('2')))).found).toEqual(['2']);
    // Zero bytes between members: read piece by piece.
    expect((await open(joined(...before, zeros, trailFile('1'), zeros, trailFile('2')))).found).toEqual(['2']);
    const halves = [trailFile('1').slice(0, 50), trailFile('1').slice(50)];
    expect((await open(joined(...before, ...halves, trailFile('2')))).found).toEqual(['2']);
  });

  it('are marked behind a file whose gzip header has a name, a comment, a checksum and more', async () => {
    const plain = gzipSync(trailFile('1'));
    const header = [0x1f, 0x8b, 8, 30, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 97, 0, 98, 0];
    const sum = crc32(Buffer.from(header)) & 0xffff;
    const full = Buffer.concat([Buffer.from([...header, sum & 255, sum >> 8]), plain.subarray(10)]);
    expect((await open(joined(full, trailFile('2')))).found).toEqual(['2']);
  });

  it('are marked in a zip, a tar and a gzip around the file', async () => {
    const forged = joined(trailFile('1'), trailFile('2'));
    expect((await open(makeZip([{ name: 'a.json.gz', bytes: forged }]), 'a.zip')).found).toEqual(['2']);
    expect((await open(makeTar([{ name: 'a.json.gz', bytes: forged }]), 'a.tar')).found).toEqual(['2']);
    expect((await open(gzipSync(makeTar([{ name: 'a.json.gz', bytes: forged }])), 'a.tgz')).found).toEqual(['2']);
    expect((await open(gzipSync(forged), 'a.gz')).found).toEqual(['2']);
  });

  it('do not mark those of the next file or member', async () => {
    const zip = makeZip([
      { name: 'a.json.gz', bytes: joined(trailFile('1'), trailFile('2')) },
      { name: 'b.json.gz', bytes: joined(trailFile('3')) },
      { name: 'c.json', bytes: Buffer.from(trailFile('4')) },
    ]);
    expect((await open(gzipSync(zip), 'a.zip.gz')).found).toEqual(['2']);
  });
});

describe('a duplicate of an event that was appended to another file', () => {
  it.each([
    ['before the file of the event', 'a.json.gz', 'b.json.gz'],
    ['behind it', 'b.json.gz', 'a.json.gz'],
  ])('does not mark the event: %s', async (_, forged, real) => {
    const path = await temporaryFolder();
    await writeFile(join(path, forged), joined(trailFile('1'), trailFile('2')));
    await writeFile(join(path, real), joined(trailFile('2')));
    const engine = engineHere();
    await engine.open(path);
    const marks = (await engine.rows('', ['id'])).map(({ cells, isAppended }) => [cells[0], isAppended === true]);
    expect(marks.toSorted()).toEqual([
      ['1', false],
      ['2', false],
    ]);
    expect(await engine.names('integrity:appended')).toEqual([]);
    expect(await engine.report()).toMatchObject({ events: 2, duplicates: 1, appended: 0 });
  });
});

describe('several gzip members that are nothing unusual', () => {
  it('mark no event of a text that runs on from one to the next, as parallel packers write it', async () => {
    const text = trailFile('1', '2', '3');
    const { found, files } = await open(joined(text.slice(0, 200), text.slice(200)));
    expect({ found, problems: files[0]?.problems }).toEqual({ found: [], problems: [] });
  });

  it('mark no event of other files: Firehose joins its batches so', async () => {
    const batch = (id: string): string =>
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: '1',
        logGroup: 'g',
        logStream: 's',
        subscriptionFilters: [],
        logEvents: [{ id, timestamp: 1, message: JSON.stringify(record(id)) }],
      });
    const { marks } = await open(joined(batch('1'), batch('2')));
    expect(marks).toEqual([
      ['1', false],
      ['2', false],
    ]);
    expect((await open(joined(JSON.stringify(record('1')), JSON.stringify(record('2'))))).found).toEqual([]);
  });
});
