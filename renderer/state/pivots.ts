/** Going on from a value to the events that have it. */
import { addClause, excludeValue, onlyValue, removeValue, selectionOf, valueClause } from '#core/query/edit';
import type { FieldLookup } from '#core/query/field-lookup';

/** The query with "and this value": one that it rules out is asked for from now on, since both at once would find nothing. */
function requireValue(text: string, fields: FieldLookup, field: string, value: string): string {
  const isRuledOut = selectionOf(text, fields, field).excluded.includes(value);
  return addClause(isRuledOut ? removeValue(text, fields, field, value) : text, fields, valueClause(field, value));
}

/** What a value can do to a query: "and this", "only this, whatever was asked of its field before", "without this". */
export const pivots = { require: requireValue, only: onlyValue, exclude: excludeValue } as const;
