import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFieldLookup } from '#core/query/field-lookup';
import { highlight } from '#core/query/highlight';
import { parseQuery } from '#core/query/parse';
import { anyText, queryPaths } from '../../../helpers/queries';

const fields = createFieldLookup(queryPaths);
const colours = (text: string): readonly string[] =>
  highlight(text, fields).map((token) => `${token.class} ${text.slice(token.from, token.to)}`);

describe('the colours of a query', () => {
  it('tell every part of the language apart', () => {
    expect(colours('-service:(s3 OR "a b") NOT ~w event:/x y/i time>=2023-07-10 w:x "q"')).toEqual([
      'negation -',
      'field service',
      'operator :',
      'paren (',
      'value s3',
      'operator OR',
      'quoted "a b"',
      'paren )',
      'negation NOT',
      'operator ~',
      'word w',
      'field event',
      'operator :',
      'regex /x y/i',
      'field time',
      'operator >=',
      'value 2023-07-10',
      'word w:x',
      'quoted "q"',
    ]);
  });

  it('show a field test with white space around its colon as one', () => {
    expect(colours('event : a b')).toEqual(['field event', 'operator : ', 'value a', 'word b']);
  });

  it('mark the place of the syntax error', () => {
    expect(colours('a service:')).toEqual(['word a', 'error service', 'error :']);
    expect(colours('a (b')).toEqual(['word a', 'error (', 'word b']);
    expect(colours('"a')).toEqual(['error "a']);
  });

  it('cover any text but its white space, in order, with an error exactly where there is a syntax error', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        const gaps: string[] = [];
        const tokens = highlight(text, fields);
        for (const token of tokens) {
          expect(token.from).toBeLessThan(token.to);
          gaps.push(text.slice(end, token.from));
          end = token.to;
        }
        gaps.push(text.slice(end));
        expect(gaps.join('').trim()).toBe('');
        expect(tokens.some((token) => token.class === 'error')).toBe(!parseQuery(text, fields).ok);
      }),
    );
  });

  it('do not hold up a text that no query can be', () => {
    expect(highlight(':'.repeat(1_000_000), fields)).toHaveLength(1);
  });
});
