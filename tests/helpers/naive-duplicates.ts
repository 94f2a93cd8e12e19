/** Which events count by the meaning of the rule alone: every ID once, in the place that comes first. */
import { namedTime } from '../reference/times';
import { isPartial, leavesOf, type TestEvent } from './segments';

export interface NaiveRows {
  /** Rows that are to be seen, each event once, ascending. */
  readonly once: readonly number[];
  /** The same with duplicates. */
  readonly withDuplicates: readonly number[];
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
    const counted = firstOfEachContent(group.filter(({ event }) => !isPartial(event)));
    const partial = firstOfEachContent(group.filter(({ event }) => isPartial(event)));
    const rank = ({ event }: Placed): number =>
      (event.isSummary === true ? 0 : 1000) + toldOf(event).size + resourcesOf(event).paths;
    for (const each of partial.sort((one, other) => rank(other) - rank(one) || byPlace(one, other))) {
      if (!counted.some(({ event }) => tellsAllOf(event, each.event))) counted.push(each);
    }
    once.push(...counted.map(({ row }) => row));
    for (const { row } of group) otherVersions.set(row, counted.length - 1);
  }
  const ascending = (rows: readonly number[]): number[] => [...rows].sort((one, other) => one - other);
  return { once: ascending(once), withDuplicates: ascending([...events.keys()]), otherVersions };
}

function firstOfEachContent(placed: readonly Placed[]): Placed[] {
  const contents = new Map<number, Placed>();
  for (const each of placed) if (!contents.has(each.event.content ?? 0)) contents.set(each.event.content ?? 0, each);
  return [...contents.values()];
}

const fields: readonly (readonly string[])[] = [
  ['eventSource', 'insightDetails.eventSource'],
  ['eventName', 'insightDetails.eventName'],
  ['sourceIPAddress'],
  ['requestID'],
  ['readOnly'],
];

/** By field, the first text of an event. */
function toldOf(event: TestEvent): Map<string, string> {
  const leaves = leavesOf(event).filter(({ kind }) => kind === 'text');
  const told = new Map<string, string>();
  for (const paths of fields) {
    const texts = paths.flatMap((path) => leaves.filter((leaf) => leaf.path === path)).map(({ text }) => text);
    const text = texts.find((each) => each !== '');
    if (text !== undefined) told.set(String(paths[0]), text);
  }
  return told;
}

/** The texts of what an event names under `resources`, with their paths; a summary's are not compared. */
function resourcesOf(event: TestEvent, isCompared = event.isSummary !== true): { paths: number; texts: Set<string> } {
  const leaves = leavesOf(event).filter(
    ({ path, kind, text }) => /^resources(\.|$)/.test(path) && kind === 'text' && text !== '',
  );
  const own = isCompared ? leaves : [];
  return {
    paths: new Set(own.map(({ path }) => path)).size,
    texts: new Set(own.map(({ path, text }) => `${path} ${text}`)),
  };
}

function timeOf(event: TestEvent): number | string | null {
  const leaves = leavesOf(event).filter(({ kind }) => kind === 'text');
  const texts = ['eventTime', 'timeWindow.windowStart'].flatMap((path) => leaves.filter((leaf) => leaf.path === path));
  const text = texts.find((leaf) => leaf.text !== '')?.text;
  return text === undefined ? null : (namedTime(text)?.from ?? text);
}

function tellsAllOf(other: TestEvent, partial: TestEvent): boolean {
  const told = toldOf(other);
  const time = timeOf(partial);
  if (time !== null && time !== timeOf(other)) return false;
  const resources = resourcesOf(other, true).texts;
  if (![...resourcesOf(partial).texts].every((text) => resources.has(text))) return false;
  return Array.from(toldOf(partial)).every(([field, text]) => {
    const beside = told.get(field);
    if (field !== 'readOnly') return beside === text;
    return beside === undefined || beside.toLowerCase() === text.toLowerCase();
  });
}

function byPlace({ row: one, event: left }: Placed, { row: other, event: right }: Placed): number {
  return (left.file ?? 0) - (right.file ?? 0) || (left.member ?? -1) - (right.member ?? -1) || one - other;
}
