/** Arbitrary small archives that hold every kind of value, and queries that have a chance to hit them. */
import fc from 'fast-check';
import type { TestEvent } from './segments';

export interface TestArchive {
  /** In the order they are merged; each made by decode thread 0 or 1. */
  readonly segments: readonly { readonly thread: 0 | 1; readonly events: readonly TestEvent[] }[];
}

const uuid = fc
  .tuple(fc.constantFrom('0', 'a', 'f'), fc.constantFrom('1', 'b', '0'))
  .map(([one, other]) => `${one}${other}`.repeat(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const text = fc.oneof(
  fc.constantFrom(
    'Alpha',
    'alpha',
    'ALPHABET',
    'beta gamma',
    'true',
    'null',
    '12',
    '',
    'Zoë',
    'ZOË',
    'İstanbul',
    'ΣΊΣΥΦΟΣ',
    '\ud800x',
    '𝒳y',
    '10.1.2.3',
    '2001:db8::1',
    '10.9.9.9, 203.0.113.7',
    '::ffff:a01:203',
    'from 10.0.0.0/8',
    '2023-07-10T12:40:01Z',
    '2023-07-10T12:40:01.5Z',
    'arn:aws:s3:::bucket/Key',
    '__proto__',
  ),
  fc.string({ unit: fc.constantFrom('a', 'B', 'c', '-', '1', 'é', 'É'), maxLength: 4 }),
  uuid,
);
const leaf = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(true, false, null, 0, 12, -3.5, 1e21, {}, []) },
);
const nested = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.record({ inner: leaf, Inner: leaf }, { requiredKeys: [] }),
);
const time = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .integer({ min: 1688900000, max: 1689100000 })
      .map((s) => `${new Date(s * 1000).toISOString().slice(0, 19)}Z` as unknown),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      '2023-07-10T12:40:01.250Z',
      '20230710T124001Z',
      'yesterday',
      null,
      12,
      '1969-12-31T23:59:59Z',
      '2200-01-01T00:00:00Z',
    ),
  },
);

