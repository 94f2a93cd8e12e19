/**
 * Edits of the query's text by facets, chips and the brush. There is no other state: the text is the query.
 *
 * Every function takes the text and returns the new text; all else stays exactly as it was typed. A text with a syntax error is returned
 * unchanged, since its clauses are unknown: apply the edit to the last valid text instead.
 */
import { formatIso, outOfRangeQuery, undatedQuery } from '../time';
import { namedField } from '../fields';
import type { FieldNode, QueryNode, Span } from './ast';
import {
  choiceOf,
  isChosenBy,
  isOpenGroup,
  isSameValue,
  isTimeRange,
  selectionIn,
  testsOnly,
  timeRangeIn,
  topLevel,
  type Choice,
  type Selection,
  type TimeRange,
} from './clauses';
import type { FieldLookup } from './field-lookup';
import { parseQuery } from './parse';
import { printClause, printTest, quoteField, quoteValue } from './print';

/** One of the clauses a query joins by AND at its top, for a chip. */
export interface Clause {
  readonly text: string;
  readonly span: Span;
  readonly node: QueryNode;
  /** In words where it is a choice of values (`Service: s3, ec2`) or one that a press writes (`without a time`), else as written. */
  readonly label: string;
  readonly negated: boolean;
}

/** The query's clauses in order. None for the empty query and for one with a syntax error. */
export function topLevelClauses(text: string, fields: FieldLookup): readonly Clause[] {
  return topLevelNodes(text, fields).map((node) => ({
    text: text.slice(node.span.from, node.span.to),
    span: node.span,
    node,
    label: labelOf(node, text),
    negated: node.kind === 'not',
  }));
}

export function removeClause(text: string, fields: FieldLookup, index: number): string {
  const nodes = topLevelNodes(text, fields);
  return removeAll(
    text,
    nodes,
    nodes.filter((_node, at) => at === index),
  );
}

/** Adds a clause by AND, unless the query has it already. */
export function addClause(text: string, fields: FieldLookup, clause: string, negate = false): string {
  const current = parseQuery(text, fields);
  const added = parseQuery(clause, fields);
  if (!current.ok || !added.ok || added.value.kind === 'all') return text;
  const isGroup = isOpenGroup(added.value, 'or') || (negate && isOpenGroup(added.value, 'and'));
  const written = (negate ? '-' : '') + (isGroup ? `(${clause.trim()})` : clause.trim());
  if (current.value.kind === 'all') return written;
  if (topLevelClauses(text, fields).some((known) => known.text === written)) return text;
  const before = isOpenGroup(current.value, 'or') ? `(${text.trim()})` : text.trimEnd();
  return `${before} ${written}`;
}

/** `field:value`, quoted as far as needed. */
export function valueClause(field: string, value: string): string {
  return `${quoteField(field)}:${quoteValue(value)}`;
}

/** The values of a field that the query includes and excludes. */
export function selectionOf(text: string, fields: FieldLookup, field: string): Selection {
  const parsed = parseQuery(text, fields);
  return parsed.ok ? selectionIn(parsed.value, field) : { included: [], excluded: [] };
}

/** Includes a value, and no longer excludes it. Several values of one field are joined by OR. */
export function includeValue(text: string, fields: FieldLookup, field: string, value: string): string {
  return choose(text, fields, field, value, false);
}

/** Excludes a value, and no longer includes it. */
export function excludeValue(text: string, fields: FieldLookup, field: string, value: string): string {
  return choose(text, fields, field, value, true);
}

/** Includes only this value of the field: removes every other test of the field. */
export function onlyValue(text: string, fields: FieldLookup, field: string, value: string): string {
  return addClause(clearField(text, fields, field), fields, valueClause(field, value));
}

/** Includes only this value, or undoes that where it is the only one chosen. */
export function toggleOnly(text: string, fields: FieldLookup, field: string, value: string): string {
  const { included, excluded } = selectionOf(text, fields, field);
  const isOnly = excluded.length === 0 && included.length === 1 && isSameValue(field, included[0] ?? '', value);
  return isOnly ? clearField(text, fields, field) : onlyValue(text, fields, field, value);
}

