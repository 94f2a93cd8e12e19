import type { JsonNode } from '#core/json/tree';
import { ValueType } from '#engine/scan/segment';
import { leavesOf } from './naive-query';
import { sortedSet } from './segment-leaves';

const types = {
  string: ValueType.string,
  number: ValueType.number,
  true: ValueType.true,
  false: ValueType.false,
  null: ValueType.null,
  object: ValueType.emptyObject,
  array: ValueType.emptyArray,
};

/** The leaves of a record's lossless tree, as `decodeRows` gives those of a row. */
export function treeLeaves(record: JsonNode): string[] {
  return sortedSet(leavesOf(record).map(({ path, kind, text }) => `${path} ${String(types[kind])} ${text}`));
}
