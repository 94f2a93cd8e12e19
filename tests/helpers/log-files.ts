/** Arbitrary small archives as files: records of every shape in every kind of file, written in every way JSON allows. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

export interface LogFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly records: readonly LogRecord[];
}

export interface LogRecord {
  /** As it stands in the file. */
  readonly text: string;
  /** Of its first byte, in the unpacked file. */
  readonly offset: number;
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n\t');

/** A JSON string of this text, each character escaped or not. */
const stringOf = (text: string): fc.Arbitrary<string> =>
  fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }).map((ways) => {
    const units = [...text].map((character, at) => {
      const code = character.charCodeAt(0);
      const mustEscape = code < 0x20 || code === 0x22 || code === 0x5c || /^[\ud800-\udfff]$/.test(character);
      if (ways[at % ways.length] !== 0 && !mustEscape) return character;
      return character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
    });
    return `"${units.join('')}"`;
  });

const uuid = fc
  .tuple(fc.constantFrom('0', 'a', 'f'), fc.constantFrom('1', 'b', '0'))
  .map(([one, other]) => `${one}${other}`.repeat(16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));

const text = fc.oneof(
  fc.constantFrom(
    ...['Alpha', 'alpha', 'ALPHABET', 'beta gamma', 'true', 'null', '12', '', 'Zoë', 'ZOË', 'İstanbul', 'ΣΊΣΥΦΟΣ'],
    ...[
      '\ud800x',
      '𝒳y',
      '10.1.2.3',
      '203.0.113.7 10.9.9.9',
      '2001:db8::1',
      '2023-07-10T12:40:01Z',
      'arn:aws:s3:::bucket/Key',
      '__proto__',
    ],
    ...['a"b\\c', 'tab\there', '\u202ex', '<b>'],
  ),
  fc.string({ unit: fc.constantFrom('a', 'B', 'c', '-', '1', 'é', 'É'), maxLength: 4 }),
  uuid,
);
const jsonText = text.chain(stringOf);
const leaf = fc.oneof(
  { weight: 5, arbitrary: jsonText },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'true',
      'false',
      'null',
      '0',
      '12',
      '-3.5',
      '1.0',
      '1E400',
      '-0',
      '12345678901234567890',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('{}', '[]', '{ }', '[\n]') },
);

type Member = readonly [key: string, json: string];

const objectOf = (members: readonly Member[], gap: string): string =>
  `{${gap}${members.map(([key, json]) => `${JSON.stringify(key)}${gap}:${gap}${json}`).join(`${gap},${gap}`)}${gap}}`;
const arrayOf = (elements: readonly string[], gap: string): string => `[${gap}${elements.join(`,${gap}`)}${gap}]`;

const nested = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.tuple(fc.array(tie('value'), { maxLength: 3 }), space).map(([items, gap]) => arrayOf(items, gap)),
    fc
      .tuple(
        fc.array(fc.tuple(fc.constantFrom('inner', 'Inner', 'a.b', '__proto__'), tie('value')), { maxLength: 3 }),
        space,
      )
      .map(([members, gap]) => objectOf(members, gap)),
  ),
})).value;

const time = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .integer({ min: 1_688_900_000, max: 1_689_100_000 })
      .map((second) => JSON.stringify(`${new Date(second * 1000).toISOString().slice(0, 19)}Z`)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '"2023-07-10T12:40:01.250Z"',
        '"20230710T124001Z"',
        '"yesterday"',
        'null',
        '12',
        '"2023-07-10T14:40:01+02:00"',
      ],
      ...['"1969-12-31T23:59:59Z"', '"2200-01-01T00:00:00Z"', String.raw`"2023-07-10\u005412:40:01Z"`],
    ),
  },
);

const identity = fc
  .record(
    {
      type: fc.constantFrom('"Root"', '"IAMUser"', '"AssumedRole"', '"AWSService"', 'null'),
      userName: jsonText,
      arn: fc.constantFrom(
        '"arn:aws:sts::111122223333:assumed-role/Admin/jdoe"',
        '"arn:aws:iam::111122223333:user/mary"',
      ),
      accountId: fc.constantFrom('"111122223333"', '111122223333', '""'),
      invokedBy: fc.constantFrom('"s3.amazonaws.com"', '""'),
    },
    { requiredKeys: [] },
  )
  .map((parts) => objectOf(Object.entries(parts), ''));

