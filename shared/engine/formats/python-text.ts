/** Converts what Python's `print` and `repr` write of an event or a response back to JSON. */

const maxDepth = 200;
const backslash = 0x5c;
const apostrophe = 0x27;
const quote = 0x22;

/** Where the dictionary at `start` ends, by its brackets and quotes; -1 where the bytes end first. */
export function pythonEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === apostrophe || byte === quote) {
      for (at++; at < end && bytes[at] !== byte; at++) if (bytes[at] === backslash) at++;
    } else if (byte === 0x7b || byte === 0x5b || byte === 0x28) depth++;
    else if (byte === 0x7d || byte === 0x5d || byte === 0x29) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/**
 * The JSON of a dictionary; null where it is invalid, or has a part without a value (`<object at 0x…>`). Numbers stay as written. A call
 * such as `datetime.datetime(2023, 7, 10)` becomes its own text, since the zone of `tzlocal()` cannot be known.
 */
export function pythonJson(text: string): string | null {
  const reader = new PythonReader(text);
  const json = reader.value(0);
  return json !== null && reader.isAtEnd ? json : null;
}

/** The text of a string between its quotes, decoded. */
export function pythonString(inner: string): string {
  return inner.replace(
    /\\(?:\r?\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, letter?: string) => {
      const hex = x ?? u ?? long;
      const code = hex !== undefined ? Number(`0x${hex}`) : octal !== undefined ? Number.parseInt(octal, 8) : null;
      if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return letter === undefined ? '' : (simple.get(letter) ?? whole);
    },
  );
}

const simple: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);
const words: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
  // As JavaScript prints them.
  ['true', 'true'],
  ['false', 'false'],
  ['null', 'null'],
]);

class PythonReader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    this.match(/\s*/y);
    return this.at === this.text.length;
  }

  value(depth: number): string | null {
    if (depth > maxDepth) return null;
    if (this.passes('{')) return this.dictionary(depth);
    if (this.passes('[')) return this.list(']', depth);
    if (this.passes('(')) return this.list(')', depth);
    const string = this.string();
    if (string !== null) return JSON.stringify(string);
    const number = this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y);
    if (number !== null) return number;
    // A long number of Python 2.
    const long = this.match(/-?\d+L/y);
    if (long !== null) return long.slice(0, -1);
    const name = this.match(/[A-Za-z_][\w.]*/y);
    if (name === null) return null;
    const word = words.get(name);
    if (word !== undefined) return word;
    if (this.text[this.at] !== '(') return null;
    const from = this.at;
    const end = pythonEnd(Buffer.from(this.text.slice(from), 'latin1'), 0, this.text.length - from);
    if (end < 0) return null;
    this.at = from + end;
    return JSON.stringify(name + this.text.slice(from, this.at));
  }

  private dictionary(depth: number): string | null {
    const members: string[] = [];
    for (;;) {
      if (this.passes('}')) return `{${members.join(',')}}`;
      const key = this.string() ?? this.match(/-?\d+/y);
      if (key === null || !this.passes(':')) return null;
      const value = this.value(depth + 1);
      if (value === null) return null;
      members.push(`${JSON.stringify(key)}:${value}`);
      if (!this.passes(',') && !this.isNext('}')) return null;
    }
  }

  /** A tuple becomes a list; one value in parentheses is that value, as `pprint` writes long texts. */
  private list(close: string, depth: number): string | null {
    const elements: string[] = [];
    let commas = 0;
    for (;;) {
      if (this.passes(close)) break;
      const element = this.value(depth + 1);
      if (element === null) return null;
      elements.push(element);
      if (this.passes(',')) commas++;
      else if (!this.isNext(close)) return null;
    }
    return close === ')' && commas === 0 && elements.length === 1 ? (elements[0] ?? null) : `[${elements.join(',')}]`;
  }

  /** One string, or several adjacent ones, which Python joins. */
  private string(): string | null {
    let all: string | null = null;
    for (;;) {
      this.match(/\s*/y);
      const part = this.match(/[bu]?(?:'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")/y);
      if (part === null) return all;
      all = (all ?? '') + pythonString(part.replace(/^[bu]/, '').slice(1, -1));
    }
  }

  private isNext(text: string): boolean {
    this.match(/\s*/y);
    return this.text.startsWith(text, this.at);
  }

  private passes(text: string): boolean {
    if (!this.isNext(text)) return false;
    this.at += text.length;
    return true;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }
}
