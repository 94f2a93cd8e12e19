/**
 * Query text to tree, or to a syntax error.
 *
 *     query   = [ or ]
 *     or      = and { ( "OR" | "||" ) and }
 *     and     = not { [ "AND" | "&&" ] not }
 *     not     = ( "-" | "!" | "NOT" ) not | primary
 *     primary = "(" or ")" | "*" | range | word | "quoted" | "~" word | field test
 *     test    = field operator ( value | "(" values ")" )       values: the same grammar, each term a value of the field; two values next to
 *                                                               each other are joined by OR, and by AND where one is negated or compares
 *
 * White space may stand around the `:` of a test, as in Kibana, and behind a comparison. With white space on both sides, `=`, `==` and the
 * comparisons are operators too, and `field != value` is `-field:value`. `lex.ts` says what is a test then.
 * AND, OR and NOT may be written in any case. A range is a CIDR range standing alone, such as `10.0.0.0/8`.
 * `notes.ts` reports what means something else in other tools.
 *
 * Whether a regular expression takes too long is not known here; the code that runs it bounds the time.
 */
import { AppError } from '#contract/errors';
import { err, ok, type Result } from '#contract/result';
import { parseRange } from './address';
import type { FieldNode, FieldTest, QueryNode, Span } from './ast';
import type { FieldLookup } from './field-lookup';
import { compareTest, fail, valueTest, type ValueToken } from './field-test';
import { lex, type Token } from './lex';
import { formatCount } from '../figures';

/** More is refused: nobody types it, and code that walks the tree is recursive. */
const maxLength = 20_000;
const maxDepth = 200;

/** Parses a query, or says with `bad-query` where the syntax error is and what was expected. */
export function parseQuery(text: string, fields: FieldLookup): Result<QueryNode> {
  if (text.length > maxLength) {
    const message = `the query is longer than ${formatCount(maxLength)} characters`;
    return err(new AppError('bad-query', message, { at: { from: maxLength, to: text.length } }));
  }
  try {
    return ok(new Parser(text, lex(text, fields)).query());
  } catch (thrown) {
    if (thrown instanceof AppError) return err(withQuotesOffered(thrown, text));
    throw thrown;
  }
}

/** A pasted sentence, such as a message of AWS, is looked for in quotes. */
function withQuotesOffered(error: AppError, text: string): AppError {
  const sentence = text.trim();
  if (!/^[^"\s]+(?:\s+[^"\s]+){4,}$/.test(sentence) || sentence.length > 1000) return error;
  const offer = `To look for the whole text, write "${sentence.replace(/\\/g, '\\\\')}".`;
  const hint = [error.details.hint ?? [], offer].flat().join(' ');
  return new AppError(error.code, error.message, { ...error.details, hint });
}

/** The field whose values are being read, inside `field:( … )`. */
interface Group {
  readonly name: string;
  readonly span: Span;
}

