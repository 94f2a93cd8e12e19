import type { QueryNode } from '#core/query/ast';

/**
 * The texts a query looks for anywhere in an event, to be marked in a record; nothing that is ruled out.
 *
 * Values of named fields are left alone: `service:s3` would mark every `s3` in a record, as if each had been searched for.
 */
export function searchedTexts(node: QueryNode): readonly string[] {
  switch (node.kind) {
    case 'word':
      return [node.text];
    case 'like':
      return [node.text];
    case 'addresses':
      return [node.network];
    case 'and':
    case 'or':
      return [...new Set(node.children.flatMap(searchedTexts))];
    case 'field':
    case 'not':
    case 'all':
      return [];
  }
}
