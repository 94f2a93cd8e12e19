import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedValues } from '../../../reference/derived';
import { eventTime } from '../../../reference/times';
import { readFiles, readRecords } from '../../../helpers/read-records';
import { leafLines } from '../../../helpers/segment-leaves';

/** A number of lower-case hex digits that differs from number to number. */
const hex = (number: number, digits: number): string =>
  (number * 2654435761).toString(16).padStart(digits, '0').slice(-digits);
const uuid = (number: number): string => `${hex(number, 8)}-1111-4222-8333-${hex(number + 1, 12)}`;

function list(
  count: number,
  make: (number: number) => Readonly<Record<string, unknown>>,
): { file: string; leaves: string[][] } {
  const events = Array.from({ length: count }, (_, i) => ({ eventVersion: '1.08', ...make(i) }));
  return { file: JSON.stringify(events), leaves: events.map((each) => leafLines(JSON.stringify(each))) };
}

/** Paths that have identifier columns in the last segment. */
function identifierPaths(segments: ReturnType<typeof readRecords>['segments']): string[] {
  const names = segments.flatMap(({ newPaths }) => newPaths);
  const last = segments.at(-1);
  const paths = [...(last?.uuids ?? []), ...(last?.texts ?? [])].map(({ path }) => names[path] ?? '?');
  return [...new Set(paths)].sort();
}

describe('identifier columns', () => {
  it('take over where nearly all values of a path differ, and lose no value', () => {
    const { file, leaves } = list(3000, (i) => ({
      eventID: uuid(i),
      requestParameters: { key: `logs/${String(i)}/\u00e4"${hex(i, 6)}.gz`, mixed: i % 5 === 0 ? i : `t${String(i)}` },
      eventName: `Name${String(i % 7)}`,
    }));
    const read = readRecords(file, { segmentRows: 500 });
    expect(read.leaves).toEqual(leaves);
    expect(identifierPaths(read.segments)).toEqual(['eventID', 'requestParameters.key', 'requestParameters.mixed']);
  });

  it('are never made of fields that people count', () => {
    const { file, leaves } = list(3000, (i) => ({
      sourceIPAddress: `10.0.${String(i >> 8)}.${String(i & 255)}`,
      userIdentity: { type: 'AssumedRole', principalId: `AROA:${String(i)}` },
      userAgent: `agent ${String(i)}`,
    }));
    const read = readRecords(file, { segmentRows: 500 });
    expect(read.leaves).toEqual(leaves);
    expect(identifierPaths(read.segments)).toEqual([]);
  });

  it('are found late, where values begin to differ late', () => {
    const { file, leaves } = list(9000, (i) => ({ requestID: i < 6000 ? 'same' : uuid(i) }));
    const read = readRecords(file, { segmentRows: 500 });
    expect(read.leaves).toEqual(leaves);
    expect(identifierPaths(read.segments)).toEqual(['requestID']);
  });

  it('keep only canonical lower-case UUIDs as such', () => {
    const odd = (i: number): string =>
      [uuid(i), uuid(i).toUpperCase(), uuid(i).replaceAll('-', '_'), `${uuid(i)}0`, uuid(i).replace('1', 'g'), ''][
        i % 6
      ] ?? '';
    const { file, leaves } = list(4000, (i) => ({ requestID: i < 2000 ? uuid(i) : odd(i) }));
    expect(readRecords(file, { segmentRows: 500 }).leaves).toEqual(leaves);
  });
});

