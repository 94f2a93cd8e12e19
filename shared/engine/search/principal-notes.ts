/** Notes for a result whose query names several principals by one name. */
import type { QueryNote } from '#contract/query';
import { fieldType } from '#core/fields';
import { parsePrincipal, principalTest } from '#core/principal';
import type { QueryNode } from '#core/query/ast';
import type { VisibleIndex } from '../visibility/visible-index';
import { resolveField } from './fields';

/** One note for each name in a test of the identity, negated or not, that more than one principal has. */
export function principalNotes(index: VisibleIndex, query: QueryNode): readonly QueryNote[] {
  const names = new Set(namesIn(query).map((name) => name.toLowerCase()));
  return [...names].flatMap((name) => {
    const words = principalsOf(index, name);
    if (words.length < 2) return [];
    const advice = 'To test for one of them, choose it in the identity facet, or write it in full and in quotes.';
    return [{ kind: 'several-principals' as const, words, advice, text: null }];
  });
}

function namesIn(node: QueryNode): readonly string[] {
  switch (node.kind) {
    case 'field':
      return fieldType(node.field) === 'identity' &&
        node.test.kind === 'equals' &&
        parsePrincipal(node.test.value) === null
        ? [node.test.value]
        : [];
    case 'not':
      return namesIn(node.child);
    case 'and':
    case 'or':
      return node.children.flatMap(namesIn);
    default:
      return [];
  }
}

/** The principals of this name among the visible events, most frequent first. */
function principalsOf(index: VisibleIndex, name: string): readonly string[] {
  const { dictionary, visible } = index;
  const isNamed = principalTest(name);
  const totals = visible.totals();
  const found = new Map<string, number>();
  for (const path of resolveField(index, 'identity').paths) {
    dictionary.forEachOfPath(path, (value) => {
      const events = totals.ofValue(value);
      if (events === 0) return;
      const text = dictionary.text(value);
      if (isNamed(text)) found.set(text, (found.get(text) ?? 0) + events);
    });
  }
  return [...found].sort(([, one], [, other]) => other - one).map(([text]) => text);
}
