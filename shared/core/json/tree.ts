/**
 * JSON text to a tree that loses nothing: order, duplicate keys, and numbers as they are written.
 *
 * As strict as `JSON.parse`, which it is held to by a property test; without recursion, so that depth cannot exhaust the stack.
 */
import { err, ok, type Result } from '#contract/result';

export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';
  /** The member's name; null for an array's element and for the root. */
  readonly key: string | null;
  /** Keys joined by `.`; an array's elements have the array's own path. The root's is empty. */
  readonly path: string;
  /** A string's decoded text; a number, `true`, `false`, `null` as written; empty for objects and arrays. */
  readonly text: string;
  /** In the order of the text, duplicate keys included. */
  readonly children: readonly JsonNode[];
  /** The value's half-open range of UTF-16 offsets, without its key. */
  readonly from: number;
  readonly to: number;
}

/** A syntax error: its offset, and what was expected there. */
export interface JsonSyntaxError {
  readonly message: string;
  readonly at: number;
}

/** Deeper nesting is refused; CloudTrail's is below 30. */
export const maxDepth = 1000;

/** More are refused: each takes some 150 bytes, and a hostile record can have millions. CloudTrail's have a few thousand at most. */
export const maxValues = 500_000;

/** The text's one value, or the first syntax error. */
export function parseTree(text: string): Result<JsonNode, JsonSyntaxError> {
  try {
    return ok(new Reader(text).document());
  } catch (thrown) {
    if (thrown instanceof ParseFailure) return err({ message: thrown.message, at: thrown.at });
    throw thrown;
  }
}

class ParseFailure extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface Open {
  readonly kind: 'object' | 'array';
  readonly key: string | null;
  readonly path: string;
  /** The part of a path before a child's key: the parent's path and a dot; empty at the top. */
  readonly prefix: string;
  readonly from: number;
  readonly children: JsonNode[];
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plainPattern = /[^"\\\u0000-\u001f]*/y;
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

class Reader {
  private readonly text: string;
  private readonly open: Open[] = [];
  private at = 0;
  private values = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    let key: string | null = null;
    for (;;) {
      this.space();
      const node = this.value(key);
      const root = node === null ? null : this.attach(node);
      if (root !== null) return root;
      key = this.key();
    }
  }

  /** A whole value, or null where it opens an object or array that is not empty. */
  private value(key: string | null): JsonNode | null {
    const from = this.at;
    if (++this.values > maxValues) throw new ParseFailure(`more than ${maxValues} values`, from);
    const path = this.childPath(key);
    const leaf = (kind: JsonNode['kind'], text: string): JsonNode => {
      return { kind, key, path, text, children: [], from, to: this.at };
    };
    switch (this.text[from]) {
      case '{':
        return this.opening('object', '}', key, path);
      case '[':
        return this.opening('array', ']', key, path);
      case '"':
        return leaf('string', this.string());
      case 't':
        return leaf('true', this.literal('true'));
      case 'f':
        return leaf('false', this.literal('false'));
      case 'n':
        return leaf('null', this.literal('null'));
      default:
        return leaf('number', this.number());
    }
  }

  private opening(kind: Open['kind'], end: string, key: string | null, path: string): JsonNode | null {
    const from = this.at++;
    this.space();
    if (this.text[this.at] === end) {
      this.at++;
      return { kind, key, path, text: '', children: [], from, to: this.at };
    }
    if (this.open.length >= maxDepth) throw new ParseFailure(`nested deeper than ${maxDepth}`, from);
    const prefix = key === null ? (this.open.at(-1)?.prefix ?? '') : `${path}.`;
    this.open.push({ kind, key, path, prefix, from, children: [] });
    return null;
  }

  /** Adds a value to its parent, and closes each object or array that ends after it. Returns the root at the end of the text. */
  private attach(value: JsonNode): JsonNode | null {
    let node = value;
    for (;;) {
      this.space();
      const parent = this.open.at(-1);
      const next = this.text[this.at];
      if (parent === undefined) {
        if (next !== undefined) throw new ParseFailure('expected the end of the text', this.at);
        return node;
      }
      parent.children.push(node);
      const end = parent.kind === 'object' ? '}' : ']';
      if (next !== ',' && next !== end) throw new ParseFailure(`expected , or ${end}`, this.at);
      this.at++;
      if (next === ',') return null;
      this.open.pop();
      const { kind, key, path, from, children } = parent;
      node = { kind, key, path, text: '', children, from, to: this.at };
    }
  }

  /** The next member's name with its colon; null within an array. */
  private key(): string | null {
    if (this.open.at(-1)?.kind !== 'object') return null;
    this.space();
    if (this.text[this.at] !== '"') throw new ParseFailure("expected a member's name", this.at);
    const key = this.string();
    this.space();
    if (this.text[this.at] !== ':') throw new ParseFailure('expected :', this.at);
    this.at++;
    return key;
  }

  private childPath(key: string | null): string {
    const parent = this.open.at(-1);
    return key === null ? (parent?.path ?? '') : `${parent?.prefix ?? ''}${key}`;
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private literal(word: string): string {
    if (!this.text.startsWith(word, this.at)) throw new ParseFailure(`expected ${word}`, this.at);
    this.at += word.length;
    return word;
  }

  private number(): string {
    numberPattern.lastIndex = this.at;
    const written = numberPattern.exec(this.text)?.[0];
    if (written === undefined) throw new ParseFailure('expected a value', this.at);
    this.at += written.length;
    return written;
  }

  private string(): string {
    const from = this.at++;
    let value = '';
    for (;;) {
      plainPattern.lastIndex = this.at;
      const plain = plainPattern.exec(this.text)?.[0] ?? '';
      value += plain;
      this.at += plain.length;
      switch (this.text[this.at]) {
        case '"':
          this.at++;
          return value;
        case '\\':
          value += this.escape();
          break;
        case undefined:
          throw new ParseFailure('unclosed string', from);
        default:
          throw new ParseFailure('control character in a string', this.at);
      }
    }
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? '';
    const hex = this.text.slice(this.at + 2, this.at + 6);
    const isUnit = letter === 'u' && /^[\da-fA-F]{4}$/.test(hex);
    const character = isUnit ? String.fromCharCode(Number.parseInt(hex, 16)) : escapes.get(letter);
    if (character === undefined) throw new ParseFailure('not an escape sequence', this.at);
    this.at += isUnit ? 6 : 2;
    return character;
  }
}
