/** Turns the value after `field:` into a test, or fails with a syntax error. */
import { AppError } from '#contract/errors';
import { fieldType } from '../fields';
import { parseRange } from './address';
import type { FieldTest, Span } from './ast';
import { isBound } from './bound';
import type { Token } from './lex';
import type { Operator } from './operators';
import { hasWildcard, unescapeValue } from './wildcard';

/** A token that can be a value. */
export type ValueToken = Token & { readonly kind: 'quoted' | 'value' | 'regex' };

/** The test of a value without a comparison. Throws where the value is malformed. */
export function valueTest(field: string, token: ValueToken): FieldTest {
  switch (token.kind) {
    case 'quoted':
      return { kind: 'equals', value: token.text, quoted: true };
    case 'regex':
      return regexTest(token);
    case 'value':
      return bareTest(field, token);
  }
}

/** The test of a comparison. `written`: the value without its quotes. Throws where it is neither a time nor a number. */
export function compareTest(
  field: string,
  operator: Exclude<Operator, 'equals' | 'differs'>,
  written: string,
  token: ValueToken,
): FieldTest {
  if (!isBound(field, written)) {
    const wanted = fieldType(field) === 'time' ? 'a time' : 'a number or a time';
    const hint = 'Times are written 2023-07-10 or 2023-07-10T12:00Z.';
    fail(`expected ${wanted} after ${field}${operator}`, token, hint);
  }
  return { kind: 'compare', operator, value: written };
}

/** Throws a syntax error at a place of the text. */
export function fail(message: string, at: Span, hint?: string): never {
  const place = { from: at.from, to: at.to };
  throw new AppError('bad-query', message, { at: place, ...(hint === undefined ? {} : { hint }) });
}

function bareTest(field: string, token: ValueToken & { readonly kind: 'value' }): FieldTest {
  if (token.text === '*') return { kind: 'exists' };
  if (hasWildcard(token.text)) return { kind: 'wildcard', pattern: token.text };
  if (token.text.includes('/') && fieldType(field) === 'address') {
    const range = parseRange(token.text);
    if (!range.ok) fail(range.error, token);
    return { kind: 'cidr', network: token.text };
  }
  return { kind: 'equals', value: unescapeValue(token.text), quoted: false };
}

const literalHint = 'Put the value in quotes to search for it as written.';

function regexTest(token: Token & { readonly kind: 'regex' }): FieldTest {
  const { source, flags } = token;
  if (!token.closed) fail('unclosed regular expression: expected a /', token, literalHint);
  if (source === '') fail('expected an expression between / and /', token, literalHint);
  if (!/^[imsu]*$/.test(flags)) {
    fail(`unknown regular expression flags ${flags}: i, m, s and u are known`, token, literalHint);
  }
  try {
    new RegExp(source, flags);
  } catch (thrown) {
    const reason =
      thrown instanceof Error ? thrown.message.replace(/^Invalid regular expression: /, '') : String(thrown);
    fail(`not a regular expression: ${reason}`, token, literalHint);
  }
  return { kind: 'regex', source, flags };
}
