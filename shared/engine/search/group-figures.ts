/** The figures of each group: how many events, from when to when, of which class, from how many addresses, of how many names. */
import type { GroupColumn } from '#contract/query';
import { isBelievable } from '#core/time';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Matches } from './cross-filter';
import { resolveField } from './fields';
import type { GroupRows } from './group-rows';
import { PairSet } from './pair-table';
import { readRowValues, type RowValues } from './row-values';

type Figure = Exclude<GroupColumn, 'value' | 'second-value'>;

/** Each by group. `first` and `last` are ms, NaN where no event has a time. */
export type GroupFigures = Readonly<Record<Exclude<Figure, 'first' | 'last'>, Uint32Array>> & {
  readonly first: Float64Array;
  readonly last: Float64Array;
};

/** Null where the addresses or names are too many to number: an archive that no trail wrote. */
export function countFigures(index: VisibleIndex, grouped: GroupRows, matches: Matches): GroupFigures | null {
  const { groupCount } = grouped;
  const valuesOf = (field: string): RowValues | null =>
    readRowValues(index, resolveField(index, field), matches.rows, matches.count);
  const [classes, addresses, names] = [valuesOf('class'), valuesOf('ip'), valuesOf('event')];
  if (classes === null || addresses === null || names === null) return null;
  const counts = (): Uint32Array => new Uint32Array(groupCount);
  const times = (): Float64Array => new Float64Array(groupCount).fill(NaN);
  const figures = { count: counts(), errors: counts(), writes: counts(), first: times(), last: times() };
  countEvents(grouped, classes, figures);
  findTimes(index, grouped, figures);
  return {
    ...figures,
    addresses: countDistinct(grouped, addresses),
    events: countDistinct(grouped, names),
  };
}

function countEvents(
  { length, rows, groups }: GroupRows,
  classes: RowValues,
  { count, errors, writes }: Pick<GroupFigures, 'count' | 'errors' | 'writes'>,
): void {
  const numbers = Array.from({ length: classes.length }, (_, value) => classes.text(value));
  const [error, write] = [numbers.indexOf('error'), numbers.indexOf('write')];
  const { first: classOf } = classes;
  for (let at = 0; at < length; at++) {
    const group = groups[at] as number;
    const value = classOf[rows[at] as number] as number;
    count[group] = (count[group] as number) + 1;
    // A class that no event has is -1, as is that of an event without one.
    if (value < 0) continue;
    if (value === error) errors[group] = (errors[group] as number) + 1;
    else if (value === write) writes[group] = (writes[group] as number) + 1;
  }
}

/** The first and last time of each group; those that cannot be right only where there is no other. */
function findTimes(
  index: VisibleIndex,
  { rows, groups, blockStarts }: GroupRows,
  { first, last }: Pick<GroupFigures, 'first' | 'last'>,
): void {
  const doubtful: (readonly [group: number, time: number])[] = [];
  const take = (group: number, time: number): void => {
    // Also where there is none yet, since nothing compares with NaN.
    if (!((first[group] as number) <= time)) first[group] = time;
    if (!((last[group] as number) >= time)) last[group] = time;
  };
  index.blocks.forEach(({ base, times }, number) => {
    const end = blockStarts[number + 1] ?? 0;
    for (let at = blockStarts[number] ?? 0; at < end; at++) {
      const time = times.at((rows[at] as number) - base);
      if (Number.isNaN(time)) continue;
      const group = groups[at] as number;
      if (times.outOfRange > 0 && !isBelievable(time)) doubtful.push([group, time]);
      else take(group, time);
    }
  });
  const lacking = new Set(doubtful.map(([group]) => group).filter((group) => Number.isNaN(first[group])));
  for (const [group, time] of doubtful) if (lacking.has(group)) take(group, time);
}

/** How many values of a field the events of each group have. */
function countDistinct({ length, rows, groups, groupCount }: GroupRows, values: RowValues): Uint32Array {
  const distinct = new Uint32Array(groupCount);
  const seen = new PairSet(groupCount, values.length);
  const { first, hasSeveral } = values;
  for (let at = 0; at < length; at++) {
    const value = first[rows[at] as number] as number;
    if (value < 0) continue;
    const group = groups[at] as number;
    if (seen.add(group, value)) distinct[group] = (distinct[group] as number) + 1;
    if (!hasSeveral) continue;
    values.forEachFurther(rows[at] as number, (other) => {
      if (seen.add(group, other)) distinct[group] = (distinct[group] as number) + 1;
    });
  }
  return distinct;
}
