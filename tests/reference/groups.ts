/** Groups of events by their meaning alone: a walk over the events that match, one field or two, and each figure worked out by itself. */
import { shownValues } from './facet';
import type { Leaf } from './fields';
import { matches } from './query-match';
import type { Query } from './query-text';

export interface NaiveGroup {
  readonly values: readonly string[];
  readonly count: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly errors: number;
  readonly writes: number;
  readonly addresses: number;
  readonly events: number;
  /** The times of its events, those that have one. */
  readonly times: readonly number[];
}

export interface NaiveGroups {
  /** By their values, as JSON. */
  readonly groups: ReadonlyMap<string, NaiveGroup>;
  readonly matched: number;
  readonly missing: number;
  readonly repeated: number;
}

export interface NaiveEvent {
  readonly leaves: readonly Leaf[];
  /** Ms; null where it states none that can be read. */
  readonly time: number | null;
}

/** CloudTrail is of 2013; no clock is off by a lifetime (README: times before 2006 and after 2099 cannot be right). */
const canBeRight = (time: number): boolean => time >= Date.UTC(2006, 0, 1) && time < Date.UTC(2100, 0, 1);

export function groupsOf(events: Iterable<NaiveEvent>, query: Query, fields: readonly string[]): NaiveGroups {
  const found = [...events].filter(({ leaves }) => matches(query, leaves));
  const byValues = new Map<string, NaiveEvent[]>();
  let missing = 0;
  let repeated = 0;
  for (const event of found) {
    const keys = fields
      .map((field) => [...shownValues(event.leaves, field)])
      .reduce<string[][]>((rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])), [[]]);
    if (keys.length === 0) missing++;
    if (keys.length > 1) repeated++;
    for (const key of keys.map((values) => JSON.stringify(values)))
      byValues.set(key, [...(byValues.get(key) ?? []), event]);
  }
  const groups = new Map([...byValues].map(([key, own]) => [key, groupOf(JSON.parse(key) as string[], own)]));
  return { groups, matched: found.length, missing, repeated };
}

function groupOf(values: readonly string[], events: readonly NaiveEvent[]): NaiveGroup {
  const times = events.map(({ time }) => time).filter((time) => time !== null);
  const right = times.filter(canBeRight);
  const shown = right.length > 0 ? right : times;
  const distinct = (field: string): number =>
    new Set(events.flatMap(({ leaves }) => [...shownValues(leaves, field)])).size;
  const ofClass = (name: string): number =>
    events.filter(({ leaves }) => leaves.some(({ path, text }) => path === '@class' && text === name)).length;
  return {
    values,
    count: events.length,
    first: shown.length === 0 ? null : Math.min(...shown),
    last: shown.length === 0 ? null : Math.max(...shown),
    errors: ofClass('error'),
    writes: ofClass('write'),
    addresses: distinct('ip'),
    events: distinct('event'),
    times,
  };
}
