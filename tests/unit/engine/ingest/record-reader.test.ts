import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import { readRecords, type ReadOptions } from '../../../helpers/read-records';

const event = (name: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ eventVersion: '1.08', eventName: name, ...more });

/** The names of the events that were read, in order, and the problems as `code@byte`. */
function outcome(file: string | Uint8Array, options?: ReadOptions): { names: string[]; problems: string[] } {
  const { leaves, problems } = readRecords(file, options);
  const names = leaves.map((row) => row.find((leaf) => leaf.startsWith('eventName 0 '))?.slice(12) ?? '?');
  return { names, problems: problems.map(({ code, atByte }) => `${code}@${String(atByte)}`) };
}

const a = event('A');
const b = event('B');
const c = event('C');
const pretty = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);

describe('the formats', () => {
  it.each([
    ['a wrapper', `{"Records":[${a},${b}]}`],
    ['a wrapper with other members', `{"Marker":{"x":["]}"]},"Records":[${a},${b}],"more":[1,{"y":"}"}]}`],
    ['a wrapper with two lists', `{"Records":[${a}],"x":null,"Records":[${b}]}`],
    ['a pretty-printed wrapper', pretty(`{"Records":[${a},${b}]}`)],
    ['a bare array', `[${a},${b}]`],
    ['one event after the other', `${a}${b}`],
    ['one event per line', `${a}\n${b}\n`],
    ['one event per line, with CRLF and empty lines', `${a}\r\n\r\n${b}\r\n`],
    ['pretty-printed events', `${pretty(a)}\n${pretty(b)}`],
    ['one batch per line', `{"Records":[${a}]}\n{"Records":[]}\n{"Records":[${b}]}\n`],
    ['one array per line', `[${a}]\n[]\n[${b}]`],
    ['lists in lists', `[[${a}],[],[[${b}]]]`],
    ['a byte-order mark', `\ufeff{"Records":[${a},${b}]}`],
    ['white space everywhere', ` \r\n\t{ "Records" : [ ${a} , ${b} ] } \n`],
    ['keys in another order', `[{"awsRegion":"x","eventName":"A"},{"awsRegion":"x","eventName":"B"}]`],
  ])('reads %s, in pieces of any size', (_, file) => {
    const expected = { names: ['A', 'B'], problems: [] };
    expect(outcome(file)).toEqual(expected);
    for (const pieceBytes of [1, 2, 3, 7, 64]) expect(outcome(file, { pieceBytes })).toEqual(expected);
  });

  it('reads a single event, also pretty-printed', () => {
    expect(outcome(a)).toEqual({ names: ['A'], problems: [] });
    expect(outcome(pretty(a))).toEqual({ names: ['A'], problems: [] });
  });

  it('says what a file holds in few words, whatever is in it', () => {
    const long = 'é'.repeat(100_000);
    const table = `eventTime,eventName,"@message ${long.slice(0, 20_000)}",eventSource\nx`;
    for (const file of [`{"${long}":1}`, JSON.stringify({ [`${long}1`]: 1, [`${long}2`]: {} }), `"${long}`, table]) {
      const { problems } = readRecords(file);
      expect(problems.length).toBeGreaterThan(0);
      for (const { message, snippet } of problems) expect(message.length + snippet.length).toBeLessThan(1000);
    }
  });

  it('takes an archive without events for what it is', () => {
    expect(outcome('{"Records":[]}')).toEqual({ names: [], problems: [] });
    expect(outcome('[]')).toEqual({ names: [], problems: [] });
  });

  it.each([
    ['', 'empty@null', 'no bytes'],
    [' \r\n\t ', 'empty@null', 'white space only'],
    ['hello', 'unknown-format@0', 'plain text that is neither JSON nor a known table'],
    [
      'PK\u0003\u0004',
      'unknown-format@0',
      'it looks like a zip archive, which is not unpacked here: unpack it first and open what was in it',
    ],
    ['{"foo":{"bar":[1]},"baz":2}', 'not-events@0', 'JSON, but no event; its first keys are "foo", "baz"'],
    ['{}', 'not-events@0', 'an empty object: JSON, but no event'],
    ['{"Records":null}', 'not-events@0', 'JSON, but no event; its first keys are "Records"'],
  ])('says what %j is', (file, problem, message) => {
    for (const pieceBytes of [1, Infinity]) {
      const read = readRecords(file, { pieceBytes });
      expect(read.events).toBe(0);
      expect(read.problems.map(({ code, atByte }) => `${code}@${String(atByte)}`)).toEqual([problem]);
      expect(read.problems[0]?.message).toBe(message);
    }
  });

  it('keeps a digest aside, and says so where it stands among events', () => {
    const digest = '{"awsAccountId":"1","digestEndTime":"x","logFiles":[{"s3Bucket":"b"}]}';
    expect(outcome(digest)).toEqual({ names: [], problems: [] });
    expect(outcome(`${a}${digest}`)).toEqual({ names: ['A'], problems: ['oddity@null'] });
  });

  it('lists elements that are no events and reads those around them', () => {
    const file = `[${a},1,"x",null,true,{"foo":1},{},${c}]`;
    expect(outcome(file).names).toEqual(['A', 'C']);
    expect(outcome(file).problems.map((problem) => problem.split('@')[0])).toEqual(Array(6).fill('not-events'));
  });

  it('leaves nothing of an object that is no event', () => {
    const read = readRecords(`[{"foo":"only here"},${a}]`);
    expect(read.values.join('\n')).not.toContain('only here');
    expect(read.segments.flatMap(({ newPaths }) => newPaths)).not.toContain('foo');
  });
});

