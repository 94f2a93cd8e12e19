import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../helpers/read-records';
import { leafLines } from '../../../helpers/segment-leaves';

const encoder = new TextEncoder();

/** Keys and texts that meet again, so that guesses are made and fail, beside arbitrary ones. */
const key = fc.oneof(
  fc.constantFrom(
    'a',
    'a.b',
    'ab',
    'b',
    'eventName',
    'eventTime',
    'eventID',
    'requestParameters',
    '__proto__',
    'constructor',
    'ä',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc.oneof(
  fc.constantFrom(
    '',
    'us-east-1',
    'us-east-2',
    'us-east-1a',
    '2023-07-10T12:40:01Z',
    'a"b',
    'a\\b',
    '\u0001',
    '/',
    'abcd',
    'abcde',
  ),
  fc.uuid(),
  fc.string({ unit: 'binary' }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
}));
/** An object with two keys of an event, so that it is taken for one even where one of them is damaged. */
const record = fc
  .dictionary(key, value, { maxKeys: 8 })
  .map((object) => Object.assign(Object.create(null), object, { eventVersion: '1.08', eventName: 'A' }) as unknown);
const records = fc.array(record, { minLength: 1, maxLength: 12 });
const space = fc.constantFrom(0, 1, 4);

/** JSON text with escapes that JSON.stringify would not write. */
function overEscaped(json: string): string {
  return json.replaceAll('/', '\\/').replaceAll('us-', '\\u0075s-').replaceAll('ä', '\\u00E4');
}

describe('the scanner', () => {
  it('finds the leaves that JSON.parse and a walk find, in pieces and segments of any size', () => {
    fc.assert(
      fc.property(
        records,
        space,
        fc.boolean(),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 5 }),
        (events, indent, escape, pieceBytes, segmentRows) => {
          const json = JSON.stringify({ Records: events }, null, indent);
          const file = escape ? overEscaped(json) : json;
          const parsed = JSON.parse(file) as { Records: unknown[] };
          const read = readRecords(file, { pieceBytes, segmentRows });
          expect(read.problems).toEqual([]);
          expect(read.leaves).toEqual(parsed.Records.map((each) => leafLines(JSON.stringify(each))));
          const paths = read.segments.flatMap(({ newPaths }) => newPaths);
          expect(new Set(paths).size).toBe(paths.length);
          const bytes = encoder.encode(file);
          const again = read.places.map(({ offset, length }) =>
            leafLines(new TextDecoder().decode(bytes.subarray(offset, offset + length))),
          );
          expect(again).toEqual(read.leaves);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it('comes to the same verdict as JSON.parse on a record with any byte changed, left out or put in', () => {
    const edit = fc.record({
      at: fc.nat(),
      byte: fc.nat({ max: 127 }),
      kind: fc.constantFrom('change', 'cut', 'insert'),
    });
    fc.assert(
      fc.property(record, record, space, edit, (before, event, indent, { at, byte, kind }) => {
        const sound = encoder.encode(JSON.stringify(event, null, indent));
        const place = at % sound.length;
        const put = kind === 'cut' ? [] : [byte];
        const damaged = Uint8Array.from([
          ...sound.subarray(0, place),
          ...put,
          ...sound.subarray(kind === 'insert' ? place : place + 1),
        ]);
        const leaves = parsedLeaves(damaged);
        // A sound record first, and the undamaged one twice, so that there is something to guess from.
        const list = [encoder.encode(JSON.stringify(before)), sound, sound, damaged];
        const file = Uint8Array.from([
          0x5b,
          ...list.flatMap((part, i) => (i === 0 ? [...part] : [0x2c, ...part])),
          0x5d,
        ]);
        const read = readRecords(file);
        if (leaves === null) {
          expect(read.problemCount).toBeGreaterThan(0);
          return;
        }
        expect(read.leaves[3]).toEqual(leaves);
        // Two keys may have become one.
        expect(read.problems.filter(({ severity }) => severity === 'loss')).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it.each([
    '{"eventName":01}',
    '{"eventName":1.}',
    '{"eventName":.5}',
    '{"eventName":-}',
    '{"eventName":1e}',
    '{"eventName":+1}',
    '{"eventName":0x1}',
    '{"eventName":NaN}',
    '{"eventName":tru}',
    '{"eventName":truely}',
    '{"eventName":"a\tb"}',
    '{"eventName":"a\nb"}',
    '{"eventName":"\\x41"}',
    '{"eventName":"\\u00g0"}',
    '{"eventName":"a",}',
    '{"eventName":["a",]}',
    '{"eventName":[,]}',
    '{"eventName" "a"}',
    '{eventName:"a"}',
    '[{"eventName":\'a\'}]',
    '{"eventName":"a"]',
    '{"eventName":["a"}}',
    '{"eventName":"a" "b"}',
    '{"eventName":1 2}',
    '{"eventName":\u00a01}',
    '{"eventName":"a"/**/}',
  ])('refuses %s as JSON.parse does', (json) => {
    expect(() => JSON.parse(json) as unknown).toThrow(SyntaxError);
    const read = readRecords(`[${json}]`);
    expect({ events: read.events, code: read.problems[0]?.code }).toEqual({ events: 0, code: 'bad-json' });
  });

  it('keeps numbers as they are written', () => {
    const numbers = ['12345678901234567890', '1.0', '1.00', '-0', '1E400', '1e-7', '0.1000'];
    const read = readRecords(`{"eventName":[${numbers.join(',')}]}`);
    expect(read.leaves).toEqual([numbers.map((number) => `eventName 1 ${number}`).sort()]);
  });

  it('keeps every value of a key that stands twice', () => {
    const read = readRecords('{"eventName":"a","eventName":"b","x":{"y":1},"x":{"y":2}}');
    expect(read.leaves).toEqual([['eventName 0 a', 'eventName 0 b', 'x.y 1 1', 'x.y 1 2']]);
  });

  it('distinguishes a string from the literal that looks like it', () => {
    const read = readRecords('[{"eventName":"true"},{"eventName":true},{"eventName":"null"},{"eventName":null}]');
    expect(read.leaves).toEqual([
      ['eventName 0 true'],
      ['eventName 2 true'],
      ['eventName 0 null'],
      ['eventName 4 null'],
    ]);
  });

  it('keeps lone surrogates and joins pairs, escaped or not', () => {
    const read = readRecords(
      '[{"eventName":"\\ud83d\\ude00 \u{1f600}"},{"eventName":"\\ude00\\ud83d"},{"eventName":"\\ud83dx"}]',
    );
    expect(read.leaves).toEqual([
      ['eventName 0 \u{1f600} \u{1f600}'],
      ['eventName 0 \ude00\ud83d'],
      ['eventName 0 \ud83dx'],
    ]);
  });

  it('treats an escaped text and the same text plain as one value', () => {
    const read = readRecords('[{"eventName":"a/b"},{"eventName":"a\\/b"},{"eventName":"\\u0061/b"}]');
    expect(read.values.filter((found) => found.startsWith('eventName '))).toEqual(['eventName 0 a/b']);
  });

  it('reads 512 levels of nesting and refuses more without failing', () => {
    const nested = (levels: number): string => `{"eventName":${'['.repeat(levels)}1${']'.repeat(levels)}}`;
    expect(readRecords(nested(511)).leaves).toEqual([['eventName 1 1']]);
    const read = readRecords(`[${nested(600)},${nested(1)}]`);
    expect({ leaves: read.leaves, code: read.problems[0]?.code }).toEqual({
      leaves: [['eventName 1 1']],
      code: 'too-deep',
    });
    expect(readRecords(nested(100_000)).problems[0]?.code).toBe('too-deep');
  });

  it('lets no key of a record pass for a derived value', () => {
    const read = readRecords('{"eventName":"a","@identity":"Root"}');
    expect(read.leaves).toEqual([['eventName 0 a', 'record.@identity 0 Root']]);
    expect(read.derived[0]?.get('@identity')).toBe('(no identity) (none)');
  });
});

/** The leaves of bytes that are one JSON object, or null where JSON.parse would not have them, or not as one. */
function parsedLeaves(bytes: Uint8Array): string[] | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value !== 'object' || value === null || Array.isArray(value) ? null : leafLines(text);
  } catch {
    return null;
  }
}
