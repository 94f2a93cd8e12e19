/** What the engine needs to know of a value's type. */
import type { LeafKind } from '#core/query/match';
import { ValueType } from '../scan/segment';

/** Whether the value can be counted and listed: null, `{}` and `[]` have no text. */
export function hasText(type: ValueType): boolean {
  return type !== ValueType.null && type !== ValueType.emptyObject && type !== ValueType.emptyArray;
}

/** Whether a word search covers it: it has a text, and the text is in the record. */
export function isSearchable(type: ValueType): boolean {
  return type !== ValueType.derived && type !== ValueType.emptyObject && type !== ValueType.emptyArray;
}

/** What a field test needs to know. */
export function leafKind(type: ValueType): LeafKind {
  if (type === ValueType.null) return 'null';
  return type === ValueType.emptyObject || type === ValueType.emptyArray ? 'empty' : 'text';
}

/** Whether the value can be a name: a string or a number. */
export function isStringOrNumber(type: ValueType): boolean {
  return type === ValueType.string || type === ValueType.number;
}
