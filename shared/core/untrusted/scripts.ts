/**
 * The script of a letter, and whether the letters of a word belong together: the "highly restrictive" level of Unicode
 * Technical Standard #39, section 5.2. By `Script_Extensions`, so that a letter of several scripts goes with each.
 */

/** Scripts that log values may plausibly use, common ones first. All others are treated as one. */
const names = [
  ...['Latin', 'Cyrillic', 'Greek', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Arabic', 'Hebrew', 'Devanagari', 'Thai'],
  ...['Armenian', 'Bengali', 'Bopomofo', 'Ethiopic', 'Georgian', 'Gujarati', 'Gurmukhi', 'Kannada', 'Khmer', 'Lao'],
  ...['Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Tibetan', 'Mongolian', 'Syriac', 'Nko'],
  ...['Cherokee', 'Canadian_Aboriginal', 'Coptic', 'Lisu', 'Tifinagh', 'Vai', 'Yi', 'Osage', 'Adlam', 'Javanese'],
  ...[
    'Balinese',
    'Deseret',
    'Old_Italic',
    'Lycian',
    'Carian',
    'Runic',
    'Gothic',
    'Warang_Citi',
    'Elbasan',
    'Ahom',
    'Miao',
  ],
];

const tests = names.map((name) => ({ name, pattern: new RegExp(`\\p{Script_Extensions=${name}}`, 'u') }));
const neutral = /\p{Script_Extensions=Common}|\p{Script_Extensions=Inherited}/u;
const latinOnly: readonly string[] = ['Latin'];
const none: readonly string[] = [];
const other: readonly string[] = ['other'];

/** Which of Unicode's scripts may stand in one word: those of Chinese, Japanese and Korean, each with Latin. */
const together: readonly ReadonlySet<string>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

/** The scripts that a letter is used in, empty where it goes with any: digits, signs, common marks. */
export function scriptsOf(letter: string): readonly string[] {
  if (letter <= '\u007f') return /[a-z]/i.test(letter) ? latinOnly : none;
  if (neutral.test(letter)) return none;
  const found = tests.filter(({ pattern }) => pattern.test(letter)).map(({ name }) => name);
  return found.length === 0 ? other : found;
}

/** The name for people: `Old Italic`. */
export function scriptName(scripts: readonly string[]): string {
  return (scripts[0] ?? 'other').replaceAll('_', ' ');
}

/**
 * The scripts that a word should be limited to, where its letters do not belong together; null where they do. With Latin among them,
 * all letters that may not mix with Latin are foreign, since names in AWS are Latin.
 *
 * @param word the scripts of each letter; letters of the same scripts may be given once
 */
export function ownScripts(word: readonly (readonly string[])[]): ReadonlySet<string> | null {
  const present = [...new Set(word.flat())];
  if (present.length < 2) return null;
  const isLatin = present.includes('Latin');
  const candidates = [...present.map((script) => new Set([script])), ...together].filter(
    (candidate) => !isLatin || candidate.has('Latin'),
  );
  let best: ReadonlySet<string> | null = null;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const count = word.filter((scripts) => isForeign(scripts, candidate)).length;
    if (count < fewest) [best, fewest] = [candidate, count];
  }
  return fewest === 0 ? null : best;
}

export function isForeign(scripts: readonly string[], own: ReadonlySet<string>): boolean {
  return scripts.length > 0 && !scripts.some((script) => own.has(script));
}
