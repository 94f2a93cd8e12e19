import type { QueryNode } from '#core/query/ast';

/** The texts a query looks for, to be marked in a record: words and plain values, but nothing that is ruled out. */
export function searchedTexts(node: QueryNode): readonly string[] {
  switch (node.kind) {
    case 'word':
      return [node.text];
    case 'like':
      return [node.text];
    case 'field':
      return node.test.kind === 'equals' && node.test.value !== '' ? [node.test.value] : [];
    case 'and':
    case 'or':
      return [...new Set(node.children.flatMap(searchedTexts))];
    case 'not':
    case 'all':
      return [];
  }
}
