/** What to try where a query finds nothing. */
import type { QueryHint } from '#contract/query';
import { fieldType } from '#core/fields';
import type { FieldNode, QueryNode, WordNode } from '#core/query/ast';
import { timeRangeIn, topLevel } from '#core/query/clauses';
import { removeClause, withTimeRange } from '#core/query/edit';
import type { FieldLookup } from '#core/query/field-lookup';
import { quoteField, quoteValue } from '#core/query/print';
import { parseQuery } from '#core/query/parse';
import { andInto, type Bitset, countBits } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { hasText } from '../index/value-kinds';
import { explainAbsence, servicesMeant } from './absence';
import { resolveField } from './fields';
import type { QuerySets } from './query-sets';
import { wordsOf } from './terms';
import type { Vocabulary } from './vocabulary';

/** The most sentences that explain, and the most queries to try. */
const maxNotes = 4;
const maxTries = 6;
const maxPerWord = 2;
/** The most words of a value to look at, and the most near terms of each. */
const maxWords = 8;
const maxNear = 8;

export interface HintContext {
  readonly index: VisibleIndex;
  readonly sets: QuerySets;
  readonly vocabulary: Vocabulary;
  readonly fields: FieldLookup;
  /** The rows to look among. */
  readonly shown: Bitset;
}

/**
 * For a query without a match: first what the open data cannot hold, then queries that do match, with counts. The vocabulary must have been
 * updated.
 */
export function findHints(context: HintContext, text: string, query: QueryNode): QueryHint[] {
  const hints: QueryHint[] = [];
  const words = leavesOf(query);
  const notes = explainAbsence(context, query, words);
  for (const leaf of words) hints.push(...serviceMeant(context, text, leaf));
  for (const leaf of words) if (leaf.kind === 'word') hints.push(...fieldMeant(context, text, leaf));
  for (const leaf of words) hints.push(...didYouMean(context, text, leaf));
  hints.push(...outsideRange(context, text, query), ...dropClause(context, text, query));
  return [...notes.slice(0, maxNotes), ...hints.slice(0, maxTries)];
}

type Leaf = WordNode | FieldNode;

/** The words and field tests that are not negated: the spelling of a negated one cannot be why nothing was found. */
function leavesOf(node: QueryNode): Leaf[] {
  switch (node.kind) {
    case 'word':
    case 'field':
      return [node];
    case 'and':
    case 'or':
      return node.children.flatMap(leavesOf);
    default:
      return [];
  }
}

/** `service:cloudwatch`, or the word alone, where CloudTrail writes `monitoring`. */
function serviceMeant(context: HintContext, text: string, leaf: Leaf): QueryHint[] {
  return servicesMeant(context, leaf).flatMap((name) => {
    const replaced = replace(text, leaf, `service:${quoteValue(name)}`);
    return counted(context, replaced, (count) => ({
      kind: 'service-meant',
      message: `CloudTrail writes it ${name}`,
      text: replaced,
      count,
    }));
  });
}

/** `evntName:X` was read as a word, and a field near `evntName` exists. Likewise `eventName=X`, as other tools write it. */
function fieldMeant(context: HintContext, text: string, word: WordNode): QueryHint[] {
  const match = word.quoted ? null : /^([\w@.-]+)(:|==?|[<>]=?)(.+)$/s.exec(word.text);
  const [, name = '', operator = '', value = ''] = match ?? [];
  if (match === null) return [];
  return context.vocabulary.nearFields(name, maxPerWord).flatMap(({ written }) => {
    const replaced = replace(text, word, `${quoteField(written)}${operator.startsWith('=') ? ':' : operator}${value}`);
    return counted(context, replaced, (count) => ({
      kind: 'field-meant',
      message: `Did you mean the field ${written}?`,
      text: replaced,
      count,
    }));
  });
}

/** Replaces words and values that no event has by near ones of the data. */
function didYouMean(context: HintContext, text: string, leaf: Leaf): QueryHint[] {
  const offers = leaf.kind === 'word' ? nearWords(context, leaf) : nearValues(context, leaf);
  return offers.flatMap(({ shown, clause }) => {
    const replaced = replace(text, leaf, clause);
    return counted(context, replaced, (count) => ({
      kind: 'did-you-mean',
      message: `Did you mean ${shown}?`,
      text: replaced,
      count,
    }));
  });
}

interface Offer {
  readonly shown: string;
  readonly clause: string;
}

function nearWords(context: HintContext, word: WordNode): Offer[] {
  const { vocabulary } = context;
  if (countOf(context, word) > 0) return [];
  const near = vocabulary.nearTerms(word.text, maxPerWord + 1).filter(({ edits }) => edits > 0);
  return near.slice(0, maxPerWord).map(({ written }) => ({ shown: written, clause: quoteValue(written) }));
}

