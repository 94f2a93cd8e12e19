/** A text from a log as the runs that are drawn: escaped, with misleading letters and what a search found as runs of their own. */
import { textParts, type PartOptions } from '#core/untrusted/parts';
import type { MarkedPart, TextPart } from '#core/untrusted/text-part';
import { shownText } from '#core/visible';
import { splitForMiddle } from './shorten';

export interface TextRun {
  /** As it is drawn. */
  readonly text: string;
  /** Why the letters are framed; null for the others. */
  readonly mark: MarkedPart | null;
  readonly isHit: boolean;
  /** Letters that are written from right to left: set apart, or they would turn round the digits and signs beside them. */
  readonly isRightToLeft: boolean;
}

/** Half open, in code units of the text. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Unicode's blocks of letters that are written from right to left: Hebrew, Arabic, Syriac and others. */
const letters = '[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]';
/** Words of them, with the spaces between: a sentence goes on that way. */
const rightToLeft = new RegExp(`${letters}+(?: ${letters}+)*`, 'gu');

/** A frame around each of more letters would stop the window; they are named in the text instead. */
const mostFrames = 300;

/** @param hits what a search found: ascending, not touching */
export function textRuns(text: string, options: PartOptions = {}, hits: readonly TextRange[] = []): readonly TextRun[] {
  const parts = textParts(text, options);
  const areFramed = parts.filter(({ kind }) => kind === 'marked').length <= mostFrames;
  const runs: TextRun[] = [];
  let pending = '';
  let isPendingHit = false;
  const flush = (): void => {
    if (pending !== '') runs.push(...plainRuns(pending, isPendingHit));
    pending = '';
  };
  for (const { part, isHit } of cutAtHits(parts, hits)) {
    const mark = part.kind === 'marked' && areFramed ? part : null;
    if (mark !== null || isHit !== isPendingHit) flush();
    isPendingHit = isHit;
    if (mark === null) pending += shownText(part);
    else runs.push({ text: mark.text, mark, isHit, isRightToLeft: false });
  }
  flush();
  return runs;
}

/** The runs so that the end stays in view where the middle does not fit: the tail has about `tailLength` characters. */
export function splitRuns(
  runs: readonly TextRun[],
  tailLength: number,
): { readonly head: readonly TextRun[]; readonly tail: readonly TextRun[] } {
  const length = runs.reduce((sum, run) => sum + run.text.length, 0);
  const last = runs.at(-1);
  if (length <= tailLength * 2 || last === undefined) return { head: runs, tail: [] };
  if (last.mark !== null || last.isRightToLeft || last.text.length <= tailLength) {
    return { head: runs.slice(0, -1), tail: [last] };
  }
  const { head, tail } = splitForMiddle(last.text, tailLength);
  return tail === ''
    ? { head: runs.slice(0, -1), tail: [last] }
    : {
        head: [...runs.slice(0, -1), { ...last, text: head }],
        tail: [{ ...last, text: tail }],
      };
}

interface Cut {
  readonly part: TextPart;
  readonly isHit: boolean;
}

/** An escape is one character, or a run of equal ones, and is not divided. */
function cutAtHits(parts: readonly TextPart[], hits: readonly TextRange[]): readonly Cut[] {
  if (hits.length === 0) return parts.map((part) => ({ part, isHit: false }));
  const cuts: Cut[] = [];
  let next = 0;
  for (const part of parts) {
    for (let at = part.from; at < part.to;) {
      while ((hits[next]?.to ?? Infinity) <= at) next++;
      const { from, to } = hits[next] ?? { from: Infinity, to: Infinity };
      if (part.kind === 'escaped') {
        cuts.push({ part, isHit: from < part.to });
        break;
      }
      const end = Math.min(part.to, from <= at ? to : from);
      const text = part.text.slice(at - part.from, end - part.from);
      cuts.push({ part: { ...part, text, from: at, to: end }, isHit: from <= at });
      at = end;
    }
  }
  return cuts;
}

function plainRuns(text: string, isHit: boolean): readonly TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  const add = (from: number, to: number, isRightToLeft: boolean): void => {
    if (to > from) runs.push({ text: text.slice(from, to), mark: null, isHit, isRightToLeft });
  };
  for (const { index, 0: found } of text.matchAll(rightToLeft)) {
    add(end, index, false);
    end = index + found.length;
    add(index, end, true);
  }
  add(end, text.length, false);
  return runs;
}
