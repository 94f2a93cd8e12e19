import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileProblem } from '#contract/report';
import { SegmentBuilder } from '#engine/scan/segment-builder';
import { ProblemList } from '#engine/formats/problem-list';
import { RecordReader } from '#engine/formats/record-reader';
import { AccessInput } from '#engine/sources/packed-input';
import { HeldBytes } from '#engine/sources/random-access';
import { noLimits } from '#engine/sources/unpack-limits';
import { GzipStream } from '#engine/sources/unpack-streams';
import { zipEntries } from '#engine/sources/zip-directory';
import { openBytes } from '../../../helpers/open-here';

const kb = 1024;

/** Counts what is read of it, since that is what takes the time. */
class CountedBytes extends HeldBytes {
  bytesRead = 0;

  override bytes(at: number, length: number): Uint8Array {
    const bytes = super.bytes(at, length);
    this.bytesRead += bytes.length;
    return bytes;
  }
}

function repeated(what: Uint8Array, bytes: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.floor(bytes / what.length) }, () => what));
}

/** The header of a member, the size of whose content is not known, or is wrong. */
function localHeader(flags: number, packedBytes: number): Buffer {
  const header = Buffer.alloc(31);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(packedBytes, 18);
  header.writeUInt16LE(1, 26);
  header.write('a', 30);
  return header;
}

describe('headers that are repeated to keep a reader busy', () => {
  it('in a zip are each looked at a few times only', () => {
    for (const header of [
      localHeader(8, 0),
      localHeader(0, 1000),
      Buffer.concat([localHeader(8, 0), Buffer.alloc(3000)]),
    ]) {
      const access = new CountedBytes(repeated(header, 300 * kb));
      const listing = zipEntries(access, Infinity, []);
      let steps = 0;
      while (listing.next().done !== true) steps++;
      expect(access.bytesRead).toBeLessThan(100 * access.size);
      // It can be cancelled at each of them.
      expect(steps).toBeGreaterThan(50);
    }
  });

  it('in gzip data are looked behind so often as its size allows, and that is said', async () => {
    const stored = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0, 0x30, 0x75, 0xcf, 0x8a]);
    const access = new CountedBytes(repeated(stored, 300 * kb));
    const stream = new GzipStream(new AccessInput(access), noLimits);
    while ((await stream.next()).length > 0);
    expect(access.bytesRead).toBeLessThan(400 * access.size);
    const last = stream.problems.at(-1);
    expect(last?.message).toMatch(/^the gzip data is damaged in more than \d+ places; what follows was left out$/);
  });

  it('hide no sound member of gzip data behind a few hundred damaged ones', async () => {
    const damaged = gzipSync('{"eventName":"Damaged"}\n').fill(0x07, 10, 20);
    const sound = gzipSync('{"eventName":"Sound"}\n');
    const { names } = await openBytes(Buffer.concat([repeated(damaged, 200 * damaged.length), sound]));
    expect(names).toContain('Sound');
  });
});

describe('values that are no events, by the million', () => {
  const problemsOf = (text: string, onRows: (reader: RecordReader) => void): ProblemList => {
    const problems = new ProblemList();
    const builder = new SegmentBuilder('0123456789abcdef0123456789abcdef');
    builder.startFile(0, null);
    const reader: RecordReader = new RecordReader(builder, problems, () => {
      onRows(reader);
    });
    reader.push(Buffer.from(text), true);
    return problems;
  };

  it('can be stopped amid them', () => {
    for (const value of ['{},', '{"a":1}\n', '{"key":"a longer value"}\n', '1,', '"a",', '{"a:1}\n']) {
      const text = `[${value.repeat(100_000)}`;
      const { count } = problemsOf(text, (reader) => {
        reader.stop();
      });
      expect(count).toBeLessThan(10_000);
    }
  });

  it('are all counted, and the first of them shown with their place', () => {
    const { count, listed } = problemsOf(`[${'{"a":1},'.repeat(10_000)}{}]`, () => undefined);
    expect(count).toBe(10_001);
    expect(listed.length).toBe(200);
    expect(listed[1]).toMatchObject({
      code: 'not-events',
      atByte: 9,
      snippet: expect.stringContaining('{"a":1}') as FileProblem['snippet'],
    });
  });
});
