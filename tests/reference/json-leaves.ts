/**
 * A JSON text and its leaves by RFC 8259 alone. `JSON.parse` judges whether the text is sound; what it loses is kept: numbers as they are
 * written, and every member of a name that stands twice.
 */

export type JsonValue =
  | { readonly type: 'object'; readonly members: readonly (readonly [key: string, value: JsonValue])[] }
  | { readonly type: 'array'; readonly elements: readonly JsonValue[] }
  | { readonly type: 'string' | 'number' | 'true' | 'false' | 'null'; readonly text: string };

/** A value that holds no others: `text` is empty for `{}` and `[]`, and a literal's own word. */
export interface JsonLeaf {
  /** Keys joined by dots, arrays without indexes. A record's own key that begins with `@` stands below `record`. */
  readonly path: string;
  readonly type: JsonValue['type'];
  readonly text: string;
}

/** Throws what `JSON.parse` throws. */
export function readJson(text: string): JsonValue {
  JSON.parse(text);
  const tokens = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s[\]{}:,"]+/gs) ?? [];
  let next = 0;
  return value();

  function value(): JsonValue {
    const token = tokens[next++] ?? '';
    if (token === '{') return { type: 'object', members: listOf('}', member) };
    if (token === '[') return { type: 'array', elements: listOf(']', value) };
    if (token.startsWith('"')) return { type: 'string', text: JSON.parse(token) as string };
    if (token === 'true' || token === 'false' || token === 'null') return { type: token, text: token };
    return { type: 'number', text: token };
  }

  function member(): readonly [string, JsonValue] {
    const key = JSON.parse(tokens[next] ?? '') as string;
    next += 2;
    return [key, value()];
  }

  function listOf<Part>(end: string, part: () => Part): Part[] {
    const parts: Part[] = [];
    while (tokens[next] !== end) {
      if (tokens[next] === ',') next++;
      parts.push(part());
    }
    next++;
    return parts;
  }
}

/** The leaves of a JSON text, in order. */
export function jsonLeaves(text: string): readonly JsonLeaf[] {
  return leavesBelow(readJson(text), null);
}

/** `path` is null at the root, which has no name: a key `""` has one. */
function leavesBelow(value: JsonValue, path: string | null): readonly JsonLeaf[] {
  switch (value.type) {
    case 'object':
      if (value.members.length === 0) break;
      return value.members.flatMap(([key, each]) => {
        const own = key.startsWith('@') ? `record.${key}` : key;
        return leavesBelow(each, path === null ? own : `${path}.${key}`);
      });
    case 'array':
      if (value.elements.length === 0) break;
      return value.elements.flatMap((each) => leavesBelow(each, path));
  }
  return [{ path: path ?? '', type: value.type, text: 'text' in value ? value.text : '' }];
}
