/**
 * Habits about values of fields: words for an outcome or for no value, and the patterns and lists of other tools. Each is a valid test here
 * too, but of a text that hardly any event has: it finds nothing, or everything where it is negated.
 */
import { fieldType, isSameField } from '../fields';
import { parseQueryPeriod } from '../time';
import { parseRange } from './address';
import { groupClause, knownField, unquoted, wildcardClause, writtenValue } from './foreign-clauses';
import { end, field, name, pattern, separator, start, value, type Habit, type HabitMatch } from './habit';
import { quoteValue } from './print';

/** A time as CloudTrail writes it. */
const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** `:`, or an operator with white space around it. */
const sign = String.raw`(?<sign>${separator}|\s+(?:==?|!=)\s+)`;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const failed = words('fail fails failed failing failure failures error errors errored unsuccessful unsuccessfully');
const succeeded = words('succeed succeeds succeeded success successes successful successfully ok okay passed');
const denied = words('denied deny unauthorized unauthorised forbidden');
const nothing = words(' null nil undefined');
const noError = words('none no false 0 - n/a empty');
const anyError = words('yes true any exists exist present 1');
const no = words('0 no n f off write writes write-only writeonly');
const yes = words('1 yes y t on read reads read-only readonly');

/** Names other tools have for the outcome of a call. */
const outcomeNames = words('status outcome event.outcome event.result @evt.outcome @status');

/** Fields whose values are names without white space or signs: a sign in one is another tool's. */
const plainNames = [
  'event',
  'service',
  'region',
  'account',
  'error',
  'result',
  'class',
  'category',
  'type',
  'readonly',
  'key',
];
/** Every event has these: to ask for all others leaves no event without one in doubt. */
const alwaysThere = [
  'event',
  'service',
  'region',
  'time',
  'id',
  'identity',
  'kind',
  'account',
  'result',
  'class',
  'type',
  'readonly',
];

export const valueHabits: readonly Habit[] = [
  {
    name: 'outcome',
    // A name that no event has means the outcome; a value of one that exists may be meant as it stands.
    isRead: ({ groups, fields }) => !fields.has(groups['name'] ?? ''),
    pattern: pattern(start, name, sign, value),
    in: 'both',
    isTest: true,
    counts: (match) => outcomeClause(match) !== null,
    advice:
      'A result is Success, an error code, or Failure where no code is given: class:error finds every failed call, and result:Success all others.',
    instead: outcomeClause,
  },
  {
    name: 'no error',
    pattern: pattern(start, field, sign, value),
    in: 'tests',
    isTest: true,
    counts: (match) => isOf(match, 'error') && (isNothing(match) || noError.has(lowerValue(match))),
    advice:
      'It finds only this text. -error:* finds events without an error code, and result:Success those that did not fail.',
    instead: absenceClause,
  },
  {
    name: 'nothing',
    pattern: pattern(start, field, sign, value),
    in: 'tests',
    isTest: true,
    counts: isNothing,
    advice: 'It finds only this text. -field:* finds events without a value, and field:* those with one.',
    instead: absenceClause,
  },
  {
    name: 'truth',
    pattern: pattern(start, field, sign, value),
    in: 'tests',
    isTest: true,
    counts: (match) => truthClause(match) !== null,
    advice: 'Its values are true and false.',
    instead: truthClause,
  },
  {
    name: 'range in quotes',
    isRead: true,
    pattern: pattern(start, field, sign, String.raw`(?<value>"[^"]*"|'[^']*')`),
    in: 'tests',
    isTest: true,
    counts: (match) =>
      fieldType(match.groups['name'] ?? '') === 'address' && text(match).includes('/') && parseRange(text(match)).ok,
    advice: 'In quotes it is a text, not a range of addresses.',
    instead: (match) => negatable(match, `${nameOf(match)}:${text(match)}`),
  },
  {
    name: 'range of two addresses',
    pattern: pattern(start, field, sign, String.raw`(?<value>\d+(?:\.\d+){3}-\d+(?:\.\d+){3})`, end),
    in: 'tests',
    isTest: true,
    counts: ({ groups }) => fieldType(groups['name'] ?? '') === 'address',
    advice: 'It is not a range of addresses; those are written 10.0.0.0/8 or 2001:db8::/32.',
  },
  {
    name: 'time',
    isRead: true,
    pattern: pattern(start, field, sign, value),
    in: 'tests',
    isTest: true,
    counts: (match) =>
      fieldType(nameOf(match)) === 'time' && parseQueryPeriod(text(match)) !== null && !written.test(text(match)),
    advice:
      'A time is compared as it is written in the event, 2023-07-10T12:00:00Z; a day, an hour or a minute is a range.',
    instead: (match) => {
      const bound = quoteValue(text(match));
      return negatable(match, `(${nameOf(match)}>=${bound} ${nameOf(match)}<=${bound})`);
    },
  },
  {
    name: 'single quotes around a value',
    isRead: true,
    pattern: pattern(start, field, separator, String.raw`(?<value>'[^']*')`),
    in: 'tests',
    isTest: true,
    advice: 'The single quotes are part of the value; only double quotes keep a text together.',
    instead: ({ groups }) => `${groups['name']}:${writtenValue(groups['value'] ?? '')}`,
  },
  {
    name: 'wildcard in quotes',
    pattern: pattern(start, field, sign, String.raw`(?<value>"[^"]*")`),
    in: 'tests',
    isTest: true,
    // A value that a facet wrote may hold a star; names hold none, and facets write no `=`.
    counts: (match) => /[*?]/.test(text(match)) && (isPlainName(match) || match.groups['sign']?.includes('=') === true),
    advice: 'In quotes, * and ? are plain characters.',
    instead: (match) => negated(match, wildcardClause(nameOf(match), text(match))),
  },
  {
    name: 'punctuation behind a value',
    pattern: pattern(start, field, sign, String.raw`(?<value>[^\s()"'=,;][^\s()"',;]*[,;])(?=\s|$)`),
    in: 'tests',
    isTest: true,
    counts: isPlainName,
    advice: 'The text after the name is part of the value.',
    instead: (match) => negatable(match, `${nameOf(match)}:${raw(match).slice(0, -1)}`),
  },
  {
    name: 'list without parentheses',
    pattern: pattern(start, field, sign, String.raw`(?<value>[^\s()"'=,|/][^\s()"',|/]*(?:[,|][^\s()"',|/]+)+)`),
    in: 'tests',
    isTest: true,
    counts: isPlainName,
    advice: 'It is one value; several are written field:(a OR b).',
    instead: (match) =>
      negated(match, groupClause(nameOf(match), raw(match).replaceAll('|', ','), false, match.fields)),
  },
  {
    name: 'fuzzy value',
    pattern: pattern(start, field, sign, String.raw`(?<value>[^\s()"'=~^]+(?:~|\^)[\d.]*)`),
    in: 'tests',
    isTest: true,
    counts: isPlainName,
    advice: 'The sign and what follows are part of the value; ~word finds words like this one.',
    instead: (match) => {
      const [word = '', weight] = raw(match).split(/(?=[~^])/);
      return weight?.startsWith('^') === true
        ? negatable(match, `${nameOf(match)}:${word}`)
        : negated(match, `~${word}`);
    },
  },
  {
    name: 'expression without slashes',
    pattern: pattern(start, field, sign, String.raw`(?<value>[^\s()"'=/][^\s()"'/]*)`),
    in: 'tests',
    isTest: true,
    counts: (match) => isPlainName(match) && /^\^|\$$|\.[*+]|%/.test(raw(match)),
    advice: 'Only * and ? match other characters; a regular expression is written field:/…/.',
    instead: (match) => {
      const clause = raw(match).includes('%')
        ? wildcardClause(nameOf(match), raw(match).replaceAll('%', '*'))
        : `${nameOf(match)}:/${raw(match)}/i`;
      return negated(match, clause);
    },
  },
  {
    name: 'all others',
    pattern: pattern(start, field, String.raw`(?<sign>\s+!=\s+)`, value),
    in: 'tests',
    isTest: true,
    counts: ({ groups }) => !isNamedOneOf(groups['name'], alwaysThere),
    advice: 'It finds events without the field too; add field:* to leave those out.',
    instead: ({ groups, whole }) => `${whole} ${groups['name']}:*`,
  },
];

