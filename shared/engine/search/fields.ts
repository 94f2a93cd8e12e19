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
  /** Those of `paths` that count only for events without a value under an earlier path. */
  readonly standIns: readonly number[];
  /** Works out the values, where the field is a computed one. */
  readonly computed: ComputedField | null;
}

/** The paths that a short name or a path means: those, and all beneath them. */
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

/** The look-up by which the parser decides whether `a:b` is a field test. */
export function fieldLookup(index: EventIndex): FieldLookup {
  return { has: (name) => isNamed(name) || fieldPaths(name).some((path) => index.paths.has(path)) };
}
