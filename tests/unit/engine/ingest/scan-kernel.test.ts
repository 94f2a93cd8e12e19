import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegmentBuilder } from '#engine/decode/kernel-segment-builder';
import { ScanOutcome } from '#engine/decode/scan-kernel';
import { ValueType, type Segment } from '#engine/decode/segment';
import { decodeWtf8 } from '#engine/decode/wtf8';

const encoder = new TextEncoder();

/** The leaves of each row as `path type text`, sorted; derived values left out. */
function leavesOf(segments: readonly Segment[]): string[][] {
  const paths: string[] = [];
  const values: string[][] = [];
  const rows: string[][] = [];
  for (const segment of segments) {
    const first = rows.length;
    for (let row = 0; row < segment.rowCount; row += 1) rows.push([]);
    paths.push(...segment.newPaths);
    const { text, types } = segment.newValues;
    segment.newValues.paths.forEach((path, i) => {
      const bytes = text.bytes.subarray(i === 0 ? 0 : text.ends[i - 1], text.ends[i]);
      (values[path] ??= []).push(`${String(types[i])} ${decodeWtf8(bytes)}`);
    });
    const add = (row: number, path: number, leaf: string): void => {
      if (paths[path]?.startsWith('@') !== true) rows[first + row]?.push(`${paths[path] ?? '?'} ${leaf}`);
    };
    for (const { path, rows: at, codes } of segment.coded) {
      at.forEach((row, i) => {
        add(row, path, values[path]?.[codes[i] ?? -1] ?? '?');
      });
    }
    for (const { path, rows: at, uuids } of segment.uuids) {
      at.forEach((row, i) => {
        const hex = Buffer.from(uuids.subarray(i * 16, i * 16 + 16)).toString('hex');
        add(row, path, `0 ${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`);
      });
    }
    for (const { path, rows: at, text: texts } of segment.texts) {
      at.forEach((row, i) => {
        const bytes = texts.bytes.subarray(i === 0 ? 0 : texts.ends[i - 1], texts.ends[i]);
        add(row, path, `0 ${decodeWtf8(bytes)}`);
      });
    }
    for (let row = 0; row < segment.rowCount; row += 1) {
      if (((segment.canonicalTimes[row >> 3] ?? 0) & (1 << (row & 7))) === 0) continue;
      const text = new Date(segment.times[row] ?? NaN).toISOString().replace('.000Z', 'Z');
      rows[first + row]?.push(`eventTime 0 ${text}`);
    }
  }
  return rows.map((row) => row.sort());
}

/** The same by `JSON.parse` and a walk. Numbers as JSON.stringify writes them, which is how the tests write them too. */
function naiveLeaves(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.length === 0
      ? [`${path} ${String(ValueType.emptyArray)} `]
      : value.flatMap((element: unknown) => naiveLeaves(element, path));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) return [`${path} ${String(ValueType.emptyObject)} `];
    return members.flatMap(([key, member]) => naiveLeaves(member, path === '' ? key : `${path}.${key}`));
  }
  if (value === null) return [`${path} ${String(ValueType.null)} null`];
  const type = { string: ValueType.string, number: ValueType.number }[typeof value as 'string' | 'number'] ?? undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [`${path} ${String(type ?? (value === true ? ValueType.true : ValueType.false))} ${text}`];
}

/** Scans one input and says how it ended and where. */
function scan(builder: SegmentBuilder, bytes: Uint8Array): { outcome: number; position: number } {
  builder.load(bytes, 0, bytes.length);
  const outcome = builder.scan(0, bytes.length, 0, 1e6);
  return { outcome, position: builder.position };
}

function isSoundObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const members = fc.jsonValue({ maxDepth: 4 });
const event = fc
  .record({ eventName: fc.constantFrom('GetObject', 'PutObject'), requestParameters: members, extra: members })
  .map((value) => ({ eventVersion: '1.08', ...value }));

