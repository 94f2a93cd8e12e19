/** Arbitrary query texts for property tests: valid ones by grammar, and texts that look like queries and are not. */
import fc from 'fast-check';

/** Field names {@link queryText} uses; a lookup in a test has to know them. */
export const queryPaths = [
  'eventSource',
  'requestParameters.bucketName',
  'odd name.a:b',
  'sourceIPAddress',
  'eventTime',
];

const bareWord = fc.stringMatching(/^[a-z0-9*?:.\\/@_+=]{1,6}$/);
const quoted = fc
  .string({
    unit: fc.constantFrom('a', 'B', ' ', '"', '\\', '*', '(', ')', ':', '-', '/', 'é', '\u202e', '\ud800'),
    maxLength: 6,
  })
  .map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);
const field = fc.constantFrom(
  'service',
  'EVENT',
  'requestParameters.bucketName',
  '"odd name.a:b"',
  'requestParameters',
);
const value = fc.oneof(
  bareWord.filter((text) => !text.startsWith('/')),
  quoted,
  fc.constantFrom('*', '/a[/]\\/b/i', '/x y/', 'a\\*b'),
);
const groupValue = fc.oneof(value, fc.constantFrom('>5', '<=2023-07-10'));

const fieldTest = fc.oneof(
  fc.tuple(field, fc.constantFrom(':', ':', ' : ', ': '), value).map((parts) => parts.join('')),
  fc.tuple(field, fc.constantFrom('-x', 'AND', 'or', '!x', '-*')).map(([name, text]) => `${name}:${text}`),
  fc
    .tuple(
      field,
      fc.array(groupValue, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(' OR ', ' or ', ' ', ' -', ' !', ' AND NOT ', ' && not '),
    )
    .map(([name, values, joint]) => `${name}:(${values.join(joint)})`),
  fc
    .tuple(fc.constantFrom('eventTime', 'time'), fc.constantFrom('>', '>=', '<', '<=', ':>='))
    .map(([name, op]) => `${name}${op}2023-07-10T12:00Z`),
  fc
    .tuple(field, fc.constantFrom(' = ', ' == ', ' != '), fc.constantFrom('x', '"a b"', 'Get*', '5'))
    .map((parts) => parts.join('')),
  fc.constantFrom('eventTime > 2023', 'requestParameters <= 5', 'service = AND x', '= x', 'event ='),
  fc.constantFrom('count:1', 'ip:10.0.0.0/8', 'sourceIPAddress:2001:db8::/32', 'requestParameters>"-5"'),
);

const term = fc.oneof(
  bareWord,
  quoted,
  fieldTest,
  fc.constantFrom(
    '~word',
    '~"two words"',
    '~"or"',
    '"or"',
    'arn:aws:iam::1:role/x',
    '::1',
    '*',
    '10.0.0.0/8',
    '2001:db8::/32',
  ),
);

/** Texts that parse. */
export const queryText: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    term,
    fc
      .tuple(tie('query'), fc.constantFrom(' ', ' AND ', ' and ', ' && ', ' OR ', ' or ', ' || ', '  '), tie('query'))
      .map((parts) => parts.join('')),
    tie('query').map((text) => `(${text})`),
    tie('query').map((text) => `-(${text})`),
    tie('query').map((text) => `!(${text})`),
    fc.tuple(fc.constantFrom('-', '!', 'NOT ', 'not '), term).map((parts) => parts.join('')),
  ),
})).query;

/** Anything somebody may type or paste. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '(',
        ')',
        '"',
        ':',
        '-',
        '~',
        '/',
        ' ',
        'AND',
        'OR',
        'NOT',
        'or',
        '&&',
        '!',
        'service',
        'a',
        '*',
        '\\',
        '<',
        '>=',
        '5',
        '[',
      ),
    )
    .map((parts) => parts.join('')),
  queryText.chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
);