/** Throws an {@link AppError} for a syntax error, which {@link parseQuery} turns into a value. */
class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
  }

  query(): QueryNode {
    if (this.tokens.length === 0) return { kind: 'all', span: { from: 0, to: this.text.length } };
    const node = this.or(null);
    const left = this.peek();
    if (left !== undefined) fail('there is no ( for this )', left);
    return node;
  }

  private peek(): Token | undefined {
    return this.tokens[this.next];
  }

  private or(group: Group | null): QueryNode {
    const children = [this.and(group)];
    while (this.peek()?.kind === 'or') {
      this.next++;
      children.push(this.and(group));
    }
    return join('or', children);
  }

  private and(group: Group | null): QueryNode {
    const children = [this.not(group)];
    for (;;) {
      const token = this.peek();
      if (token === undefined || token.kind === 'or' || token.kind === 'close') return join('and', children);
      const isWritten = token.kind === 'and';
      if (isWritten) this.next++;
      const child = this.not(group);
      const last = children.at(-1);
      // `field:(a b)` is one of the two, as in other tools; values that bound or exclude are conditions of their own.
      if (group !== null && !isWritten && last !== undefined && isAlternative(last) && isAlternative(child))
        children.splice(-1, 1, alternatives(last, child));
      else children.push(child);
    }
  }

  private not(group: Group | null): QueryNode {
    const token = this.peek();
    if (token?.kind !== 'minus' && token?.kind !== 'not') return this.primary(group);
    this.next++;
    const after = this.peek();
    const touches = token.kind === 'not' || after?.from === token.to;
    if (!touches || after === undefined || isClosing(after)) {
      const sign = this.written(token);
      const hint =
        token.kind === 'minus'
          ? `Write ${sign} directly before a term; put it in quotes to look for the character.`
          : operatorHint;
      fail(`nothing to negate after ${sign}`, token, hint);
    }
    this.enter(token);
    const child = this.not(group);
    this.depth--;
    return { kind: 'not', child, span: { from: token.from, to: child.span.to } };
  }

  private primary(group: Group | null): QueryNode {
    const token = this.peek();
    if (token === undefined) return this.missingTerm(group);
    this.next++;
    switch (token.kind) {
      case 'open':
        return this.parenthesised(token, token.from, group);
      case 'word':
        return bareTerm(token);
      case 'like':
        return this.like(token);
      case 'field':
        return this.fieldTest(token);
      case 'quoted':
        this.needsQuote(token);
        if (group !== null) return testNode(group, valueTest(group.name, token), token);
        return { kind: 'word', text: token.text, quoted: true, span: spanOf(token) };
      case 'operator':
      case 'value':
      case 'regex':
        if (group === null) break;
        this.next--;
        return this.groupValue(group);
      case 'and':
      case 'or':
      case 'close':
      case 'minus':
      case 'not':
    }
    this.next--;
    return this.missingTerm(group);
  }

  /** Throws a syntax error where a term was expected. */
  private missingTerm(group: Group | null): never {
    const token = this.peek();
    const before = this.tokens[this.next - 1];
    const term = group === null ? 'term' : 'value';
    if (before?.kind === 'and' || before?.kind === 'or')
      fail(`expected a ${term} after ${this.written(before)}`, before, operatorHint);
    if (before?.kind === 'open') {
      if (token?.kind === 'close') fail('expected something between ( and )', { from: before.from, to: token.to });
      if (token === undefined) fail('unclosed (', before, 'Add a ) where the group ends.');
    }
    if (token?.kind === 'close') fail('there is no ( for this )', token);
    const place = token ?? { from: 0, to: this.text.length };
    const wanted = token === undefined ? `expected a ${term}` : `expected a ${term} before ${this.written(token)}`;
    fail(wanted, place, operatorHint);
  }

  /** After `(`. The node's span takes in what begins at `from` and the closing parenthesis. */
  private parenthesised(open: Token, from: number, group: Group | null): QueryNode {
    this.enter(open);
    const node = this.or(group);
    this.depth--;
    const close = this.peek();
    if (close?.kind !== 'close') fail('unclosed (', open, 'Add a ) where the group ends.');
    this.next++;
    return { ...node, span: { from, to: close.to } };
  }

  private like(token: Token): QueryNode {
    const after = this.peek();
    const isText = after?.kind === 'word' || after?.kind === 'quoted';
    if (!isText || after.from !== token.to) fail('expected a word after ~', token);
    if (after.kind === 'quoted') this.needsQuote(after);
    this.next++;
    return { kind: 'like', text: after.text, span: { from: token.from, to: after.to } };
  }

  private fieldTest(field: Token & { readonly kind: 'field' }): QueryNode {
    const operator = this.peek();
    if (operator?.kind !== 'operator') return this.missingTerm(null);
    this.next++;
    const group: Group = { name: field.name, span: spanOf(field) };
    const value = this.peek();
    if (value?.kind === 'open' && value.from === operator.to) {
      if (operator.operator !== 'equals') this.noValue(field, operator);
      this.next++;
      return this.parenthesised(value, field.from, group);
    }
    const node = testNode(group, this.test(group, operator), { from: field.from, to: this.end() });
    return operator.operator === 'differs' ? { kind: 'not', child: node, span: node.span } : node;
  }

  private groupValue(group: Group): FieldNode {
    const first = this.peek();
    const operator = first?.kind === 'operator' ? first : null;
    if (operator !== null) this.next++;
    const test = this.test(group, operator);
    return testNode(group, test, { from: first?.from ?? 0, to: this.end() });
  }

  /** The end of the token read last. */
  private end(): number {
    return this.tokens[this.next - 1]?.to ?? 0;
  }

  /** Reads the value that stands directly behind the operator. */
  private test(group: Group, operator: (Token & { readonly kind: 'operator' }) | null): FieldTest {
    const value = this.peek();
    if (value === undefined || (operator !== null && value.from !== operator.to) || !isValue(value)) {
      return this.noValue(group.span, operator ?? group.span);
    }
    this.next++;
    if (value.kind === 'quoted') this.needsQuote(value);
    if (operator === null || operator.operator === 'equals' || operator.operator === 'differs')
      return valueTest(group.name, value);
    const written = value.kind === 'quoted' ? value.text : this.written(value);
    return compareTest(group.name, operator.operator, written, value);
  }

  private noValue(field: Span, operator: Span): never {
    const written = this.text.slice(field.from, field.to) + this.text.slice(operator.from, operator.to).trimEnd();
    const hint = `Write the value after it; ${this.text.slice(field.from, field.to)}:* finds every event that has one.`;
    fail(`expected a value after ${written}`, { from: field.from, to: Math.max(field.to, operator.to) }, hint);
  }

  private needsQuote(token: Token & { readonly kind: 'quoted' }): void {
    if (!token.closed) fail('unclosed quote', token, 'Add a " where the text ends; write \\" for a quote within it.');
  }

  private enter(token: Token): void {
    if (++this.depth > maxDepth) fail(`nested deeper than ${maxDepth}`, token);
  }

  private written(token: Span): string {
    return this.text.slice(token.from, token.to);
  }
}

