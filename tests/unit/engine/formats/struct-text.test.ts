import { describe, expect, it } from 'vitest';
import { structJson } from '#engine/formats/struct-text';

const asIs = (name: string): string => name;

describe('structures in a cell', () => {
  it.each([
    ['{}', '{}'],
    ['[]', '[]'],
    ['{a=b}', '{"a":"b"}'],
    ['{a=, b=c}', '{"a":"","b":"c"}'],
    ['{a=null, b={c=d, e=null}}', '{"b":{"c":"d"}}'],
    ['{a=x=y,z, b=1}', '{"a":"x=y,z","b":"1"}'],
    ['[{a=b}, {c=d}]', '[{"a":"b"},{"c":"d"}]'],
    ['{a=say "hi"\\}', '{"a":"say \\"hi\\"\\\\"}'],
    ['{__proto__=x}', '{"__proto__":"x"}'],
  ])('become JSON where they can be read in one way: %s', (text, json) => {
    expect(structJson(text, asIs)).toBe(json);
  });

  it.each([
    ['a brace in a text', '{a=b{c, d=e}'],
    ['a brace too many', '{a=b}}'],
    ['a comma and a space in a text', '{a=b, c, d=e}'],
    ['texts in a list', '[a, b]'],
    ['a structure without its brace in a list', '[xa=b}]'],
    ['no end', '{a=b'],
    ['no name', '{=b}'],
    ['text', 'a=b'],
    ['too many of them in each other', `${'{a='.repeat(40)}b${'}'.repeat(40)}`],
  ])('stay text with %s', (_, text) => {
    expect(structJson(text, asIs)).toBeNull();
  });

  it('are read up to a depth', () => {
    const nested = (depth: number): string | null => structJson(`${'{a='.repeat(depth)}b${'}'.repeat(depth)}`, asIs);
    expect([nested(17) !== null, nested(18)]).toEqual([true, null]);
    const listInside = (pairs: number): string => `${'[{a='.repeat(pairs)}[]${'}]'.repeat(pairs)}`;
    expect(structJson(listInside(8), asIs)).not.toBeNull();
    expect(structJson(`{a=${listInside(8)}}`, asIs)).toBeNull();
  });

  it('are read in a time that grows with their length', () => {
    const text = `{a=${'x, '.repeat(50_000)}}`;
    expect(structJson(text, asIs)).toBeNull();
    expect(structJson(`{${'a='.repeat(50_000)}}`, asIs)).toBe(`{"a":"${'a='.repeat(49_999)}"}`);
  });
});
