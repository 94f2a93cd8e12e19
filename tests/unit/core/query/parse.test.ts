import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryNode } from '#core/query/ast';
import { createFieldLookup } from '#core/query/field-lookup';
import { parseQuery } from '#core/query/parse';
import { printQuery, quoteField, quoteValue } from '#core/query/print';
import { anyText, queryPaths, queryText } from '../../../helpers/queries';

const fields = createFieldLookup(queryPaths);

/** The tree without its spans, so that trees can be compared by meaning. */
function bare(node: QueryNode): unknown {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, children: node.children.map(bare) };
    case 'not':
      return { kind: 'not', child: bare(node.child) };
    case 'field':
      return { kind: 'field', field: node.field, test: node.test };
    case 'word':
      return { kind: 'word', text: node.text };
    case 'like':
      return { kind: 'like', text: node.text };
    case 'addresses':
      return { kind: 'addresses', network: node.network };
    case 'all':
      return { kind: 'all' };
  }
}

function parse(text: string): QueryNode {
  const result = parseQuery(text, fields);
  if (!result.ok) throw result.error;
  return result.value;
}

/** The canonical spelling, short enough to read in a table. */
const shape = (text: string): string => printQuery(parse(text));

function syntaxError(text: string): readonly [message: string, place: string | undefined] {
  const result = parseQuery(text, fields);
  if (result.ok) return ['none', undefined];
  const at = result.error.details.at;
  return [result.error.message, at && text.slice(at.from, at.to)];
}

