/**
 * Notes on parts of a query that mean something else in other tools. Shown with every result, since a query in another language runs too,
 * and can give the opposite of what was meant.
 */
import type { QueryNote } from '#contract/query';
import type { Span } from './ast';
import type { FieldLookup } from './field-lookup';
import { blank, type Habit, type HabitMatch } from './habit';
import { habits } from './habits';
import { lex, type Token } from './lex';
import { isOrdinaryWord } from './operators';
import { parseQuery } from './parse';
import { pastedNote } from './pasted';

/**
 * The notes to a query, in the order of their first words; none to one with a syntax error, which has its own message. Of what was pasted
 * whole (a record, a message, a statement of SQL), one note.
 */
export function queryNotes(text: string, fields: FieldLookup): readonly QueryNote[] {
  if (!parseQuery(text, fields).ok) return [];
  const tokens = lex(text, fields);
  const visible = withoutQuotes(text, tokens);
  const pasted = pastedNote({ text, visible, fields }, (part) => translated(part, fields));
  if (pasted !== null) return [pasted];
  const habits = foundHabits(text, tokens, fields);
  const operators = tokens.filter(
    (token) => isOperator(token) && !habits.some(({ matches }) => matches.some(({ span }) => isWithin(token, span))),
  );
  const isSentence = readsAsSentence(text, tokens) && habits.every(({ habit }) => habit.isOfText === true);
  const found = [...operatorNotes(text, operators, isSentence, fields), ...habitNotes(text, habits, tokens, fields)];
  if (isSentence && found.length > 1) return [wholeSentence(text, found, fields)];
  return withoutRepeats(found.sort((one, other) => one.from - other.from).map(({ note }) => note));
}

/** The query as another tool's habits mean it; null where some of it is not known. */
function translated(text: string, fields: FieldLookup): string | null {
  if (!parseQuery(text, fields).ok) return null;
  const habits = foundHabits(text, lex(text, fields), fields);
  if (habits.some((found) => found.clauses === null)) return null;
  return runnable(withClauses(text, habits), fields);
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
  return { kind: 'read-as-word', words, advice, text: runnable(quoted(text.trim()), fields) };
}

/** A note, and the place of its first word. */
interface Found {
  readonly from: number;
  readonly note: QueryNote;
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
    ? quoted(text.trim())
    : replaceAll(
        text,
        ordinary.map((token) => [token, quoted(written(text, token))]),
      );
  const what = isSentence ? 'the sentence' : words.length === 1 ? 'it' : 'them';
  const advice = `Put ${what} in quotes to look for the ${words.length === 1 ? 'word' : 'words'}.`;
  return [{ from: first.from, note: { kind: 'read-as-operator', words, advice, text: runnable(instead, fields) } }];
}

/** `is not authorized to perform: x on resource: *` is a sentence too, though it holds a test of a field; a long one may quote something. */
function readsAsSentence(text: string, tokens: readonly Token[]): boolean {
  const count = (kind: Token['kind']): number => tokens.filter((token) => token.kind === kind).length;
  const isLong = count('word') >= longSentence;
  const isPart = (token: Token): boolean =>
    isOperator(token) ||
    ['word', 'field', 'value'].includes(token.kind) ||
    (token.kind === 'quoted' && isLong) ||
    (token.kind === 'operator' && /^:\s+$/.test(written(text, token)));
  return tokens.length > 2 && tokens.every(isPart) && count('word') > count('field');
}

const longSentence = 8;

/** A habit with all its matches. */
interface FoundHabit {
  readonly habit: Habit;
  readonly matches: readonly OwnMatch[];
  /** What was meant, by its place in the query; null where some of it is unknown. */
  readonly clauses: readonly (readonly [Span, string])[] | null;
}

interface Match extends HabitMatch {
  readonly span: Span;
}

/** A match with the words and values in it that no other habit has claimed. */
interface OwnMatch extends Match {
  readonly own: readonly Token[];
}

function foundHabits(text: string, tokens: readonly Token[], fields: FieldLookup): readonly FoundHabit[] {
  const visible = withoutQuotes(text, tokens);
  const claimed = new Set<Token>();
  return habits.flatMap((habit) => {
    const matches = matchesOf(habit, text, visible, fields).flatMap((match) => {
      const within = tokensIn(tokens, match.span);
      const own = within.filter((token) => isOwn(habit, token) && !claimed.has(token));
      return own.length > 0 && beginsRight(habit, match, within, claimed) ? [{ ...match, own }] : [];
    });
    for (const { own } of matches) for (const token of own) claimed.add(token);
    return matches.length === 0 ? [] : [{ habit, matches, clauses: clausesOf(habit, matches, text) }];
  });
}

