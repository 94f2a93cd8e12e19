/** Groups of events: a table of one row per value of a field, or of two, sorted by any column and given out in windows. */
import { epochMs, type EpochMs } from '#contract/ids';
import type { Group, GroupColumn, Groups, GroupsRequest, TimelineRequest } from '#contract/query';
import { layOutBins } from '#core/bins';
import type { VisibleIndex } from '../visibility/visible-index';
import { best } from './best';
import type { Matches } from './cross-filter';
import { countFigures, type GroupFigures } from './group-figures';
import { groupRows, type GroupRows } from './group-rows';

type Sort = GroupsRequest['sort'];
type Compare = (one: number, other: number) => number;
/** A row of a table has no room for more. */
const maxBins = 200;
/** The most groups that are selected without putting all in order. */
const maxSelected = 1000;

export class GroupTable {
  private readonly index: VisibleIndex;
  private readonly matched: number;
  private readonly grouped: GroupRows | null;
  private readonly figures: GroupFigures | null;
  private readonly span: { readonly first: number; readonly last: number };
  /** Groups that have events. */
  private readonly present: Uint32Array;
  /** The first of them in the order asked for last. */
  private sorted: { readonly sort: Sort; readonly groups: Uint32Array } | null = null;

  /** @param span the first and the last time of the visible rows, matching or not */
  constructor(
    index: VisibleIndex,
    fields: readonly string[],
    matches: Matches,
    span: { readonly first: number; readonly last: number },
  ) {
    this.index = index;
    this.span = span;
    this.matched = matches.count;
    this.grouped = groupRows(index, fields, matches);
    this.figures = this.grouped === null ? null : countFigures(index, this.grouped, matches);
    this.present = presentGroups(this.figures?.count ?? new Uint32Array(0));
  }

  get byteLength(): number {
    const { rows, groups } = this.grouped ?? {};
    return (rows?.byteLength ?? 0) + (groups?.byteLength ?? 0);
  }

  /** The groups from `start` on. */
  page({ fields, sort, start, limit, timeline }: GroupsRequest): Groups {
    const { index, grouped, figures, matched, span } = this;
    const answer = { fields, matched, start };
    if (grouped === null || figures === null)
      return { ...answer, missing: 0, repeated: 0, total: 0, rows: [], bins: null, uncounted: true };
    const page = this.ordered(grouped, figures, sort, start + limit).subarray(start, start + limit);
    const layout = timeline === null || span.first > span.last ? null : binsOf(timeline, span);
    const bins = layout === null ? null : countBins(index, grouped, page, layout);
    return {
      ...answer,
      missing: grouped.missing,
      repeated: grouped.repeated,
      total: this.present.length,
      rows: Array.from(page, (group, at) => rowOf(grouped, figures, group, bins?.[at] ?? [])),
      bins: layout,
    };
  }

  /** The groups in order: all of them, or the first `end` at least. */
  private ordered(grouped: GroupRows, figures: GroupFigures, sort: Sort, end: number): Uint32Array {
    const { sorted, present } = this;
    const isSame = sorted?.sort.column === sort.column && sorted.sort.direction === sort.direction;
    if (isSame && sorted.groups.length >= Math.min(end, present.length)) return sorted.groups;
    const compare = groupOrder(grouped, figures, sort);
    // Few of many are wanted first, and the rest is put in order by whoever scrolls there.
    const isFew = end <= maxSelected && end * 4 < present.length;
    const groups = isFew ? Uint32Array.from(best(present, end, compare)) : present.slice().sort(compare);
    this.sorted = { sort, groups };
    return groups;
  }
}

function presentGroups(counts: Uint32Array): Uint32Array {
  const present = new Uint32Array(counts.length);
  let length = 0;
  for (let group = 0; group < counts.length; group++) if ((counts[group] as number) > 0) present[length++] = group;
  return present.subarray(0, length);
}

