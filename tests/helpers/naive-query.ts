/** The query language by its meaning alone: one event, all its leaves, no index. What the engine finds has to agree with this. */
import { fieldPaths, fieldType } from '#core/fields';
import type { QueryNode } from '#core/query/ast';
import { compileTest, type LeafKind } from '#core/query/match';

/** One value of an event. Arrays collapse: `resources.ARN` is the path of each. Derived values have paths that begin with `@`. */
export interface Leaf {
  readonly path: string;
  readonly text: string;
  readonly kind: LeafKind;
}

/** Whether the event with these leaves matches. `~word` is not exact and has no naive meaning: it throws. */
export function matchesNaively(node: QueryNode, leaves: readonly Leaf[]): boolean {
  switch (node.kind) {
    case 'all':
      return true;
    case 'and':
      return node.children.every((child) => matchesNaively(child, leaves));
    case 'or':
      return node.children.some((child) => matchesNaively(child, leaves));
    case 'not':
      return !matchesNaively(node.child, leaves);
    case 'word': {
      const word = node.text.toLowerCase();
      return leaves.some((leaf) => isWordTarget(leaf) && leaf.text.toLowerCase().includes(word));
    }
    case 'field': {
      const test = compileTest(node.test, fieldType(node.field));
      const paths = fieldPaths(node.field);
      return leaves.some((leaf) => paths.some((path) => isAtOrBeneath(leaf.path, path)) && test(leaf.text, leaf.kind));
    }
    case 'like':
      throw new Error('~word has no naive meaning');
  }
}

/** No word reaches a derived value, since it stands in no record, nor an empty object or array, which has no text. */
function isWordTarget(leaf: Leaf): boolean {
  return leaf.kind !== 'empty' && !leaf.path.startsWith('@');
}

function isAtOrBeneath(path: string, field: string): boolean {
  const [one, other] = [path.toLowerCase(), field.toLowerCase()];
  return one === other || one.startsWith(`${other}.`);
}
