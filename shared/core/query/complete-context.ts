/** What is being typed at the cursor, so that names and values can be offered for it. */
import type { Span } from './ast';
import type { FieldLookup } from './field-lookup';
import { lex, type Token } from './lex';
import { unescapeValue } from './wildcard';

export type CompletionContext =
  /** A word that may become a field's name; `prefix` is the part before the cursor, and the span is what a completion replaces. */
  | (Span & { readonly kind: 'field-or-word'; readonly prefix: string })
  /** A value of this field. `prefix` without quotes and backslashes; `quoted` where the value began with a quote. */
  | (Span & { readonly kind: 'value'; readonly field: string; readonly prefix: string; readonly quoted: boolean })
  /** Nothing to offer: a regular expression, a parenthesis, a `~word`. */
  | { readonly kind: 'none' };

const nothing: CompletionContext = { kind: 'none' };

/** Any text and any cursor will do; a cursor outside the text counts as its end. */
export function completionContext(text: string, cursor: number, fields: FieldLookup): CompletionContext {
  const at = Math.min(Math.max(0, cursor), text.length);
  const tokens = lex(text, fields);
  // A token that ends at the cursor is being typed, unless the next one continues it.
  const index = tokens.findLastIndex((token) => token.from < at && at <= token.to);
  const token = tokens[index];
  if (token === undefined) return inGap(tokens, at);
  const next = tokens[index + 1];
  switch (token.kind) {
    case 'word':
      return tokens[index - 1]?.kind === 'like' ? nothing : fieldOrWord(text, token, at);
    case 'field':
    case 'and':
    case 'or':
    case 'not':
      return groupFieldAt(tokens, at) === null ? fieldOrWord(text, token, at) : valueAt(tokens, text, token, at);
    case 'quoted':
      return token.field === null ? nothing : quotedValue(text, token, token.field, at);
    case 'operator':
      if (next?.from !== at) return { kind: 'value', field: token.field, prefix: '', quoted: false, from: at, to: at };
      return next.kind === 'value' || next.kind === 'quoted'
        ? {
            kind: 'value',
            field: token.field,
            prefix: '',
            quoted: next.kind === 'quoted',
            from: next.from,
            to: next.to,
          }
        : nothing;
    case 'value':
      return valueAt(tokens, text, token, at);
    case 'open':
    case 'minus':
      return inGap(tokens, at);
    case 'close':
    case 'like':
    case 'regex':
      return nothing;
  }
}

/** Between tokens, or directly after one that a term may follow. */
function inGap(tokens: readonly Token[], at: number): CompletionContext {
  const field = groupFieldAt(tokens, at);
  return field === null
    ? { kind: 'field-or-word', prefix: '', from: at, to: at }
    : { kind: 'value', field, prefix: '', quoted: false, from: at, to: at };
}

function fieldOrWord(text: string, token: Span, at: number): CompletionContext {
  return { kind: 'field-or-word', prefix: text.slice(token.from, at), from: token.from, to: token.to };
}

/** A bare value; a keyword within a group of values may be the beginning of one. */
function valueAt(tokens: readonly Token[], text: string, token: Token, at: number): CompletionContext {
  const field = token.kind === 'value' ? token.field : groupFieldAt(tokens, at);
  if (field === null) return nothing;
  const prefix = unescapeValue(text.slice(token.from, at));
  return { kind: 'value', field, prefix, quoted: false, from: token.from, to: token.to };
}

function quotedValue(
  text: string,
  token: Token & { readonly kind: 'quoted' },
  field: string,
  at: number,
): CompletionContext {
  if (token.closed && at === token.to) return nothing;
  const prefix = text.slice(token.from + 1, at).replace(/\\(["\\])/g, '$1');
  return { kind: 'value', field, prefix, quoted: true, from: token.from, to: token.to };
}

/** The field whose group of values encloses the place; null at the top and within ordinary parentheses. */
function groupFieldAt(tokens: readonly Token[], at: number): string | null {
  const groups: (string | null)[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.to > at) break;
    if (token.kind === 'close') groups.pop();
    if (token.kind !== 'open') continue;
    const before = tokens[index - 1];
    const isOwn = before?.kind === 'operator' && before.to === token.from;
    groups.push(isOwn ? before.field : (groups.at(-1) ?? null));
  }
  return groups.at(-1) ?? null;
}
