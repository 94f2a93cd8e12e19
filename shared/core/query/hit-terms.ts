/** What a query looks for, to show in an event why it matches. */
import { assertNever } from '#contract/result';
import type { AddressesNode, FieldNode, LikeNode, QueryNode, WordNode } from './ast';

/** A part of a query that some value of a matching event answers by itself. */
export type HitTerm = WordNode | LikeNode | AddressesNode | FieldNode;

/** In the order of the text; nothing that is ruled out. */
export function hitTerms(node: QueryNode): readonly HitTerm[] {
  switch (node.kind) {
    case 'word':
    case 'like':
    case 'addresses':
    case 'field':
      return [node];
    case 'and':
    case 'or':
      return node.children.flatMap(hitTerms);
    case 'not':
    case 'all':
      return [];
    default:
      return assertNever(node);
  }
}

/** The texts that are looked for anywhere in an event, each once. */
export function searchedTexts(terms: readonly HitTerm[]): readonly string[] {
  return [...new Set(terms.flatMap((term) => searchedText(term) ?? []))];
}

function searchedText(term: HitTerm): string | null {
  switch (term.kind) {
    case 'word':
    case 'like':
      return term.text;
    case 'addresses':
      return term.network;
    case 'field':
      return null;
    default:
      return assertNever(term);
  }
}
