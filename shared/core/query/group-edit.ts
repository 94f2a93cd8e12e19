/** Edits of the query by a row of the groups: one value of each of some fields. Like those of `edit.ts`, they change the text alone. */
import { choiceOf, isSameValue } from './clauses';
import { addClause, excludeValue, removeClause, topLevelClauses, valueClause } from './edit';
import type { FieldLookup } from './field-lookup';
import { quoteField } from './print';

/** One value of one field. */
export interface GroupValue {
  readonly field: string;
  readonly value: string;
}

/** Whether the query asks for just this value of each field, in a clause of its own. */
export function isGroupChosen(text: string, fields: FieldLookup, group: readonly GroupValue[]): boolean {
  return group.every((value) => clauseOf(text, fields, value) >= 0);
}

/**
 * Narrows the query to a group, or takes that back. The clauses are added to all that is there, so that taking them back leaves what was
 * there before, and the query finds the events of the group and no others.
 */
export function toggleGroup(text: string, fields: FieldLookup, group: readonly GroupValue[]): string {
  if (!isGroupChosen(text, fields, group))
    return group.reduce(
      (edited, each) =>
        clauseOf(edited, fields, each) >= 0 ? edited : addClause(edited, fields, valueClause(each.field, each.value)),
      text,
    );
  return group.reduce((edited, each) => removeClause(edited, fields, clauseOf(edited, fields, each)), text);
}

/** Leaves the events of a group out. */
export function excludeGroup(text: string, fields: FieldLookup, group: readonly GroupValue[]): string {
  const [only] = group;
  if (only !== undefined && group.length === 1) return excludeValue(text, fields, only.field, only.value);
  return addClause(text, fields, group.map(({ field, value }) => valueClause(field, value)).join(' '), true);
}

/** Narrows the query to the events that are in no group, since they lack a value of one of the fields. */
export function onlyUngrouped(text: string, fields: FieldLookup, names: readonly string[]): string {
  return addClause(text, fields, names.map((name) => `${quoteField(name)}:*`).join(' '), true);
}

/** The place among the clauses of the one that asks for this value alone; -1 where there is none. */
function clauseOf(text: string, fields: FieldLookup, { field, value }: GroupValue): number {
  return topLevelClauses(text, fields).findIndex(({ node }) => {
    const choice = choiceOf(node, field);
    const test = choice?.tests[0]?.test;
    if (choice === null || choice.negated || choice.tests.length > 1 || test?.kind !== 'equals') return false;
    return isSameValue(field, test.value, value);
  });
}