describe('a path that different keys lead to', () => {
  const shapes = (count: number, value: (number: number) => unknown): Readonly<Record<string, unknown>>[] =>
    Array.from({ length: count }, (_, i) => {
      const eventName = 'A';
      if (i % 3 === 0) return { eventName, 'a.b': value(i) };
      return i % 3 === 1 ? { eventName, a: { b: value(i) } } : { eventName, 'a.b': value(i), a: { b: value(i + 1) } };
    });

  it.each([
    ['few values', (i: number): unknown => [`v${String(i % 5)}`, i % 4, null, {}][i % 4]],
    ['UUIDs', (i: number): unknown => uuid(i)],
    ['texts', (i: number): unknown => `text ${String(i)}`],
  ])('is one path with one column, also of %s', (_, value) => {
    const events = shapes(5000, value);
    // A long time only one of the two keys, then both.
    const early = Array.from({ length: 500 }, (__, i) => ({ eventName: 'A', a: { b: `early ${String(i % 9)}` } }));
    const read = readRecords(JSON.stringify([...early, ...events]), { segmentRows: 300 });
    expect(read.leaves).toEqual([...early, ...events].map((each) => leafLines(JSON.stringify(each))));
    const paths = read.segments.flatMap(({ newPaths }) => newPaths);
    expect(paths.filter((path) => path === 'a.b')).toEqual(['a.b']);
    for (const { coded, uuids, texts } of read.segments) {
      for (const columns of [coded, uuids, texts]) {
        expect(new Set(columns.map(({ path }) => path)).size).toBe(columns.length);
      }
    }
  });
});

describe('derived values', () => {
  const part = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    fc.oneof({ weight: 3, arbitrary: value }, fc.constant(undefined));
  const word = fc.constantFrom<unknown>('', 'a', 'role/b', 'AROA:session', null, 7, true, [], {});
  const identity = fc.record({
    type: part(
      fc.constantFrom<unknown>(
        'Root',
        'IAMUser',
        'AssumedRole',
        'AWSService',
        'AWSAccount',
        'Unknown',
        'New',
        '',
        null,
      ),
    ),
    userName: part(word),
    principalId: part(word),
    arn: part(fc.constantFrom<unknown>('arn:aws:sts::1:assumed-role/R/s', 'arn:aws:iam::1:user/u', null)),
    accountId: part(word),
    invokedBy: part(word),
    sessionContext: part(fc.record({ sessionIssuer: part(fc.record({ userName: part(word), type: part(word) })) })),
  });
  const said = fc.constantFrom<unknown>('Failure', 'Failure', 'Failures', 'Success', 7_654_321, null);
  const outcome = fc.record({ ConsoleLogin: part(said), CheckMfa: part(said), status: part(said) });
  const event = fc.record({
    eventVersion: fc.constant('1.08'),
    userIdentity: part(fc.oneof(identity, fc.constantFrom<unknown>(null, {}, '', 'x', []))),
    errorCode: part(fc.oneof(word, fc.constantFrom<unknown>('Success', '200', 'None', 200, 404))),
    errorMessage: part(word),
    readOnly: part(fc.constantFrom<unknown>(true, false, 'true', 'False', null)),
    recipientAccountId: part(word),
    accountId: part(word),
    eventCategory: part(fc.constantFrom<unknown>('Management', 'Insight', 'Aggregated', null)),
    eventType: part(fc.constantFrom<unknown>('AwsApiCall', 'AwsCloudTrailInsight', 'AwsAggregatedEvent', 7)),
    insightDetails: part(fc.record({ state: part(fc.constantFrom<unknown>('Start', 'End', '', null)) })),
    responseElements: part(fc.oneof(outcome, fc.array(outcome, { maxLength: 2 }), word)),
    serviceEventDetails: part(fc.record({ ConsoleLogin: part(said), in: part(outcome) })),
    'responseElements.CheckMfa': part(said),
    additionalEventData: part(fc.record({ UserName: part(word) })),
    eventName: part(fc.constantFrom<unknown>('ConsoleLogin', 'CheckMfa', 'in', 7)),
    eventSource: part(fc.constantFrom<unknown>('signin.amazonaws.com', 'SSO.amazonaws.com', 's3.amazonaws.com', null)),
  });

  it('are those that the record as a whole gives, one of each kind per event', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 20 }), (events) => {
        const texts = events.map((record) => JSON.stringify(record));
        const read = readRecords(`{"Records":[${texts.join()}]}`);
        const expected = texts.map((text) =>
          Array.from(derivedValues(text), ([path, value]) => `${path}=${value}`).sort(),
        );
        expect(read.derived.map((row) => Array.from(row, ([path, value]) => `${path}=${value}`).sort())).toEqual(
          expected,
        );
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('know an error message whatever column it is kept in', () => {
    const { file } = list(5000, (i) => ({ errorMessage: i % 10 === 0 ? '' : `User ${uuid(i)} is not authorized` }));
    const read = readRecords(file, { segmentRows: 500 });
    expect(identifierPaths(read.segments)).toEqual(['errorMessage']);
    expect(read.derived.map((row) => row.get('@result'))).toEqual(
      Array.from({ length: 5000 }, (_, i) => (i % 10 === 0 ? 'Success' : 'Failure')),
    );
  });
});

