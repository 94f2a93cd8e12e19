/** Facts about a letter, looked up once. */
import { isSymbolLetter } from './look-alikes';
import { scriptsOf } from './scripts';

export interface Letter {
  readonly text: string;
  /** Empty where it may occur with any script. */
  readonly scripts: readonly string[];
  /** A combining mark, which is drawn on the letter before it. */
  readonly isMark: boolean;
  readonly isNonspacing: boolean;
  /** `i` and `j`, and others whose dot makes way for a mark. */
  readonly isSoftDotted: boolean;
  readonly isDigit: boolean;
  /** A letter or digit of ASCII. */
  readonly isAscii: boolean;
  /** A part of a Korean syllable. */
  readonly isJamo: boolean;
  /** Looks like a letter or digit of ASCII, and is a symbol. */
  readonly isSymbol: boolean;
  /** False where another character is the usual one (Unicode's normal form C). */
  readonly isUsual: boolean;
}

const known = new Map<string, Letter>();

export function letterOf(text: string): Letter {
  let letter = known.get(text);
  if (letter === undefined) {
    letter = {
      text,
      scripts: scriptsOf(text),
      isMark: /^\p{M}$/u.test(text),
      isNonspacing: /^[\p{Mn}\p{Me}]$/u.test(text),
      isSoftDotted: /^\p{Soft_Dotted}$/u.test(text),
      isDigit: /^\p{Nd}$/u.test(text),
      isAscii: /^[a-z0-9]$/i.test(text),
      isJamo: /^[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]$/u.test(text),
      isSymbol: isSymbolLetter(text),
      isUsual: text.normalize('NFC') === text,
    };
    // Bounded, since a hostile log may use all of Unicode.
    if (known.size > 4096) known.clear();
    known.set(text, letter);
  }
  return letter;
}
