/**
 * Query text to tokens. Never fails: every text has tokens, also a half-typed one. Used by the parser, the colours of the query bar and
 * completion.
 */
import type { Span } from './ast';
import { isBound } from './bound';
import type { FieldLookup } from './field-lookup';
import { logicalOperator, spacedOperator, type Operator } from './operators';

export type Token =
  /** `minus`: the sign of negation, `-` or `!`. */
  | (Span & { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'minus' | 'like' })
  /** Bare text; `text` is as written. */
  | (Span & { readonly kind: 'word'; readonly text: string })
  | (Span & { readonly kind: 'quoted'; readonly text: string; readonly closed: boolean; readonly field: string | null })
  | (Span & { readonly kind: 'field'; readonly name: string })
  /**
   * `:`, `:>=`, `>=`, ` != ` …; the comparison without the colon, `equals` where there is none. White space before the value is part of it.
   */
  | (Span & { readonly kind: 'operator'; readonly operator: Operator; readonly field: string })
  /** An unquoted value; `text` is as written, with its backslashes. */
  | (Span & { readonly kind: 'value'; readonly text: string; readonly field: string })
  | (Span & {
      readonly kind: 'regex';
      readonly source: string;
      readonly flags: string;
      readonly closed: boolean;
      readonly field: string;
    });

/** A longer field name has to be quoted: every prefix of a bare one is looked up, which must not take long for a pasted text. */
const maxBareName = 512;

/** A value must be on the line of its field. */
const spaceInLine = /[^\S\r\n]/;

/** Cuts the text into tokens. Between two tokens is only white space. */
export function lex(text: string, fields: FieldLookup): readonly Token[] {
  return new Lexer(text, fields).run();
}

class Lexer {
  private readonly text: string;
  private readonly fields: FieldLookup;
  private readonly tokens: Token[] = [];
  /** For each open parenthesis, the field whose values it contains; null for an ordinary one. */
  private readonly groups: (string | null)[] = [];
  private at = 0;

  constructor(text: string, fields: FieldLookup) {
    this.text = text;
    this.fields = fields;
  }

  run(): readonly Token[] {
    for (;;) {
      this.at = skip(this.text, this.at, /\s/);
      if (this.at >= this.text.length) return this.tokens;
      const group = this.groups.at(-1) ?? null;
      this.term(group);
    }
  }

  /** Reads one token, or a field with its operator and value. `group`: the field whose values stand here. */
  private term(group: string | null): void {
    switch (this.text[this.at]) {
      case '(':
        return this.open(group);
      case ')':
        this.groups.pop();
        return this.mark('close');
      case '-':
        return this.mark('minus');
      case '!':
        // `!=` is a habit from other tools, and reading it as the negation of a word would hide that.
        if (this.text[this.at + 1] !== '=') return this.mark('minus');
        break;
      case '"':
        return group === null && this.quotedField() ? undefined : this.quoted(group);
      case '~':
        if (group === null) return this.mark('like');
    }
    const to = this.bareEnd(this.at);
    const operator = logicalOperator(this.text.slice(this.at, to));
    if (operator !== null) return this.push({ kind: operator, from: this.at, to });
    if (group !== null) return this.value(group, true);
    if (!this.bareField()) this.word();
  }

  private open(field: string | null): void {
    this.groups.push(field);
    this.mark('open');
  }

  private mark(kind: 'open' | 'close' | 'minus' | 'like'): void {
    this.push({ kind, from: this.at, to: this.at + 1 });
  }

  private push(token: Token): void {
    this.tokens.push(token);
    this.at = token.to;
  }

  private word(): void {
    const to = this.bareEnd(this.at);
    this.push({ kind: 'word', text: this.text.slice(this.at, to), from: this.at, to });
  }

  private bareField(): boolean {
    const tight = this.nameEnd(this.at);
    if (tight !== null) return this.field(this.text.slice(this.at, tight), tight);
    const to = this.bareEnd(this.at);
    const name = this.text.slice(this.at, to);
    if (to - this.at > maxBareName) return false;
    if (this.isColonAfterSpace(to)) return this.fields.has(name) && this.field(name, to);
    return this.spacedTest(name, to);
  }

  /**
   * `field > value`, for a known field without quotes. Words stay words where no value follows, or one that would mean something else here: text in
   * single quotes, a path that would be a regular expression, an operator, a test of its own, a bound that is no number and no time.
   */
  private spacedTest(name: string, to: number): boolean {
    const from = skip(this.text, to, spaceInLine);
    const end = skip(this.text, from, /[=!<>]/);
    const operator = spacedOperator(this.text.slice(from, end));
    const at = skip(this.text, end, spaceInLine);
    if (operator === null || from === to || at === end || !this.fields.has(name)) return false;
    if (!this.isSpacedValue(name, operator, at)) return false;
    this.push({ kind: 'field', name, from: this.at, to });
    this.push({ kind: 'operator', operator, field: name, from, to: at });
    this.value(name, false);
    return true;
  }

