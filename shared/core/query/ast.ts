/**
 * The query as a tree. The parser makes it, the engine runs it, the query bar colours and edits by it.
 *
 * Every node has its half-open range of UTF-16 offsets in the text, for error messages, chips and edits.
 */

/** A half-open range of UTF-16 offsets in the query text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type QueryNode = AllNode | AndNode | OrNode | NotNode | WordNode | AddressesNode | LikeNode | FieldNode;

/** The empty query and `*`: every event. */
export interface AllNode {
  readonly kind: 'all';
  readonly span: Span;
}

export interface AndNode {
  readonly kind: 'and';
  readonly children: readonly QueryNode[];
  readonly span: Span;
}

export interface OrNode {
  readonly kind: 'or';
  readonly children: readonly QueryNode[];
  readonly span: Span;
}

export interface NotNode {
  readonly kind: 'not';
  readonly child: QueryNode;
  readonly span: Span;
}

/** `word` or `"two words"`: some value of the event contains this text, in any case. */
export interface WordNode {
  readonly kind: 'word';
  readonly text: string;
  readonly quoted: boolean;
  readonly span: Span;
}

/** `10.0.0.0/8` without a field: some value of the event is an address in this range (or a list with one), or holds this text. */
export interface AddressesNode {
  readonly kind: 'addresses';
  readonly network: string;
  readonly span: Span;
}

/** `~word`: some value contains a term near this one. */
export interface LikeNode {
  readonly kind: 'like';
  readonly text: string;
  readonly span: Span;
}

/** `field:…` and `field>…`. `field:(a OR b)` parses to an `or` of these, one per value. */
export interface FieldNode {
  readonly kind: 'field';
  /** As written: a short name or a path. */
  readonly field: string;
  readonly fieldSpan: Span;
  readonly test: FieldTest;
  readonly span: Span;
}

export type FieldTest =
  | { readonly kind: 'equals'; readonly value: string; readonly quoted: boolean }
  /** `*` any run of characters, `?` any one; written without quotes. Anchored at both ends. */
  | { readonly kind: 'wildcard'; readonly pattern: string }
  | { readonly kind: 'exists' }
  | { readonly kind: 'compare'; readonly operator: '<' | '<=' | '>' | '>='; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  /** Only where the field holds addresses and the value is written `address/bits`. */
  | { readonly kind: 'cidr'; readonly network: string };
