/** Completion at the cursor: names and values of the open data, with how many events have them under the rest of the query. */
import type { Completion, CompletionRequest } from '#contract/query';
import { fieldType, isSameField, namedFields } from '#core/fields';
import { completionContext, restOf, type CompletionContext } from '#core/query/complete-context';
import { fieldsNamedElsewhere } from '#core/query/foreign-clauses';
import { shortServiceName } from '#core/query/match';
import { quoteField, quoteValue } from '#core/query/print';
import type { VisibleIndex } from '../visibility/visible-index';
import { hasText } from '../index/value-kinds';
import { CompletionRest, type RestCounts } from './completion-rest';
import { lastPeriods, timeValues, type TimeOffer, type TimePlace } from './completion-time';
import type { FacetCounts } from './facet-counts';
import { best } from './best';
import { fieldEvents } from './field-list';
import { fieldLookup, resolveField } from './fields';
import type { QuerySets } from './query-sets';
import type { Vocabulary } from './vocabulary';

const maxOffers = 100;
/** Fields whose values are offered for a word that names no field; those of the second list only where a value begins with it. */
const namesByWord = ['event', 'service', 'identity', 'region', 'result'] as const;
const pastedByWord: readonly (readonly [field: string, pattern: RegExp])[] = [
  ['key', /^a[ks]/i],
  ['ip', /^[\da-f]{1,4}[.:\d]/i],
  ['account', /^\d{3,12}$/],
];

interface Place {
  readonly from: number;
  readonly to: number;
}

/** An offer and what it is ranked by. */
interface Ranked {
  readonly completion: Completion;
  readonly fit: Fit;
}

/** 0: begins with the typed text, 1: contains it, 2: is near it, 3: no event has it together with the rest of the query. */
type Fit = 0 | 1 | 2 | 3;

export class Completer {
  private readonly index: VisibleIndex;
  private readonly vocabulary: Vocabulary;
  private readonly rest: CompletionRest;

  constructor(index: VisibleIndex, vocabulary: Vocabulary, sets: QuerySets) {
    this.index = index;
    this.vocabulary = vocabulary;
    this.rest = new CompletionRest(index, sets);
  }

  /** The best first, counted under the rest of the query. Empty where nothing can be offered. */
  complete({ text, cursor, limit: asked }: CompletionRequest): Completion[] {
    const context = completionContext(text, cursor, fieldLookup(this.index));
    const limit = Math.max(0, Math.min(maxOffers, Math.floor(asked)));
    if (context.kind === 'none' || limit === 0) return [];
    const counts = this.rest.countsUnder(restOf(text, context.clause));
    return this.offers(context, counts, limit)
      .slice(0, limit)
      .map(({ completion }) => completion);
  }

  private offers(context: OpenContext, counts: RestCounts | null, limit: number): readonly Ranked[] {
    const { prefix } = context;
    switch (context.kind) {
      case 'value':
        return fieldType(context.field) === 'time' && isSameField(context.field, 'time') && !context.quoted
          ? timeValues(this.timePlace(counts), context.operator, prefix).map((offer) => timeOffer(offer, context))
          : this.values(context.field, prefix, context, counts).sort(byFitAndCount);
      case 'last-period':
        return lastPeriods(this.timePlace(counts), prefix).map((offer) => timeOffer(offer, context));
      case 'like':
        return this.similar(prefix, context);
      case 'field-or-word':
        return this.namesAndValues(prefix, context, counts, limit);
    }
  }

