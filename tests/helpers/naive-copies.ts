/** Which events count by the meaning of the rule alone: every ID once, in the place that comes first. */
import type { TestEvent } from './segments';

export interface NaiveRows {
  /** Rows that are to be seen, each event once, ascending. */
  readonly once: readonly number[];
  /** The same with copies. */
  readonly withCopies: readonly number[];
  /** By row: how many other versions its ID has. */
  readonly otherVersions: ReadonlyMap<number, number>;
}

interface Placed {
  readonly row: number;
  readonly event: TestEvent;
}

/** `events` by row, without those of removed files. */
export function naiveRows(events: ReadonlyMap<number, TestEvent>): NaiveRows {
  const placed = Array.from(events, ([row, event]) => ({ row, event })).sort(byPlace);
  const groups = new Map<number, Placed[]>();
  const once: number[] = [];
  for (const each of placed) {
    const { id } = each.event;
    if (id === undefined) once.push(each.row);
    else groups.set(id, [...(groups.get(id) ?? []), each]);
  }
  const otherVersions = new Map<number, number>();
  for (const group of groups.values()) {
    const whole = group.filter(({ event }) => event.isSummary !== true);
    const counted = new Map<number, number>();
    for (const { row, event } of whole.length > 0 ? whole : group) {
      const content = event.content ?? 0;
      if (!counted.has(content)) counted.set(content, row);
    }
    once.push(...counted.values());
    for (const { row } of group) otherVersions.set(row, counted.size - 1);
  }
  const ascending = (rows: readonly number[]): number[] => [...rows].sort((one, other) => one - other);
  return { once: ascending(once), withCopies: ascending([...events.keys()]), otherVersions };
}

function byPlace({ row: one, event: left }: Placed, { row: other, event: right }: Placed): number {
  return (left.file ?? 0) - (right.file ?? 0) || (left.member ?? -1) - (right.member ?? -1) || one - other;
}
