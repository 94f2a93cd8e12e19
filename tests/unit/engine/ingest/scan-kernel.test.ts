import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScanOutcome } from '#engine/scan/scan-kernel';
import { SegmentBuilder } from '#engine/scan/segment-builder';
import type { Segment } from '#engine/scan/segment';
import { decodeRows, leafLines } from '../../../helpers/segment-leaves';

const encoder = new TextEncoder();

function scan(builder: SegmentBuilder, bytes: Uint8Array): ScanOutcome {
  builder.load(bytes, bytes.length);
  return builder.scan(0, bytes.length, { base: 0, maxRows: 1e6, maxRecordBytes: 1e6, inArray: false });
}

const event = fc.record({
  eventVersion: fc.constant('1.08'),
  eventName: fc.constantFrom('GetObject', 'PutObject'),
  requestParameters: fc.jsonValue({ maxDepth: 4 }),
  readOnly: fc.boolean(),
  errorMessage: fc.string({ unit: 'binary' }),
});

describe('the scanning kernel', () => {
  it('asks for more wherever a record is cut, and forgets what it saw of it', () => {
    fc.assert(
      fc.property(event, (value) => {
        const bytes = encoder.encode(JSON.stringify(value));
        const builder = new SegmentBuilder();
        for (let length = 1; length < bytes.length; length++) {
          expect(scan(builder, bytes.subarray(0, length))).toBe(ScanOutcome.needMore);
          expect(builder.recordStart).toBe(0);
        }
        scan(builder, bytes);
        const fresh = new SegmentBuilder();
        scan(fresh, bytes);
        expect(decodeRows([builder.take()])).toEqual(decodeRows([fresh.take()]));
      }),
      { numRuns: 40 },
    );
  });

  it('forgets a broken record, however much of it was new', () => {
    const builder = new SegmentBuilder();
    expect(scan(builder, encoder.encode('{"eventID":"a","new":{"key":["value",1,true,null]},"eventID":}'))).toBe(
      ScanOutcome.broken,
    );
    scan(builder, encoder.encode('{"eventID":"b"}'));
    const segment = builder.take();
    expect(segment.newPaths.filter((path) => !path.startsWith('@'))).toEqual(['eventID']);
    expect(decodeRows([segment]).leaves).toEqual([['eventID 0 b']]);
  });

  it('keeps paths whose values are nearly all different as texts and UUIDs, and loses none', () => {
    const builder = new SegmentBuilder();
    const records = Array.from({ length: 5000 }, (_, n) => ({
      eventVersion: '1.08',
      eventTime: '2023-07-10T12:00:00Z',
      eventID: `${n.toString(16).padStart(8, '0')}-0000-4000-8000-00000000abcd`,
      requestParameters: { key: `folder/${String(n)}.txt`, bucketName: 'one' },
    }));
    const segments: Segment[] = [];
    for (let from = 0; from < records.length; from += 1000) {
      const lines = records.slice(from, from + 1000).map((record) => JSON.stringify(record));
      scan(builder, encoder.encode(lines.join('\n')));
      segments.push(builder.take());
    }
    expect(decodeRows(segments).leaves).toEqual(records.map((each) => leafLines(JSON.stringify(each))));
    const last = segments.at(-1);
    expect(last?.uuids.map((column) => column.rows.length)).toEqual([1000]);
    expect(last?.texts.map((column) => column.rows.length)).toEqual([1000]);
  });
});
