import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embeddedJson } from '#core/json/embedded';
import { maxDepth, parseTree, type JsonNode } from '#core/json/tree';
import { jsonLeaves } from '../../../reference/json-leaves';

function tree(text: string): JsonNode {
  const result = parseTree(text);
  if (!result.ok) throw new Error(`${result.error.message} at ${result.error.at}`);
  return result.value;
}

function leavesOf(node: JsonNode): readonly JsonNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);
}

/** The value `JSON.parse` would give. */
function toValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.children.map((child) => [child.key ?? '', toValue(child)]));
    case 'array':
      return node.children.map(toValue);
    case 'string':
      return node.text;
    default:
      return JSON.parse(node.text);
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const json = fc.json({ maxDepth: 5, stringUnit: 'binary' });
/** JSON with characters put in, taken out or swapped: mostly broken, sometimes still JSON. */
const mutated = fc
  .tuple(
    json,
    fc.nat(),
    fc.constantFrom('', ',', '"', '\\', '0', '-', '.', 'e', '}', ']', ':', ' ', '\u0001', 'tru', '\\u12', '\ufeff'),
    fc.nat(2),
  )
  .map(
    ([text, at, put, taken]) =>
      text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + taken),
  );

describe('the tree of a JSON text', () => {
  it('keeps order, duplicate keys and numbers as they are written', () => {
    const node = tree('{"b":1.50, "a":12345678901234567890, "b":1e400, "__proto__":{"x":-0}}');
    expect(leavesOf(node).map(({ key, path, text }) => [key, path, text])).toEqual([
      ['b', 'b', '1.50'],
      ['a', 'a', '12345678901234567890'],
      ['b', 'b', '1e400'],
      ['x', '__proto__.x', '-0'],
    ]);
  });

  it('collapses arrays into their path, also at the root, and knows each value by its place', () => {
    const text = '[ {"a": [1, [{"b" : "x"}], {}]}, [] ]';
    expect(leavesOf(tree(text)).map(({ kind, path, from, to }) => [kind, path, text.slice(from, to)])).toEqual([
      ['number', 'a', '1'],
      ['string', 'a.b', '"x"'],
      ['object', 'a', '{}'],
      ['array', '', '[]'],
    ]);
  });

  it('keeps empty keys apart in paths', () => {
    expect(leavesOf(tree('{"":{"a":1,"":2}}')).map((leaf) => leaf.path)).toEqual(['.a', '.']);
  });

  it('decodes every escape, and leaves lone surrogates alone', () => {
    expect(tree('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud800"').text).toBe('"\\/\b\f\n\r\té😀\ud800');
  });

  it('holds what JSON.parse gives', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(toValue(tree(text))).toEqual(JSON.parse(text));
        expect(toValue(tree(` ${JSON.stringify(JSON.parse(text), null, 2)}\n`))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('has the leaves that a walk over the text finds, each at its path', () => {
    const recordKey = fc.string({ minLength: 1 }).filter((key) => !key.startsWith('@'));
    fc.assert(
      fc.property(fc.dictionary(recordKey, fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 }), (record) => {
        const text = JSON.stringify(record);
        const leaves = leavesOf(tree(text)).map(({ path, kind, text: own }) => ({ path, type: kind, text: own }));
        expect(leaves).toEqual(jsonLeaves(text));
      }),
    );
  });

  it('is refused exactly where JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          fc.string(),
          fc.constantFrom('01', '1.', '.5', '+1', '1e', '-', 'nul', '[1,]', '{"a"}', '{,}', ''),
        ),
        (text) => {
          expect(parseTree(text).ok).toBe(parses(text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['{"a":1,}', "expected a member's name", 7],
    ['[1 2]', 'expected , or ]', 3],
    ['{"a" 1}', 'expected :', 5],
    ['["a', 'unclosed string', 1],
    ['"\\x"', 'not an escape sequence', 1],
    ['1 2', 'expected the end of the text', 2],
    ['[', 'expected a value', 1],
  ])('says of %s what was expected, and where', (text, message, at) => {
    expect(parseTree(text)).toEqual({ ok: false, error: { message, at } });
  });

  it('is refused past the depth limit instead of exhausting the stack', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseTree(nested(maxDepth)).ok).toBe(true);
    expect(parseTree(nested(1_000_000))).toMatchObject({ ok: false, error: { message: 'nested deeper than 1000' } });
  });
});

describe('JSON in a string', () => {
  const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"a+b%2F*"}]}';

  it('is found plain and URL-encoded', () => {
    expect(embeddedJson(` ${policy}\n`)).toBe(` ${policy}\n`);
    expect(embeddedJson(encodeURIComponent(policy))).toBe(policy);
    expect(embeddedJson('[]')).toBe('[]');
  });

  it.each(['', 'text', '12', '"{}"', 'null', '{not json}', '[redacted]', '%7Bnot%20json%7D', '%7B%', '%7B%22a%22:1'])(
    'is not found in %s',
    (text) => {
      expect(embeddedJson(text)).toBeNull();
    },
  );

  it('is found in whatever was encoded from an object or array', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        expect(embeddedJson(text)).toBe(text);
        expect(embeddedJson(encodeURIComponent(text))).toBe(text);
      }),
    );
  });
});
