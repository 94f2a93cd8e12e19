import { describe, expect, it } from 'vitest';
import { firstLook } from '#engine/formats/first-bytes';

function look(text: string, isLast = true): unknown {
  const bytes = Buffer.from(`x${text}`);
  const found = firstLook(bytes, 1, bytes.length, isLast);
  return found.kind === 'text' && found.without.format === null && found.without.message.startsWith('a table')
    ? 'other table'
    : found.kind;
}

const event = '{"eventID":"e-1"}';
const far = ' '.repeat(300);

describe('the format of a text', () => {
  it.each([
    [event, 'json'],
    [`[${event}]`, 'json'],
    ['[1, 2]', 'json'],
    ['[]', 'json'],
    [String.raw`"{\"eventID\":\"e-1\"}"`, 'json'],
    ["{'eventID': 'e-1'}", 'text'],
    ['{eventID: 1}', 'text'],
    ['[INFO] started', 'text'],
    ['[2024-03-05 02:00:00] started', 'text'],
    [`2024-03-05T02:00:00.000Z ${event}`, 'lines'],
    [`2024-03-05 02:00:00 ${event}`, 'text'],
    ['eventName,eventID\nA,e-1\n', 'table'],
    ['"eventName","eventID"\n', 'table'],
    ['a,b,c\n1,2,3\n', 'other table'],
    ['a,b\n1,2\n', 'text'],
    ['words', 'text'],
    ['\u0001\u0002\u0003', 'unknown'],
  ])('is known by its first line: %j', (text, kind) => {
    expect(look(text)).toBe(kind);
  });

  it.each([
    [`"x":1},\n${event}\n`, 'json'],
    [`"x":1},\n"y":2},\n${event}\n`, 'json'],
    [`"x":1},\n\n${event}`, 'json'],
    [`"x":1},\n2024-03-05T02:00:00Z ${event}`, 'lines'],
    [`words\n${event}`, 'text'],
    [`\u0001\n${event}`, 'json'],
    [`\u0001\n\u0001${event}\n`, 'unknown'],
    ['"x":1},\n{"y":2}\n', 'text'],
  ])('is known by the first later line with an event where the first was torn: %j', (text, kind) => {
    expect(look(text)).toBe(kind);
  });

  it('needs more bytes while the next ones could change it', () => {
    for (const text of [
      '[',
      '{',
      '[ {',
      '{event',
      'eventName,even',
      'words',
      '"x":1},\n',
      '[1',
      `2024-03-05T02:00:00Z ${event}`,
    ]) {
      expect([text, look(text, false)]).toEqual([text, 'needMore']);
    }
    for (const text of [`{"a`, '[{"a', '[""', '["', '[]', `[1${far}`, `{${far}`, 'eventName,eventID\n']) {
      expect([text, look(text, false)]).not.toEqual([text, 'needMore']);
    }
  });

  it('does not wait for the end of a line behind the bytes that are there', () => {
    const bytes = Buffer.from('eventName,eventID\n');
    expect(firstLook(bytes, 0, 17, false).kind).toBe('needMore');
    expect(firstLook(bytes, 0, 18, false).kind).toBe('table');
  });
});
