/** What a field name means in the open data. */
import { fieldPaths, fieldType, isNamed, namedField, standInTimes, type FieldType } from '#core/fields';
import type { FieldLookup } from '#core/query/field-lookup';
import type { EventIndex } from '../index/event-index';
import type { ComputedField } from './computed-field';
import { computedAmong } from './computed-fields';

export interface ResolvedField {
  readonly type: FieldType;
  /** Path numbers, in order of precedence. None where no event has the field. */
  readonly paths: readonly number[];
  /** Those of `paths` that count only for events with no value under an earlier one. */
  readonly standIns: readonly number[];
  /** What works its values out, where they stand under none of the paths. */
  readonly computed: ComputedField | null;
}

/** The paths a short name or a path stands for: those, and all beneath them. */
export function resolveField(index: EventIndex, name: string): ResolvedField {
  const named = fieldPaths(name);
  const paths = [...new Set(named.flatMap((path) => index.paths.resolve(path)))];
  const standIns = namedField(name) === undefined ? [] : standInTimes.filter(({ path }) => named.includes(path));
  return {
    type: fieldType(name),
    paths,
    standIns: standIns.flatMap(({ path }) => index.paths.resolve(path)),
    computed: computedAmong(named),
  };
}

/** The lookup the parser asks whether `a:b` is a field test. */
export function fieldLookup(index: EventIndex): FieldLookup {
  return { has: (name) => isNamed(name) || fieldPaths(name).some((path) => index.paths.has(path)) };
}