describe('a failure stated in the response', () => {
  it('is known whatever column it is kept in, and under a key that came late', () => {
    const { file } = list(5000, (i) => ({
      eventName: 'CheckMfa',
      responseElements: { CheckMfa: i % 10 === 0 ? 'Failure' : uuid(i), ...(i === 4999 ? { Late: 'Failure' } : {}) },
      eventSource: 'signin.amazonaws.com',
    }));
    const read = readRecords(file, { segmentRows: 500 });
    expect(identifierPaths(read.segments)).toEqual(['responseElements.CheckMfa']);
    expect(read.derived.map((row) => row.get('@result'))).toEqual(
      Array.from({ length: 5000 }, (_, i) => (i % 10 === 0 || i === 4999 ? 'Failure' : 'Success')),
    );
  });
});

describe('times', () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc.integer({ min: 0, max: 10 ** length - 1 }).map((number) => String(number).padStart(length, '0'));
  const nearlyTime = fc
    .tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2))
    .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const time = fc
    .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => date.toISOString().replace(/\.\d+Z$/, 'Z'));

  it('in canonical form are read as ISO 8601 has them', () => {
    fc.assert(
      fc.property(fc.oneof(time, nearlyTime), (text) => {
        expect(readRecords(JSON.stringify({ eventTime: text })).times).toEqual([eventTime(text) ?? NaN]);
      }),
      { numRuns: 500 },
    );
  });

  it('are in no dictionary when in canonical form, and as they are written otherwise', () => {
    const texts = [
      '2023-07-10T12:40:01Z',
      '2023-07-10T12:40:01.5Z',
      '2023-07-10T12:40:01+01:00',
      '2023-02-30T00:00:00Z',
      'now',
      '',
    ];
    const { file, leaves } = list(texts.length, (i) => ({ eventTime: texts[i] }));
    const read = readRecords(file);
    expect(read.leaves).toEqual(leaves);
    expect(read.times).toEqual(texts.map((text) => eventTime(text) ?? NaN));
    expect(read.values.filter((value) => value.startsWith('eventTime '))).toEqual(
      texts.slice(1).map((text) => `eventTime 0 ${text}`),
    );
  });

  it('that are numbers, lists or missing leave the event undated', () => {
    const { file, leaves } = list(3, (i) => [{ eventTime: 1688 }, { eventTime: {} }, {}][i] ?? {});
    const read = readRecords(file);
    expect({ times: read.times, leaves: read.leaves }).toEqual({ times: [NaN, NaN, NaN], leaves });
  });

  it('of events that sum up others are those from which on they do, and are not taken for their own', () => {
    const window = { timeWindow: { windowStart: '2026-01-12T09:00:00Z', windowEnd: '2026-01-12T09:05:00Z' } };
    const { file, leaves } = list(3, (i) => [window, { ...window, eventTime: 'x' }, { timeWindow: {} }][i] ?? {});
    const read = readRecords(file);
    expect(read.times).toEqual([Date.UTC(2026, 0, 12, 9), NaN, NaN]);
    expect(read.leaves).toEqual(leaves);
  });

  it('without a zone are taken as UTC, and how many there are is said', () => {
    const texts = [
      '2023-01-22 16:53:53.000',
      '2023-01-22 16:53:53.000 UTC',
      '2023-01-22T16:53:53',
      '2023-01-22T16:53:53Z',
    ];
    const { file, leaves } = list(texts.length, (i) => ({ eventTime: texts[i] }));
    const read = readRecords(file);
    expect(read.times).toEqual(texts.map(() => Date.UTC(2023, 0, 22, 16, 53, 53)));
    expect(read.leaves).toEqual(leaves);
    expect(read.problems.map(({ message }) => message)).toEqual(['times without a time zone, taken as UTC: 2']);
  });

  it.each([1, 2, Infinity])('are counted once however many events are in a segment: %d', (segmentRows) => {
    const file = JSON.stringify(
      Array.from({ length: 5 }, () => ({ eventName: 'A', eventTime: '2023-01-22 16:53:53' })),
    );
    const read = readFiles([file, file], { segmentRows });
    const note = 'times without a time zone, taken as UTC: 5';
    expect(read.problems.map(({ message }) => message)).toEqual([note, note]);
  });

  it("of an event that has none are Logstash's or Splunk's, and which is said", () => {
    const [one, other] = ['2020-09-14T00:53:58.000Z', '2023-07-10T12:00:00.000+0000'];
    const events = [
      { '@timestamp': one },
      { _time: other },
      { _time: other, '@timestamp': one },
      { '@timestamp': one, eventTime: '2023-07-10T12:40:01Z' },
      { eventTime: null, '@timestamp': one },
      { '@timestamp': one, eventTime: 'not a time' },
      { '@timestamp': one, timeWindow: { windowStart: '2026-01-12T09:00:00Z' } },
    ];
    const { file, leaves } = list(events.length, (i) => ({ ...events[i] }));
    const read = readRecords(file);
    const [stamp, indexed] = [Date.UTC(2020, 8, 14, 0, 53, 58), Date.UTC(2023, 6, 10, 12)];
    const own = Date.UTC(2023, 6, 10, 12, 40, 1);
    expect(read.times).toEqual([stamp, indexed, stamp, own, stamp, NaN, Date.UTC(2026, 0, 12, 9)]);
    expect(read.leaves).toEqual(leaves);
    expect(read.problems.map(({ message }) => message)).toEqual([
      'events without an eventTime, placed in time by their @timestamp: 3',
      'events without an eventTime, placed in time by their _time: 1',
    ]);
  });

  it('that stand twice in a record are both kept', () => {
    const both = '{"eventTime":"2023-07-10T12:40:01Z","eventTime":"2023-07-11T12:40:01Z"}';
    expect(readRecords(both).leaves).toEqual([
      ['eventTime 0 2023-07-10T12:40:01Z', 'eventTime 0 2023-07-11T12:40:01Z'],
    ]);
  });
});