/** Whether a clause stands in the query as it is written. */
export function hasClause(text: string, fields: FieldLookup, clause: string): boolean {
  return topLevelClauses(text, fields).some((known) => known.text === clause);
}

/** Makes this clause the only one that tests the field, or removes it where it stands already. */
export function toggleClauseOf(text: string, fields: FieldLookup, field: string, clause: string): string {
  const without = clearField(text, fields, field);
  return hasClause(text, fields, clause) ? without : addClause(without, fields, clause);
}

/** The clause for events without a value of the field. */
export function missingClause(field: string): string {
  return `-${quoteField(field)}:*`;
}

/** Neither includes nor excludes the value. */
export function removeValue(text: string, fields: FieldLookup, field: string, value: string): string {
  const selection = selectionOf(text, fields, field);
  const holds = (values: readonly string[]): boolean => values.some((known) => isSameValue(field, known, value));
  if (!holds(selection.included) && !holds(selection.excluded)) return text;
  const keeps = ({ test }: FieldNode): boolean => test.kind !== 'equals' || !isSameValue(field, test.value, value);
  // From the last clause to the first, so that the offsets of earlier ones stay valid.
  return topLevelNodes(text, fields).reduceRight((edited, node, index) => {
    const choice = choiceOf(node, field);
    const kept = choice?.tests.filter(keeps) ?? [];
    if (choice === null || kept.length === choice.tests.length) return edited;
    return kept.length === 0
      ? removeClause(edited, fields, index)
      : replace(edited, node.span, printChoice({ negated: choice.negated, tests: kept }));
  }, text);
}

/** Includes a value, or undoes that where it is included already and not excluded. */
export function toggleInclude(text: string, fields: FieldLookup, field: string, value: string): string {
  const { included, excluded } = selectionOf(text, fields, field);
  const isChosen = (known: string): boolean => isChosenBy(field, known, value);
  const chosen = excluded.some(isChosen) ? undefined : included.find(isChosen);
  return chosen === undefined ? includeValue(text, fields, field, value) : removeValue(text, fields, field, chosen);
}

/** Excludes a value, or undoes that where it is excluded already. */
export function toggleExclude(text: string, fields: FieldLookup, field: string, value: string): string {
  const chosen = selectionOf(text, fields, field).excluded.find((known) => isChosenBy(field, known, value));
  return chosen === undefined ? excludeValue(text, fields, field, value) : removeValue(text, fields, field, chosen);
}

/** Removes every clause that tests this field and nothing else. */
export function clearField(text: string, fields: FieldLookup, field: string): string {
  const nodes = topLevelNodes(text, fields);
  return removeAll(
    text,
    nodes,
    nodes.filter((node) => testsOnly(node, field)),
  );
}

/** The span the query bounds the time to; null where it does not. */
export function timeRangeOf(text: string, fields: FieldLookup): TimeRange | null {
  const parsed = parseQuery(text, fields);
  return parsed.ok ? timeRangeIn(parsed.value) : null;
}

/**
 * Replaces the time range (`time>=… time<…`, in UTC), or removes it. A range takes the place of every clause that tests the time and nothing
 * else: the timeline is counted without them, so that an event seen there could not be in both.
 */
export function withTimeRange(text: string, fields: FieldLookup, range: TimeRange | null): string {
  const nodes = topLevelNodes(text, fields);
  const gone = range === null ? isTimeRange : (node: QueryNode) => testsOnly(node, 'time');
  const without = removeAll(text, nodes, nodes.filter(gone));
  const from = range?.from ?? null;
  const to = range?.to ?? null;
  const bounds = [from === null ? '' : `time>=${formatIso(from)}`, to === null ? '' : `time<${formatIso(to)}`];
  return bounds.reduce((edited, bound) => addClause(edited, fields, bound), without);
}

