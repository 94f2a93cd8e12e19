/** The fields of the open data, with how many events have each, every event counted once. */
import type { FieldInfo } from '#contract/query';
import { namedField, namedFields } from '#core/fields';
import { andInto, countBits } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Totals } from '../visibility/totals';
import { resolveField, type ResolvedField } from './fields';
import { rowsWithText } from './value-rows';

/** Short names first, then paths by falling number of events. */
export function listFields(index: VisibleIndex): FieldInfo[] {
  const named = namedFields.map(({ name, label }) => infoOf(index, name, label)).filter((field) => field.events > 0);
  const totals = index.visible.totals();
  const paths: FieldInfo[] = [];
  for (let path = 0; path < index.paths.length; path++) {
    const name = index.paths.text(path);
    const events = totals.ofPath(path);
    if (events === 0 || index.paths.isDerived(path)) continue;
    paths.push({ name, label: name, events, distinct: distinctOf(index, [path]) });
  }
  paths.sort((one, other) => other.events - one.events || (one.name < other.name ? -1 : 1));
  return [...named, ...paths];
}

/** Events that have any value of a field, by short name or path. */
export function fieldEvents(index: VisibleIndex, name: string): number {
  const { paths, computed } = ownPaths(index, name);
  if (computed !== null) return computed.events(index);
  const [only] = paths;
  if (only === undefined) return 0;
  return paths.length === 1 ? index.visible.totals().ofPath(only) : countOnce(index, name, paths);
}

/** The paths that a field's number of events is of: all of a short name, and of a path those not beneath it. */
export function ownPaths(index: VisibleIndex, name: string): Pick<ResolvedField, 'paths' | 'computed'> {
  return namedField(name) === undefined ? { paths: exactly(index, name), computed: null } : resolveField(index, name);
}

function exactly(index: VisibleIndex, name: string): readonly number[] {
  const path = index.paths.find(name);
  return path === undefined ? [] : [path];
}

function infoOf(index: VisibleIndex, name: string, label: string): FieldInfo {
  const { paths, computed } = resolveField(index, name);
  return {
    name,
    label,
    events: fieldEvents(index, name),
    distinct:
      computed === null
        ? distinctOf(index, paths)
        : (computed.count(index, index.visible.rows(false))?.byText.size ?? null),
  };
}

function distinctOf(index: VisibleIndex, paths: readonly number[]): number | null {
  const totals = index.visible.totals();
  if (paths.some((path) => totals.identifiers(path) > 0)) return null;
  return paths.reduce((sum, path) => sum + totals.distinct(path), 0);
}

/** Event counts of fields with several paths. Kept per totals, which are replaced when the visible rows change. */
const counted = new WeakMap<Totals, Map<string, number>>();

/** {@link countAny} with a cache, since completion asks for it at each letter typed. */
function countOnce(index: VisibleIndex, name: string, paths: readonly number[]): number {
  const totals = index.visible.totals();
  const known = counted.get(totals) ?? new Map<string, number>();
  counted.set(totals, known);
  const count = known.get(name) ?? countAny(index, paths);
  known.set(name, count);
  return count;
}

/** Events with a value that has a text under any of the paths, in the dictionary or outside it. */
function countAny(index: VisibleIndex, paths: readonly number[]): number {
  const rows = rowsWithText(index, paths);
  andInto(rows, index.visible.rows(false));
  return countBits(rows);
}