  /** Field names, and from the second letter on the values of the fields that hold names. */
  private namesAndValues(prefix: string, place: Place, counts: RestCounts | null, limit: number): readonly Ranked[] {
    const names = this.counted(this.names(prefix, place).sort(byFitAndCount).slice(0, limit), counts);
    if (prefix.length < 2) return names.sort(byFitAndCount);
    const values: Ranked[] = namesByWord.flatMap((field) =>
      this.values(field, prefix, place, counts, `${field}:`).slice(0, maxOffers),
    );
    for (const [field, pattern] of pastedByWord) {
      if (!pattern.test(prefix)) continue;
      values.push(...this.values(field, prefix, place, counts, `${field}:`).filter(({ fit }) => fit === 0));
    }
    const typed = prefix.toLowerCase();
    const times = 'last'.startsWith(typed) || 'past'.startsWith(typed) ? lastPeriods(this.timePlace(counts), '') : [];
    const days = ['today', 'yesterday'].some((name) => name.startsWith(typed))
      ? timeValues(this.timePlace(counts), 'equals', prefix).map((offer) => ({ ...offer, text: `time:${offer.text}` }))
      : [];
    const all = [...names, ...values].sort(byFitAndCount);
    // With a value that can be had, those that no event of the rest has would only be in the way.
    const found = all.some(({ fit }) => fit < 3) ? all.filter(({ fit }) => fit < 3) : all;
    return [...[...times, ...days].map((offer) => timeOffer(offer, place)), ...found];
  }

  private names(prefix: string, place: Place): Ranked[] {
    const { index } = this;
    const typed = prefix.toLowerCase();
    const ranked: Ranked[] = [];
    const offered = new Set<string>();
    const offer = (name: string, fit: Fit, note = ''): void => {
      if (offered.has(name)) return;
      offered.add(name);
      const count = fieldEvents(index, name);
      if (count === 0) return;
      const insert = `${quoteField(name)}:`;
      const more = note === '' ? {} : { note };
      const completion = {
        kind: 'field',
        label: name,
        count,
        fuzzy: fit === 2,
        insert,
        ...more,
        ...at(place),
      } as const;
      ranked.push({ completion, fit });
    };
    for (const { name } of namedFields) {
      if (name.startsWith(typed)) offer(name, 0);
      else if (typed !== '' && name.includes(typed)) offer(name, 1);
    }
    if (typed === '') return ranked;
    if (typed.length > 1)
      for (const [field, alias] of fieldsNamedElsewhere(typed)) offer(field, 1, `${alias} in other tools`);
    const short = ranked.length;
    for (let path = 0; path < index.paths.length && ranked.length < maxOffers * 10; path++) {
      const text = index.paths.text(path);
      const lower = text.toLowerCase();
      if (text.startsWith('@') || !lower.includes(typed)) continue;
      offer(text, lower.startsWith(typed) || lower.includes(`.${typed}`) ? 0 : 1);
    }
    ranked.push(...ranked.splice(short).sort(byLabel));
    if (ranked.length === 0) for (const near of this.vocabulary.nearFields(prefix, 5)) offer(near.written, 2);
    return ranked;
  }

  /** The names with their counts under the rest of the query; those without an event there last. */
  private counted(names: readonly Ranked[], counts: RestCounts | null): Ranked[] {
    if (counts === null) return [...names];
    return names.map(({ completion, fit }) => {
      const count = counts.eventsWith(completion.label);
      return { completion: { ...completion, count }, fit: count === 0 ? 3 : fit };
    });
  }

  /** Where no value is had by an event of the rest, those of the whole archive, with a count of 0. */
  private values(field: string, prefix: string, place: Place, counts: RestCounts | null, before = ''): Ranked[] {
    const under = counts?.valuesOf(field) ?? null;
    const found = under === null ? this.valuesOfAll(field, prefix) : this.valuesUnder(field, prefix, under);
    // Identifiers cannot be counted under the rest of the query.
    const isUncounted = counts !== null && under === null;
    const ranked = Array.from(found, ([text, { count, fit }]): Ranked => {
      const insert = `${before}${quoteValue(text)} `;
      const shown = { kind: 'value', label: before + text, fuzzy: fit === 2, insert } as const;
      const completion = { ...shown, count: isUncounted ? null : count, ...at(place) };
      return { completion, fit: count === 0 ? 3 : fit };
    }).sort((one, other) => byFitAndCount(one, other) || byLabel(one, other));
    return fieldType(field) === 'address' && before === '' ? [...network(prefix, place, ranked), ...ranked] : ranked;
  }