describe('the scanner', () => {
  it('finds the leaves that JSON.parse finds, record after record', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), fc.constantFrom(undefined, 2), (events, indent) => {
        const texts = events.map((value) => JSON.stringify(value, null, indent));
        const builder = new SegmentBuilder();
        expect(scan(builder, encoder.encode(texts.join(',\n'))).outcome).toBe(ScanOutcome.end);
        expect(leavesOf([builder.take()])).toEqual(texts.map((text) => naiveLeaves(JSON.parse(text)).sort()));
      }),
    );
  });

  it('finds the same leaves whatever is written as an escape', () => {
    const units = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0xd83d, 0xde00, 0x22, 0x5c, 0x2f)),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(units, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (codes, escape) => {
        const text = codes
          .map((code, i) =>
            escape[i] === true || code < 0x20 || code === 0x22 || code === 0x5c || (code & 0xf800) === 0xd800
              ? `\\u${code.toString(16).padStart(4, '0')}`
              : String.fromCharCode(code),
          )
          .join('');
        const record = `{"eventID":"x","value":"${text}","${text}":1}`;
        const builder = new SegmentBuilder();
        expect(scan(builder, encoder.encode(record)).outcome).toBe(ScanOutcome.end);
        expect(leavesOf([builder.take()])).toEqual([naiveLeaves(JSON.parse(record)).sort()]);
      }),
    );
  });

  it('gives the verdict of JSON.parse on broken bytes', () => {
    const change = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom('replace', 'delete', 'insert', 'repeat'),
      byte: fc.oneof(fc.constantFrom(...encoder.encode('{}[]",:\\0-+.eE tfnu\n\0')), fc.nat(127)),
    });
    fc.assert(
      fc.property(event, fc.array(change, { minLength: 1, maxLength: 3 }), (value, changes) => {
        const bytes = [...encoder.encode(JSON.stringify({ ...value, n: [0, -1.5e3, true, false, null] }))];
        for (const { at, kind, byte } of changes) {
          const place = 1 + (at % (bytes.length - 1));
          if (kind === 'replace') bytes[place] = byte;
          else if (kind === 'delete') bytes.splice(place, 1);
          else if (kind === 'insert') bytes.splice(place, 0, byte);
          else bytes.splice(place, 0, ...bytes.slice(place, place + 5));
        }
        const broken = Uint8Array.from(bytes);
        // The scanner passes over white space and commas between records, and a record ends at its brace.
        const { outcome, position } = scan(new SegmentBuilder(), broken);
        const wasRead =
          outcome === ScanOutcome.end || outcome === ScanOutcome.notEvent || outcome === ScanOutcome.envelope;
        const rest = Buffer.from(broken.subarray(outcome === ScanOutcome.end ? broken.length : position));
        if (outcome === ScanOutcome.envelope) return;
        const trailing =
          Buffer.from(broken)
            .toString('latin1')
            .match(/[,\s]*$/)?.[0] ?? '';
        const core = broken.subarray(0, broken.length - trailing.length);
        if (isSoundObject(core)) expect(wasRead && rest.toString('latin1').trim() === '').toBe(true);
        else if (outcome === ScanOutcome.end) {
          // Several sound records with commas or nothing between them.
          expect(() => JSON.parse(`[${splitRecords(core)}]`) as unknown).not.toThrow();
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('asks for more at every place a record can be cut, and forgets what it saw of it', () => {
    fc.assert(
      fc.property(event, (value) => {
        const bytes = encoder.encode(JSON.stringify(value));
        const builder = new SegmentBuilder();
        for (let length = 1; length < bytes.length; length += 1) {
          expect(scan(builder, bytes.subarray(0, length)).outcome).toBe(ScanOutcome.needMore);
          expect(builder.recordStart).toBe(0);
        }
        scan(builder, bytes);
        const fresh = new SegmentBuilder();
        scan(fresh, bytes);
        const [segment, wanted] = [builder.take(), fresh.take()];
        expect(leavesOf([segment])).toEqual(leavesOf([wanted]));
        expect(segment.newValues.text.ends.length).toBe(wanted.newValues.text.ends.length);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps paths whose values are nearly all different as texts and UUIDs, and loses none', () => {
    const builder = new SegmentBuilder();
    const uuid = (n: number): string => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-00000000abcd`;
    const records = Array.from({ length: 5000 }, (_, n) => ({
      eventVersion: '1.08',
      eventTime: '2023-07-10T12:00:00Z',
      eventID: uuid(n),
      requestParameters: { key: `folder/${String(n)}.txt`, bucketName: 'one' },
    }));
    const segments: Segment[] = [];
    for (let from = 0; from < records.length; from += 1000) {
      scan(
        builder,
        encoder.encode(
          records
            .slice(from, from + 1000)
            .map((r) => JSON.stringify(r))
            .join('\n'),
        ),
      );
      segments.push(builder.take());
    }
    expect(leavesOf(segments)).toEqual(records.map((record) => naiveLeaves(record).sort()));
    const last = segments.at(-1);
    expect(last?.uuids.map((column) => column.rows.length)).toEqual([1000]);
    expect(last?.texts.map((column) => column.rows.length)).toEqual([1000]);
  });
});

/** Puts one comma between objects at depth 0. */
function splitRecords(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  let out = '';
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (inString) {
      if (character === '\\') {
        out += character + (text[i + 1] ?? '');
        i += 1;
        continue;
      }
      if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      if (depth === 0 && out !== '') out += ',';
      depth += 1;
    } else if (character === '}' || character === ']') depth -= 1;
    else if (depth === 0) continue;
    out += character;
  }
  return out;
}
