/** What a field name means in the open data. */
import {
  fieldPaths,
  fieldType,
  filePath,
  isNamed,
  namedField,
  standInTimes,
  versionsPath,
  type FieldType,
} from '#core/fields';
import type { FieldLookup } from '#core/query/field-lookup';
import type { EventIndex } from '../index/event-index';

export interface ResolvedField {
  readonly type: FieldType;
  /** Path numbers, in order of precedence. None where no event has the field. */
  readonly paths: readonly number[];
  /** Those of `paths` that count only for events with no value under an earlier one. */
  readonly standIns: readonly number[];
  /** Whether times that stand in no dictionary belong to it. */
  readonly hasTimes: boolean;
  /** Whether it is how many versions of an event there are, which stands in no dictionary either. */
  readonly hasVersions: boolean;
  /** Whether it is the path of the file: see `file-paths.ts`. */
  readonly hasFiles: boolean;
}

/** The paths a short name or a path stands for: those, and all beneath them. */
export function resolveField(index: EventIndex, name: string): ResolvedField {
  const named = fieldPaths(name);
  const paths = [...new Set(named.flatMap((path) => index.paths.resolve(path)))];
  const hasVersions = named.includes(versionsPath);
  const standIns = namedField(name) === undefined ? [] : standInTimes.filter(({ path }) => named.includes(path));
  return {
    type: fieldType(name),
    paths,
    standIns: standIns.flatMap(({ path }) => index.paths.resolve(path)),
    hasTimes: paths.includes(index.timePath),
    hasVersions,
    hasFiles: named.includes(filePath),
  };
}

/** The lookup the parser asks whether `a:b` is a field test. */
export function fieldLookup(index: EventIndex): FieldLookup {
  return { has: (name) => isNamed(name) || fieldPaths(name).some((path) => index.paths.has(path)) };
}
