/** A value of a comparison, shortened: what differs is shown whole, equal text around it is cut. */
import type { DiffCell } from '#contract/diff';
import { wholeCharacter } from './shorten';
import { textRuns, type TextRange, type TextRun } from './text-runs';

export interface ShownPiece {
  readonly text: string;
  readonly differs: boolean;
  /** Characters left out here, in place of `text`. */
  readonly hidden: number;
}

export interface ShownText {
  readonly pieces: readonly ShownPiece[];
  /** Characters left out in all. */
  readonly hidden: number;
}

/** A text without marked words is cut after so many characters. */
const longestPlain = 600;
/** Equal stretches between changes keep so many characters at each end. */
const kept = 80;
/** Even what differs has a limit: nobody reads a payload of 100 kB on one line. */
const longestDiffering = 2_000;

/** @param isWhole shows everything */
export function shownText(cell: DiffCell, isWhole: boolean): ShownText {
  const source = cell.pieces ?? [{ text: cell.text, differs: false }];
  if (isWhole) return { pieces: source.map((piece) => ({ ...piece, hidden: 0 })), hidden: 0 };
  const limit = cell.pieces === null ? longestPlain : kept * 2;
  const pieces = source.flatMap(({ text, differs }, index): readonly ShownPiece[] => {
    if (text.length <= (differs ? longestDiffering : limit) + kept) return [{ text, differs, hidden: 0 }];
    if (differs) return cut(text, true, longestDiffering, 0);
    if (cell.pieces === null) return cut(text, false, longestPlain, 0);
    // At the ends of a text only the side towards the change matters.
    return cut(text, false, index === 0 ? 0 : kept, index === source.length - 1 ? 0 : kept);
  });
  return { pieces, hidden: pieces.reduce((sum, piece) => sum + piece.hidden, 0) };
}

function cut(text: string, differs: boolean, head: number, tail: number): readonly ShownPiece[] {
  const end = wholeCharacter(text, head);
  const start = wholeCharacter(text, text.length - tail);
  const parts: ShownPiece[] = [
    { text: text.slice(0, end), differs, hidden: 0 },
    { text: '', differs, hidden: start - end },
    { text: text.slice(start), differs, hidden: 0 },
  ];
  return parts.filter((part) => part.text !== '' || part.hidden > 0);
}

/** What is shown in one piece, or how much is left out. */
export interface ShownStretch {
  readonly runs: readonly TextRun[];
  readonly hidden: number;
}

/** The pieces between two gaps as one text: a word that differs in part is still one word. */
export function stretchesOf(pieces: readonly ShownPiece[]): readonly ShownStretch[] {
  const stretches: ShownStretch[] = [];
  let text = '';
  let hits: TextRange[] = [];
  let isCutBefore = false;
  const flush = (isCutAfter: boolean): void => {
    if (text !== '') stretches.push({ runs: textRuns(text, { isCutBefore, isCutAfter }, hits), hidden: 0 });
    text = '';
    hits = [];
  };
  for (const { text: piece, differs, hidden } of pieces) {
    if (hidden > 0) {
      flush(true);
      stretches.push({ runs: [], hidden });
      isCutBefore = true;
    } else {
      if (differs) hits.push({ from: text.length, to: text.length + piece.length });
      text += piece;
    }
  }
  flush(false);
  return stretches;
}
