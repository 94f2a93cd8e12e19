/** The query text cut into pieces of one colour each, for the layer under the text field. */
import type { Span } from '#core/query/ast';
import type { FieldLookup } from '#core/query/field-lookup';
import { highlight, type HighlightClass } from '#core/query/highlight';

export interface Piece {
  readonly from: number;
  readonly text: string;
  readonly class: HighlightClass | 'space';
  /** Lies within the syntax error. */
  readonly isSyntaxError: boolean;
}

/** Pieces that joined give the text again, whatever it is. */
export function paintQuery(text: string, fields: FieldLookup, syntaxError: Span | null): readonly Piece[] {
  const pieces: Piece[] = [];
  const shown = syntaxError === null ? null : visibleSyntaxError(syntaxError, text.length);

  function add(from: number, to: number, tokenClass: Piece['class']): void {
    if (shown !== null) {
      for (const edge of [shown.from, shown.to]) {
        if (edge > from && edge < to) {
          add(from, edge, tokenClass);
          add(edge, to, tokenClass);
          return;
        }
      }
    }
    const isSyntaxError = shown !== null && from >= shown.from && to <= shown.to;
    if (to > from) pieces.push({ from, text: text.slice(from, to), class: tokenClass, isSyntaxError });
  }

  let end = 0;
  for (const token of highlight(text, fields)) {
    add(end, token.from, 'space');
    add(token.from, token.to, token.class);
    end = token.to;
  }
  add(end, text.length, 'space');
  return pieces;
}

/** A syntax error at the end of the text, or between two letters, is given one letter to be drawn under. */
function visibleSyntaxError({ from, to }: Span, length: number): Span {
  if (to > from) return { from, to };
  return from < length ? { from, to: from + 1 } : { from: Math.max(0, from - 1), to: from };
}
