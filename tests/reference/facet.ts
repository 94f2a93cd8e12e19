/** A facet by its meaning alone: a walk over the events that match, under all clauses but the field's own. */
import { shownValue, valuesOf, type Leaf } from './fields';
import { matches, testsOnly } from './query-match';
import { clausesOf, type Query } from './query-text';

/** The field's texts of one event, as a facet shows them, each once. */
export function shownValues(leaves: readonly Leaf[], field: string): ReadonlySet<string> {
  const texts = valuesOf(leaves, field).filter(({ kind }) => kind === 'text');
  return new Set(texts.map(({ text }) => shownValue(field, text)));
}

/** How many of the events have each text of the field, and how many none. */
export function facetOf(
  events: Iterable<readonly Leaf[]>,
  query: Query,
  field: string,
): { readonly counts: ReadonlyMap<string, number>; readonly missing: number } {
  const clauses = clausesOf(query).filter((clause) => !testsOnly(clause, field));
  const counts = new Map<string, number>();
  let missing = 0;
  for (const leaves of events) {
    if (!clauses.every((clause) => matches(clause, leaves))) continue;
    const texts = shownValues(leaves, field);
    if (texts.size === 0) missing++;
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return { counts, missing };
}
