/**
 * What of a query was read otherwise than users of other tools may expect. Said beside the result, whatever was found: a query in
 * another language runs too, and can give the opposite of what was asked.
 */
import type { QueryNote } from '#contract/query';
import type { Span } from './ast';
import type { FieldLookup } from './field-lookup';
import { blank, habits, type Habit, type HabitMatch } from './habits';
import { lex, type Token } from './lex';
import { isOrdinaryWord } from './operators';
import { parseQuery } from './parse';

/** The notes to a query, in the order of their first words; none to one with a syntax error, which has its own message. */
export function queryNotes(text: string, fields: FieldLookup): readonly QueryNote[] {
  if (!parseQuery(text, fields).ok) return [];
  const tokens = lex(text, fields);
  const found = [...operatorNotes(text, tokens, fields), ...habitNotes(text, tokens, fields)];
  return found.sort((one, other) => one.from - other.from).map(({ note }) => note);
}

/** A note, and where its first word stands. */
interface Found {
  readonly from: number;
  readonly note: QueryNote;
}

/** `not authorized to perform`: an operator that may have been meant as a word of a sentence. */
function operatorNotes(text: string, tokens: readonly Token[], fields: FieldLookup): readonly Found[] {
  const ordinary = tokens.filter((token) => isOperator(token) && isOrdinaryWord(written(text, token)));
  const [first] = ordinary;
  if (first === undefined) return [];
  const words = [...new Set(ordinary.map((token) => written(text, token)))];
  const isSentence = readsAsSentence(text, tokens);
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

/** `is not authorized to perform: x on resource: *` is a sentence too, though it holds a test of a field. */
function readsAsSentence(text: string, tokens: readonly Token[]): boolean {
  const count = (kind: Token['kind']): number => tokens.filter((token) => token.kind === kind).length;
  const isPart = (token: Token): boolean =>
    isOperator(token) ||
    ['word', 'field', 'value'].includes(token.kind) ||
    (token.kind === 'operator' && /\s$/.test(written(text, token)));
  return tokens.length > 2 && tokens.every(isPart) && count('word') > count('field');
}

function habitNotes(text: string, tokens: readonly Token[], fields: FieldLookup): readonly Found[] {
  const visible = withoutQuotes(text, tokens);
  const claimed = new Set<Token>();
  return habits.flatMap((habit) => {
    const matches = matchesOf(habit, text, visible, fields).flatMap((match) => {
      const within = tokensIn(tokens, match.span);
      const own = within.filter((token) => (token.kind === 'word' || token.kind === 'value') && !claimed.has(token));
      return own.length > 0 && beginsRight(habit, match, within, claimed) ? [{ ...match, own }] : [];
    });
    for (const { own } of matches) for (const token of own) claimed.add(token);
    const first = matches[0]?.own[0];
    return first === undefined ? [] : [{ from: first.from, note: noteOf(habit, matches, text, tokens, fields) }];
  });
}

interface Match extends HabitMatch {
  readonly span: Span;
}

/** A match with the words and values in it that no other habit has claimed. */
interface OwnMatch extends Match {
  readonly own: readonly Token[];
}

function noteOf(
  habit: Habit,
  matches: readonly OwnMatch[],
  text: string,
  tokens: readonly Token[],
  fields: FieldLookup,
): QueryNote {
  const own = matches.flatMap((match) => match.own);
  const quotedUpTo = new Map(tokens.flatMap((token) => (token.kind === 'quoted' ? [[token.to, token] as const] : [])));
  const words = own.map((token) => {
    // `"odd name":x` is a quoted text and a word, and one thing to whoever wrote it.
    return text.slice((quotedUpTo.get(token.from) ?? token).from, token.to);
  });
  const clauses = matches.flatMap((match) => {
    const clause = habit.instead?.(match) ?? null;
    return clause === null ? [] : [[match.span, clause] as const];
  });
  const edited = replaceAll(text, clauses).trim();
  const instead = clauses.length < matches.length || edited === '' ? null : runnable(edited, fields);
  const kind = own.every((token) => token.kind === 'word') ? 'read-as-word' : 'read-as-value';
  return { kind, words, advice: habit.advice, text: instead };
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
