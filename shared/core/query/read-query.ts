/**
 * Reads a query by the habits of other tools: what can be meant one way only is run as it was meant, and a note says how it was read.
 * All else runs as it stands; `notes.ts` says of it what may have been meant.
 */
import type { QueryNote } from '#contract/query';
import type { Span } from './ast';
import type { HabitMatch, ReadingContext } from './habit';
import {
  clauseOf,
  foundHabits,
  isWithin,
  readsAsSentence,
  replaceAll,
  runnable,
  translated,
  withoutQuotes,
  type FoundHabit,
  type OwnMatch,
} from './habit-matches';
import { lex } from './lex';
import { pastedQuery } from './pasted';
import { quoteText } from './print';

/** Of a pasted message nothing is read another way: so many words beside what could be. */
const sentenceWords = 3;

export interface QueryReading {
  /** The query to run: the text itself where nothing of it was read another way. */
  readonly text: string;
  /** What was read another way; null where nothing was. */
  readonly note: QueryNote | null;
}

/** How a text is read. A text with a syntax error that no habit explains stays as it is, for the parser to report. */
export function readQuery(text: string, context: ReadingContext): QueryReading {
  const { fields } = context;
  const tokens = lex(text, fields);
  const pasted = pastedQuery({ text, visible: withoutQuotes(text, tokens), fields }, (part) =>
    translated(part, context),
  );
  if (pasted !== null) return { text: pasted, note: readingNote(pasted, [], runnable(quoteText(text.trim()), fields)) };

  const found = foundHabits(text, tokens, context);
  const places = outermost(found.flatMap((habit) => readPlaces(habit, text)));
  const others = tokens.filter((token) => token.kind === 'word' && !places.some(({ span }) => isWithin(token, span)));
  const isSentence = others.length >= sentenceWords && readsAsSentence(text, tokens, found);
  if (places.length === 0 || isSentence) return { text, note: null };
  const read = runnable(
    replaceAll(
      text,
      places.map(({ span, clause }) => [span, clause]),
    ).trim(),
    fields,
  );
  if (read === null || read === text) return { text, note: null };
  const asWords = replaceAll(
    text,
    places.map(({ span }) => [span, quoteText(text.slice(span.from, span.to))]),
  );
  const said = [...new Set(places.flatMap((place) => place.said))];
  return { text: read, note: readingNote(read, said, runnable(asWords, fields)) };
}

/** A place of the text, and the clause that stands for it. */
interface ReadPlace {
  readonly span: Span;
  readonly clause: string;
  readonly said: readonly string[];
}

function readPlaces({ habit, matches }: FoundHabit, text: string): readonly ReadPlace[] {
  return matches.flatMap((match) => {
    if (!isRead(habit.isRead, match)) return [];
    const place = clauseOf(habit, match, text);
    return place === null
      ? []
      : [{ span: place[0], clause: place[1], said: habit.said === undefined ? [] : [habit.said(match)] }];
  });
}

function isRead(rule: true | ((match: HabitMatch) => boolean) | undefined, match: OwnMatch): boolean {
  return rule === true || (rule !== undefined && rule(match));
}

/** A place within another is part of what was read there. */
function outermost(places: readonly ReadPlace[]): readonly ReadPlace[] {
  return places.filter(
    ({ span }, at) =>
      !places.some(
        (other, index) => index !== at && isWithin(span, other.span) && !(isWithin(other.span, span) && index > at),
      ),
  );
}

function readingNote(read: string, said: readonly string[], asWords: string | null): QueryNote {
  return { kind: 'read-as-query', words: [read], advice: said.join(' '), text: asWords };
}
