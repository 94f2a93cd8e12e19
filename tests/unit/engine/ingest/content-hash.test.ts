import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import { importSources } from '#engine/decode/decode-pool';
import type { ImportOptions } from '#engine/decode/import-types';
import type { Segment } from '#engine/scan/segment';
import { SegmentBuilder } from '#engine/scan/segment-builder';
import { builtDecodeWorker } from '../../../helpers/decode-worker';
import { readFiles, type ReadOptions } from '../../../helpers/read-records';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const hashSeed = '0123456789abcdef'.repeat(2);
const uuid = (number: number): string => `${number.toString(16).padStart(8, '0')}-1111-4222-8333-444455556666`;

/** Two words each, as text. */
function pairs(words: Uint32Array): string[] {
  return Array.from({ length: words.length / 2 }, (_, row) => words.slice(2 * row, 2 * row + 2).join());
}

/** The hashes of each row. */
function hashesOf(
  files: readonly string[],
  options: ReadOptions = {},
): { readonly content: readonly string[]; readonly id: readonly string[] } {
  const { segments } = readFiles(files, { hashSeed, ...options });
  return {
    content: segments.flatMap(({ contentHashes }) => pairs(contentHashes)),
    id: segments.flatMap(({ idHashes }) => pairs(idHashes)),
  };
}

const contentOf = (text: string, options?: ReadOptions): string => hashesOf([text], options).content.join();
const idOf = (record: unknown): string => hashesOf([JSON.stringify(record)]).id.join();

/** Writes JSON with keys in any order, any white space, and any characters of strings escaped, as the choices say. */
function spell(value: unknown, choices: Iterator<number, unknown>): string {
  const choose = (count: number): number => Number(choices.next().value) % count;
  const space = (): string => ['', '', ' ', '\n\t', '\r\n'][choose(5)] ?? '';
  const string = (text: string): string => {
    const characters = Array.from({ length: text.length }, (_, at) => {
      const escaped = `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
      return choose(6) === 0 ? escaped : text.charAt(at);
    });
    // What is left of it may still need escapes: control characters, quotes, lone surrogates.
    return `"${characters.join('').replace(/(\\u[0-9a-f]{4})|["\\\u0000-\u001f]|[\ud800-\udfff]/g, (found, kept?: string) => kept ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
  };
  const around = (text: string): string => space() + text + space();
  const write = (part: unknown): string => {
    if (typeof part === 'string') return around(string(part));
    if (Array.isArray(part)) return around(`[${part.length === 0 ? space() : part.map(write).join(',')}]`);
    if (typeof part !== 'object' || part === null) return around(JSON.stringify(part));
    const entries = Object.entries(part).map(([key, member]) => ({ rank: choose(1000), key, member }));
    const members = entries.sort((one, other) => one.rank - other.rank);
    return around(
      `{${members.length === 0 ? space() : members.map(({ key, member }) => `${around(string(key))}:${write(member)}`).join(',')}}`,
    );
  };
  return write(value).trim();
}

/** The same for records that are the same but for the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.sort().join()}}`;
}

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'a.b', 'eventTime', 'eventID', 'userIdentity', '@a', '__proto__', ''),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.oneof(
  fc.constantFrom('a', 'b', '1', 'true', 'null', '', '2023-07-10T12:00:00Z', '2023-07-10T12:00:01Z', uuid(1)),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.constantFrom(1, 10, true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));
const record = fc
  .record({ more: fc.dictionary(key, value, { maxKeys: 5 }), eventName: text, eventTime: text, eventID: text })
  .map(({ more, ...named }) => Object.fromEntries([...Object.entries(more), ...Object.entries(named)]));
const choices = fc.infiniteStream(fc.nat({ max: 999 }));

/** Changes in one place, by a walk that counts places down. */
function changed(value: unknown, place: { left: number }, replacement: unknown): unknown {
  place.left--;
  if (place.left === 0) return replacement;
  if (Array.isArray(value)) {
    const elements = value.map((element: unknown) => changed(element, place, replacement));
    place.left--;
    return place.left === 0 ? [...elements, replacement] : elements;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    place.left -= 2;
    if (place.left === 1) return [];
    if (place.left === 0) return [[`${name}x`, member]];
    return [[name, changed(member, place, replacement)]];
  });
  return Object.fromEntries(members);
}