  private valuesUnder(field: string, prefix: string, counts: FacetCounts): Found {
    const typed = prefix.toLowerCase();
    const begins: number[] = [];
    const holds: number[] = [];
    for (let value = 0; value < counts.length; value++) {
      const at = typed === '' ? 0 : counts.lowerText(value).indexOf(typed);
      if (at >= 0) (at === 0 ? begins : holds).push(value);
    }
    const order = (one: number, other: number): number =>
      counts.count(other) - counts.count(one) || counts.compare(one, other);
    const found: Found = new Map();
    const add = (values: readonly number[], fit: Fit): void => {
      for (const value of best(values, maxOffers, order))
        found.set(counts.text(value), { count: counts.count(value), fit });
    };
    add(begins, 0);
    add(holds, 1);
    if (found.size > 0) return found;
    const others = this.valuesOfAll(field, prefix);
    for (const [text, { fit }] of others) others.set(text, { count: 0, fit });
    for (let value = 0; value < counts.length; value++) {
      const known = others.get(counts.text(value));
      if (known !== undefined) others.set(counts.text(value), { ...known, count: counts.count(value) });
    }
    return others;
  }

  private valuesOfAll(field: string, prefix: string): Found {
    const { index, vocabulary } = this;
    const { dictionary } = index;
    const totals = index.visible.totals();
    const resolved = resolveField(index, field);
    const typed = prefix.toLowerCase();
    const found: Found = new Map();
    const note = (value: number, fit: Fit): void => {
      const events = totals.ofValue(value);
      if (events === 0) return;
      const text = resolved.type === 'service' ? shortServiceName(dictionary.text(value)) : dictionary.text(value);
      const known = found.get(text);
      found.set(text, {
        count: events + (known?.count ?? 0),
        fit: known === undefined || fit < known.fit ? fit : known.fit,
      });
    };
    const matching = (wanted: string, fit: (lower: string) => Fit): void => {
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
    return found;
  }

  /** Terms for `~word`: how many events each matches would take a search for each. */
  private similar(prefix: string, place: Place): readonly Ranked[] {
    const begun = this.vocabulary.termsFrom(prefix, maxOffers);
    const terms = begun.length > 0 ? begun : this.vocabulary.nearTerms(prefix, maxOffers);
    return terms.map(({ written, edits }) => {
      const shown = { kind: 'value', label: written, count: null, fuzzy: edits > 0, insert: `${written} ` } as const;
      return { completion: { ...shown, ...at(place) }, fit: 0 };
    });
  }

  private timePlace(counts: RestCounts | null): TimePlace {
    const { index } = this;
    return { index, rows: counts?.matches.rows ?? index.visible.rows(false) };
  }
}

type OpenContext = Exclude<CompletionContext, { readonly kind: 'none' }>;
type Found = Map<string, { readonly count: number; readonly fit: Fit }>;

/** The range of the addresses that begin with these whole numbers, where there are several: `10.0.0.0/16` for `10.0.`. */
function network(prefix: string, place: Place, addresses: readonly Ranked[]): readonly Ranked[] {
  const within = addresses.filter(({ completion, fit }) => fit === 0 && /^[\d.]+$/.test(completion.label));
  if (!/^(?:\d{1,3}\.){1,3}$/.test(prefix) || within.length < 2) return [];
  const parts = prefix.split('.').slice(0, -1);
  const text = `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${parts.length * 8}`;
  const count = within.reduce((sum, { completion }) => sum + (completion.count ?? 0), 0);
  const shown = {
    kind: 'value',
    label: text,
    note: 'the whole range',
    count,
    fuzzy: false,
    insert: `${text} `,
  } as const;
  return [{ completion: { ...shown, ...at(place) }, fit: 0 }];
}

function timeOffer({ text, note, count }: TimeOffer, place: Place): Ranked {
  const more = note === '' ? {} : { note };
  return {
    completion: { kind: 'value', label: text, count, fuzzy: false, insert: `${text} `, ...more, ...at(place) },
    fit: 0,
  };
}

function byFitAndCount(one: Ranked, other: Ranked): number {
  return one.fit - other.fit || (other.completion.count ?? 0) - (one.completion.count ?? 0);
}

/** Without this the order would depend on which decode thread was first, since that decides the numbers of paths and values. */
function byLabel({ completion: one }: Ranked, { completion: other }: Ranked): number {
  return one.label < other.label ? -1 : one.label > other.label ? 1 : 0;
}

const at = ({ from, to }: Place): Place => ({ from, to });
