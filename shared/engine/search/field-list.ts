/** The fields of the open data, with how many events have each, every event counted once. */
import type { FieldInfo } from '#contract/query';
import { namedField, namedFields } from '#core/fields';
import { andInto, countBits, hasBit, setBit } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import type { Totals } from '../index/totals';
import { hasText } from '../index/value-kinds';
import { countFiles } from './file-paths';
import { resolveField } from './fields';
import { addTimeRange } from './time-search';
import { ValueHits, addRowsOf } from './value-rows';

/** Short names first, then paths, those of most events first. */
export function listFields(index: EventIndex): FieldInfo[] {
  const named = namedFields.map(({ name, label }) => infoOf(index, name, label)).filter((field) => field.events > 0);
  const totals = index.shown.totals();
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
export function fieldEvents(index: EventIndex, name: string): number {
  const { paths, hasVersions, hasFiles } =
    namedField(name) === undefined
      ? { paths: exactly(index, name), hasVersions: false, hasFiles: false }
      : resolveField(index, name);
  if (hasFiles) return index.shown.counts(false).events;
  if (hasVersions) return index.shown.copies.versions;
  const [only] = paths;
  if (only === undefined) return 0;
  return paths.length === 1 ? index.shown.totals().ofPath(only) : countOnce(index, name, paths);
}

function exactly(index: EventIndex, name: string): readonly number[] {
  const path = index.paths.find(name);
  return path === undefined ? [] : [path];
}

function infoOf(index: EventIndex, name: string, label: string): FieldInfo {
  const { paths, hasVersions, hasFiles } = resolveField(index, name);
  const files = hasFiles ? countFiles(index, index.shown.rows(false)) : null;
  return {
    name,
    label,
    events: fieldEvents(index, name),
    distinct: hasFiles ? (files?.size ?? null) : hasVersions ? versionCounts(index).size : distinctOf(index, paths),
  };
}

/** How many events, each counted once, have how many versions. */
export function versionCounts(index: EventIndex): ReadonlyMap<number, number> {
  const { copies, removed } = index.shown;
  const counts = new Map<number, number>();
  copies.forEachVersion((row, versions) => {
    if (!copies.isCopy(row) && !hasBit(removed, row)) counts.set(versions, (counts.get(versions) ?? 0) + 1);
  });
  return counts;
}

function distinctOf(index: EventIndex, paths: readonly number[]): number | null {
  const totals = index.shown.totals();
  if (paths.some((path) => totals.identifiers(path) > 0)) return null;
  return paths.reduce((sum, path) => sum + totals.distinct(path), 0);
}

/** By the totals they belong to, which are others as soon as other rows are shown: the events of the fields with several paths. */
const counted = new WeakMap<Totals, Map<string, number>>();

/** {@link countAny}, asked for with every letter that is typed. */
function countOnce(index: EventIndex, name: string, paths: readonly number[]): number {
  const totals = index.shown.totals();
  const known = counted.get(totals) ?? new Map<string, number>();
  counted.set(totals, known);
  const count = known.get(name) ?? countAny(index, paths);
  known.set(name, count);
  return count;
}

/** Events with a value that has a text under any of the paths, whichever way it is kept. */
function countAny(index: EventIndex, paths: readonly number[]): number {
  const { dictionary } = index;
  const rows = index.newSet();
  const hits = new ValueHits(index);
  for (const path of paths) {
    dictionary.forEachOfPath(path, (value) => {
      if (hasText(dictionary.type(value))) hits.add(index, value);
    });
    if (path === index.timePath) addTimeRange(index, -Infinity, Infinity, rows);
    if (index.paths.identifiers.at(path) === 0) continue;
    for (const block of index.blocks) {
      for (const column of block.identifiersOf(path)) {
        for (let value = 0; value < column.length; value++) setBit(rows, block.base + column.rowOf(value));
      }
    }
  }
  addRowsOf(index, hits, rows);
  andInto(rows, index.shown.rows(false));
  return countBits(rows);
}
