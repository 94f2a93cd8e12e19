import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from '../../../renderer/lib/pretty-json';

describe('prettyJson', () => {
  it('keeps numbers, escapes, order and repeated keys as they were written', () => {
    expect(prettyJson('{"n":12345678901234567890.10,"s":"\\u0041\\/ {x}","n":[ ],"o":{"a":[1,\ttrue]}}')).toBe(
      ['{', '  "n": 12345678901234567890.10,', '  "s": "\\u0041\\/ {x}",', '  "n": [],', '  "o": {']
        .concat(['    "a": [', '      1,', '      true', '    ]', '  }', '}'])
        .join('\n'),
    );
  });

  it('lays out any JSON as the platform does, whatever space stood in it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), null, space);
        expect(prettyJson(spaced)).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });

  it('changes nothing but space in text that is not JSON', () => {
    const texts = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', ' ', 'a', '1', '\n') });
    const withoutSpace = (text: string): string => text.replace(/\s/g, '');
    fc.assert(
      fc.property(texts, (text) => {
        expect(withoutSpace(prettyJson(text))).toBe(withoutSpace(text));
      }),
    );
  });

  it('stays small for a record of brackets alone', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(prettyJson(deep).length).toBeLessThan(deep.length * 100);
  });
});