/** The clauses besides a time range that {@link withTimeRange} takes away for a new one, such as that for events without a time. */
export function otherTimeClauses(text: string, fields: FieldLookup): readonly Clause[] {
  return topLevelClauses(text, fields).filter(({ node }) => testsOnly(node, 'time') && !isTimeRange(node));
}

function choose(text: string, fields: FieldLookup, field: string, value: string, negated: boolean): string {
  const { included, excluded } = selectionOf(text, fields, field);
  // Excluding a name excludes each principal of that name; an included name can still be narrowed by excluding one of them.
  const isChosen = (known: string): boolean => isChosenBy(field, known, value);
  const contrary = negated ? included.filter((known) => isSameValue(field, known, value)) : excluded.filter(isChosen);
  const without = contrary.reduce((edited, known) => removeValue(edited, fields, field, known), text);
  const chosen = selectionOf(without, fields, field);
  if (negated ? chosen.excluded.some(isChosen) : chosen.included.some(isChosen)) return without;
  for (const node of topLevelNodes(without, fields)) {
    const choice = choiceOf(node, field);
    if (choice?.negated === negated) return replace(without, node.span, printChoice(choice, value));
  }
  return addClause(without, fields, valueClause(field, value), negated);
}

/** The choice in its canonical spelling, with one more value. Values that were there keep their quotes or have none. */
function printChoice({ negated, tests }: Choice, added?: string): string {
  const first = tests[0];
  if (first === undefined) throw new TypeError('a choice has at least one value');
  const more: FieldNode[] =
    added === undefined
      ? []
      : [{ ...first, test: { kind: 'equals', value: added, quoted: quoteValue(added) !== added } }];
  const children = [...tests, ...more].map((test) => ({ ...test, field: first.field }));
  const node: QueryNode = children.length === 1 ? first : { kind: 'or', children, span: first.span };
  return printClause(negated ? { kind: 'not', child: node, span: first.span } : node);
}

function topLevelNodes(text: string, fields: FieldLookup): readonly QueryNode[] {
  const parsed = parseQuery(text, fields);
  return parsed.ok ? topLevel(parsed.value) : [];
}

/** Removes clauses with the white space or the AND that joined them. */
function removeAll(text: string, nodes: readonly QueryNode[], removed: readonly QueryNode[]): string {
  if (removed.length === 0) return text;
  const gone = new Set(removed);
  const last = nodes.findLastIndex((node) => !gone.has(node));
  if (last < 0) return '';
  let edited = text;
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node === undefined || !gone.has(node)) continue;
    // A clause before the last kept one goes up to its successor, one behind it goes from its predecessor's end.
    const from = index < last ? node.span.from : (nodes[index - 1]?.span.to ?? 0);
    const to = index < last ? (nodes[index + 1]?.span.from ?? text.length) : node.span.to;
    edited = replace(edited, { from, to }, '');
  }
  return edited;
}

function replace(text: string, span: Span, by: string): string {
  return text.slice(0, span.from) + by + text.slice(span.to);
}

/** Clauses that a press writes, in words. */
const pressedLabels = new Map([
  [undatedQuery, 'without a time'],
  [`(${outOfRangeQuery})`, 'time out of range'],
]);

function labelOf(node: QueryNode, text: string): string {
  const pressed = pressedLabels.get(text.slice(node.span.from, node.span.to));
  if (pressed !== undefined) return pressed;
  const positive = node.kind === 'not' ? node.child : node;
  const first = positive.kind === 'or' ? positive.children[0] : positive;
  const choice = first?.kind === 'field' ? choiceOf(node, first.field) : null;
  if (first?.kind !== 'field' || choice === null) return text.slice(node.span.from, node.span.to);
  const values = choice.tests.map(({ test }) => (test.kind === 'equals' ? test.value : printTest(test)));
  const name = namedField(first.field)?.label ?? first.field;
  return `${choice.negated ? 'not ' : ''}${name}: ${values.join(', ')}`;
}
