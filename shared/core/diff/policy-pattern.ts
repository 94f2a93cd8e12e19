/**
 * Names in policies as patterns, and how two patterns relate.
 *
 * Source: IAM's reference of the policy elements Action, Resource and of policy variables. What AWS does not document is `maybe` or
 * "not known to": whether a `*` within an ARN's part may match a colon, and the value of a variable.
 */

/** One character, or one of {@link anyRun}, {@link anyOne}, or a variable as it is written, `${aws:username}`. */
export type Pattern = readonly string[];

const anyRun = '**';
const anyOne = '??';

export interface PatternRules {
  /** `*` and `?` match other characters. */
  readonly hasWildcards: boolean;
  /** `${…}` is a variable: in policies of the version 2012-10-17, in resources and conditions. */
  readonly hasVariables: boolean;
  readonly isAnyCase: boolean;
}

/** A name as a pattern. A run of `*` is one. */
export function parsePattern(text: string, { hasWildcards, hasVariables, isAnyCase }: PatternRules): Pattern {
  const pieces = text.match(hasVariables ? /\$\{[^}]*\}?|[^]/g : /[^]/g) ?? [];
  return pieces
    .map((piece) => {
      if (piece.length > 1) return /^\$\{[*?$]\}$/.test(piece) ? piece.charAt(2) : piece.toLowerCase();
      if (hasWildcards && piece === '*') return anyRun;
      if (hasWildcards && piece === '?') return anyOne;
      return isAnyCase ? piece.toLowerCase() : piece;
    })
    .filter((piece, at, all) => piece !== anyRun || all[at - 1] !== anyRun);
}

/** A text without wildcards and variables. */
export const plainPattern = (text: string, isAnyCase: boolean): Pattern =>
  parsePattern(text, { hasWildcards: false, hasVariables: false, isAnyCase });

const isVariable = (piece: string): boolean => piece.startsWith('${');
export const hasVariable = (pattern: Pattern): boolean => pattern.some(isVariable);
export const hasWildcard = (pattern: Pattern): boolean => pattern.some((piece) => piece === anyRun || piece === anyOne);
export const isSamePattern = (one: Pattern, other: Pattern): boolean =>
  one.length === other.length && one.every((piece, at) => piece === other[at]);

/** The one text that the pattern matches; null where it matches many. */
export function plainText(pattern: Pattern): string | null {
  return pattern.every((piece) => piece.length === 1) ? pattern.join('') : null;
}

/** A text that the pattern matches: each `*` filled with `fill`, each `?` with one character. Null: a variable is in it. */
export function instance(pattern: Pattern, fill: string): string | null {
  if (hasVariable(pattern)) return null;
  return pattern.map((piece) => (piece === anyRun ? fill : piece === anyOne ? 'q' : piece)).join('');
}

/** True only where `pattern` matches every text that `other` matches. */
export function covers(pattern: Pattern, other: Pattern): boolean {
  const same = sameStart(pattern, other);
  const piece = pattern[same];
  // Most names differ in a letter near their start, or their end.
  if ((piece !== undefined && piece !== anyRun && piece !== anyOne) || endApart(pattern, other)) return false;
  return coversRest(pattern.slice(same), other.slice(same));
}

/** The number of single characters that two patterns have in common at their start. */
function sameStart(one: Pattern, other: Pattern): number {
  let at = 0;
  while (one[at] !== undefined && one[at] === other[at] && one[at] !== anyRun) at++;
  return at;
}

/** Whether the single characters at their ends differ. */
function endApart(one: Pattern, other: Pattern): boolean {
  for (let at = 1; ; at++) {
    const [piece, theirs] = [one.at(-at), other.at(-at)];
    if (piece?.length !== 1 || theirs?.length !== 1) return false;
    if (piece !== theirs) return true;
  }
}

function coversRest(pattern: Pattern, other: Pattern): boolean {
  // From the end: whether the rest of the pattern covers the rest of the other.
  let after: boolean[] = [];
  for (let at = pattern.length; at >= 0; at--) {
    const row: boolean[] = [];
    for (let place = other.length; place >= 0; place--) {
      const [piece, theirs] = [pattern[at], other[place]];
      if (piece === undefined) row[place] = theirs === undefined;
      else if (piece === anyRun) {
        const takes = theirs !== undefined && (endsPart(pattern, at) || staysInPart(other, place));
        row[place] = (after[place] ?? false) || (takes && (row[place + 1] ?? false));
      } else {
        const isMet =
          piece === theirs || (piece === anyOne && theirs !== undefined && theirs.length === 1 && theirs !== ':');
        row[place] = isMet && (after[place + 1] ?? false);
      }
    }
    after = row;
  }
  return after[0] ?? false;
}

/** The last `*` of a part of an ARN may match the colon after it; one within a part may not. */
function endsPart(pattern: Pattern, at: number): boolean {
  const next = pattern[at + 1];
  return next === undefined || next === ':';
}

function staysInPart(pattern: Pattern, at: number): boolean {
  const piece = pattern[at];
  if (piece === anyRun) return !endsPart(pattern, at);
  return piece !== ':' && piece?.length === 1;
}

/** False only where no text matches both. */
export function meets(one: Pattern, other: Pattern): boolean {
  let same = 0;
  while (one[same] !== undefined && one[same]?.length === 1 && one[same] === other[same]) same++;
  if ((one[same]?.length === 1 && other[same]?.length === 1) || endApart(one, other)) return false;
  return meetsRest(one.slice(same), other.slice(same));
}

function meetsRest(one: Pattern, other: Pattern): boolean {
  let after: boolean[] = [];
  for (let at = one.length; at >= 0; at--) {
    const row: boolean[] = [];
    for (let place = other.length; place >= 0; place--) {
      const [piece, theirs] = [one[at], other[place]];
      if (piece === undefined && theirs === undefined) row[place] = true;
      else if (isRun(piece))
        row[place] = (after[place] ?? false) || (theirs !== undefined && (row[place + 1] ?? false));
      else if (isRun(theirs)) row[place] = (row[place + 1] ?? false) || (after[place] ?? false);
      else row[place] = isOneAlike(piece, theirs) && (after[place + 1] ?? false);
    }
    after = row;
  }
  return after[0] ?? false;
}

/** A variable may have any text as its value. */
const isRun = (piece: string | undefined): boolean => piece !== undefined && (piece === anyRun || isVariable(piece));

function isOneAlike(piece: string | undefined, theirs: string | undefined): boolean {
  if (piece === undefined || theirs === undefined) return false;
  return piece === theirs || piece === anyOne || theirs === anyOne;
}