describe('damage', () => {
  it('cuts a broken record out by its brackets', () => {
    const file = `{"Records":[${a},{"eventName":oops,"x":{"y":"}]"}},${b}]}`;
    expect(outcome(file)).toEqual({ names: ['A', 'B'], problems: [`bad-json@${String(file.indexOf('oops'))}`] });
  });

  it('goes on at the next record where the brackets are lost', () => {
    const file = `[${a},{"eventVersion":"1.08","eventName":"X","x":[{"y":,${b},${c}]`;
    expect(outcome(file).names).toEqual(['A', 'B', 'C']);
    expect(outcome(file).problems).toHaveLength(1);
  });

  it('goes on at the next record where a closing quote is lost', () => {
    const file = `[${a},{"eventVersion":"1.08","eventName":"X},{\n  "eventVersion":"1.08","eventName":"B"},${c}]`;
    expect(outcome(file)).toEqual({ names: ['A', 'B', 'C'], problems: [`bad-json@${String(file.indexOf('\n'))}`] });
  });

  it('knows the next record by the first key of the ones before', () => {
    const own = (name: string): string => `{"awsRegion":"r","eventName":"${name}"}`;
    const file = `[${own('A')},{"awsRegion":"r","eventName":"X","x":[,${own('B')}]`;
    expect(outcome(file).names).toEqual(['A', 'B']);
  });

  it('reads the records that a record without an end would have swallowed', () => {
    const file = `[${a},{"eventVersion":"1.08","list":[${b},${c}]`;
    expect(outcome(file).names).toEqual(['A', 'B', 'C']);
    expect(outcome(file).problems).toEqual([`bad-json@${String(a.length + 2)}`]);
  });

  it('passes over what is not JSON between records, up to the end of the list', () => {
    const file = `{ "Records": [${a}, ..additional entries ] }`;
    expect(outcome(file)).toEqual({ names: ['A'], problems: [`bad-json@${String(file.indexOf('..'))}`] });
  });

  it.each([
    ['a comma too many', `[${a},,${b}]`],
    ['a comma before the end', `[${a},${b},]`],
    ['no comma', `[${a}${b}]`],
    ['a stray brace', `[${a}},${b}]`],
    ['text after the end', `[${a},${b}] trailing`],
    ['zero bytes after the end', `[${a},${b}]\0\0\0\0`],
  ])('lists %s once and keeps the events', (_, file) => {
    for (const pieceBytes of [1, 5, Infinity]) {
      const { names, problems } = outcome(file, { pieceBytes });
      expect(names).toEqual(['A', 'B']);
      expect(problems).toHaveLength(1);
    }
  });

  it('passes over a broken line', () => {
    const file = `${a}\n{"awsRegion":"r","eventName":{"x":[\n${b}\nnot JSON\n${c}\n`;
    expect(outcome(file).names).toEqual(['A', 'B', 'C']);
    expect(outcome(file).problems).toHaveLength(2);
  });

  it('keeps what came before the end of a torn file, wherever it is torn', () => {
    const file = `{"Records":[${a},${b}]}`;
    for (let length = 1; length < file.length; length++) {
      const { names, problems } = outcome(file.slice(0, length));
      const whole = [a, b].filter((record) => file.slice(0, length).includes(record)).length;
      expect({ length, names, problems }).toEqual({
        length,
        names: ['A', 'B'].slice(0, whole),
        problems: [`torn@${String(length)}`],
      });
    }
  });

  it('leaves nothing of a broken or torn record', () => {
    for (const tail of [
      '{"eventVersion":"1.08","lost":"lost text",oops}]',
      '{"eventVersion":"1.08","lost":"lost text',
    ]) {
      for (const pieceBytes of [1, 16, Infinity]) {
        const read = readRecords(`[${a},${tail}`, { pieceBytes });
        expect(read.values.filter((value) => value.includes('lost'))).toEqual([]);
        expect(read.events).toBe(1);
      }
    }
  });

  it('reads on after a record that is too large, and keeps little of it in memory', () => {
    const huge = `{"eventVersion":"1.08","x":"${'y'.repeat(defaultLimits.recordBytes + 1)}"}`;
    const { names, problems } = outcome(`[${a},${huge},${b}]`, { pieceBytes: 2 ** 20 });
    expect({ names, problems }).toEqual({ names: ['A', 'B'], problems: [`limit@${String(a.length + 2)}`] });
  });

  it('keeps the snippet of the place as it is in the file', () => {
    const { problems } = readRecords(`[{"eventName":\u202e\u0007oops}]`);
    expect(problems[0]?.snippet).toContain('\u202e\u0007oops');
  });

  it('lists the first two hundred problems and counts all', () => {
    const read = readRecords(`[${Array.from({ length: 500 }, () => '{"eventName":oops}').join(',')}]`);
    expect({ listed: read.problems.length, count: read.problemCount }).toEqual({ listed: 200, count: 500 });
  });

  it('reads every sound record around damage of any kind, and never fails', () => {
    const damage = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'a', '1', ' ', '\n'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(damage, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('[', '{"Records":[', ''),
        fc.integer({ min: 1, max: 300 }),
        (pieces, start, pieceBytes) => {
          // After the damage a line break ends any open string, and the next record is known by its first key.
          const file = start + pieces.map((piece, i) => `${piece}\n${event(`E${String(i)}`)},`).join('');
          const { names } = outcome(file, { pieceBytes });
          const expected = pieces.map((_, i) => `E${String(i)}`);
          // A file that begins as no JSON is not read at all.
          if (/^\s*[[{]/.test(file)) expect(names).toEqual(expect.arrayContaining(expected.slice(1)));
          expect(names.every((name) => expected.includes(name) || name === '?')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