describe('the hash of an event’s content', () => {
  it('is the same however the event is spelled, whatever was read before, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(
        record,
        fc.array(record, { maxLength: 4 }),
        choices,
        fc.integer({ min: 1, max: 60 }),
        (event, before, chosen, pieceBytes) => {
          const plain = contentOf(JSON.stringify(event));
          const spelled = [...before.map((other) => JSON.stringify(other)), spell(event, chosen)];
          expect(JSON.parse(spelled.at(-1) ?? '')).toEqual(event);
          expect(hashesOf(spelled).content.at(-1)).toBe(plain);
          expect(hashesOf([spelled.join('\n')], { pieceBytes }).content.at(-1)).toBe(plain);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('differs exactly where the events differ', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 2, max: 40 }), value, (event, left, replacement) => {
        const other = { ...(changed(event, { left }, replacement) as object), eventVersion: '1' };
        const same = canonical({ ...event, eventVersion: '1' }) === canonical(other);
        const [one, two] = hashesOf([JSON.stringify({ ...event, eventVersion: '1' }), JSON.stringify(other)]).content;
        expect(one === two).toBe(same);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a value', '"p":"x"', '"p":"y"'],
    ['a type', '"p":"1"', '"p":1'],
    ['a literal and its name', '"p":"true"', '"p":true'],
    ['null and nothing', '"p":null', '"q":1'],
    ['a number’s spelling', '"p":1', '"p":1.0'],
    ['a key', '"p":"x"', '"q":"x"'],
    ['depth', '"p":{"q":1}', '"p":{"q":{"r":1}}'],
    ['a dot in a key', '"p":{"q":1}', '"p.q":1'],
    ['a key that looks derived', '"@p":1', '"record":{"@p":1}'],
    ['one element and none around it', '"p":["x"]', '"p":"x"'],
    ['an array in an array', '"p":[["x","y"]]', '"p":[["x"],["y"]]'],
    ['an empty object and array', '"p":{}', '"p":[]'],
    ['elements the other way round', '"p":["x","y"]', '"p":["y","x"]'],
    ['an element twice', '"p":["x"]', '"p":["x","x"]'],
    ['parts of two objects', '"p":[{"k":1,"v":2},{"k":3,"v":4}]', '"p":[{"k":1,"v":4},{"k":3,"v":2}]'],
    ['values of two keys', '"p":"x","q":"y"', '"p":"y","q":"x"'],
    ['key and value', '"p":"q"', '"q":"p"'],
    ['a repeated key’s order', '"p":1,"p":2', '"p":2,"p":1'],
    ['a repeated key', '"p":1,"p":1', '"p":1'],
    ['a time', '"eventTime":"2023-07-10T12:00:00Z"', '"eventTime":"2023-07-10T12:00:01Z"'],
    ['a long text’s end', `"p":"${'x'.repeat(100)}a"`, `"p":"${'x'.repeat(100)}b"`],
  ])('tells %s', (_, one, other) => {
    const [first, second] = hashesOf([`{"eventName":"E",${one}}`, `{"eventName":"E",${other}}`]).content;
    expect(first).not.toBe(second);
  });

  it('is the same with a dictionary and without one', () => {
    const event = (i: number): string =>
      JSON.stringify({ eventName: 'E', eventID: uuid(i), requestParameters: { key: `folder/${String(i)}` } });
    const events = Array.from({ length: 3000 }, (__, i) => event(i));
    const known = hashesOf(events).content;
    expect(new Set(known).size).toBe(events.length);
    for (const i of [0, 1500, 2999]) expect(known[i]).toBe(contentOf(event(i)));
  });

  it('is the same where paths are too many or too long to be distinguished', () => {
    const many = Array.from({ length: 140_000 }, (__, i) => `"k${String(i)}":0`).join(',');
    const long = 'l'.repeat(2000);
    const events = [`{"eventName":"E","new":{"p":1},"${long}":1}`, `{"eventName":"E","new":{"q":1},"${long}":1}`];
    const [, ...late] = hashesOf([`{"eventName":"E",${many}}`, ...events]).content;
    expect(late).toEqual(events.map((event) => contentOf(event)));
    expect(late[0]).not.toBe(late[1]);
  });

  it('is the same from every thread of every import that has the seed', async () => {
    const path = await temporaryFolder();
    const events = Array.from({ length: 3000 }, (__, i) => `{"eventName":"E${String(i % 7)}","eventID":"${uuid(i)}"}`);
    for (let file = 0; file < 6; file++) {
      const own = events.slice(file * 500, file * 500 + 500);
      await writeFile(join(path, `${String(file)}.json`), (file % 2 === 0 ? own : own.toReversed()).join('\n'));
    }
    const imported = async (options: Partial<ImportOptions>): Promise<readonly string[]> => {
      const segments: Segment[] = [];
      await importSources([{ path, prefix: '' }], {
        limits: defaultLimits,
        hashSeed,
        onSegment: (segment) => segments.push(segment),
        onFile: () => undefined,
        ...options,
      });
      return segments.flatMap((segment) => pairs(segment.contentHashes)).sort();
    };
    const expected = hashesOf(events).content.toSorted();
    expect(await imported({ threads: 0 })).toEqual(expected);
    expect(await imported({ threads: 2, workerUrl: await builtDecodeWorker() })).toEqual(expected);
    expect(await imported({ threads: 0, hashSeed: 'fedcba9876543210'.repeat(2) })).not.toEqual(expected);
  });

  it('depends on the seed', () => {
    const event = '{"eventName":"E","eventID":"1"}';
    const other = 'fedcba9876543210'.repeat(2);
    expect(contentOf(event, { hashSeed: other })).not.toBe(contentOf(event));
    expect(hashesOf([event], { hashSeed: other }).id).not.toEqual(hashesOf([event]).id);
  });
});

