/**
 * Escapes untrusted text for showing: characters that are invisible, change how other text is shown, or pass for others. Which ones is
 * decided in `untrusted/parts.ts`; this file writes them.
 *
 * A name such as `admin` with a right-to-left override or a Cyrillic `а` in it must not pass for another. Different texts always
 * come out different.
 */
import type { TextTarget } from '#contract/report';
import { isHarmless, textParts, type PartOptions } from './untrusted/parts';
import type { EscapedPart, TextPart } from './untrusted/text-part';

/** For windows and files: `⟨U+202E⟩`, of several `⟨U+0020 ×3⟩`, and `⟨Cyrillic: а⟩dmin`. */
export function escapeInvisible(text: string, options: Omit<PartOptions, 'notation'> = {}): string {
  if (isHarmless(text, 'brackets', options.isLayout)) return text;
  return textParts(text, options).map(shownText).join('');
}

/** One run of a text as {@link escapeInvisible} writes it. */
export function shownText(part: TextPart): string {
  if (part.kind === 'escaped') return escapeText(part);
  return part.kind === 'plain' ? part.text : `⟨${part.label}: ${part.text}⟩`;
}

/** `⟨U+202E⟩`, of several `⟨U+0020 ×3⟩`. */
function escapeText({ code, count }: EscapedPart): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return count === 1 ? `⟨${name}⟩` : `⟨${name} ×${count}⟩`;
}

/** For a terminal: `\u202e`, of several `\u{20*3}`, and `\u{Cyrillic:а}dmin`. Plain ASCII, so it survives copying. */
export function escapeForTerminal(text: string, options: Omit<PartOptions, 'notation'> = {}): string {
  return isHarmless(text, 'backslash', options.isLayout) ? text : terminalPieces(text, options).join('');
}

/** The same in pieces that must not be cut. */
export function terminalPieces(text: string, options: Omit<PartOptions, 'notation'> = {}): readonly string[] {
  return textParts(text, { ...options, notation: 'backslash' }).flatMap((part) => {
    if (part.kind === 'plain') return Array.from(part.text);
    if (part.kind === 'marked') return [`\\u{${part.label}:${part.text}}`];
    const { code, count } = part;
    const hex = code.toString(16);
    if (count > 1) return [`\\u{${hex}*${count}}`];
    return [code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`];
  });
}

/** How text from a log is written into other text. */
export interface TextWriter {
  text(text: string, options?: Omit<PartOptions, 'notation'>): string;
  /** A string of JSON, in its quotes. */
  string(text: string): string;
}

/** By where the text is read. */
export const textWriters: Readonly<Record<TextTarget, TextWriter>> = {
  window: { text: escapeInvisible, string: (text) => escapeInvisible(JSON.stringify(text)) },
  // JSON doubles backslashes, so that none in it can pass for an escape of ours.
  terminal: {
    text: escapeForTerminal,
    string: (text) =>
      JSON.stringify(text).replace(/[^\\]+|\\./gu, (run) =>
        run.startsWith('\\') ? run : escapeForTerminal(run, { isCutBefore: true, isCutAfter: true }),
      ),
  },
};

/** Characters that are valid in JSON, but that a terminal would obey or not show. */
const invisibleInJson =
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]/gu;

/** By code units, which is faster; a run has its surrogate pairs whole. Tabs and line ends lay out JSON. */
const notAscii = /[^\t\n\r -~]+/g;

/** JSON of the same value, with invisible characters as `\u202e`. They occur only in strings. */
export function escapeJson(json: string): string {
  return json.replace(notAscii, (run) => run.replace(invisibleInJson, asUnits));
}

function asUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
