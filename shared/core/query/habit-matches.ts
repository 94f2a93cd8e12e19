/** Where the habits of other tools occur in a query, and the clauses that were meant by them. */
import type { Span } from './ast';
import { blank, type Habit, type HabitMatch, type ReadingContext } from './habit';
import { habits } from './habits';
import { lex, type Token } from './lex';
import type { FieldLookup } from './field-lookup';
import { parseQuery } from './parse';

/** A habit with all its matches. */
export interface FoundHabit {
  readonly habit: Habit;
  readonly matches: readonly OwnMatch[];
  /** What was meant, by its place in the query; null where some of it is unknown. */
  readonly clauses: readonly (readonly [Span, string])[] | null;
}

interface Match extends HabitMatch {
  readonly span: Span;
}

/** A match with the words and values in it that no other habit has claimed. */
export interface OwnMatch extends Match {
  readonly own: readonly Token[];
}

/** The habits that occur, in the order of the table; each word belongs to the first that claims it. */
export function foundHabits(text: string, tokens: readonly Token[], context: ReadingContext): readonly FoundHabit[] {
  const visible = withoutQuotes(text, tokens);
  const claimed = new Set<Token>();
  return habits.flatMap((habit) => {
    const matches = matchesOf(habit, text, visible, context).flatMap((match) => {
      const within = tokensIn(tokens, match.span);
      const own = within.filter((token) => isOwn(habit, token) && !claimed.has(token));
      return own.length > 0 && beginsRight(habit, match, within, claimed) ? [{ ...match, own }] : [];
    });
    for (const { own } of matches) for (const token of own) claimed.add(token);
    return matches.length === 0 ? [] : [{ habit, matches, clauses: clausesOf(habit, matches, text) }];
  });
}

/** The query as another tool's habits mean it; null where some of it is not known. */
export function translated(text: string, context: ReadingContext): string | null {
  const { fields } = context;
  if (!parseQuery(text, fields).ok) return null;
  const habits = foundHabits(text, lex(text, fields), context);
  if (habits.some((found) => found.clauses === null)) return null;
  return runnable(withClauses(text, habits), fields);
}

/** `is not authorized to perform: x on resource: *` is a sentence too, though it holds a test of a field; a long one may quote something. */
export function readsAsSentence(text: string, tokens: readonly Token[], found: readonly FoundHabit[]): boolean {
  if (!found.every(({ habit }) => habit.isOfText === true)) return false;
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

function isOwn(habit: Habit, token: Token): boolean {
  if (token.kind === 'word' || token.kind === 'value') return true;
  return habit.isTest === true && (token.kind === 'quoted' || token.kind === 'regex') && token.field !== null;
}

/** The clause that was meant by a match, and the place it stands for; null where unknown. */
export function clauseOf(habit: Habit, match: OwnMatch, text: string): readonly [Span, string] | null {
  const clause = habit.instead?.(match) ?? null;
  return clause === null ? null : withoutTwoSigns(text, match.span, clause);
}

function clausesOf(habit: Habit, matches: readonly OwnMatch[], text: string): FoundHabit['clauses'] {
  const clauses = matches.flatMap((match) => {
    const clause = clauseOf(habit, match, text);
    return clause === null ? [] : [clause];
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
export function withClauses(text: string, found: readonly FoundHabit[]): string {
  const all = found.flatMap(({ clauses }) => clauses ?? []);
  const outer = all.filter(([span]) => !all.some(([other]) => other !== span && isWithin(span, other)));
  return replaceAll(text, outer).trim();
}

function matchesOf(habit: Habit, text: string, visible: string, context: ReadingContext): readonly Match[] {
  const found: Match[] = [];
  for (const match of visible.matchAll(new RegExp(habit.pattern.source, 'dg'))) {
    const span = { from: match.index, to: match.index + match[0].length };
    const places: [string, readonly [number, number] | undefined][] = Object.entries(match.indices?.groups ?? {});
    const groups = Object.fromEntries(
      places.map(([name, place]) => [name, place === undefined ? '' : text.slice(...place)]),
    );
    const one: Match = {
      span,
      whole: text.slice(span.from, span.to),
      groups,
      isNegated: isNegated(text, span),
      ...context,
    };
    if (habit.counts?.(one) !== false) found.push(one);
  }
  return found;
}

function isNegated(text: string, { from }: Span): boolean {
  return /[!-]$|(?:^|[\s(])not\s+$/i.test(text.slice(Math.max(0, from - 10), from));
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
export function withoutQuotes(text: string, tokens: readonly Token[]): string {
  return replaceAll(
    text,
    tokens
      .filter(({ kind }) => kind === 'quoted' || kind === 'regex')
      .map(({ from, to }) => [{ from: from + 1, to: to - 1 }, blank.repeat(Math.max(0, to - from - 2))]),
  );
}

export function isWithin(inner: Span, outer: Span): boolean {
  return inner.from >= outer.from && inner.to <= outer.to;
}

/** The text with each place replaced; places must not overlap. */
export function replaceAll(text: string, places: readonly (readonly [Span, string])[]): string {
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
export function runnable(text: string, fields: FieldLookup): string | null {
  return parseQuery(text, fields).ok ? text : null;
}

export function isOperator({ kind }: Token): boolean {
  return kind === 'and' || kind === 'or' || kind === 'not';
}

/** The text of a token or clause. */
export function written(text: string, { from, to }: Span): string {
  return text.slice(from, to);
}
