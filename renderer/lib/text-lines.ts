import { wholeCharacter } from './shorten';

/** The beginning of a text as lines, for a view that cannot show all of a very long one at once. */
export interface TextLines {
  readonly lines: readonly string[];
  /** Characters of the text behind the lines. */
  readonly rest: number;
}

/** As many whole lines as stay within both limits; a line longer than `maxCharacters` alone is cut there. */
export function firstLines(text: string, maxLines: number, maxCharacters: number): TextLines {
  const lines: string[] = [];
  let at = 0;
  while (lines.length < maxLines && at < maxCharacters) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    if (stop > maxCharacters) {
      if (lines.length > 0) break;
      const cut = wholeCharacter(text, maxCharacters);
      lines.push(text.slice(at, cut));
      return { lines, rest: text.length - cut };
    }
    lines.push(text.slice(at, stop));
    at = stop + 1;
    if (end < 0) return { lines, rest: 0 };
  }
  return { lines, rest: Math.max(text.length - at, 0) };
}
