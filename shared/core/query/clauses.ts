/**
 * What the clauses of a parsed query say about one field: the engine leaves them out when it counts that field's facet or draws
 * the timeline, the window shows them as chosen values and as the brush.
 */
import { epochMs, type EpochMs } from '#contract/ids';
import { fieldType, isSameField } from '../fields';
import { parsePrincipal, principalTest } from '../principal';
import type { FieldNode, FieldTest, QueryNode } from './ast';
import { instantRange, shortServiceName, type InstantRange } from './match';

/** The clauses that must all match, through nested groups; none for the empty query. */
export function conjuncts(node: QueryNode): readonly QueryNode[] {
  if (node.kind === 'all') return [];
  return node.kind === 'and' ? node.children.flatMap(conjuncts) : [node];
}

/** The clauses joined by AND as they were written: a parenthesised group is one. None for the empty query and for `*`, which asks for nothing. */
export function topLevel(node: QueryNode): readonly QueryNode[] {
  const clauses = node.kind === 'and' && isOpenGroup(node, 'and') ? node.children : [node];
  return clauses.filter((clause) => clause.kind !== 'all');
}

/** Whether a node is a group of this kind without parentheses (or a field) around it. */
export function isOpenGroup(node: QueryNode, kind: 'and' | 'or'): boolean {
  return node.kind === kind && node.children[0]?.span.from === node.span.from;
}

/** Whether a clause tests this field and nothing else, whatever its logic. The field may go by its short name or its path. */
export function testsOnly(node: QueryNode, field: string): boolean {
  switch (node.kind) {
    case 'field':
      return isSameField(node.field, field);
    case 'not':
      return testsOnly(node.child, field);
    case 'and':
    case 'or':
      return node.children.every((child) => testsOnly(child, field));
    default:
      return false;
  }
}

/** The distinct values of one field that a query includes and excludes. Services by their short names. */
export interface Selection {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}

/**
 * Reads the choice back out of the top-level clauses `field:v`, `field:(a OR b)` and their negations. Other tests of the field,
 * and clauses within groups, are no choice.
 */
export function selectionIn(node: QueryNode, field: string): Selection {
  const included: string[] = [];
  const excluded: string[] = [];
  for (const clause of topLevel(node)) {
    const choice = choiceOf(clause, field);
    const values = choice?.tests.flatMap(({ test }) => (test.kind === 'equals' ? [test.value] : [])) ?? [];
    for (const value of values) addValue(choice?.negated === true ? excluded : included, field, value);
  }
  return { included, excluded };
}

/**
 * Whether two values of a field are the same to a query: in any case, and `s3` for `s3.amazonaws.com`. The whole text of a principal is the
 * same as itself alone.
 */
export function isSameValue(field: string, one: string, other: string): boolean {
  return comparable(field, one) === comparable(field, other);
}

/** Whether a chosen value matches a value of the data: `alice` matches the `alice` of every account. */
export function isChosenBy(field: string, chosen: string, value: string): boolean {
  return isSameValue(field, chosen, value) || (fieldType(field) === 'identity' && principalTest(chosen)(value));
}

function comparable(field: string, value: string): string {
  if (fieldType(field) === 'identity' && parsePrincipal(value) !== null) return value;
  const lower = value.toLowerCase();
  return fieldType(field) === 'service' ? shortServiceName(lower) : lower;
}

function addValue(values: string[], field: string, value: string): void {
  if (values.some((known) => isSameValue(field, known, value))) return;
  values.push(fieldType(field) === 'service' ? shortServiceName(value) : value);
}

/** A clause that includes, or excludes, some values of one field. */
export interface Choice {
  readonly negated: boolean;
  readonly tests: readonly FieldNode[];
}

/** The clause as a choice; null where it is none. `field:*` and comparisons narrow a choice instead of adding to it. */
export function choiceOf(node: QueryNode, field: string): Choice | null {
  const negated = node.kind === 'not';
  const positive = negated ? node.child : node;
  const tests = positive.kind === 'or' ? positive.children : [positive];
  return tests.every((test): test is FieldNode => isChoiceTest(test, field)) ? { negated, tests } : null;
}

const choiceTests: ReadonlySet<FieldTest['kind']> = new Set(['equals', 'wildcard', 'regex', 'cidr']);

function isChoiceTest(node: QueryNode, field: string): boolean {
  return node.kind === 'field' && choiceTests.has(node.test.kind) && isSameField(node.field, field);
}

/** Times from `from` up to and without `to`; null where open. */
export interface TimeRange {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
}

/** The span the query's comparisons with `time` leave; null where it has none. */
export function timeRangeIn(node: QueryNode): TimeRange | null {
  const ranges = conjuncts(node).flatMap((clause) => rangeOf(clause) ?? []);
  if (ranges.length === 0) return null;
  const from = Math.max(...ranges.map((range) => range.from));
  const to = Math.min(...ranges.map((range) => range.to));
  return { from: from === -Infinity ? null : epochMs(from), to: to === Infinity ? null : epochMs(to) };
}

/** Whether a range is empty: it ends before it begins, or when it begins. */
export function isEmptyRange(range: TimeRange | null): boolean {
  return range !== null && range.from !== null && range.to !== null && range.from >= range.to;
}

/** Whether a clause does nothing but bound the time. */
export function isTimeRange(node: QueryNode): boolean {
  return node.kind === 'and' ? node.children.every(isTimeRange) : rangeOf(node) !== null;
}

function rangeOf(node: QueryNode): InstantRange | null {
  if (node.kind !== 'field' || node.test.kind !== 'compare' || !isSameField(node.field, 'time')) return null;
  return instantRange(node.test.operator, node.test.value);
}