  private isSpacedValue(name: string, operator: Operator, at: number): boolean {
    if (/^(?:$|[\s()'/=!<>~]|-(?!\d))/.test(this.text.slice(at, at + 2))) return false;
    const quoted = this.text[at] === '"' ? readQuoted(this.text, at) : null;
    if (quoted?.closed === false) return false;
    const end = this.bareEnd(at);
    if (quoted === null && (logicalOperator(this.text.slice(at, end)) !== null || this.nameEnd(at) !== null))
      return false;
    const isComparison = operator !== 'equals' && operator !== 'differs';
    return !isComparison || isBound(name, quoted?.text ?? this.text.slice(at, end));
  }

  /** The end of the field name: the first of `a`, `a:b`, `a:b:c` … before an operator that is a field. Null where none is. */
  private nameEnd(from: number): number | null {
    const end = Math.min(this.bareEnd(from), from + maxBareName);
    for (let to = from + 1; to < end; to++) {
      if (isOperatorStart(this.text[to]) && this.fields.has(this.text.slice(from, to))) return to;
    }
    return null;
  }

  private quotedField(): boolean {
    const { text, closed, to } = readQuoted(this.text, this.at);
    const isBeforeOperator = isOperatorStart(this.text[to]) || this.isColonAfterSpace(to);
    return closed && isBeforeOperator && this.fields.has(text) && this.field(text, to);
  }

  /** `field : value`, as Kibana writes it. `::1` behind white space is an address. */
  private isColonAfterSpace(from: number): boolean {
    const at = skip(this.text, from, spaceInLine);
    return at > from && this.text[at] === ':' && this.text[at + 1] !== ':';
  }

  private field(name: string, to: number): true {
    this.push({ kind: 'field', name, from: this.at, to });
    this.at = skip(this.text, to, spaceInLine);
    this.operator(name);
    this.value(name, false);
    return true;
  }

  private operator(field: string): void {
    const [written = '', comparison] = /^(?::?([<>]=?)|:)/.exec(this.text.slice(this.at, this.at + 3)) ?? [];
    const operator = (comparison ?? 'equals') as Operator;
    const to = this.valueStart(this.at + written.length);
    this.push({ kind: 'operator', operator, field, from: this.at, to });
  }

  /**
   * Where the value begins, behind white space too; the operator's own end where what follows is an operator or a test of its own, since a
   * value was forgotten there. White space at the end of the text is where a value is being typed.
   */
  private valueStart(end: number): number {
    const at = skip(this.text, end, spaceInLine);
    if (at === end || at === this.text.length) return at;
    if (/[\s)<>!~-]/.test(this.text.charAt(at))) return end;
    const isOperator = logicalOperator(this.text.slice(at, this.bareEnd(at))) !== null;
    return isOperator || this.nameEnd(at) !== null ? end : at;
  }

  /** The value at this place, if one begins here. In a group, a comparison may stand before it. */
  private value(field: string, inGroup: boolean): void {
    switch (this.text[this.at]) {
      case '(':
        return this.open(field);
      case '"':
        return this.quoted(field);
      case '/':
        return this.regex(field);
      case '<':
      case '>':
        if (inGroup) {
          this.operator(field);
          return this.value(field, false);
        }
    }
    const to = this.bareEnd(this.at);
    if (to > this.at) this.push({ kind: 'value', text: this.text.slice(this.at, to), field, from: this.at, to });
  }

  private quoted(field: string | null): void {
    const { text, closed, to } = readQuoted(this.text, this.at);
    this.push({ kind: 'quoted', text, closed, field, from: this.at, to });
  }

  /** A slash within `[…]` or after a backslash does not end the expression. */
  private regex(field: string): void {
    const from = this.at;
    const text = this.text;
    let inClass = false;
    for (let at = from + 1; at < text.length; at++) {
      const character = text[at];
      if (character === '\\') at++;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) {
        const to = this.bareEnd(at + 1);
        this.push({
          kind: 'regex',
          source: text.slice(from + 1, at),
          flags: text.slice(at + 1, to),
          closed: true,
          field,
          from,
          to,
        });
        return;
      }
    }
    this.push({ kind: 'regex', source: text.slice(from + 1), flags: '', closed: false, field, from, to: text.length });
  }

  private bareEnd(from: number): number {
    return skip(this.text, from, /[^\s()]/);
  }
}

function isOperatorStart(character: string | undefined): boolean {
  return character === ':' || character === '<' || character === '>';
}

function skip(text: string, from: number, characters: RegExp): number {
  let at = from;
  while (at < text.length && characters.test(text.charAt(at))) at++;
  return at;
}

/** From an opening quote on. `\"` and `\\` stand for the character itself; any other backslash is one. */
function readQuoted(
  text: string,
  from: number,
): { readonly text: string; readonly closed: boolean; readonly to: number } {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return { text: value, closed: true, to: at + 1 };
    const next = text.charAt(at + 1);
    const escaped = character === '\\' && (next === '"' || next === '\\');
    value += escaped ? next : character;
    if (escaped) at++;
  }
  return { text: value, closed: false, to: text.length };
}