describe('the query language', () => {
  it.each([
    ['region:(a b)', 'region:(a OR b)'],
    ['region:(a b c)', 'region:(a OR b OR c)'],
    ['region:(a AND b)', 'region:a region:b'],
    ['region:(a b -c)', 'region:(a OR b) -region:c'],
    ['region:((a b) c)', 'region:(a OR b) OR region:c'],
    ['region:(a AND (b c))', 'region:a region:(b OR c)'],
    ['time:(>2023 <2024)', 'time>2023 time<2024'],
    ['(a b)', 'a b'],
  ])('takes values of a field next to each other for one or the other: %s', (text, meaning) => {
    expect(shape(text)).toBe(meaning);
  });

  it('takes an empty text for every event', () => {
    expect(bare(parse(''))).toEqual({ kind: 'all' });
    expect(bare(parse(' \n'))).toEqual({ kind: 'all' });
  });

  it('joins by AND where nothing stands between, and binds AND tighter than OR', () => {
    expect(bare(parse('a b OR c AND d'))).toEqual(bare(parse('(a AND b) OR (c d)')));
    expect(bare(parse('a b OR c'))).not.toEqual(bare(parse('a (b OR c)')));
  });

  it.each([
    ['a or b Or c', 'a OR b OR c'],
    ['a || b', 'a OR b'],
    ['a and b && c', 'a AND b AND c'],
    ['a not b', 'a AND NOT b'],
    ['event:(a or b not c)', 'event:(a OR b -c)'],
    ['service:a not errorCode:*', 'service:a AND NOT errorCode:*'],
    ['!a', '-a'],
    ['a !event:b', 'a AND NOT event:b'],
    ['!(a or b)', 'NOT (a OR b)'],
    ['event:(!a)', '-event:a'],
    ['!!a', '--a'],
  ])('knows its operators in any case and their signs: %s is %s', (text, same) => {
    expect(bare(parse(text))).toEqual(bare(parse(same)));
  });

  it.each([
    ['"or"', 'or'],
    ['"!a"', '!a'],
    ['android', 'android'],
    ['a!', 'a!'],
    ['a&&b', 'a&&b'],
    ['!=', '!='],
    ['!=x', '!=x'],
  ])('takes %s for a word: quoted, within a word, or !=', (text, word) => {
    expect(bare(parse(text))).toEqual({ kind: 'word', text: word });
  });

  it.each(['or', 'not', '!x'])('takes %s directly behind a field for its value', (value) => {
    expect(parse(`event:${value}`)).toMatchObject({ kind: 'field', test: { kind: 'equals', value } });
  });

  it('takes * alone for every event, and in quotes for the character', () => {
    expect(bare(parse('*'))).toEqual({ kind: 'all' });
    expect(bare(parse('(*) a'))).toEqual({ kind: 'and', children: [{ kind: 'all' }, { kind: 'word', text: 'a' }] });
    expect(bare(parse('"*"'))).toEqual({ kind: 'word', text: '*' });
  });

  it('takes a range of addresses without a field for one, and what is no range for a word', () => {
    expect(bare(parse('10.0.0.0/8'))).toEqual({ kind: 'addresses', network: '10.0.0.0/8' });
    expect(bare(parse('-2001:db8::/32'))).toEqual({
      kind: 'not',
      child: { kind: 'addresses', network: '2001:db8::/32' },
    });
    for (const word of ['10.0.0.0/33', '10.0.0/8', 'a/8', '2023/07'])
      expect(bare(parse(word))).toEqual({ kind: 'word', text: word });
    expect(bare(parse('"10.0.0.0/8"'))).toEqual({ kind: 'word', text: '10.0.0.0/8' });
  });

  it('negates by a dash at the start of a term and by NOT, and only there', () => {
    expect(bare(parse('-a'))).toEqual(bare(parse('NOT a')));
    expect(bare(parse('i-0abc'))).toEqual({ kind: 'word', text: 'i-0abc' });
    expect(bare(parse('NOT a b'))).toEqual(bare(parse('(NOT a) b')));
    expect(bare(parse('--a'))).toEqual({ kind: 'not', child: { kind: 'not', child: { kind: 'word', text: 'a' } } });
  });

  it.each([
    'arn:aws:iam::111122223333:role/Admin',
    '2001:db8::1',
    '12:40:01',
    'https://example.com/?a=b',
    'evntName:X',
    'evntName>5',
  ])('takes %s for one word, since no field has that name', (text) => {
    expect(bare(parse(text))).toEqual({ kind: 'word', text });
  });

  it('takes a:b for a field test where a is a short name, a path or the parent of one, in any case', () => {
    const test = { kind: 'equals', value: 'b', quoted: false };
    for (const field of ['service', 'EVENTSOURCE', 'requestparameters.bucketname', 'requestParameters']) {
      expect(bare(parse(`${field}:b`))).toEqual({ kind: 'field', field, test });
    }
    expect(bare(parse('"odd name.a:b":b'))).toEqual({ kind: 'field', field: 'odd name.a:b', test });
  });

  it('keeps everything behind the first known field as its value', () => {
    expect(bare(parse('resource:arn:aws:s3:::b'))).toEqual({
      kind: 'field',
      field: 'resource',
      test: { kind: 'equals', value: 'arn:aws:s3:::b', quoted: false },
    });
  });

  it.each([
    ['event:Get*', { kind: 'wildcard', pattern: 'Get*' }],
    ['event:"Get*"', { kind: 'equals', value: 'Get*', quoted: true }],
    ['event:Get\\*', { kind: 'equals', value: 'Get*', quoted: false }],
    ['event:a\\b', { kind: 'equals', value: 'a\\b', quoted: false }],
    ['event:"a\\"b\\\\c\\d"', { kind: 'equals', value: 'a"b\\c\\d', quoted: true }],
    ['event:*', { kind: 'exists' }],
    ['event:"*"', { kind: 'equals', value: '*', quoted: true }],
    ['event:\\*', { kind: 'equals', value: '*', quoted: false }],
    ['event:/^get .*(a|b)\\/[/]$/i', { kind: 'regex', source: '^get .*(a|b)\\/[/]$', flags: 'i' }],
    ['event:-x', { kind: 'equals', value: '-x', quoted: false }],
    ['requestParameters>100', { kind: 'compare', operator: '>', value: '100' }],
    ['requestParameters:>=1e3', { kind: 'compare', operator: '>=', value: '1e3' }],
    ['time<"2023-07-10 12:00"', { kind: 'compare', operator: '<', value: '2023-07-10 12:00' }],
    ['eventTime<=2023-07-10T12:00Z', { kind: 'compare', operator: '<=', value: '2023-07-10T12:00Z' }],
    ['ip:10.0.0.0/8', { kind: 'cidr', network: '10.0.0.0/8' }],
    ['sourceIPAddress:2001:db8::/32', { kind: 'cidr', network: '2001:db8::/32' }],
    ['ip:"10.0.0.0/8"', { kind: 'equals', value: '10.0.0.0/8', quoted: true }],
    ['agent:10.0.0.0/8', { kind: 'equals', value: '10.0.0.0/8', quoted: false }],
  ])('reads %s', (text, test) => {
    expect(parse(text)).toMatchObject({ kind: 'field', test });
  });

  it('gives a group of values to the field before it', () => {
    expect(shape('event:(a OR b* AND -"c d")')).toBe('event:a OR event:b* -event:"c d"');
    expect(shape('event:(a OR b)')).toBe('event:(a OR b)');
    expect(shape('event:(a)')).toBe('event:a');
    expect(shape('requestParameters:(>5 <=9)')).toBe('requestParameters>5 requestParameters<=9');
    expect(shape('event:(service:s3)')).toBe('event:service:s3');
  });

  it.each([
    ['not event : StopLogging', '-event:StopLogging'],
    ['event : "StopLogging"', 'event:"StopLogging"'],
    ['"event" : "a" b', 'event:"a" b'],
    ['event :a', 'event:a'],
    ['a event: b c', 'a event:b c'],
    ['-event: b', '-event:b'],
    ['event : *', 'event:*'],
    ['event : (a OR b)', 'event:(a OR b)'],
    ['event: /a b/i c', 'event:/a b/i c'],
    ['ip : 10.0.0.0/8', 'ip:10.0.0.0/8'],
    ['ip : ::1', 'ip:::1'],
    ['resource: arn:aws:s3:::b', 'resource:arn:aws:s3:::b'],
    ['time>= 2023-07-10', 'time>=2023-07-10'],
    ['requestParameters:(> 5)', 'requestParameters>5'],
  ])('takes a field with white space around its operator for a test: %s is %s', (text, same) => {
    expect(shape(text)).toBe(same);
  });

  it.each([
    ['event = X', 'event:X'],
    ['event == "a b" c', 'event:"a b" c'],
    ['eventTime > 2023', 'eventTime>2023'],
    ['time >= 2023-07 time < "2023-07-10 12:00"', 'time>=2023-07 time<"2023-07-10 12:00"'],
    ['requestParameters <= -5', 'requestParameters<="-5"'],
    ['event != X', '-event:X'],
    ['a event != "X" b', 'a -event:"X" b'],
    ['-event = X', '-event:X'],
    ['(event = Get* OR service = s3)', 'event:Get* OR service:s3'],
    ['ip = 10.0.0.0/8', 'ip:10.0.0.0/8'],
  ])('takes a known field, an operator with white space around it and a value for a test: %s is %s', (text, same) => {
    expect(shape(text)).toBe(same);
  });

  it.each([
    ['"event" = X', ['event', '=', 'X']],
    ['event "=" X', ['event', '=', 'X']],
    ['evnt = X', ['evnt', '=', 'X']],
    ["event = 'X'", ['event', '=', "'X'"]],
    ['event = /x', ['event', '=', '/x']],
    ['event =', ['event', '=']],
    ['event =X', ['event', '=X']],
    ['event= X', ['event=', 'X']],
    ['event > X', ['event', '>', 'X']],
    ['time > 5', ['time', '>', '5']],
    ['event === X', ['event', '===', 'X']],
    ['event\n= X', ['event', '=', 'X']],
  ])('keeps the words of %s', (text, words) => {
    expect(bare(parse(text))).toEqual({ kind: 'and', children: words.map((word) => ({ kind: 'word', text: word })) });
  });

  it.each([
    ['ip ::1', ['ip', '::1']],
    ['service arn:aws:s3:::b', ['service', 'arn:aws:s3:::b']],
    ['time 12:40:01', ['time', '12:40:01']],
    ['2001:db8:: : x', ['2001:db8::', ':', 'x']],
    ['evntName : X', ['evntName', ':', 'X']],
    ['event\n: x', ['event', ':', 'x']],
  ])('keeps the words of %s, where a colon stands within a word or behind no field', (text, words) => {
    expect(bare(parse(text))).toEqual({ kind: 'and', children: words.map((word) => ({ kind: 'word', text: word })) });
  });

  it('reads ~word and ~"two words"', () => {
    expect(bare(parse('~delettrail'))).toEqual({ kind: 'like', text: 'delettrail' });
    expect(bare(parse('-~"a b"'))).toEqual({ kind: 'not', child: { kind: 'like', text: 'a b' } });
  });

  it('says in its spans where each clause stands, parentheses and minus included', () => {
    const text = 'a -(b OR c)  event:(d OR e) ("f")';
    const node = parse(text);
    const places = node.kind === 'and' ? node.children.map(({ span }) => text.slice(span.from, span.to)) : [];
    expect(places).toEqual(['a', '-(b OR c)', 'event:(d OR e)', '("f")']);
  });
});