/** What other programs write beside an event that has no time of its own, or has one. */
const standIns = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ '@timestamp': time, _time: time }, { requiredKeys: [] }) },
);

/** One object that is an event. Keys come in any order; one of them may come twice. */
const recordText: fc.Arbitrary<string> = fc
  .record(
    {
      eventTime: time,
      eventSource: fc.oneof(
        fc.constantFrom('"s3.amazonaws.com"', '"S3.amazonaws.com"', '"s3"', '"ec2.amazonaws.com"', 'null'),
        // Anything but a text is no event's source.
        jsonText,
      ),
      requestID: fc.oneof(
        uuid.map((id) => `"${id}"`),
        jsonText,
      ),
      sourceIPAddress: fc.constantFrom('"10.0.0.1"', '"10.1.2.3, 203.0.113.7"', '"2001:db8::1"', '"AWS Internal"'),
      readOnly: fc.constantFrom('true', 'false', '"true"', 'null'),
      errorCode: fc.constantFrom('"AccessDenied"', 'null', '""'),
      recipientAccountId: fc.constantFrom('"111122223333"', '"999999999999"'),
      userIdentity: fc.oneof(identity, fc.constantFrom('null', '""')),
      request: nested,
      Request: nested,
      '@source': nested,
      '@identity': jsonText,
      resources: fc
        .array(
          fc
            .record({ ARN: jsonText, ARNPrefix: jsonText }, { requiredKeys: [] })
            .map((each) => objectOf(Object.entries(each), '')),
          { maxLength: 3 },
        )
        .map((items) => arrayOf(items, '')),
    },
    { requiredKeys: [] },
  )
  .chain((members) =>
    fc
      .tuple(
        standIns,
        fc.constantFrom('"GetObject"', '"PutObject"', '"DescribeInstances"'),
        fc.array(leaf, { maxLength: 2 }),
        space,
        fc.integer(),
      )
      .map(([times, name, twice, gap, seed]) => {
        const all: Member[] = [['eventName', name], ...Object.entries(members), ...Object.entries(times)];
        for (const json of twice) all.push(['twice', json]);
        // Which key comes first changes what a reader knows of the record when it meets the others.
        const first = Math.abs(seed) % all.length;
        return objectOf([...all.slice(first), ...all.slice(0, first)], gap);
      }),
  );

const kinds = ['envelope', 'array', 'lines', 'batches'] as const;

/** Up to five files of up to 25 records, some gzipped, in folders whose order is not that of their creation. */
export const arbitraryLogFiles: fc.Arbitrary<readonly LogFile[]> = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom('b.json', 'a/z.json', 'a.json', 'a/b/c.log', 'Z', 'ä.json', 'a b.json'),
      kind: fc.constantFrom(...kinds),
      isPacked: fc.boolean(),
      hasMark: fc.boolean(),
      gap: fc.constantFrom('', ' ', '\r\n'),
      texts: fc.array(recordText, { maxLength: 25 }),
    }),
    { selector: ({ path }) => path, minLength: 1, maxLength: 5 },
  )
  .map((files) =>
    files.map(({ path, kind, isPacked, hasMark, gap, texts }) => {
      const writer = new Writer(hasMark && texts.length > 0 ? '\ufeff' : '');
      if (kind === 'lines') for (const each of texts) writer.record(each).write('\n');
      else if (kind === 'batches')
        for (const each of texts) writer.write('{"Records":[').record(each).write(`]}${gap}`);
      else {
        writer.write(kind === 'envelope' ? `{${gap}"Records":${gap}[${gap}` : `[${gap}`);
        texts.forEach((each, at) => {
          if (at > 0) writer.write(`${gap},${gap}`);
          writer.record(each);
        });
        writer.write(kind === 'envelope' ? `${gap}]}` : `${gap}]`);
      }
      const bytes = writer.bytes();
      return { path, bytes: isPacked ? gzipSync(bytes) : bytes, records: writer.records };
    }),
  );

/** Puts texts together and notes where the records among them come to lie. */
class Writer {
  readonly records: LogRecord[] = [];
  private all: string;
  private length: number;

  constructor(start: string) {
    this.all = start;
    this.length = Buffer.byteLength(start);
  }

  write(part: string): this {
    this.all += part;
    this.length += Buffer.byteLength(part);
    return this;
  }

  record(part: string): this {
    this.records.push({ text: part, offset: this.length });
    return this.write(part);
  }

  bytes(): Buffer {
    return Buffer.from(this.all);
  }
}
