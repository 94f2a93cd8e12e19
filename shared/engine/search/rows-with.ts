/** Rows by the values they hold, asked by the engine itself and not by a query somebody typed. */
import type { FieldNode } from '#core/query/ast';
import type { Bitset } from '../index/bitset';
import type { QuerySets } from './query-sets';

/** Field and value, all of which must fit. */
export type FieldValues = readonly (readonly [string, string])[];

/** The rows that hold all of these, shown or not. The set is the caller's to change. */
export function rowsWith(sets: QuerySets, fields: FieldValues): Bitset {
  return sets.find({ kind: 'and', children: fields.map(([field, value]) => equals(field, value)), span: nowhere });
}

const nowhere = { from: 0, to: 0 };

function equals(field: string, value: string): FieldNode {
  return { kind: 'field', field, fieldSpan: nowhere, test: { kind: 'equals', value, quoted: true }, span: nowhere };
}
