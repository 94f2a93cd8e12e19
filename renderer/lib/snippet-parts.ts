/** A snippet of a broken place, told apart into what stands there and what had to be written out. */

export interface SnippetPart {
  readonly text: string;
  /** What a written-out character is, in words; null for plain text. */
  readonly stands: string | null;
}

const names = new Map([
  ['\\u0000', 'NUL'],
  ['\\u0009', 'tab'],
  ['\\u000a', 'line break'],
  ['\\u000d', 'carriage return'],
  ['\\ufeff', 'byte order mark'],
]);

/** Splits at every `\u….`, which is how the engine writes what cannot be seen. Joined, the parts are the snippet. */
export function snippetParts(snippet: string): readonly SnippetPart[] {
  return snippet
    .split(/(\\u(?:[0-9a-f]{4}|\{[0-9a-f]{5,6}\}))/)
    .map((text, index) => ({
      text,
      stands: index % 2 === 0 ? null : (names.get(text) ?? 'a character that cannot be seen'),
    }))
    .filter(({ text }) => text !== '');
}