describe('a syntax error in a query', () => {
  it.each([
    ['service:', 'expected a value after service:', 'service:'],
    ['service :', 'expected a value after service:', 'service :'],
    ['service: AND b', 'expected a value after service:', 'service:'],
    ['service: event:b', 'expected a value after service:', 'service:'],
    ['service: -b', 'expected a value after service:', 'service:'],
    ['service:\nb', 'expected a value after service:', 'service:'],
    ['time : >=5', 'expected a value after time:', 'time :'],
    ['(event:)', 'expected a value after event:', 'event:'],
    ['time>=', 'expected a value after time>=', 'time>='],
    ['time>(a)', 'expected a value after time>', 'time>'],
    ['"two words', 'unclosed quote', '"two words'],
    ['event:"x', 'unclosed quote', '"x'],
    ['a (b OR (c)', 'unclosed (', '('],
    ['event:(a', 'unclosed (', '('],
    ['a (', 'unclosed (', '('],
    ['a)', 'there is no ( for this )', ')'],
    [')', 'there is no ( for this )', ')'],
    ['a ()', 'expected something between ( and )', '()'],
    ['a -', 'nothing to negate after -', '-'],
    ['- a', 'nothing to negate after -', '-'],
    ['NOT', 'nothing to negate after NOT', 'NOT'],
    ['a !', 'nothing to negate after !', '!'],
    ['! a', 'nothing to negate after !', '!'],
    ['denied, or', 'expected a term after or', 'or'],
    ['|| a', 'expected a term before ||', '||'],
    ['(a -)', 'nothing to negate after -', '-'],
    ['a AND', 'expected a term after AND', 'AND'],
    ['OR a', 'expected a term before OR', 'OR'],
    ['a OR OR b', 'expected a term after OR', 'OR'],
    ['event:(a OR)', 'expected a value after OR', 'OR'],
    ['~', 'expected a word after ~', '~'],
    ['~ a', 'expected a word after ~', '~'],
    ['ip:10.0.0.0/33', 'CIDR 10.0.0.0/33: the prefix must be 0 to 32', '10.0.0.0/33'],
    ['ip:::/129', 'CIDR ::/129: the prefix must be 0 to 128', '::/129'],
    ['eventTime>5', 'expected a time after eventTime>', '5'],
    ['requestParameters>abc', 'expected a number or a time after requestParameters>', 'abc'],
    ['event:/a', 'unclosed regular expression: expected a /', '/a'],
    ['event:/a/gi', 'unknown regular expression flags gi: i, m, s and u are known', '/a/gi'],
    ['event://', 'expected an expression between / and /', '//'],
  ])('%s: %s', (text, message, place) => {
    expect(syntaxError(text)).toEqual([message, place]);
  });

  it('offers to look for a pasted sentence in quotes', () => {
    const sentence = 'User: x is not authorized to perform: y on resource:';
    const result = parseQuery(sentence, fields);
    expect(!result.ok && result.error.details.hint).toContain(`write "${sentence}".`);
    const short = parseQuery('a service:', fields);
    expect(!short.ok && short.error.details.hint).not.toContain('whole text');
  });

  it('is found in a regular expression that does not compile, with the reason', () => {
    const [message, place] = syntaxError('event:/(/');
    expect(message).toMatch(/^not a regular expression: .+/);
    expect(place).toBe('/(/');
  });

  it('is nesting past the limit, or a text past the limit, however it is written', () => {
    expect(syntaxError('('.repeat(5000))[0]).toBe('nested deeper than 200');
    expect(syntaxError(`${'-'.repeat(5000)}a`)[0]).toBe('nested deeper than 200');
    expect(syntaxError('a '.repeat(20_000))[0]).toBe('the query is longer than 20,000 characters');
    expect(parseQuery('a '.repeat(5_000), fields).ok).toBe(true);
  });
});

