/** What the engine asks of a value's type. */
import type { LeafKind } from '#core/query/match';
import { ValueType } from '../scan/segment';

/** Whether the value can be counted and listed: null and the empty containers say that there is none. */
export function hasText(type: ValueType): boolean {
  return type !== ValueType.null && type !== ValueType.emptyObject && type !== ValueType.emptyArray;
}

/** Whether a word can stand in it: it has a text that stands in the record. */
export function isSearchable(type: ValueType): boolean {
  return type !== ValueType.derived && type !== ValueType.emptyObject && type !== ValueType.emptyArray;
}

/** What a field test needs to know. */
export function leafKind(type: ValueType): LeafKind {
  if (type === ValueType.null) return 'null';
  return type === ValueType.emptyObject || type === ValueType.emptyArray ? 'empty' : 'text';
}
