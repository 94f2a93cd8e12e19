/**
 * The query language by the README's table "Find things", read by recursive descent straight from the text. Throws where a text is no query.
 */
import { kindOfField } from './fields';
import { isRange } from './addresses';
import { isNumber } from './numbers';
import { namedBound } from './times';

export type Query =
  | { readonly is: 'everything' }
  | { readonly is: 'both' | 'either'; readonly of: readonly Query[] }
  | { readonly is: 'not'; readonly of: Query }
  /** A word or a phrase. */
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'range'; readonly range: string }
  | { readonly is: 'like'; readonly text: string }
  | { readonly is: 'test'; readonly field: string; readonly test: Test };

export type Test =
  | { readonly that: 'exists' }
  | { readonly that: 'equals' | 'fits' | 'liesIn'; readonly value: string }
  | { readonly that: 'matches'; readonly expression: RegExp }
  | { readonly that: 'compares'; readonly by: Comparison; readonly value: string };

export type Comparison = '<' | '<=' | '>' | '>=';
type Operator = 'and' | 'or' | 'not';

const operators: Readonly<Record<string, Operator>> = { and: 'and', '&&': 'and', or: 'or', '||': 'or', not: 'not' };

/** @param isField whether a name before a `:` is a field; else `a:b` is a word */
export function readQuery(text: string, isField: (name: string) => boolean): Query {
  return new QueryReader(text, isField).read();
}

/** The clauses that all have to hold, through groups. */
export function clausesOf(query: Query): readonly Query[] {
  if (query.is === 'everything') return [];
  return query.is === 'both' ? query.of.flatMap(clausesOf) : [query];
}

/** Whether a value in `field:( … )` is one of several, next to another: not one that bounds, excludes, or asks for two at once. */
function mayStandFor(query: Query): boolean {
  return query.is === 'either' || (query.is === 'test' && query.test.that !== 'compares');
}

class QueryReader {
  private readonly text: string;
  private readonly isField: (name: string) => boolean;
  private at = 0;

  constructor(text: string, isField: (name: string) => boolean) {
    this.text = text;
    this.isField = isField;
  }

  read(): Query {
    if (this.text.trim() === '') return { is: 'everything' };
    const query = this.either(null);
    if (this.next() !== '') throw this.mistake('the end');
    return query;
  }

  /** `field`: the one whose values stand here, within `field:( … )`. */
  private either(field: string | null): Query {
    const parts = [this.both(field)];
    while (this.takes('or')) parts.push(this.both(field));
    return joined('either', parts);
  }

  private both(field: string | null): Query {
    const parts = [this.signed(field)];
    while (this.next() !== '' && this.next() !== ')' && this.operator() !== 'or') {
      const isWritten = this.takes('and');
      const [last, part] = [parts.at(-1) as Query, this.signed(field)];
      if (field !== null && !isWritten && mayStandFor(last) && mayStandFor(part)) {
        parts.splice(-1, 1, { is: 'either', of: [last, part] });
      } else {
        parts.push(part);
      }
    }
    return joined('both', parts);
  }

