/** What is being typed at the cursor, so that names and values can be offered for it. */
import type { Span } from './ast';
import type { FieldLookup } from './field-lookup';
import { knownField } from './foreign-clauses';
import { lex, type Token } from './lex';
import type { Operator } from './operators';
import { unescapeValue } from './wildcard';

interface Place extends Span {
  /**
   * The clause that is being typed, with its signs of negation; a whole group of values where the cursor is in one. The text without it is
   * {@link restOf}.
   */
  readonly clause: Span;
}

export type CompletionContext =
  /** A word that may become a field's name; `prefix` is the part before the cursor, and the span is what a completion replaces. */
  | (Place & { readonly kind: 'field-or-word'; readonly prefix: string })
  /**
   * A value of this field. `prefix` without quotes and backslashes; `quoted` where the value began with a quote. The field of another tool's
   * name (`user.name:`) is the one it means here.
   */
  | (Place & {
      readonly kind: 'value';
      readonly field: string;
      readonly operator: Operator;
      readonly prefix: string;
      readonly quoted: boolean;
    })
  /** The word behind a `~`. */
  | (Place & { readonly kind: 'like'; readonly prefix: string })
  /** `last 2`, which is going to be `last 2h`. */
  | (Place & { readonly kind: 'last-period'; readonly prefix: string })
  /** Nothing to offer: a regular expression, a parenthesis. */
  | { readonly kind: 'none' };

const nothing: CompletionContext = { kind: 'none' };

/** Any text and any cursor will do; a cursor outside the text counts as its end. */
export function completionContext(text: string, cursor: number, fields: FieldLookup): CompletionContext {
  const at = Math.min(Math.max(0, cursor), text.length);
  const tokens = lex(text, fields);
  // A token that ends at the cursor is being typed, unless the next one continues it.
  const index = tokens.findLastIndex((token) => token.from < at && at <= token.to);
  return new ContextReader(text, tokens, at, index, fields).read();
}

/** The query without the clause that is being typed: `*` stands in its place, so that what joined it to the others still reads. */
export function restOf(text: string, { from, to }: Span): string {
  return `${text.slice(0, from)} * ${text.slice(to)}`;
}

