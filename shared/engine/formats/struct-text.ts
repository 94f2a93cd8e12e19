/**
 * Converts Athena's and CloudTrail Lake's notation for a structure in one cell, `{type=Root, sessioncontext={…}, roles=[…]}`, back to JSON.
 *
 * The notation has no quotes, so a text may look like structure. Only unambiguous cells are converted: with a brace inside a
 * text, or a comma and a space with no name after them, the whole cell stays a text.
 */
import { object } from './summary-event';

const maxDepth = 16;

/** @param nameOf the name as CloudTrail writes it. @returns null where the text is not a structure, or is ambiguous. */
export function structJson(text: string, nameOf: (name: string) => string): string | null {
  const reader = new StructReader(text, nameOf);
  const json = text.startsWith('{') ? reader.struct(0) : text.startsWith('[') ? reader.list(0) : null;
  return json !== null && reader.at === text.length ? json : null;
}

const namePattern = /[A-Za-z0-9_]+=/y;
const textPattern = /[^{}[\]]*?(?=, [A-Za-z0-9_]+=|\}|\])/y;

class StructReader {
  at = 0;
  private readonly text: string;
  private readonly nameOf: (name: string) => string;

  constructor(text: string, nameOf: (name: string) => string) {
    this.text = text;
    this.nameOf = nameOf;
  }

  struct(depth: number): string | null {
    if (depth > maxDepth) return null;
    const members: (readonly [string, string | null])[] = [];
    this.at++;
    if (this.passes('}')) return '{}';
    for (;;) {
      const name = this.match(namePattern);
      if (name === null) return null;
      const value = this.value(depth + 1);
      if (value === null) return null;
      // A column without a value in this row is written as null; the event had no such member.
      members.push([this.nameOf(name.slice(0, -1)), value === 'null' ? null : value]);
      if (this.passes('}')) return object(members);
      if (!this.passes(', ')) return null;
    }
  }

  list(depth: number): string | null {
    if (depth > maxDepth) return null;
    const elements: string[] = [];
    this.at++;
    if (this.passes(']')) return '[]';
    for (;;) {
      // In a list of texts without names, the end of each is ambiguous.
      if (this.text[this.at] !== '{') return null;
      const element = this.struct(depth + 1);
      if (element === null) return null;
      elements.push(element);
      if (this.passes(']')) return `[${elements.join(',')}]`;
      if (!this.passes(', ')) return null;
    }
  }

  private value(depth: number): string | null {
    const first = this.text[this.at];
    if (first === '{') return this.struct(depth);
    if (first === '[') return this.list(depth);
    const text = this.match(textPattern);
    if (text === null || text.includes(', ')) return null;
    return text === 'null' ? 'null' : JSON.stringify(text);
  }

  private passes(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
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
