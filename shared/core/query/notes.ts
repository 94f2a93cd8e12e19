/**
 * Notes on parts of a query that mean something else in other tools. Shown with every result, since a query in another language runs too,
 * and can give the opposite of what was meant.
 */
import type { QueryNote } from '#contract/query';
import type { FieldLookup } from './field-lookup';
import type { Habit } from './habit';
import {
  foundHabits,
  isWithin,
  isOperator,
  readsAsSentence,
  replaceAll,
  runnable,
  translated,
  withClauses,
  withoutQuotes,
  written,
  type FoundHabit,
  type OwnMatch,
} from './habit-matches';
import { lex, type Token } from './lex';
import { isOrdinaryWord } from './operators';
import { parseQuery } from './parse';
import { pastedNote } from './pasted';
import { quoteText } from './print';

/**
 * The notes to a query, in the order of their first words; none to one with a syntax error, which has its own message. Of what was pasted
 * whole (a record, a message, a statement of SQL), one note.
 */
export function queryNotes(text: string, fields: FieldLookup): readonly QueryNote[] {
  if (!parseQuery(text, fields).ok) return [];
  const tokens = lex(text, fields);
  const context = { fields, lastEvent: null };
  const visible = withoutQuotes(text, tokens);
  const pasted = pastedNote({ text, visible, fields }, (part) => translated(part, context));
  if (pasted !== null) return [pasted];
  const habits = foundHabits(text, tokens, context);
  const operators = tokens.filter(
    (token, at) =>
      isOperator(token) &&
      mayBeWord(tokens, at) &&
      !habits.some(({ matches }) => matches.some(({ span }) => isWithin(token, span))),
  );
  const isSentence = readsAsSentence(text, tokens, habits);
  const found = [...operatorNotes(text, operators, isSentence, fields), ...habitNotes(text, habits, tokens, fields)];
  if (isSentence && found.length > 1) return [wholeSentence(text, found, fields)];
  return withoutRepeats(found.sort((one, other) => one.from - other.from).map(({ note }) => note));
}

/** One offer is enough. */
function withoutRepeats(notes: readonly QueryNote[]): readonly QueryNote[] {
  return notes.map((note, at) => {
    const isKnown = note.text !== null && notes.slice(0, at).some(({ text }) => text === note.text);
    return isKnown ? { ...note, text: null } : note;
  });
}

/** A pasted message: notes on its parts would not help. */
function wholeSentence(text: string, found: readonly Found[], fields: FieldLookup): QueryNote {
  const operator = found.find(({ note }) => note.kind === 'read-as-operator');
  if (operator !== undefined) return operator.note;
  const words = found.flatMap(({ note }) => note.words);
  const advice = 'Each word is searched for by itself; put the text in quotes to search for all of it.';
  return { kind: 'read-as-word', words, advice, text: runnable(quoteText(text.trim()), fields) };
}

/** A note, and the place of its first word. */
interface Found {
  readonly from: number;
  readonly note: QueryNote;
}

/** Between tests of fields it can only be meant as an operator; beside a word it may belong to the words. */
function mayBeWord(tokens: readonly Token[], at: number): boolean {
  const isWord = (token: Token | undefined): boolean => token?.kind === 'word';
  let [before, after] = [at - 1, at + 1];
  while (tokens[before] !== undefined && isOperator(tokens[before] as Token)) before--;
  while (tokens[after] !== undefined && isOperator(tokens[after] as Token)) after++;
  return isWord(tokens[before]) || isWord(tokens[after]);
}

/** `not authorized to perform`: an operator that may have been meant as a word of a sentence. */
function operatorNotes(
  text: string,
  operators: readonly Token[],
  isSentence: boolean,
  fields: FieldLookup,
): readonly Found[] {
  const ordinary = operators.filter((token) => isOrdinaryWord(written(text, token)));
  const [first] = ordinary;
  if (first === undefined) return [];
  const words = [...new Set(ordinary.map((token) => written(text, token)))];
  const instead = isSentence
    ? quoteText(text.trim())
    : replaceAll(
        text,
        ordinary.map((token) => [token, quoteText(written(text, token))]),
      );
  const what = isSentence ? 'the sentence' : words.length === 1 ? 'it' : 'them';
  const advice = `Put ${what} in quotes to look for the ${words.length === 1 ? 'word' : 'words'}.`;
  return [{ from: first.from, note: { kind: 'read-as-operator', words, advice, text: runnable(instead, fields) } }];
}

function habitNotes(
  text: string,
  found: readonly FoundHabit[],
  tokens: readonly Token[],
  fields: FieldLookup,
): readonly Found[] {
  const edited = found.some(({ habit }) => habit.isCommand === true) ? '' : withClauses(text, found);
  const offer = edited === '' ? null : runnable(edited, fields);
  return found.map(({ habit, matches, clauses }) => {
    const from = Math.min(...matches.map(({ own, span }) => own[0]?.from ?? span.from));
    const note = {
      ...wordsOf(habit, matches, text, tokens),
      advice: habit.advice,
      text: clauses === null ? null : offer,
    };
    return { from, note };
  });
}

function wordsOf(
  { isTest }: Habit,
  matches: readonly OwnMatch[],
  text: string,
  tokens: readonly Token[],
): Pick<QueryNote, 'kind' | 'words'> {
  const own = matches.flatMap((match) => match.own);
  const isOfWords = own.every((token) => token.kind === 'word');
  if (isTest === true && !isOfWords) return { kind: 'read-as-test', words: matches.map(({ whole }) => whole) };
  const quotedUpTo = new Map(tokens.flatMap((token) => (token.kind === 'quoted' ? [[token.to, token] as const] : [])));
  const words = own.map((token) => {
    // `"odd name":x` is a quoted text and a word, but was written as one thing.
    return text.slice((quotedUpTo.get(token.from) ?? token).from, token.to);
  });
  return { kind: isOfWords ? 'read-as-word' : 'read-as-value', words };
}