function raw({ groups }: HabitMatch): string {
  return groups['value'] ?? '';
}

/** The value without its quotes. */
function text(match: HabitMatch): string {
  return unquoted(raw(match));
}

function lowerValue(match: HabitMatch): string {
  return text(match).toLowerCase();
}

function nameOf({ groups }: HabitMatch): string {
  return groups['name'] ?? '';
}

function isOf(match: HabitMatch, named: string): boolean {
  return isNamedOneOf(nameOf(match), [named]);
}

function isNamedOneOf(name: string | undefined, named: readonly string[]): boolean {
  return named.some((each) => isSameField(each, name ?? ''));
}

function isPlainName(match: HabitMatch): boolean {
  return isNamedOneOf(nameOf(match), plainNames);
}

function isNothing(match: HabitMatch): boolean {
  return nothing.has(lowerValue(match));
}

/** The clause, negated where the operator was `!=`; a clause that is negated itself loses its sign. */
function negatable({ groups }: HabitMatch, clause: string): string {
  if (groups['sign']?.includes('!') !== true) return clause;
  return clause.startsWith('-') ? clause.slice(1) : `-${clause}`;
}

function negated(match: HabitMatch, clause: string | null): string | null {
  return clause === null ? null : negatable(match, clause);
}

function absenceClause(match: HabitMatch): string {
  return negatable(match, `-${nameOf(match)}:*`);
}

function truthClause(match: HabitMatch): string | null {
  if (!isNamedOneOf(nameOf(match), ['readonly', 'managementEvent'])) return null;
  const said = lowerValue(match);
  const truth = no.has(said) ? 'false' : yes.has(said) ? 'true' : null;
  return truth === null ? null : negatable(match, `${nameOf(match)}:${truth}`);
}

/** The clause for a word of success or failure; null where it is a value of the field, or the field is not about outcomes. */
function outcomeClause(match: HabitMatch): string | null {
  const named = nameOf(match);
  const isForeign = !match.fields.has(named) && outcomeNames.has(named.toLowerCase());
  const isError = isNamedOneOf(named, ['error']);
  if (!isForeign && !isError && !isNamedOneOf(named, ['result', 'class'])) return successClause(match);
  const said = lowerValue(match);
  if (named.toLowerCase() === 'class' && said === 'error') return null;
  if (isNamedOneOf(named, ['result']) && said === 'success') return null;
  if (failed.has(said) || (isError && anyError.has(said))) return negatable(match, 'class:error');
  if (succeeded.has(said)) return negatable(match, 'result:Success');
  return denied.has(said) ? negatable(match, 'error:(*Denied* OR *Unauthorized* OR *Forbidden*)') : null;
}

/** `success:false`, where the data has no such field. */
function successClause(match: HabitMatch): string | null {
  const named = nameOf(match).toLowerCase();
  if (!/^(?:is_?)?success(?:ful)?$/.test(named) || knownField(named, match.fields) !== null) return null;
  const said = lowerValue(match);
  if (no.has(said) || said === 'false') return negatable(match, 'class:error');
  return yes.has(said) || said === 'true' ? negatable(match, 'result:Success') : null;
}
