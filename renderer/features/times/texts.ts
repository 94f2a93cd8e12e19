/** All that the choice of a zone and of a span of time says, in reading order. */
import { formatCount } from '#core/figures';
import type { TypedProblem } from '#core/query/typed-span';

export const texts = {
  zone: {
    title: 'Zone of the times shown',
    search: 'Name or offset of a zone',
    placeholder: 'Name or offset: Kolkata, America, +05:30',
    zones: 'Zones',
    machine: (name: string) => `This machine: ${name}`,
    none: 'No zone has this in its name or offset.',
    more: (count: number) => `${formatCount(count)} more: type to narrow down.`,
    offsets: 'The offset is that of now; every time is shown with the offset of its own day.',
    queries: 'Queries stay in UTC, whatever is shown, unless an offset is written: time>=2023-07-10T12:00+02:00',
  },
  span: {
    title: 'Span of time',
    from: 'From',
    to: 'To',
    example: (time: string) => `as ${time}`,
    /** Under both fields. */
    zone: (zone: string) =>
      `In ${zone}, unless Z or an offset is written. A day, an hour or a minute is meant from its beginning to its end; empty is open.`,
    utc: 'The query gets the same span in UTC.',
    problems: {
      'not-a-time': 'Not a time. Write it as 2023-07-10, 2023-07-10 12:40 or 2023-07-10 12:40:01.',
      'not-in-zone': 'Clocks of this zone go forward over this time: it does not exist. Write it with an offset.',
      'before-from': 'To is before From.',
    } satisfies Record<TypedProblem, string>,
    length: (length: string) => `${length} long.`,
    all: 'All times',
    cancel: 'Cancel',
    choose: 'Choose span',
  },
  presses: {
    name: 'Span around this event',
    title: 'Time:',
    menu: 'Span',
    menuLabel: 'Choose a span of time',
    type: 'Type a span…',
    hour: 'hour',
    hourTitle: 'The hour of this event; the rest of the query stays',
    day: 'day',
    dayTitle: 'The day of this event; the rest of the query stays',
    around: '±5 min, all events',
    aroundTitle: 'All events from 5 minutes before this one to 5 minutes after, whatever the query',
    ofSelected: (what: string) => `The selected event's ${what}`,
    aroundSelected: 'All events ±5 min around the selected event',
    allTimes: 'All times',
  },
} as const;