function isOwn(habit: Habit, token: Token): boolean {
  if (token.kind === 'word' || token.kind === 'value') return true;
  return habit.isTest === true && (token.kind === 'quoted' || token.kind === 'regex') && token.field !== null;
}

function clausesOf(habit: Habit, matches: readonly OwnMatch[], text: string): FoundHabit['clauses'] {
  const clauses = matches.flatMap((match) => {
    const clause = habit.instead?.(match) ?? null;
    return clause === null ? [] : [withoutTwoSigns(text, match.span, clause)];
  });
  return clauses.length < matches.length ? null : clauses;
}

/** `-errorCode:null`: what was meant is `errorCode:*`, not `--errorCode:*`. */
function withoutTwoSigns(text: string, span: Span, clause: string): readonly [Span, string] {
  const isNegated = /[!-]/.test(text.charAt(span.from - 1)) && !/[!-]/.test(text.charAt(span.from - 2));
  if (!isNegated || !clause.startsWith('-')) return [span, clause];
  return [{ from: span.from - 1, to: span.to }, clause.slice(1)];
}

/** The query with each part replaced by what was meant, where known. */
function withClauses(text: string, found: readonly FoundHabit[]): string {
  const all = found.flatMap(({ clauses }) => clauses ?? []);
  const outer = all.filter(([span]) => !all.some(([other]) => other !== span && isWithin(span, other)));
  return replaceAll(text, outer).trim();
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

function matchesOf(habit: Habit, text: string, visible: string, fields: FieldLookup): readonly Match[] {
  const found: Match[] = [];
  for (const match of visible.matchAll(new RegExp(habit.pattern.source, 'dg'))) {
    const span = { from: match.index, to: match.index + match[0].length };
    const places: [string, readonly [number, number] | undefined][] = Object.entries(match.indices?.groups ?? {});
    const groups = Object.fromEntries(
      places.map(([name, place]) => [name, place === undefined ? '' : text.slice(...place)]),
    );
    const one: Match = { span, whole: text.slice(span.from, span.to), groups, fields };
    if (habit.counts?.(one) !== false) found.push(one);
  }
  return found;
}

/** The tokens that lie in a span at least in part. */
function tokensIn(tokens: readonly Token[], { from, to }: Span): readonly Token[] {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.to ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  const found: Token[] = [];
  for (let at = low; (tokens[at]?.from ?? to) < to; at++) found.push(tokens[at] as Token);
  return found;
}

/** Whether a match begins with a token that no other habit claimed, and of the kind its habit is about. */
function beginsRight(habit: Habit, { span }: Match, within: readonly Token[], claimed: ReadonlySet<Token>): boolean {
  const [first] = within;
  if (first === undefined || first.from !== span.from || claimed.has(first)) return false;
  const isWord = first.kind === 'word' || first.kind === 'quoted';
  const isTest = first.kind === 'field' || first.kind === 'value';
  return (isWord && habit.in !== 'tests') || (isTest && habit.in !== 'words');
}

/** The text with the insides of quotes and regular expressions blanked out, so that nothing in them looks like a habit. */
function withoutQuotes(text: string, tokens: readonly Token[]): string {
  return replaceAll(
    text,
    tokens
      .filter(({ kind }) => kind === 'quoted' || kind === 'regex')
      .map(({ from, to }) => [{ from: from + 1, to: to - 1 }, blank.repeat(Math.max(0, to - from - 2))]),
  );
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.from >= outer.from && inner.to <= outer.to;
}

function isOperator({ kind }: Token): boolean {
  return kind === 'and' || kind === 'or' || kind === 'not';
}

function written(text: string, { from, to }: Span): string {
  return text.slice(from, to);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The text with each place replaced; places must not overlap. */
function replaceAll(text: string, places: readonly (readonly [Span, string])[]): string {
  const ordered = [...places].sort(([one], [other]) => one.from - other.from);
  let edited = '';
  let end = 0;
  for (const [{ from, to }, by] of ordered) {
    edited += text.slice(end, from) + by;
    end = to;
  }
  return edited + text.slice(end);
}

/** A text that is a query; null where it is none. */
function runnable(text: string, fields: FieldLookup): string | null {
  return parseQuery(text, fields).ok ? text : null;
}
