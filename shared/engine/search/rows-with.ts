/** Finds rows by their values, for the engine's own use and not for a typed query. */
import type { FieldNode } from '#core/query/ast';
import type { Bitset } from '../index/bitset';
import type { QuerySets } from './query-sets';

/** Pairs of field and value; all must match. */
export type FieldValues = readonly (readonly [string, string])[];

/** The rows that have all of these values, visible or not. The caller may change the set. */
export function rowsWith(sets: QuerySets, fields: FieldValues): Bitset {
  return sets.find({ kind: 'and', children: fields.map(([field, value]) => equals(field, value)), span: nowhere });
}

const nowhere = { from: 0, to: 0 };

function equals(field: string, value: string): FieldNode {
  return { kind: 'field', field, fieldSpan: nowhere, test: { kind: 'equals', value, quoted: true }, span: nowhere };
}