  private signed(field: string | null): Query {
    const sign = this.next();
    // `!=` belongs to other tools, and is a word.
    if (sign === '-' || (sign === '!' && this.text[this.at + 1] !== '=')) {
      this.at++;
      if (/^(?:[\s)]|$)/.test(this.rest())) throw this.mistake('a term right behind the sign');
      return { is: 'not', of: this.signed(field) };
    }
    if (this.takes('not')) return { is: 'not', of: this.signed(field) };
    if (this.operator() !== null) throw this.mistake('a term');
    return this.term(field);
  }

  private term(field: string | null): Query {
    const first = this.next();
    if (first === '(') return this.group(field);
    if (field !== null) return this.value(field, this.take(/[<>]=?/y));
    if (first === '~') {
      this.at++;
      return { is: 'like', text: this.text[this.at] === '"' ? this.phrase() : this.bare() };
    }
    const name = this.fieldName();
    if (name !== null) return this.fieldTest(name);
    const spaced = this.spacedTest();
    if (spaced !== null) return spaced;
    if (first === '"') return { is: 'text', text: this.phrase() };
    const word = this.bare();
    if (word === '*') return { is: 'everything' };
    return isRange(word) ? { is: 'range', range: word } : { is: 'text', text: word };
  }

  private group(field: string | null): Query {
    this.at++;
    const query = this.either(field);
    if (this.next() !== ')') throw this.mistake('a )');
    this.at++;
    return query;
  }

  /** The field's name that begins here, which stays where it is; null where none does. */
  private fieldName(): { readonly name: string; readonly end: number } | null {
    const start = this.at;
    if (this.text[start] === '"') {
      const name = this.phrase();
      const end = this.at;
      this.at = start;
      const isBefore = /^(?:[:<>]|[^\S\r\n]+:(?!:))/.test(this.text.slice(end));
      return isBefore && this.isField(name) ? { name, end } : null;
    }
    const bare = this.bare();
    this.at = start;
    for (const { index } of bare.matchAll(/(?<!^)[:<>]/g)) {
      const name = bare.slice(0, index);
      if (this.isField(name)) return { name, end: start + index };
    }
    const end = start + bare.length;
    const isBefore = /^[^\S\r\n]+:(?!:)/.test(this.text.slice(end));
    return isBefore && this.isField(bare) ? { name: bare, end } : null;
  }

  private fieldTest({ name, end }: { readonly name: string; readonly end: number }): Query {
    this.at = end;
    this.take(/[^\S\r\n]+/y);
    const comparison = this.take(/:?[<>]=?|:/y).replace(':', '');
    if (this.take(/[^\S\r\n]+/y) !== '') {
      const isAnother = this.operator() !== null || this.fieldName() !== null;
      if (/^(?:[\s)<>!~-]|$)/.test(this.rest()) || isAnother) throw this.mistake('a value');
    }
    if (this.text[this.at] !== '(') return this.value(name, comparison);
    if (comparison !== '') throw this.mistake('a value');
    return this.group(name);
  }

  /** `field > value`, with white space around the operator; null where the words are words, and nothing is read. */
  private spacedTest(): Query | null {
    const start = this.at;
    const name = this.bare();
    const operator = this.take(/[^\S\r\n]+(?:==?|!=|[<>]=?)(?=[^\S\r\n])/y).trim();
    this.take(/[^\S\r\n]+/y);
    const isOdd = /^(?:$|[\s()'/=!<>~]|-(?!\d))/.test(this.rest());
    if (operator === '' || isOdd || !this.isField(name) || !this.isValueFor(name, operator)) {
      this.at = start;
      return null;
    }
    const isComparison = /[<>]/.test(operator);
    const test = this.value(name, isComparison ? operator : '');
    return operator === '!=' ? { is: 'not', of: test } : test;
  }

  /** Whether what comes next is neither an operator nor a test of its own and, for a comparison, a number or a time. */
  private isValueFor(name: string, operator: string): boolean {
    const start = this.at;
    const isQuoted = this.text[start] === '"';
    if (!isQuoted && (this.operator() !== null || this.fieldName() !== null)) return false;
    if (isQuoted && !/^"(?:\\["\\]|[^"\\]|\\(?!["\\]))*"/s.test(this.rest())) return false;
    const value = isQuoted ? this.phrase() : this.bare();
    this.at = start;
    const isNumeric = kindOfField(name) !== 'time' && isNumber(value);
    return !/[<>]/.test(operator) || isNumeric || namedBound(value) !== null;
  }

  private value(field: string, comparison: string): Query {
    return { is: 'test', field, test: this.test(field, comparison) };
  }

  private test(field: string, comparison: string): Test {
    const first = this.text[this.at];
    if (comparison !== '') {
      const value = first === '"' ? this.phrase() : this.bare();
      const isNumeric = kindOfField(field) !== 'time' && isNumber(value);
      if (!isNumeric && namedBound(value) === null) throw this.mistake('a number or a time');
      return { that: 'compares', by: comparison as Comparison, value };
    }
    if (first === '"') return { that: 'equals', value: this.phrase() };
    if (first === '/') return { that: 'matches', expression: this.expression() };
    const value = this.bare();
    if (value === '*') return { that: 'exists' };
    const plain = value.replace(/\\[*?\\]/g, '');
    if (/[*?]/.test(plain)) return { that: 'fits', value };
    if (value.includes('/') && kindOfField(field) === 'address') {
      if (!isRange(value)) throw this.mistake('a range of addresses');
      return { that: 'liesIn', value };
    }
    return { that: 'equals', value: value.replace(/\\([*?\\])/g, '$1') };
  }

  private phrase(): string {
    const written = this.take(/"(?:\\["\\]|[^"\\]|\\(?!["\\]))*"/sy);
    if (written === '') throw this.mistake('a closing quote');
    return written.slice(1, -1).replace(/\\(["\\])/g, '$1');
  }

  private expression(): RegExp {
    const written = this.take(/\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[imsu]*(?![^\s()])/sy);
    if (written === '') throw this.mistake('a regular expression');
    const end = written.lastIndexOf('/');
    return new RegExp(written.slice(1, end), written.slice(end + 1));
  }

  /** Up to the next white space or parenthesis. */
  private bare(): string {
    const text = this.take(/[^\s()]+/y);
    if (text === '') throw this.mistake('a word');
    return text;
  }

  private take(what: RegExp): string {
    what.lastIndex = this.at;
    const [taken = ''] = what.exec(this.text) ?? [];
    this.at += taken.length;
    return taken;
  }

  /** The next character that is no white space; empty at the end. */
  private next(): string {
    this.take(/\s+/y);
    return this.text.charAt(this.at);
  }

  private rest(): string {
    return this.text.slice(this.at);
  }

  /** The operator that stands here, by itself and without quotes, in any case. */
  private operator(): Operator | null {
    const [word = ''] = /^[^\s()]+/.exec(this.rest().trimStart()) ?? [];
    return Object.hasOwn(operators, word.toLowerCase()) ? (operators[word.toLowerCase()] ?? null) : null;
  }

  private takes(operator: Operator): boolean {
    if (this.operator() !== operator) return false;
    this.next();
    this.bare();
    return true;
  }

  private mistake(expected: string): Error {
    return new Error(`expected ${expected} at ${String(this.at)} of ${this.text}`);
  }
}

function joined(is: 'both' | 'either', parts: readonly Query[]): Query {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { is, of: parts };
}