const operatorHint = 'AND, OR and NOT are operators, in any case; put them in quotes to look for the word.';

/** A text that stands alone: everything, a range of addresses, or a word. */
function bareTerm(token: Token & { readonly kind: 'word' }): QueryNode {
  const { text } = token;
  const span = spanOf(token);
  if (text === '*') return { kind: 'all', span };
  if (text.includes('/') && parseRange(text).ok) return { kind: 'addresses', network: text, span };
  return { kind: 'word', text, quoted: false, span };
}

function isValue(token: Token): token is ValueToken {
  return token.kind === 'value' || token.kind === 'quoted' || token.kind === 'regex';
}

function isClosing(token: Token): boolean {
  return token.kind === 'close' || token.kind === 'and' || token.kind === 'or';
}

function spanOf(token: Span): Span {
  return { from: token.from, to: token.to };
}

/** Whether a value in `field:( … )` is one of several that may stand there. */
function isAlternative(node: QueryNode): boolean {
  return node.kind === 'or' || (node.kind === 'field' && node.test.kind !== 'compare');
}

function alternatives(one: QueryNode, other: QueryNode): QueryNode {
  const before = one.kind === 'or' && one.children[0]?.span.from === one.span.from ? one.children : [one];
  return join('or', [...before, other]);
}

function join(kind: 'and' | 'or', children: readonly QueryNode[]): QueryNode {
  const first = children[0];
  const last = children.at(-1);
  if (first === undefined || last === undefined) throw new TypeError('a group has at least one term');
  if (children.length === 1) return first;
  return { kind, children, span: { from: first.span.from, to: last.span.to } };
}

function testNode(group: Group, test: FieldTest, span: Span): FieldNode {
  return { kind: 'field', field: group.name, fieldSpan: group.span, test, span: spanOf(span) };
}