const event: fc.Arbitrary<TestEvent> = fc
  .record({
    record: fc.record(
      {
        eventTime: time,
        eventSource: fc.oneof(fc.constantFrom('s3.amazonaws.com', 'S3.amazonaws.com', 's3', 'ec2.amazonaws.com'), leaf),
        eventName: fc.constantFrom('GetObject', 'PutObject', 'DescribeInstances'),
        timeWindow: fc.record({ windowStart: time }),
        insightDetails: fc.record({ eventSource: fc.constantFrom('s3.amazonaws.com', 'sts'), eventName: text }),
        requestID: fc.oneof(uuid, text),
        sourceIPAddress: fc.constantFrom('10.0.0.1', '10.1.2.3, 203.0.113.7', '2001:db8::1', 'AWS Internal'),
        readOnly: fc.constantFrom<unknown>(true, false, 'true', null),
        request: nested,
        Request: nested,
        '@source': nested,
        resources: fc.array(fc.record({ ARN: text, ARNPrefix: text }, { requiredKeys: [] }), { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
    identity: fc.constantFrom(
      'Root (root of 1)',
      'AdminRole / jdoe (role session, 1)',
      'alpha (IAM user, 1)',
      'alpha (IAM user, 2)',
      'Alpha (AWS service)',
    ),
    eventClass: fc.constantFrom('error', 'write', 'read', 'unstated'),
    file: fc.nat(2),
  })
  .map(({ record, identity, eventClass, file }) => ({
    record,
    derived: { '@identity': identity, '@class': eventClass },
    file,
  }));

/** Up to four segments of two threads; some of them longer than a word of a bitset. */
export const arbitraryArchive: fc.Arbitrary<TestArchive> = archiveOf(event);

function archiveOf(events: fc.Arbitrary<TestEvent>): fc.Arbitrary<TestArchive> {
  return fc.record({
    segments: fc.array(
      fc.record({ thread: fc.constantFrom(0 as const, 1 as const), events: fc.array(events, { maxLength: 40 }) }),
      { minLength: 1, maxLength: 4 },
    ),
  });
}

const sameCall = { eventTime: '2023-07-10T12:40:01Z', eventName: 'GetObject', sourceIPAddress: '10.0.0.1' };

const marks = fc.record(
  {
    id: fc.oneof({ weight: 3, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(3) }),
    content: fc.constantFrom(0, 0, 0, 1, 2),
    isSummary: fc.constantFrom(false, false, true),
    isPartial: fc.constantFrom(false, false, true),
    told: fc.constantFrom('all', 'same', 'nothing'),
    member: fc.nat(2),
  },
  { requiredKeys: ['content', 'told'] },
);

/** The same, with IDs and contents that come again, and whole events with summaries of theirs. One thread reads a whole file. */
export const archiveWithDuplicates: fc.Arbitrary<TestArchive> = archiveOf(
  fc.tuple(event, marks).map(([plain, { isSummary, isPartial, told, id, member, content }]) => ({
    ...plain,
    // Events of one ID that were made at random tell the same too rarely.
    ...(told === 'all' ? {} : { record: told === 'same' ? { ...sameCall, request: content } : { request: content } }),
    content,
    isSummary: isSummary === true,
    isPartial: isPartial === true,
    ...(id === undefined ? {} : { id }),
    ...(member === undefined ? {} : { member }),
  })),
).map(({ segments }) => ({
  segments: segments.map(({ thread, events }) => ({
    thread,
    events: events.map((each) => ({ ...each, file: (each.file ?? 0) * 2 + thread })),
  })),
}));

const word = fc.oneof(
  fc.constantFrom(
    'alpha',
    'ALPHA',
    'lph',
    'a',
    '1',
    '12',
    'true',
    'null',
    'zoë',
    'i̇st',
    'σίσυφος',
    '"beta g"',
    '2023-07-10',
    '-0',
    'z',
    't12',
    '0t1',
    '10t',
    ':40:',
    '3-07-1',
    'a1a1',
    '1a1',
    'b0b',
    '0b0-b',
    '1-',
    '"-"',
    'abab-',
    'amazonaws',
    'root',
    '"\ud800"',
    '"\udcb3"',
  ),
  fc.string({ unit: fc.constantFrom('a', 'b', '0', '1', 'f'), minLength: 1, maxLength: 9 }),
);
const range = fc.constantFrom(
  ...['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3/32', '10.0.0.0/31', '0.0.0.0/0', '203.0.0.0/12'],
  ...['2001:db8::/32', '2001:DB8::/17', '::/0', '::ffff:0:0/96', '*'],
);
const field = fc.constantFrom(
  'service',
  'eventSource',
  'event',
  'requestID',
  'request',
  'request.inner',
  'REQUEST.INNER',
  'resource',
  'resources',
  'readonly',
  'identity',
  'class',
  'time',
  'eventTime',
  'ip',
  '@source',
  '@Source.inner',
  '@identity',
);
const value = fc.oneof(
  fc.constantFrom(
    '*',
    's3',
    'S3.amazonaws.com',
    'alpha',
    'Alpha',
    'alph*',
    '*a*',
    '?lpha',
    '?y',
    'nul*',
    '/^null$/',
    'true',
    'null',
    '12',
    '""',
    'zoë',
    '/^al/i',
    '/b|1/',
    '/./',
    '2023-07-1*',
    '*alpha*',
    'beta?gam*',
    '*\\\\lpha',
    'a1a1a1a1*',
    '*zoë*',
    '10.0.0.0/8',
    'root',
    'getobject',
    'a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1',
    '0B0B0B0B-0b0b-0b0b-0b0b-0b0b0b0b0b0b',
    '"arn:aws:s3:::bucket/key"',
    '"alpha (IAM user, 1)"',
    '"ALPHA (IAM user, 1)"',
  ),
  word.filter((text) => !text.startsWith('-')),
);
const bound = (names: readonly string[], bounds: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('<', '<=', '>', '>='), fc.constantFrom(...bounds))
    .map((parts) => parts.join(''));
const times = ['2023-07-10', '2023-07-10T12:40:01Z', '2023-07-10T12:40', '2023-07-11T00', '1970-01-01'];
const comparison = fc.oneof(
  bound(['time', 'eventTime', 'request', 'request.inner'], times),
  bound(['request', 'request.inner'], ['12', '-3', '0', '1500']),
);
/** Behind white space, a sign or an operator would be the next term and not a value. */
const spacedValue = value.filter((text) => !/^[-!<>~]/.test(text) && !text.includes('('));
const groupValue = fc.oneof(value, fc.constantFrom('>12', '<=2023-07-10', 'al\\*', '"a\\"b"'));
const group = fc
  .tuple(
    field.filter((name) => !/time$/i.test(name)),
    fc.array(groupValue, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(' OR ', ' || ', ' or ', ' ', ' AND ', ' -', ' OR NOT ', ' && !'),
  )
  .map(([name, values, joint]) => `${name}:(${values.join(joint)})`);
const principal = fc
  .constantFrom('"alpha (IAM user, 1)"', '"ALPHA (IAM user, 1)"', 'ALPHA', '*iam*', '/^alpha$/', '"Root (root of 1)"')
  .map((text) => `identity:${text}`);
const clause = fc.oneof(
  word,
  range,
  principal,
  group,
  fc
    .tuple(field, value)
    .filter(([name, text]) => !text.includes('/8') || name === 'ip')
    // As a part of words, which it is where the archive has no such field, a parenthesis would be one of the query's.
    .filter(([name, text]) => !text.includes('(') || name === 'identity')
    .map(([name, text]) => `${name}:${text}`),
  fc.tuple(field, fc.constantFrom(' : ', ': ', ' :'), spacedValue).map((parts) => parts.join('')),
  fc.tuple(field, spacedValue).map(([name, text]) => `"${name}":${text}`),
  comparison,
);

/** Query texts that parse whatever the archive holds: a name it lacks makes the clause a word. */
export const archiveQuery: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    clause,
    fc
      .tuple(
        tie('query'),
        fc.constantFrom(' ', ' AND ', ' && ', ' OR ', ' or ', ' || ', ' -', ' OR !', ' NOT ', ' and not '),
        tie('query'),
      )
      .map((parts) => parts.join('')),
    fc.tuple(tie('query'), tie('query')).map(([one, other]) => `(${one}) (${other})`),
    fc.tuple(tie('query'), tie('query')).map(([one, other]) => `(${one}) OR (${other})`),
    fc.tuple(tie('query'), tie('query')).map(([one, other]) => `(${one}) || !(${other})`),
    tie('query').map((text) => `NOT (${text})`),
  ),
})).query;
