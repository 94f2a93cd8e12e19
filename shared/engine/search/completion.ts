/** Completion at the cursor: names and values of the open data, with how many events have them. */
import type { Completion, CompletionRequest } from '#contract/query';
import { namedFields } from '#core/fields';
import { completionContext } from '#core/query/complete-context';
import { shortServiceName } from '#core/query/match';
import { quoteField, quoteValue } from '#core/query/print';
import type { VisibleIndex } from '../visibility/visible-index';
import { hasText } from '../index/value-kinds';
import { fieldEvents } from './field-list';
import { fieldLookup, resolveField } from './fields';
import type { Vocabulary } from './vocabulary';

const MAX_OFFERS = 100;

interface Place {
  readonly from: number;
  readonly to: number;
}

/** An offer and what it is ranked by. */
interface Ranked {
  readonly completion: Completion;
  /** 0: begins with the typed text, 1: contains it, 2: is near it. */
  readonly fit: number;
}

/** The best first. Empty where nothing can be offered. */
export function complete(index: VisibleIndex, vocabulary: Vocabulary, request: CompletionRequest): Completion[] {
  const context = completionContext(request.text, request.cursor, fieldLookup(index));
  const limit = Math.max(0, Math.min(MAX_OFFERS, Math.floor(request.limit)));
  if (context.kind === 'none') return [];
  const ranked =
    context.kind === 'value'
      ? values(index, vocabulary, context.field, context.prefix, context, '')
      : namesAndValues(index, vocabulary, context.prefix, context);
  ranked.sort(byFitAndCount);
  return ranked.slice(0, limit).map(({ completion }) => completion);
}

/** Field names, and from the second letter on the values of the fields that hold names. */
function namesAndValues(index: VisibleIndex, vocabulary: Vocabulary, prefix: string, place: Place): Ranked[] {
  const ranked = names(index, vocabulary, prefix, place);
  if (prefix.length < 2) return ranked;
  for (const field of ['event', 'service', 'identity', 'region', 'result'] as const) {
    ranked.push(...values(index, vocabulary, field, prefix, place, `${field}:`).slice(0, MAX_OFFERS));
  }
  return ranked;
}

function names(index: VisibleIndex, vocabulary: Vocabulary, prefix: string, place: Place): Ranked[] {
  const typed = prefix.toLowerCase();
  const ranked: Ranked[] = [];
  const offered = new Set<string>();
  const offer = (name: string, fit: number): void => {
    if (offered.has(name)) return;
    offered.add(name);
    const count = fieldEvents(index, name);
    if (count === 0) return;
    const insert = `${quoteField(name)}:`;
    ranked.push({ completion: { kind: 'field', label: name, count, fuzzy: fit === 2, insert, ...at(place) }, fit });
  };
  for (const { name } of namedFields) {
    if (name.startsWith(typed)) offer(name, 0);
    else if (typed !== '' && name.includes(typed)) offer(name, 1);
  }
  if (typed === '') return ranked;
  const short = ranked.length;
  for (let path = 0; path < index.paths.length && ranked.length < MAX_OFFERS * 10; path++) {
    const text = index.paths.text(path);
    const lower = text.toLowerCase();
    if (text.startsWith('@') || !lower.includes(typed)) continue;
    offer(text, lower.startsWith(typed) || lower.includes(`.${typed}`) ? 0 : 1);
  }
  ranked.push(...ranked.splice(short).sort(byLabel));
  if (ranked.length === 0) for (const near of vocabulary.nearFields(prefix, 5)) offer(near.written, 2);
  return ranked;
}

function values(
  index: VisibleIndex,
  vocabulary: Vocabulary,
  field: string,
  prefix: string,
  place: Place,
  before: string,
): Ranked[] {
  const { dictionary } = index;
  const totals = index.visible.totals();
  const resolved = resolveField(index, field);
  const typed = prefix.toLowerCase();
  const found = new Map<string, { count: number; fit: number }>();
  const note = (value: number, fit: number): void => {
    const events = totals.ofValue(value);
    if (events === 0) return;
    const text = resolved.type === 'service' ? shortServiceName(dictionary.text(value)) : dictionary.text(value);
    const known = found.get(text);
    const count = events + (known?.count ?? 0);
    found.set(text, { count, fit: Math.min(fit, known?.fit ?? fit) });
  };
  const matching = (wanted: string, fit: (lower: string) => number): void => {
    for (const path of resolved.paths) {
      dictionary.forEachOfPath(path, (value) => {
        if (!hasText(index.dictionary.type(value))) return;
        const lower = dictionary.texts.lowerText(value);
        if (lower.includes(wanted)) note(value, fit(lower));
      });
    }
  };
  matching(typed, (lower) => (lower.startsWith(typed) ? 0 : 1));
  for (const [text, count] of resolved.computed?.count(index, index.visible.rows(false))?.byText ?? []) {
    const at = text.toLowerCase().indexOf(typed);
    if (at >= 0) found.set(text, { count, fit: at === 0 ? 0 : 1 });
  }
  if (found.size === 0) for (const near of vocabulary.nearTerms(prefix, 5)) matching(near.term, () => 2);
  return Array.from(found, ([text, { count, fit }]) => ({
    completion: {
      kind: 'value',
      label: before + text,
      count,
      fuzzy: fit === 2,
      insert: `${before}${quoteValue(text)} `,
      ...at(place),
    } satisfies Completion,
    fit,
  })).sort((one, other) => byFitAndCount(one, other) || byLabel(one, other));
}

function byFitAndCount(one: Ranked, other: Ranked): number {
  return one.fit - other.fit || (other.completion.count ?? 0) - (one.completion.count ?? 0);
}

/** Without this the order would depend on which decode thread was first, since that decides the numbers of paths and values. */
function byLabel({ completion: one }: Ranked, { completion: other }: Ranked): number {
  return one.label < other.label ? -1 : one.label > other.label ? 1 : 0;
}

const at = ({ from, to }: Place): Place => ({ from, to });
