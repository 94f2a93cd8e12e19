import { describe, expect, it } from 'vitest';
import { pythonEnd, pythonJson, pythonString } from '#engine/formats/python-text';

describe('what Python prints', () => {
  it.each([
    ['{}', '{}'],
    ["{'a': 'b', 'c': \"it's\"}", '{"a":"b","c":"it\'s"}'],
    ["{'a': True, 'b': False, 'c': None}", '{"a":true,"b":false,"c":null}'],
    ["{'a': true, 'b': false, 'c': null}", '{"a":true,"b":false,"c":null}'],
    ["{u'a': b'b'}", '{"a":"b"}'],
    ["{'a': -1.50e+3, 'b': 0, 'c': 12L}", '{"a":-1.50e+3,"b":0,"c":12}'],
    ["{1: 'a', -2: 'b'}", '{"1":"a","-2":"b"}'],
    ["{'a': [1, 2,], 'b': []}", '{"a":[1,2],"b":[]}'],
    ["{'a': (1, 2), 'b': (1,), 'c': ()}", '{"a":[1,2],"b":[1],"c":[]}'],
    ["{'a': ('long '\n  'text')}", '{"a":"long text"}'],
    ["{'a': 'b',}\n ", '{"a":"b"}'],
    [
      "{'a': datetime.datetime(2023, 7, 10, tzinfo=tzlocal()), 'b': 1}",
      '{"a":"datetime.datetime(2023, 7, 10, tzinfo=tzlocal())","b":1}',
    ],
    ["{'a': Decimal('1)')}", '{"a":"Decimal(\'1)\')"}'],
  ])('becomes JSON: %s', (text, json) => {
    expect(pythonJson(text)).toBe(json);
  });

  it.each([
    ['an object without a value', "{'a': <object at 0x7f>}"],
    ['no comma between members', "{'a': 1 'b': 2}"],
    ['no comma between elements', '[1 2]'],
    ['no colon', "{'a' 1}"],
    ['no key', '{: 1}'],
    ['no value', "{'a': }"],
    ['an unknown word', "{'a': true_}"],
    ['a call without an end', "{'a': f(1}"],
    ['no end', "{'a': [1"],
    ['text behind it', '{} {}'],
    ['a number with leading zeros', "{'a': 007}"],
    ['another bracket at its end', '[1)'],
  ])('stays as it is with %s', (_, text) => {
    expect(pythonJson(text)).toBeNull();
  });

  it('is read 200 levels deep', () => {
    expect(pythonJson('['.repeat(201) + ']'.repeat(201))).not.toBeNull();
    expect(pythonJson('['.repeat(202) + ']'.repeat(202))).toBeNull();
  });

  it.each([
    [String.raw`\\ \' \" \n \r \t \a \b \f \v`, '\\ \' " \n \r \t \u0007 \b \f \v'],
    [String.raw`\x41\u0042\U0001F600\101\0`, 'AB😀A\0'],
    ['a\\\nb\\\r\nc', 'abc'],
    [String.raw`\d \U00110000`, String.raw`\d \U00110000`],
  ])('has the characters that its escapes stand for: %s', (inner, text) => {
    expect(pythonString(inner)).toBe(text);
  });

  it.each([
    ['{}', '{}'],
    ["x{'a': ['}', \"]\", (1)]}]", "{'a': ['}', \"]\", (1)]}"],
    [String.raw`{'it\'s}': 1} {`, String.raw`{'it\'s}': 1}`],
    ['{"a\'}": 1}', '{"a\'}": 1}'],
  ])('ends where its brackets close: %s', (text, whole) => {
    const start = text.indexOf('{');
    const end = pythonEnd(Buffer.from(text), start, text.length);
    expect(text.slice(start, end)).toBe(whole);
  });

  it('has no end before its brackets close', () => {
    for (const text of ['{', "{'a': 1", "{'}", '[(1]', "{'a\\'}"]) {
      expect([text, pythonEnd(Buffer.from(`${text}}})]}`), 0, text.length)]).toEqual([text, -1]);
    }
  });
});