describe('a segment', () => {
  it('says which file each row came from', () => {
    const file = (...names: string[]): string => JSON.stringify(names.map((eventName) => ({ eventName })));
    const files = [file('A', 'B'), '[]', file('C'), file('D', 'E', 'F')];
    for (const segmentRows of [1, 2, 3, Infinity]) {
      const read = readFiles(files, { segmentRows });
      expect(read.places.map(({ file: number }) => number)).toEqual([0, 0, 2, 3, 3, 3]);
      expect(read.places.every(({ offset, file: number }) => files[number]?.[offset] === '{')).toBe(true);
    }
  });

  it('brings each path and each value once, whatever happens between', () => {
    const { file } = list(400, (i) => ({ eventName: `Name${String(i % 9)}`, [`key${String(i % 30)}`]: { x: i % 4 } }));
    const damaged = file.replaceAll('"eventName":"Name3"', '"eventName":"Name3",oops');
    const read = readFiles([file, damaged, file], { segmentRows: 37, pieceBytes: 100 });
    expect(read.problemCount).toBeGreaterThan(0);
    expect(new Set(read.values).size).toBe(read.values.length);
    const paths = read.segments.flatMap(({ newPaths }) => newPaths);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('reads keys as numerous as a hostile file has', () => {
    const { file, leaves } = list(200, (i) => ({
      requestParameters: Object.fromEntries(
        Array.from({ length: 500 }, (_, key) => [`k${String(i * 500 + key)}`, key]),
      ),
    }));
    expect(readRecords(file).leaves).toEqual(leaves);
  });
});