function nearValues(context: HintContext, node: FieldNode): Offer[] {
  const { index, vocabulary } = context;
  const { test } = node;
  if (test.kind !== 'equals' || countOf(context, node) > 0) return [];
  // A day is not the whole time of an event, only its beginning.
  if (fieldType(node.field) === 'time') {
    const clause = `${quoteField(node.field)}:${quoteValue(test.value)}*`;
    return [{ shown: clause, clause }];
  }
  const unquoted = test.quoted ? withoutQuotes(context, node, test.value) : [];
  if (unquoted.length > 0) return unquoted;
  const containing = valuesContaining(context, node, test.value);
  if (containing.length > 0) return containing;
  const { dictionary } = index;
  const totals = index.visible.totals();
  // Sharing a single word such as `amazonaws` is not enough: each word must be near one of the value.
  const words = wordsOf(test.value).slice(0, maxWords);
  const terms = words.map((word) => nearOnes(vocabulary, word));
  const found: { value: number; distance: number }[] = [];
  for (const path of resolveField(index, node.field).paths) {
    dictionary.forEachOfPath(path, (value) => {
      if (terms.length === 0 || terms.some((near) => near.length === 0)) return;
      if (!hasText(index.dictionary.type(value)) || totals.ofValue(value) === 0) return;
      const lower = dictionary.texts.lowerText(value);
      if (!terms.every((near) => near.some((term) => lower.includes(term)))) return;
      found.push({ value, distance: Math.abs(lower.length - test.value.length) });
    });
  }
  found.sort(
    (one, other) =>
      one.distance - other.distance ||
      totals.ofValue(other.value) - totals.ofValue(one.value) ||
      dictionary.texts.compare(one.value, other.value),
  );
  const texts = new Set(found.slice(0, maxPerWord).map(({ value }) => dictionary.text(value)));
  return [...texts].map((value) => ({ shown: value, clause: `${quoteField(node.field)}:${quoteValue(value)}` }));
}

/** The terms near a word: one typing error per four letters. Shorter words, and numbers, which are not in the vocabulary, only themselves. */
function nearOnes(vocabulary: Vocabulary, word: string): readonly string[] {
  const near = vocabulary.nearTerms(word, maxNear).filter(({ edits }) => edits <= word.length / 4);
  return near.length === 0 && (word.length <= 3 || /^\d+$/.test(word)) ? [word] : near.map(({ term }) => term);
}

/** The quoted text, as a wildcard or a range of addresses. */
function withoutQuotes(context: HintContext, { field }: FieldNode, value: string): Offer[] {
  if (!/^[^\s()"\\]*[*?/][^\s()"\\]*$/.test(value) || value.startsWith('/')) return [];
  const clause = `${quoteField(field)}:${value}`;
  const parsed = parseQuery(clause, context.fields);
  return parsed.ok && countOf(context, parsed.value) > 0 ? [{ shown: clause, clause }] : [];
}

/** The values that begin with the text, else those that contain it; an ARN also as a word. */
function valuesContaining(context: HintContext, { field }: FieldNode, value: string): Offer[] {
  if (!/^[^\s()"*?\\]+$/.test(value)) return [];
  const name = quoteField(field);
  const finds = (clause: string): boolean => {
    const parsed = parseQuery(clause, context.fields);
    return parsed.ok && countOf(context, parsed.value) > 0;
  };
  const part = [`${name}:${value}*`, `${name}:*${value}*`].find(finds);
  const word = value.startsWith('arn:') ? [quoteValue(value)].filter(finds) : [];
  return [...(part === undefined ? [] : [part]), ...word].map((clause) => ({ shown: clause, clause }));
}

function outsideRange(context: HintContext, text: string, query: QueryNode): QueryHint[] {
  if (timeRangeIn(query) === null) return [];
  const replaced = withTimeRange(text, context.fields, null);
  return counted(context, replaced, (count) => ({
    kind: 'outside-range',
    message: 'There are matches outside the chosen time range',
    text: replaced,
    count,
  }));
}

function dropClause(context: HintContext, text: string, query: QueryNode): QueryHint[] {
  const clauses = topLevel(query);
  if (clauses.length < 2) return [];
  return clauses
    .flatMap((clause, at) => {
      const replaced = removeClause(text, context.fields, at);
      return counted(context, replaced, (count) => ({
        kind: 'drop-clause',
        message: `Without ${text.slice(clause.span.from, clause.span.to)}`,
        text: replaced,
        count,
      }));
    })
    .sort((one, other) => (other.count ?? 0) - (one.count ?? 0));
}

function replace(text: string, { span }: Leaf, by: string): string {
  return text.slice(0, span.from) + by + text.slice(span.to);
}

/** The hint, where its query is valid and matches something. */
function counted(context: HintContext, text: string, hint: (count: number) => QueryHint): QueryHint[] {
  const parsed = parseQuery(text, context.fields);
  if (!parsed.ok) return [];
  const count = countOf(context, parsed.value);
  return count === 0 ? [] : [hint(count)];
}

function countOf({ sets, shown }: HintContext, node: QueryNode): number {
  const rows = sets.find(node);
  andInto(rows, shown);
  return countBits(rows);
}
