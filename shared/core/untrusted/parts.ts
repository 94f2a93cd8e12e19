/**
 * What in an untrusted text could mislead: one rule for window and terminal.
 *
 * Characters that are drawn as nothing or as a box, or that change how other text is drawn, are escaped. Letters that pass for others are
 * marked. Emoji have no exception: `❤` and `❤` with a variation selector are different values that can look the same, and 👩‍💻 is still
 * understood when split into its two halves.
 */
import { scriptSigns, signs, wideSigns } from './look-alikes';
import type { TextPart, WholeText } from './text-part';
import { pushWords } from './words';

/** How a text is distinguished from an escape: the sign that begins an escape is itself escaped. */
export type Notation = 'brackets' | 'backslash';

export interface PartOptions {
  readonly notation?: Notation;
  /** Spaces and tabs lay out the text, as those between the tokens of JSON do: they stay as they are. */
  readonly isLayout?: boolean;
  /** The text is the middle of another, cut at these ends: a space there is not the value's last. */
  readonly isCutBefore?: boolean;
  readonly isCutAfter?: boolean;
}

/**
 * Controls, format characters (zero width, bidi, tags), halves of surrogate pairs, private and unassigned characters, separators of
 * lines and paragraphs, all spaces but the usual one, all that Unicode ignores by default (variation selectors, joiners, fillers),
 * what fonts draw as nothing, and signs that Unicode holds to be the same as others.
 */
const hidden =
  '\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\u2800\\ufffc' +
  '\\u{16fe4}\\u{1d159}\\u0374\\u037e\\u0387\\u1fef\\u2329\\u232a';

const escapedSigns = `[${signs}]|(?<=[!-~])[${scriptSigns}]|[${scriptSigns}](?=[!-~])|(?<=[!-~])[${wideSigns}](?=[!-~])`;

/** What could be taken for the beginning of an escape. */
const openings: Readonly<Record<Notation, string>> = {
  brackets: '⟨|[〈❬❮❰‹⦑⧼˂](?=[A-Za-z])',
  backslash: '\\\\(?=u(?:[0-9a-f]{4}|\\{))',
};

/** What has to be escaped in a text of one notation; where the text is laid out, tabs and spaces do not. */
function escapesOf(notation: Notation, isLayout: boolean): RegExp {
  const spaces = isLayout ? '' : '|^ +| +$| {2,}';
  return new RegExp(
    `(?:${isLayout ? '(?!\\t)' : ''}([${hidden}])\\1*)|${escapedSigns}|${openings[notation]}${spaces}`,
    'gu',
  );
}

const escapes: Readonly<Record<Notation, { readonly strict: RegExp; readonly layout: RegExp }>> = {
  brackets: { strict: escapesOf('brackets', false), layout: escapesOf('brackets', true) },
  backslash: { strict: escapesOf('backslash', false), layout: escapesOf('backslash', true) },
};

/** Nearly every value: letters, digits and signs of ASCII, with single spaces between them. */
const harmless = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const harmlessLayout = /^[\t -~]*$/;

/** True where the text is shown unchanged: a fast check, since that is nearly all of a log. */
export function isHarmless(text: string, notation: Notation = 'brackets', isLayout = false): boolean {
  if (!(isLayout ? harmlessLayout : harmless).test(text)) return false;
  return notation === 'brackets' || !text.includes('\\u');
}

/** The text as runs, in order; an empty text has none. */
export function textParts(text: string, options: PartOptions = {}): readonly TextPart[] {
  const { notation = 'brackets', isLayout = false, isCutBefore = false, isCutAfter = false } = options;
  if (text === '') return [];
  if (isHarmless(text, notation, isLayout)) return [{ kind: 'plain', text, from: 0, to: text.length }];
  const whole: WholeText = { text, plainScripts: new Map() };
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(escapes[notation][isLayout ? 'layout' : 'strict'])) {
    const [found] = match;
    const from = match.index;
    const to = from + found.length;
    // A single space at a cut stands inside the value.
    if (found === ' ' && ((from === 0 && isCutBefore) || (to === text.length && isCutAfter))) continue;
    if (from > end) pushWords(parts, whole, end, from);
    const code = found.codePointAt(0) ?? 0;
    parts.push({ kind: 'escaped', code, count: found.length / (code > 0xffff ? 2 : 1), from, to });
    end = to;
  }
  if (end < text.length) pushWords(parts, whole, end, text.length);
  return parts;
}
