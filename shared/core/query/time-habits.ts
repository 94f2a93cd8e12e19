/**
 * Times that other tools count from now. Logs of the past have no now: `last 2h`, `time>=now-7d`, `earliest=-24h` and `time:today` count from the
 * last open event, and the note says so.
 */
import { epochMs } from '#contract/ids';
import { fieldType, isSameField } from '../fields';
import { formatIso } from '../time';
import { knownField, unquoted } from './foreign-clauses';
import { day, lengthOf, relativeTime } from './relative-time';
import { end, name, pattern, start, type Habit, type HabitMatch } from './habit';

const unit = String.raw`(?<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mon|months?|y|years?)`;
const sign = String.raw`\s*(?<sign>:?[<>]=?|:|==?)\s*`;
const relative = String.raw`(?<value>"?(?:now(?:\(\))?(?:[+-]\d+[a-zA-Z]+)?|[+-]\d+[a-zA-Z]+)(?:[/@]\w+)?"?)`;

export const timeHabits: readonly Habit[] = [
  {
    name: 'last period',
    isOfText: true,
    isRead: true,
    pattern: pattern(start, String.raw`(?:[Ll]ast|[Pp]ast)\s+(?:(?<count>\d+)\s*)?`, unit, end),
    in: 'words',
    advice: 'No event has a time to count back from.',
    said: (match) => countedFrom(match),
    instead: ({ groups, lastEvent }) => {
      const length = lengthOf(groups['count'] === '' ? '1' : groups['count'], groups['unit']);
      return lastEvent === null || length === null ? null : `time>=${formatIso(epochMs(lastEvent - length))}`;
    },
  },
  {
    name: 'named day',
    isTest: true,
    isRead: true,
    pattern: pattern(start, name, String.raw`\s*(?:==?|:)\s*(?<value>"?(?:[Tt]oday|[Yy]esterday)"?)`, end),
    in: 'both',
    counts: isOfTime,
    advice: 'No event has a time to count back from.',
    said: (match) => countedFrom(match),
    instead: ({ groups, lastEvent }) => {
      if (lastEvent === null) return null;
      const last =
        Math.floor(lastEvent / day) - (unquoted(groups['value'] ?? '').toLowerCase() === 'yesterday' ? 1 : 0);
      return `time:${formatIso(epochMs(last * day)).slice(0, 10)}*`;
    },
  },
  {
    name: 'earliest and latest',
    isRead: true,
    pattern: pattern(start, String.raw`(?<name>earliest|latest)`, sign, relative, end),
    in: 'words',
    advice: 'Times are bounded by time>= and time<.',
    said: (match) => countedFrom(match),
    instead: ({ groups, lastEvent }) => {
      const at = relativeTime(groups['value'] ?? '', lastEvent);
      return at === null ? null : `time${groups['name'] === 'earliest' ? '>=' : '<='}${formatIso(at)}`;
    },
  },
  {
    name: 'relative time',
    isTest: true,
    isRead: true,
    pattern: pattern(start, name, sign, relative, end),
    in: 'both',
    counts: isOfTime,
    advice: 'No event has a time to count back from.',
    said: (match) => countedFrom(match),
    instead: ({ groups, lastEvent }) => {
      const at = relativeTime(groups['value'] ?? '', lastEvent);
      const operator = (groups['sign'] ?? '').replace(/^:?([<>]=?).*$/, '$1');
      return at === null ? null : `time${/^[<>]/.test(operator) ? operator : '>='}${formatIso(at)}`;
    },
  },
];

function isOfTime({ groups, fields }: HabitMatch): boolean {
  const known = knownField(groups['name'], fields);
  return known !== null && fieldType(known) === 'time' && isSameField(known, 'time');
}

function countedFrom({ lastEvent }: HabitMatch): string {
  return lastEvent === null ? '' : `Counted from the last event, ${formatIso(lastEvent)}.`;
}
