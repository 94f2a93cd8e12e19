/** Patterns with `*` (any run of characters) and `?` (any one character), anchored at both ends. */

const anyRun = -1;
const anyOne = -2;

/** Whether an unquoted value is a pattern: it holds a `*` or `?` without a backslash before it. */
export function hasWildcard(written: string): boolean {
  return /[*?]/.test(written.replace(/\\[*?\\]/g, ''));
}

/** An unquoted value with `\*`, `\?` and `\\` read as plain characters. Other backslashes stay. */
export function unescapeValue(written: string): string {
  return written.replace(/\\([*?\\])/g, '$1');
}

/**
 * A test for the pattern, comparing code units as they are. Never slower than the product of the two lengths, whatever the
 * pattern: this is why it is not a regular expression.
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const parts = parse(pattern);
  return (text) => matches(parts, text);
}

function parse(pattern: string): readonly number[] {
  const parts: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '*') {
      if (parts.at(-1) !== anyRun) parts.push(anyRun);
    } else if (character === '?') {
      parts.push(anyOne);
    } else {
      if (character === '\\' && /[*?\\]/.test(pattern.charAt(at + 1))) at++;
      parts.push(pattern.charCodeAt(at));
    }
  }
  return parts;
}

function matches(parts: readonly number[], text: string): boolean {
  let part = 0;
  let at = 0;
  // Where to go on when a run has to be one character longer. Only the last run ever needs that.
  let afterRun = -1;
  let runEnd = 0;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === anyRun) {
      afterRun = ++part;
      runEnd = at;
    } else if (wanted === anyOne) {
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      part++;
    } else if (wanted === text.charCodeAt(at)) {
      at++;
      part++;
    } else if (afterRun >= 0) {
      part = afterRun;
      at = ++runEnd;
    } else {
      return false;
    }
  }
  while (parts[part] === anyRun) part++;
  return part === parts.length;
}

/** The longest stretch of a pattern without wildcards, in lower case. */
export function longestStretch(pattern: string): string {
  const stretches = Array.from(pattern.toLowerCase().matchAll(/(?:[^*?\\]|\\[*?\\]?)+/g), ([stretch]) =>
    unescapeValue(stretch),
  );
  return stretches.reduce((best, stretch) => (stretch.length > best.length ? stretch : best), '');
}