/** Another tool's test, written without a space: its field, and the operator that may be one of that tool. */
const foreignTest = /^(?<name>[\w@.$-]+)(?<sign>:[<>]=?|:|!=|==?|[<>]=?)/;
const lastPeriod = /(?:^|[\s(])(?<typed>(?:last|past)[^\S\r\n]+(?:\d*[^\S\r\n]*[a-z]*)?)$/i;

class ContextReader {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly at: number;
  private readonly index: number;
  private readonly fields: FieldLookup;
  /** Places of the open parentheses around the cursor, with the field of each whose values it contains. */
  private readonly groups: readonly { readonly open: number; readonly field: string | null }[];

  /** `index`: of the token that is being typed; -1 for none. */
  constructor(text: string, tokens: readonly Token[], at: number, index: number, fields: FieldLookup) {
    this.text = text;
    this.tokens = tokens;
    this.at = at;
    this.index = index;
    this.fields = fields;
    this.groups = groupsAt(tokens, at);
  }

  read(): CompletionContext {
    const { at, index, tokens } = this;
    const token = tokens[index];
    const period = this.groupField === null ? lastPeriod.exec(this.text.slice(0, at))?.groups?.['typed'] : undefined;
    if (period !== undefined) return this.period(period);
    if (token === undefined) return this.inGap();
    const next = tokens[index + 1];
    switch (token.kind) {
      case 'word':
        if (tokens[index - 1]?.kind === 'like') return this.like(token);
        return this.foreignValue(token) ?? this.fieldOrWord(token);
      case 'field':
      case 'and':
      case 'or':
      case 'not':
        return this.groupField === null ? this.fieldOrWord(token) : this.bareValue(token, this.groupField);
      case 'quoted':
        return token.field === null ? nothing : this.quotedValue(token, token.field);
      case 'operator':
        if (next?.from !== at) return this.value(token.field, { from: at, to: at }, '', false);
        return next.kind === 'value' || next.kind === 'quoted'
          ? this.value(token.field, next, '', next.kind === 'quoted')
          : nothing;
      case 'value':
        return this.bareValue(token, token.field);
      case 'open':
      case 'minus':
        return this.inGap();
      case 'like':
        return this.like({ from: at, to: at });
      case 'close':
      case 'regex':
        return nothing;
    }
  }

  /** Between tokens, or directly after one that a term may follow. */
  private inGap(): CompletionContext {
    const { at, groupField } = this;
    const here = { from: at, to: at };
    return groupField === null
      ? { kind: 'field-or-word', prefix: '', ...here, clause: this.clauseFrom(here) }
      : this.value(groupField, here, '', false);
  }

  private fieldOrWord(token: Span): CompletionContext {
    const prefix = this.text.slice(token.from, this.at);
    return { kind: 'field-or-word', prefix, ...only(token), clause: this.clauseFrom(this.testAt(token)) };
  }

  private like(token: Span): CompletionContext {
    const prefix = this.text.slice(token.from, this.at);
    return { kind: 'like', prefix, ...only(token), clause: this.clauseFrom(token) };
  }

  private period(typed: string): CompletionContext {
    const from = this.at - typed.length;
    const token = this.tokens[this.index];
    const place = { from, to: token === undefined ? this.at : Math.max(this.at, token.to) };
    return { kind: 'last-period', prefix: typed, ...place, clause: this.clauseFrom(place) };
  }

  /** `user.name:al` and `src_ip=10.`: words here, which are read as what they mean in another tool. */
  private foreignValue(token: Span): CompletionContext | null {
    const word = this.text.slice(token.from, token.to);
    const { name = '', sign = '' } = foreignTest.exec(word)?.groups ?? {};
    const from = token.from + name.length + sign.length;
    if (name === '' || this.at < from) return null;
    const field = knownField(name, this.fields);
    if (field === null) return null;
    const operator = (/[<>]=?/.exec(sign)?.[0] ?? (sign === '!=' ? 'differs' : 'equals')) as Operator;
    const place = { from, to: token.to };
    const clause = this.clauseFrom(token);
    return { kind: 'value', field, operator, prefix: this.text.slice(from, this.at), quoted: false, ...place, clause };
  }

  /** A bare value; a keyword within a group of values may be the beginning of one. */
  private bareValue(token: Span, field: string): CompletionContext {
    return this.value(field, token, unescapeValue(this.text.slice(token.from, this.at)), false);
  }

  private quotedValue(token: Token & { readonly kind: 'quoted' }, field: string): CompletionContext {
    if (token.closed && this.at === token.to) return nothing;
    const prefix = this.text.slice(token.from + 1, this.at).replace(/\\(["\\])/g, '$1');
    return this.value(field, token, prefix, true);
  }

  private value(field: string, place: Span, prefix: string, quoted: boolean): CompletionContext {
    const before = this.tokens.findLast((token) => token.to <= place.from);
    const operator = before?.kind === 'operator' ? before.operator : 'equals';
    const clause = this.clauseFrom(this.testAt(place));
    return { kind: 'value', field, operator, prefix, quoted, ...only(place), clause };
  }

  /** The whole test that this part of it belongs to. */
  private testAt({ from, to }: Span): Span {
    const { tokens } = this;
    const open = this.groups.find(({ field }) => field !== null)?.open;
    if (open !== undefined)
      return { from: tokens[open - 2]?.from ?? from, to: closeOf(tokens, open, this.text.length) };
    const first = tokens.findIndex((token) => token.to > from || (token.from === from && token.to === to));
    const field = first < 0 ? tokens.length : first;
    const behind = tokens[field]?.kind === 'operator' ? field : field - 1;
    if (tokens[field]?.kind === 'field') {
      const value = tokens[field + 2];
      const open = value?.kind === 'open' ? closeOf(tokens, field + 2, this.text.length) : null;
      const isOwn = value?.kind === 'value' || value?.kind === 'quoted' || value?.kind === 'regex';
      return { from, to: open ?? (isOwn ? value.to : (tokens[field + 1]?.to ?? to)) };
    }
    const operator = tokens[behind];
    return operator?.kind === 'operator' ? { from: tokens[behind - 1]?.from ?? from, to } : { from, to };
  }

  /** With the signs before it that negate it. */
  private clauseFrom({ from, to }: Span): Span {
    let start = from;
    for (const token of [...this.tokens].reverse()) {
      if (token.from >= start) continue;
      if (token.kind !== 'minus' && token.kind !== 'not' && token.kind !== 'like') break;
      start = token.from;
    }
    return { from: start, to };
  }

  /** The field whose group of values encloses the place; null at the top and within ordinary parentheses. */
  private get groupField(): string | null {
    return this.groups.at(-1)?.field ?? null;
  }
}

function groupsAt(tokens: readonly Token[], at: number): { readonly open: number; readonly field: string | null }[] {
  const groups: { readonly open: number; readonly field: string | null }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.to > at) break;
    if (token.kind === 'close') groups.pop();
    if (token.kind !== 'open') continue;
    const before = tokens[index - 1];
    const isOwn = before?.kind === 'operator' && before.to === token.from;
    groups.push({ open: index, field: isOwn ? before.field : (groups.at(-1)?.field ?? null) });
  }
  return groups;
}

/** Where the parenthesis ends; the end of the text where it is still open. */
function closeOf(tokens: readonly Token[], open: number, length: number): number {
  let depth = 0;
  for (const token of tokens.slice(open)) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close' && --depth === 0) return token.to;
  }
  return length;
}

const only = ({ from, to }: Span): Span => ({ from, to });
