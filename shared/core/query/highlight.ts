/** The colours of the query bar. */
import type { Span } from './ast';
import type { FieldLookup } from './field-lookup';
import { lex, type Token } from './lex';
import { parseQuery } from './parse';

export type HighlightClass =
  'field' | 'operator' | 'value' | 'word' | 'quoted' | 'regex' | 'negation' | 'paren' | 'error';

export interface HighlightToken extends Span {
  readonly class: HighlightClass;
}

/** Longer texts get no colours: the parser refuses them anyway, and a pasted file must not block the window. */
const maxLength = 20_000;

/**
 * The text's tokens in order, without overlap; between them is only white space. Tokens at a syntax error have the class `error`. Accepts any
 * text, also half-typed.
 */
export function highlight(text: string, fields: FieldLookup): readonly HighlightToken[] {
  if (text.length > maxLength) return [{ class: 'word', from: 0, to: text.length }];
  const parsed = parseQuery(text, fields);
  const syntaxError = parsed.ok ? undefined : parsed.error.details.at;
  return lex(text, fields).map((token) => {
    const isWrong = syntaxError !== undefined && token.from < syntaxError.to && token.to > syntaxError.from;
    return { class: isWrong ? 'error' : classOf(token), from: token.from, to: token.to };
  });
}

function classOf(token: Token): HighlightClass {
  switch (token.kind) {
    case 'open':
    case 'close':
      return 'paren';
    case 'minus':
    case 'not':
      return 'negation';
    case 'and':
    case 'or':
    case 'like':
      return 'operator';
    default:
      return token.kind;
  }
}
