/** What the view of groups says. */
import type { GroupColumn } from '#contract/query';
import { counted, formatCount } from '#core/figures';

export const texts = {
  views: 'View',
  events: 'Events',
  groups: 'Groups',
  groupsTitle: 'Groups (b)',
  groupBy: 'Group by',
  and: 'and by',
  noSecond: 'nothing else',
  when: 'When',
  whenTitle: (from: string, to: string) => `Events over time, from ${from} to ${to}`,
  table: (names: string) => `Groups by ${names}`,
  groupsOf: (groups: number, events: number) =>
    `${counted(groups, 'group')} of ${counted(events, 'matching event', 'matching events')}`,
  missing: (events: number) => `${formatCount(events)} without a value`,
  missingTitle: (names: string) => `Events that have no ${names} are in no group. Show these events`,
  repeated: (events: number) => `${formatCount(events)} in several groups`,
  repeatedTitle:
    'An event with several values counts in the group of each, so the counts add up to more than the events',
  uncounted: 'Too many values to count quickly',
  uncountedAdvice: (name: string) =>
    `${name} is different in nearly every event. Narrow the query, or group by another field.`,
  noEvents: 'No event matches the query',
  noGroups: (name: string) => `No matching event has a value of ${name}`,
  counting: 'Counting…',
  empty: '(empty)',
  noTime: 'no time',
  chosen: 'in the query',
  isChosen: 'The query asks for this group: press to take that back',
  exclude: (name: string) => `Leave out ${name}`,
  excludeTitle: (name: string) => `Leave out ${name} (x)`,
} as const;

/** The head of each column that is no value, and its tooltip. */
export const columnTexts = {
  count: ['Events', 'Events in the group'],
  first: ['First seen', 'The time of the first event'],
  last: ['Last seen', 'The time of the last event'],
  errors: ['Errors', 'Events with an error, as on the timeline'],
  writes: ['Writes', 'Writing calls without an error, as on the timeline'],
  addresses: ['Addresses', 'Distinct source addresses'],
  events: ['Event names', 'Distinct names of events'],
} as const satisfies Record<Exclude<GroupColumn, 'value' | 'second-value'>, readonly [string, string]>;
