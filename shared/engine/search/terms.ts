/** The terms of a text: what people type who remember a part of a name. */

/** Characters of a term. */
export const maxCharacters = 40;
const minCharacters = 3;

/**
 * The runs of letters and digits, in lower case, and their parts where the case changes within them: `DeleteTrail` has
 * `deletetrail`, `delete` and `trail`. Numbers and identifiers are left out: they are pasted, not misspelt, and would crowd out the names.
 */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const [run] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    add(terms, run);
    for (const [part] of run.matchAll(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{N}]+/gu)) add(terms, part);
  }
  return terms;
}

/** The words of a search text, in lower case and whole. */
export function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), ([word]) => word.toLowerCase());
}

/** How many wrong, missing or added characters a word may have. */
export function forgivenEdits(word: string): number {
  return word.length <= 3 ? 0 : word.length <= 5 ? 1 : 2;
}

function add(terms: Set<string>, run: string): void {
  if (run.length < minCharacters || run.length > maxCharacters) return;
  if (!/\p{L}/u.test(run) || /\d.*\d.*\d.*\d/.test(run)) return;
  terms.add(run.toLowerCase());
}
