/**
 * JSON laid out over lines, with every token exactly as written: numbers keep their digits, strings their escapes, keys their order
 * and their duplicates. Only the space between tokens changes. Text that is not JSON comes out with its tokens unchanged too.
 */
export function prettyJson(text: string): string {
  const pieces: string[] = [];
  let depth = 0;
  let at = 0;
  let afterToken = false;
  const newLine = (): void => void pieces.push('\n', indent(depth));
  const token = (end: number): void => {
    // Two tokens in a row are not JSON; run together they would read as one.
    pieces.push(afterToken ? ' ' : '', text.slice(at, end));
    afterToken = true;
    at = end;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if (isSpace(character)) {
      at++;
      continue;
    }
    if (character === '"') {
      token(stringEnd(text, at));
      continue;
    }
    if (!'{}[]:,'.includes(character)) {
      token(wordEnd(text, at));
      continue;
    }
    afterToken = false;
    if (character === '{' || character === '[') {
      const inside = skipSpace(text, at + 1);
      const close = character === '{' ? '}' : ']';
      if (text.charAt(inside) === close) {
        pieces.push(character, close);
        at = inside + 1;
      } else {
        pieces.push(character);
        depth++;
        newLine();
        at = inside;
      }
    } else if (character === '}' || character === ']') {
      depth = Math.max(depth - 1, 0);
      newLine();
      pieces.push(character);
      at++;
    } else if (character === ',') {
      pieces.push(character);
      newLine();
      at++;
    } else {
      pieces.push(': ');
      at++;
    }
  }
  return pieces.join('');
}

/** Deeper nesting is not indented further: a hostile record of 100,000 brackets would else take gigabytes of spaces. */
const deepestIndent = 40;

function indent(depth: number): string {
  return '  '.repeat(Math.min(depth, deepestIndent));
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charAt(at))) at++;
  return at;
}

/** Just behind the closing quote, or the end of the text where there is none. */
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    at += character === '\\' ? 2 : 1;
  }
  return text.length;
}

function wordEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && !isSpace(text.charAt(at)) && !'{}[]:,"'.includes(text.charAt(at))) at++;
  return at;
}
