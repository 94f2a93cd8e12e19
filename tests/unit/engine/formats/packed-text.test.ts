import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SegmentBuilder } from '#engine/scan/segment-builder';
import { PackedTexts } from '#engine/formats/packed-text';
import { ProblemList } from '#engine/formats/problem-list';
import { RecordReader, type ReaderOptions } from '#engine/formats/record-reader';
import { exampleEvent } from '../../../samples/example-events';

const mb = 2 ** 20;
const encoder = new TextEncoder();
const open = (text: string | Uint8Array, packed = new PackedTexts({ ratio: 250, recordBytes: mb })): unknown => {
  const opened = packed.open(typeof text === 'string' ? encoder.encode(text) : text);
  return opened === null ? null : [Buffer.from(opened.bytes).toString('latin1'), opened.problem?.code ?? null];
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a packed text', () => {
  it('is gzip data, or base64 of it or of JSON', () => {
    expect(open(gzipSync('{"a":1}'))).toEqual(['{"a":1}', null]);
    expect(open(base64('{"a":1}'))).toEqual(['{"a":1}', null]);
    expect(open(base64('[{"ä":"ÿ?>"}]').replaceAll('/', '_').replaceAll('+', '-').replaceAll('=', ''))).not.toBeNull();
  });

  it.each([
    '',
    'eyJ',
    'example text that says nothing',
    'exampleTextWithoutSpaces',
    'everything',
    '{"a":1}',
    base64('Hello {"a":1}'),
  ])('is not %j', (text) => {
    expect(open(text)).toBeNull();
  });

  it('gives what stands before the damage, and says that more is lost', () => {
    const zipped = gzipSync('x'.repeat(10_000) + '{"a":1}');
    for (let cut = 19; cut < zipped.length; cut++) {
      const [text, code] = open(zipped.subarray(0, cut)) as [string, string];
      expect('x'.repeat(10_000) + '{"a":1}').toContain(text);
      expect(code).toBe('bad-gzip');
    }
    expect(open(`${base64('{"a":1}').slice(0, 8)}*AAAA`)).toEqual(['{"a":1', 'bad-json']);
  });
});

describe('packed texts that unpack to more than their bounds', () => {
  const bomb = gzipSync(Buffer.alloc(900_000));

  it('are left out, each by itself', () => {
    expect(open(gzipSync(Buffer.alloc(mb + 1)))).toEqual(['', 'limit']);
    expect(open(bomb)).toEqual([expect.stringMatching(/^\0{900000}$/), null]);
  });

  it('are left out once all of a file are too much for its size', () => {
    const packed = new PackedTexts({ ratio: 10, recordBytes: mb }, 2_000_000);
    const codes = Array.from({ length: 5 }, () => packed.open(bomb)?.problem?.limit ?? null);
    expect(codes).toEqual([null, null, 'ratio', 'ratio', 'ratio']);
  });

  it('cost themselves alone, and the report names the limit and the place', () => {
    const record = (data: string): string => `{"Data":"${data}","PartitionKey":"p"}`;
    const text = `{"Records":[${record(bomb.toString('base64'))},\n${record(base64(exampleEvent(1)))}]}`;
    const { events, listed } = read(text, { recordBytes: 100_000 });
    expect(events).toBe(1);
    expect(listed).toEqual([
      expect.objectContaining({
        code: 'limit',
        limit: 'recordBytes',
        severity: 'loss',
        atByte: text.indexOf('{"Data"'),
      }),
    ]);
  });

  it('are not unpacked again and again when each is damaged', () => {
    const damaged = Buffer.from(bomb);
    damaged.writeUInt8(0, bomb.length - 20);
    const packed = new PackedTexts({ ratio: 10, recordBytes: mb }, 2_000_000);
    const opened = Array.from({ length: 20 }, () => (packed.open(damaged)?.bytes.length ?? 0) > 0);
    expect(opened.lastIndexOf(true)).toBeLessThan(3);
  });
});

function read(text: string, options: ReaderOptions): { readonly events: number; readonly listed: unknown } {
  const problems = new ProblemList();
  const builder = new SegmentBuilder();
  builder.startFile(0);
  const reader = new RecordReader(builder, problems, () => undefined, options);
  reader.push(encoder.encode(text), true);
  return { events: reader.events, listed: problems.listed };
}