describe('parsing', () => {
  it('gives a tree or a syntax error with its place, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseQuery(text, fields);
        if (result.ok) return;
        const { at } = result.error.details;
        expect(result.error.code).toBe('bad-query');
        expect(at && 0 <= at.from && at.from < at.to && at.to <= text.length).toBe(true);
      }),
    );
  });

  it('reads back what was printed', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const node = parse(text);
        expect(bare(parse(printQuery(node)))).toEqual(bare(node));
      }),
      { numRuns: 500 },
    );
  });

  it('reads back a word that would have become the value of the word before it', () => {
    expect(printQuery(parse('event AND :x'))).toBe('event ":x"');
    expect(printQuery(parse('event AND = AND x'))).toBe('event "=" x');
  });

  it('takes any quoted value, behind a field and in a group, for exactly that value', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.constantFrom('AND', 'or', '&&', '-x', '!x', '*', '/a/', '10.0.0.0/8', ''),
        ),
        (value) => {
          for (const text of [`ip:${quoteValue(value)}`, `ip:(${quoteValue(value)})`]) {
            expect(parse(text)).toMatchObject({ kind: 'field', field: 'ip', test: { kind: 'equals', value } });
          }
        },
      ),
    );
  });

  it('takes any quoted field name for exactly that field', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const result = parseQuery(`${quoteField(name)}:x`, createFieldLookup([name]));
        expect(result).toMatchObject({ ok: true, value: { kind: 'field', field: name } });
      }),
    );
  });
});
