/** What a field name means in the open data. */
import { fieldPaths, fieldType, namedField, type FieldType } from '#core/fields';
import type { FieldLookup } from '#core/query/field-lookup';
import { ValueType } from '../decode/segment';
import type { EventIndex } from '../index/event-index';
import { hasText } from '../index/value-kinds';

export interface ResolvedField {
  readonly type: FieldType;
  /** Path numbers, in order of precedence. None where no event has the field. */
  readonly paths: readonly number[];
  /** Whether times that stand in no dictionary belong to it. */
  readonly hasTimes: boolean;
}

/** The paths a short name or a path stands for: those, and all beneath them. */
export function resolveField(index: EventIndex, name: string): ResolvedField {
  const paths = [...new Set(fieldPaths(name).flatMap((path) => index.paths.resolve(path)))];
  return { type: fieldType(name), paths, hasTimes: paths.includes(index.timePath) };
}

/** The lookup the parser asks whether `a:b` is a field test. */
export function fieldLookup(index: EventIndex): FieldLookup {
  return { has: (name) => namedField(name) !== undefined || index.paths.has(name) };
}

/**
 * Whether a field test looks at a value, which must be of this path: a record's own key must not pass for a value derived from
 * several.
 */
export function isTestable(index: EventIndex, path: number, value: number): boolean {
  return !index.paths.isDerived(path) || index.dictionary.type(value) === ValueType.derived;
}

/** Whether a value, which must be of this path, stands in facets and columns. */
export function isCountable(index: EventIndex, path: number, value: number): boolean {
  return hasText(index.dictionary.type(value)) && isTestable(index, path, value);
}