function rowOf(grouped: GroupRows, figures: GroupFigures, group: number, bins: readonly number[]): Group {
  const timeAt = (times: Float64Array): EpochMs | null => {
    const time = times[group] ?? NaN;
    return Number.isNaN(time) ? null : epochMs(time);
  };
  const { count, first, last, errors, writes, addresses, events } = figures;
  return {
    values: grouped.values(group),
    count: count[group] ?? 0,
    first: timeAt(first),
    last: timeAt(last),
    errors: errors[group] ?? 0,
    writes: writes[group] ?? 0,
    addresses: addresses[group] ?? 0,
    events: events[group] ?? 0,
    bins,
  };
}

function groupOrder(grouped: GroupRows, figures: GroupFigures, { column, direction }: Sort): Compare {
  const { count, first } = figures;
  const texts = new Map<number, readonly string[]>();
  const textsOf = (group: number): readonly string[] => {
    const known = texts.get(group) ?? grouped.values(group).flatMap((value) => [value.toLowerCase(), value]);
    texts.set(group, known);
    return known;
  };
  const byValue = (one: number, other: number, from: number): number => {
    const [left, right] = [textsOf(one), textsOf(other)];
    for (let at = from; at < left.length; at++) {
      const [mine, others] = [left[at] ?? '', right[at] ?? ''];
      if (mine !== others) return mine < others ? -1 : 1;
    }
    return 0;
  };
  const byColumn = columnOrder(figures, column, direction === 'ascending' ? 1 : -1, byValue);
  return (one, other) =>
    byColumn(one, other) ||
    (count[other] as number) - (count[one] as number) ||
    compareTimes(first, one, other, 1) ||
    byValue(one, other, 0);
}

function columnOrder(
  figures: GroupFigures,
  column: GroupColumn,
  sign: 1 | -1,
  byValue: (one: number, other: number, from: number) => number,
): Compare {
  switch (column) {
    case 'value':
      return (one, other) => sign * byValue(one, other, 0);
    case 'second-value':
      return (one, other) => sign * byValue(one, other, 2);
    case 'first':
    case 'last':
      return (one, other) => compareTimes(figures[column], one, other, sign);
    default: {
      const figure = figures[column];
      return (one, other) => sign * ((figure[one] as number) - (figure[other] as number));
    }
  }
}

/** Groups without a time come last either way. */
function compareTimes(times: Float64Array, one: number, other: number, sign: 1 | -1): number {
  const [left, right] = [times[one] as number, times[other] as number];
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return sign * (left - right);
}

function binsOf(request: TimelineRequest, span: { readonly first: number; readonly last: number }) {
  const from = request.from ?? epochMs(span.first);
  const to = epochMs(Math.max(from, request.to ?? span.last));
  return layOutBins(from, to, Math.min(maxBins, request.maxBins));
}

/** The events of each of these groups by bin. */
function countBins(
  { blocks }: VisibleIndex,
  { rows, groups, groupCount, blockStarts }: GroupRows,
  page: Uint32Array,
  { origin, stepMs, count }: ReturnType<typeof layOutBins>,
): readonly (readonly number[])[] {
  const places = new Int32Array(groupCount).fill(-1);
  page.forEach((group, place) => (places[group] = place));
  const counts = new Uint32Array(page.length * count);
  blocks.forEach(({ base, times }, number) => {
    if (times.last < origin || times.first >= origin + count * stepMs) return;
    const end = blockStarts[number + 1] ?? 0;
    for (let at = blockStarts[number] ?? 0; at < end; at++) {
      const place = places[groups[at] as number] as number;
      if (place < 0) continue;
      const bin = Math.floor((times.at((rows[at] as number) - base) - origin) / stepMs);
      // NaN is neither.
      if (bin >= 0 && bin < count) counts[place * count + bin] = (counts[place * count + bin] as number) + 1;
    }
  });
  return Array.from(page, (_, place) => [...counts.subarray(place * count, (place + 1) * count)]);
}
