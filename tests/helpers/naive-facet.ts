/** Facets by their meaning alone: a walk over the events that match. */
import { fieldPaths, fieldType } from '#core/fields';
import { conjuncts, testsOnly } from '#core/query/clauses';
import { shortServiceName } from '#core/query/match';
import { parseFor, type TestIndex } from './indexes';
import { matchesNaively } from './naive-query';
import { leavesOf, type TestEvent } from './segments';

/** The field's texts of one event, each once. */
function textsOf(event: TestEvent, field: string): Set<string> {
  const shown = fieldType(field) === 'service' ? shortServiceName : (text: string): string => text;
  const paths = fieldPaths(field).map((path) => path.toLowerCase());
  const isIn = (path: string): boolean => paths.some((each) => path === each || path.startsWith(`${each}.`));
  const leaves = leavesOf(event).filter(({ path, kind }) => isIn(path.toLowerCase()) && kind === 'text');
  return new Set(leaves.map(({ text }) => shown(text)));
}

/** How many of the events have each text of the field, and how many none, under all clauses but the field's own. */
export function naiveFacet(
  { index, events }: TestIndex,
  text: string,
  field: string,
): { counts: Map<string, number>; missing: number } {
  const clauses = conjuncts(parseFor(index, text)).filter((clause) => !testsOnly(clause, field));
  const counts = new Map<string, number>();
  let missing = 0;
  for (const event of events.values()) {
    const leaves = leavesOf(event);
    if (!clauses.every((clause) => matchesNaively(clause, leaves))) continue;
    const texts = textsOf(event, field);
    if (texts.size === 0) missing++;
    for (const each of texts) counts.set(each, (counts.get(each) ?? 0) + 1);
  }
  return { counts, missing };
}