describe('the hash of an event’s ID', () => {
  const named = { recipientAccountId: '111122223333', eventID: uuid(1), eventName: 'E' };

  it('depends on account and ID alone', () => {
    const own = idOf(named);
    expect(idOf({ ...named, eventName: 'F', errorCode: 'X' })).toBe(own);
    expect(idOf({ ...named, recipientAccountId: 111122223333 })).toBe(own);
    expect(idOf({ ...named, recipientAccountId: '111122223334' })).not.toBe(own);
    expect(idOf({ ...named, eventID: uuid(2) })).not.toBe(own);
    expect(idOf({ ...named, recipientAccountId: undefined })).not.toBe(own);
  });

  it('reads the names that aggregated events use', () => {
    expect(idOf({ accountId: '111122223333', eventId: uuid(1) })).toBe(idOf(named));
    expect(idOf({ ...named, accountId: '1', eventId: 'other' })).toBe(idOf(named));
  });

  it('is the same for dictionary values and identifiers', () => {
    const events = Array.from({ length: 3000 }, (_, i) => JSON.stringify({ ...named, eventID: uuid(i) }));
    const { id } = hashesOf(events);
    expect(new Set(id).size).toBe(events.length);
    expect(id[2999]).toBe(idOf({ ...named, eventID: uuid(2999) }));
  });

  it('is 0 where there is no ID', () => {
    for (const eventID of [undefined, null, '', {}, []]) expect(idOf({ ...named, eventID })).toBe('0,0');
    expect(hashesOf([`{"eventID":"a","eventName":"E","eventID":null}`]).id).toEqual(['0,0']);
  });
});

describe('keys that come twice in one object', () => {
  /** How many records had one, of those that one builder read. */
  function repeated(...texts: readonly string[]): number {
    const builder = new SegmentBuilder();
    for (const record of texts) {
      const bytes = new TextEncoder().encode(record);
      builder.load(bytes, bytes.length);
      builder.scan(0, bytes.length, { base: 0, maxRows: 1e6, maxRecordBytes: 1e6, inArray: false });
    }
    return builder.repeatedKeyRecords;
  }

  it('are noticed at any depth, in each record once', () => {
    expect(repeated('{"eventName":"A","eventName":"B","p":{"q":1,"r":{},"q":2,"q":3}}')).toBe(1);
    expect(repeated('{"eventName":"A","p":[{"q":{"r":1,"s":[],"\\u0072":2}}]}')).toBe(1);
    expect(repeated('{"eventName":"A"}', '{"eventName":"B","eventName":"B"}', '{"a":1,"eventID":"1","a":1}')).toBe(2);
  });

  it('are not seen where each object has its own', () => {
    expect(repeated('{"eventName":"A","p":[{"q":1},{"q":2},[{"q":3}]],"r":{"p":{"q":1}},"p.q":1}')).toBe(0);
    expect(repeated('{"eventName":"A","q":{"q":{"q":1}}}', '{"eventName":"A"}')).toBe(0);
  });

  it('count only in records that were kept', () => {
    expect(repeated('{"eventName":"A","eventName":"B","p":}', '{"p":1,"p":2}', '{"eventName":"A"}')).toBe(0);
  });

  it('leave the last value in effect', () => {
    const twice =
      '{"eventTime":"2023-07-10T12:00:00Z","eventTime":"2023-07-10T12:00:05Z","errorCode":"A","errorCode":"B",' +
      '"userIdentity":{"type":"Root"},"userIdentity":{"type":"IAMUser","userName":"ann"},' +
      '"recipientAccountId":"1","recipientAccountId":"2","eventID":"1","eventID":"2"}';
    const { times, derived, leaves } = readFiles([twice]);
    expect(times).toEqual([Date.UTC(2023, 6, 10, 12, 0, 5)]);
    expect(derived[0]?.get('@identity')).toBe('ann (IAM user)');
    expect(derived[0]?.get('@account')).toBe('2');
    expect(derived[0]?.get('@result')).toBe('B');
    expect(leaves[0]).toContain('eventTime 0 2023-07-10T12:00:00Z');
    expect(leaves[0]).toContain('eventTime 0 2023-07-10T12:00:05Z');
    expect(hashesOf([twice]).id).toEqual([idOf({ recipientAccountId: '2', eventID: '2' })]);
    const odd = '{"eventID":"1","eventTime":"2023-07-10T12:00:00Z","eventTime":"2023-07-10T12:00:05.5Z"}';
    expect(readFiles([odd]).times).toEqual([Date.UTC(2023, 6, 10, 12, 0, 5, 500)]);
  });
});
