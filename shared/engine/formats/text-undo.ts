/**
 * Decodes what the surrounding text did to an event: quotes of YAML, Python and CSV, entities of XML, backslashes, syslog's octal codes.
 *
 * The encoding is detected from the first bytes of the slice alone, so that a reread gives the same result.
 */
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';
import { pythonJson, pythonString } from './python-text';

/** The notation that an event's text was decoded from. */
export type Wrapping = 'YAML' | 'Python' | 'XML' | 'CSV' | 'a quoted string' | 'syslog';

export interface Undone {
  readonly text: Uint8Array;
  readonly from: Wrapping;
}

/** The deepest nesting of strings. */
const maxQuotings = 4;

/** Decodes a slice that {@link textAt} found; null where it has no known encoding. */
export function undone(slice: Uint8Array): Undone | null {
  const found = undo(decodeWtf8(slice));
  return found === null ? null : { text: encodeWtf8(unquoted(found.text)), from: found.from };
}

function undo(text: string): { readonly text: string; readonly from: Wrapping } | null {
  const second = text[1] === undefined ? '' : (/\S/.exec(text.slice(1))?.[0] ?? '');
  switch (text[0]) {
    case "'":
      return unquotedSingle(text.slice(1, -1));
    case 'b':
      return { text: pythonString(text.slice(2, -1)), from: 'Python' };
    case '"':
      if (text.startsWith('"{""')) return { text: text.slice(1, -1).replaceAll('""', '"'), from: 'CSV' };
      return { text: yamlDouble(text.slice(1, -1)), from: 'a quoted string' };
    case '>':
      return { text: fromXml(text.slice(1)), from: 'XML' };
    case '{':
      switch (second) {
        case "'": {
          const json = pythonJson(text);
          return json === null ? null : { text: json, from: 'Python' };
        }
        case '\\':
          return { text: yamlDouble(text), from: 'a quoted string' };
        case '&':
          return { text: fromXml(text), from: 'XML' };
        case '#':
          return { text: fromSyslog(text), from: 'syslog' };
        default:
          return null;
      }
    default:
      return null;
  }
}

/** YAML doubles apostrophes; Python escapes them, and doubles backslashes: the result that is valid JSON is right. */
function unquotedSingle(inner: string): { readonly text: string; readonly from: Wrapping } {
  const yaml = folded(inner).replaceAll("''", "'");
  if (isJson(yaml)) return { text: yaml, from: 'YAML' };
  const python = pythonString(inner);
  return isJson(python) ? { text: python, from: 'Python' } : { text: yaml, from: 'YAML' };
}

/** YAML breaks a long text at spaces: a line break is a space, and each further one is a line break. */
function folded(text: string): string {
  return text.replace(/[ \t]*\r?\n\s*/g, fold);
}

function fold(breaks: string): string {
  const count = breaks.split('\n').length - 1;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
}

/** Double-quoted YAML has all escapes of JSON, and more. */
function yamlDouble(text: string): string {
  return text.replace(
    /\\(?:\r?\n[ \t]*|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^\r\n]))|[ \t]*\r?\n\s*/g,
    (whole, x?: string, u?: string, long?: string, letter?: string) => {
      const hex = x ?? u;
      if (hex !== undefined) return String.fromCharCode(Number(`0x${hex}`));
      if (long !== undefined)
        return Number(`0x${long}`) <= 0x10ffff ? String.fromCodePoint(Number(`0x${long}`)) : whole;
      if (letter !== undefined) return yamlEscapes.get(letter) ?? letter;
      return whole.startsWith('\\') ? '' : fold(whole);
    },
  );
}

const yamlEscapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

/** A string in a string: backslashes before the first key's quote. */
function unquoted(text: string): string {
  let inner = text;
  for (let times = 1; times < maxQuotings && /^\s*\{\s*\\/.test(inner); times++) inner = yamlDouble(inner);
  return inner;
}

/** Splunk marks search terms with elements of its own. */
function fromXml(text: string): string {
  return text
    .replace(/<\/?sg\b[^>]*>/g, '')
    .replace(
      /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));/g,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return entities.get(name) ?? whole;
        const code = Number(decimal ?? `0x${hex ?? ''}`);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    );
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Line breaks and tabs as rsyslog writes them. A JSON string can contain neither, so inside one `#012` is literal. */
function fromSyslog(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|#01([125])/g, (whole, code?: string) =>
    code === undefined ? whole : code === '1' ? '\t' : code === '2' ? '\n' : '\r',
  );
}

function isJson(text: string): boolean {
  // A parser failure costs far more than this check.
  if (!/[}\]]\s*$/.test(text.slice(-64))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
