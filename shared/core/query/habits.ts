/**
 * Habits from other tools, as data: what is an operator, a bracket or a field there, and a word or a plain value here.
 *
 * To add one, add a row. Each pattern is tried on the query's text, in which the insides of quotes and of regular
 * expressions are blanked out (a {@link blank} per character). The first row that claims a word keeps it, so special ones come first.
 * Every pattern must take time in proportion to the text: it runs on whatever is pasted.
 */
import { parseRange } from './address';
import {
  aliasClause,
  betweenClause,
  comparisonClause,
  functionClause,
  groupClause,
  knownField,
  namedTestClause,
  rangeClause,
  unquoted,
  withoutOuterStars,
} from './foreign-clauses';
import { end, field, name, pattern, separator, start, value, type Habit } from './habit';
import { quoteValue } from './print';
import { timeHabits } from './time-habits';
import { valueHabits } from './value-habits';

const colon = 'Fields are written field:value, and -field:value for all others.';

export const habits: readonly Habit[] = [
  {
    name: 'list',
    isRead: true,
    pattern: pattern(start, name, String.raw`\s+(?<not>[Nn][Oo][Tt]\s+)?[Ii][Nn]\s*[([](?<list>[^()[\]]*)[)\]]`),
    in: 'words',
    advice: 'One of several values is written field:(a OR b).',
    instead: ({ groups, fields }) => groupClause(groups['name'], groups['list'], groups['not'] !== '', fields),
  },
  ...timeHabits,
  ...valueHabits,
  {
    name: 'scope',
    pattern: pattern(start, String.raw`(?<name>index|sourcetype|host|splunk_server|_index|loggroup)=`, value),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) === null,
    advice: 'There are no indexes here: all open events are searched.',
    instead: () => '',
  },
  {
    name: 'comparison',
    isRead: true,
    pattern: pattern(
      start,
      name,
      String.raw`(?:(?<tight>!=|<>|=~|!~|==?)|\s+(?<spaced>!=|<>|=~|!~|==?|[<>]=?)\s+)`,
      value,
    ),
    in: 'words',
    advice: colon,
    instead: ({ groups, fields }) =>
      comparisonClause(groups['name'], `${groups['tight']}${groups['spaced']}`, groups['value'], fields),
  },
  {
    name: 'test of the whole event',
    isRead: true,
    pattern: pattern(
      start,
      String.raw`(?:@message|message|_raw)\s+(?:like|LIKE|=~|contains)\s+(?<value>"[^"]*"|'[^']*'|/[\w .:-]+/i?)`,
      end,
    ),
    in: 'words',
    advice: 'A word alone is searched for in all values of an event.',
    instead: ({ groups }) => quoteValue(unquoted(groups['value'] ?? '').replace(/^\/|\/i?$|^%|%$/g, '')),
  },
  {
    name: 'test of existence',
    isRead: true,
    pattern: pattern(
      start,
      name,
      String.raw`\s+(?<test>(?:[Nn][Oo][Tt]\s+)?(?:exists?|EXISTS?)|[Ii][Ss](?:\s+[Nn][Oo][Tt])?\s+[Nn][Uu][Ll][Ll])`,
      end,
    ),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) !== null,
    advice: 'field:* finds every event that has the field, and -field:* all others.',
    instead: namedTestClause,
  },
  {
    name: 'sign of a match',
    isRead: true,
    pattern: pattern(start, name, `~`, value),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) !== null,
    advice: 'A regular expression is written field:/…/.',
    instead: ({ groups, fields }) => comparisonClause(groups['name'], '=~', groups['value'], fields),
  },
  {
    name: 'named test',
    isRead: true,
    pattern: pattern(
      start,
      name,
      String.raw`\s+(?<not>[Nn][Oo][Tt]\s+)?(?<test>[Rr]?[Ll][Ii][Kk][Ee]|[Cc]ontains|CONTAINS|startswith|endswith|matches)`,
      end,
      String.raw`(?:\s+(?<value>"[^"]*"|'[^']*'|/[^/\s]+/[a-z]*|(?!(?:[Aa][Nn][Dd]|[Oo][Rr])\b)[^\s()"']+))?`,
    ),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) !== null,
    advice: 'A part of a value is written field:*part*, and a regular expression field:/…/.',
    instead: namedTestClause,
  },
  {
    name: 'between',
    isRead: true,
    pattern: pattern(
      start,
      name,
      String.raw`\s+[Bb][Ee][Tt][Ww][Ee][Ee][Nn]\s+(?<low>"[^"]*"|'[^']*'|[^\s()]+)\s+[Aa][Nn][Dd]\s+(?<high>"[^"]*"|'[^']*'|[^\s()]+)`,
    ),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) !== null,
    advice: 'A range is written field>=a field<=b.',
    instead: betweenClause,
  },
  {
    name: 'range',
    isRead: true,
    pattern: pattern(
      String.raw`(?:${start}${name}${separator}|${start})(?<from>[[{])\s*(?<low>[^\s()]+)\s+TO\s+(?<high>[^\s()\]}]+)\s*(?<to>[\]}])`,
    ),
    in: 'both',
    advice: 'A range is written field>=a field<=b.',
    instead: rangeClause,
  },
  {
    name: 'list in a group',
    isRead: true,
    pattern: pattern(start, field, separator, String.raw`\((?<list>[^()]*,[^()]*)\)`),
    in: 'tests',
    advice: 'The comma is part of the value; several values are joined by OR.',
    instead: ({ groups, fields }) => groupClause(groups['name'], groups['list'], false, fields),
  },
  {
    name: 'sign before a value',
    isRead: true,
    pattern: pattern(start, field, separator, String.raw`(?<sign>!=?|==?)`, value),
    in: 'tests',
    advice: 'After a colon it is part of the value; -field:value finds all others.',
    instead: ({ groups, fields }) =>
      comparisonClause(groups['name'], groups['sign']?.startsWith('!') === true ? '!=' : '=', groups['value'], fields),
  },
  {
    name: 'operator as a value',
    pattern: pattern(start, field, String.raw`:(?:[Aa][Nn][Dd]|[Oo][Rr]|[Nn][Oo][Tt])`, end),
    in: 'tests',
    advice: 'Directly after a colon it is the value; write NOT before the field.',
  },
  {
    name: 'everything',
    isRead: true,
    pattern: pattern(start, String.raw`\*:\*`, end),
    in: 'words',
    advice: '* alone finds every event.',
    instead: () => '*',
  },
  {
    name: 'single quotes',
    isRead: true,
    isOfText: true,
    pattern: pattern(start, String.raw`'(?<text>[^'"]+)'`, end),
    in: 'words',
    advice: 'Only double quotes keep a text together.',
    instead: ({ groups }) => `"${(groups['text'] ?? '').replace(/\\/g, '\\\\')}"`,
  },
  {
    name: 'regular expression',
    isOfText: true,
    pattern: pattern(start, String.raw`/[^\s()]+/[a-z]*`, end),
    in: 'words',
    counts: ({ whole }) => /[\\^$*+?|[\]{}]/.test(whole),
    advice: 'A regular expression needs a field: event:/…/.',
  },
  {
    name: 'pipe',
    pattern: pattern(start, String.raw`\|`, end, String.raw`[^]*`),
    in: 'words',
    advice:
      'There are no commands here: the text after the | is searched for too. Facets count, and the timeline bounds the time.',
    instead: () => '',
  },
  {
    name: 'function',
    isRead: true,
    isOfText: true,
    pattern: pattern(
      start,
      String.raw`(?<called>exists?|missing|ispresent|isnotnull|isnull|isempty|isblank|cidrmatch|isIpInSubnet|isIpv4InSubnet|isIpv6InSubnet|match|like|searchmatch|coalesce|lower|upper|count|strcontains|json_extract|json_extract_scalar)\((?<parts>[^()]*)\)`,
    ),
    in: 'words',
    advice: 'There are no functions here. A field is tested by field:value.',
    instead: functionClause,
  },
  {
    name: 'first command',
    isRead: true,
    pattern: pattern(
      String.raw`(?:filter|search|where)(?<=^\s*\w+)(?=\s+(?:[^\s|]+\s*(?:[=<>!:]|\s(?:like|in|not|is)\b)|(?:is\w+|exists|cidrmatch)\())`,
    ),
    in: 'words',
    advice: 'There are no commands here.',
    instead: () => '',
  },
  {
    name: 'command',
    isOfText: true,
    isCommand: true,
    pattern: pattern(
      start,
      String.raw`(?:[Ss]tats|STATS|SELECT|FROM|WHERE|LIKE|RLIKE|BETWEEN|HAVING|GROUP|ORDER|LIMIT|IN|TO|XOR|NEAR)`,
      end,
    ),
    in: 'words',
    advice: 'There are no commands here.',
  },
  {
    name: 'comparison sign',
    pattern: pattern(start, String.raw`(?:[!=]=?=?|[<>]=?|<>|=~|!~)`, end),
    in: 'words',
    advice: colon,
  },
  {
    name: 'range of addresses',
    pattern: pattern(start, String.raw`(?:\d+(?:\.\d+){2,3}|(?:[\dA-Fa-f]*:){2}[\dA-Fa-f:.]*)/\d+`, end),
    in: 'words',
    advice: 'It is not a range of addresses; those are written 10.0.0.0/8 or 2001:db8::/32.',
    counts: ({ whole }) => !parseRange(whole).ok,
  },
  {
    name: 'existence',
    isRead: true,
    pattern: pattern(start, String.raw`(?<how>_exists_|_missing_|exists|missing):(?<name>[A-Za-z_@][\w@.$-]*)`, end),
    in: 'words',
    advice: 'field:* finds every event that has the field.',
    instead: ({ groups, fields }) => {
      const known = knownField(groups['name'], fields);
      return known === null ? null : `${groups['how']?.includes('missing') === true ? '-' : ''}${known}:*`;
    },
  },
  {
    name: 'field',
    isRead: true,
    isOfText: true,
    pattern: pattern(
      start,
      String.raw`(?!(?:arn|urn):)(?!A[A-Z]{3}[A-Z0-9]{12,}:)(?!(?:[\dA-Fa-f]*:){2}[\dA-Fa-f:.]*(?:/\d+)?${end})`,
      String.raw`(?:"(?<quoted>[^"]+)"|(?<name>[A-Za-z_@][\w@.$-]*))(?<sign>:(?!//)|[<>]=?)`,
      value,
    ),
    in: 'words',
    advice: 'No event has a field of that name.',
    instead: aliasClause,
  },
  {
    name: 'field with a colon apart',
    isRead: true,
    isOfText: true,
    pattern: pattern(start, String.raw`(?:"(?<quoted>[^"]+)"|(?<name>[A-Za-z_@][\w@.$-]*))\s+:(?!:)\s*`, value),
    in: 'words',
    advice: 'No event has a field of that name.',
    instead: aliasClause,
  },
  {
    name: 'field with a value apart',
    isRead: true,
    isOfText: true,
    pattern: pattern(start, name, String.raw`:[^\S\r\n]+`, value),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) !== null,
    advice: colon,
    instead: aliasClause,
  },
  {
    name: 'field before a group',
    isRead: true,
    pattern: pattern(start, name, separator, String.raw`(?<list>\((?:[^()"]|"[^"]*")*\))`),
    in: 'words',
    advice: 'No event has a field of that name.',
    instead: ({ groups, fields }) => {
      const known = knownField(groups['name'], fields);
      return known === null ? null : `${known}:${groups['list']}`;
    },
  },
  {
    name: 'unfinished field',
    isOfText: true,
    pattern: pattern(start, String.raw`(?:"[^"]+"|[A-Za-z_@][\w@.$-]*):`, end),
    in: 'words',
    advice: 'No event has a field of that name.',
  },
  {
    name: 'lone colon',
    isOfText: true,
    pattern: pattern(start, ':', end),
    in: 'both',
    advice: 'A colon goes between a field and its value: field:value.',
  },
  {
    name: 'bracket',
    isOfText: true,
    pattern: pattern(
      start,
      String.raw`(?:[^\s():"[\]{}]+:)?(?:[[{][^\s()]*|[^\s()[\]{}]*[\]}][^\s()]*|(?:[^\s()[{]*[[{])+[^\s()[\]{}]*${end})`,
    ),
    in: 'both',
    advice: 'Brackets and braces are plain characters; only ( and ) group.',
  },
  {
    name: 'fuzzy word',
    isRead: true,
    isOfText: true,
    pattern: pattern(start, String.raw`(?:"(?<quoted>[^"]*)"|(?<word>[^\s()"~:/.]+))~[\d.]*`, end),
    in: 'words',
    advice: 'Put the sign before a word to find words like it: ~word.',
    instead: ({ groups }) => (/\s/.test(groups['quoted'] ?? '') ? null : `~${groups['quoted']}${groups['word']}`),
  },
  {
    name: 'name of a field',
    isOfText: true,
    pattern: pattern(start, name, end),
    in: 'words',
    counts: ({ groups, fields }) =>
      /[a-z][A-Z]|[a-z]\.[a-z]/.test(groups['name'] ?? '') && fields.has(groups['name'] ?? ''),
    advice: 'A word is searched for in values only; field:* finds every event that has the field.',
    instead: ({ whole }) => `${whole}:*`,
  },
  {
    name: 'one character',
    isOfText: true,
    pattern: pattern(start, String.raw`[\w-]*\?[\w?*-]*\w[\w?*-]*`, end),
    in: 'words',
    advice: 'The ? is a plain character in a word; in a value of a field it matches any one character.',
  },
  {
    name: 'wildcard',
    isRead: true,
    isOfText: true,
    pattern: pattern(start, String.raw`[^\s()"*]*\*[^\s()"]*`, end),
    in: 'words',
    counts: ({ whole }) => whole !== '*',
    advice:
      'A word is found anywhere within a value and its * is a plain character; in a value of a field it matches any text.',
    instead: ({ whole }) => withoutOuterStars(whole),
  },
  {
    name: 'plus',
    isRead: true,
    isOfText: true,
    pattern: pattern(start, String.raw`\+(?<text>[A-Za-z][^\s()]*)`, end),
    in: 'words',
    advice: 'The + is a plain character; every word is required anyway.',
    instead: ({ groups }) => groups['text'] ?? null,
  },
  {
    name: 'joined operator',
    isOfText: true,
    pattern: pattern(start, String.raw`[^\s()&|]+(?:&&|\|\|)[^\s()]*`, end),
    in: 'words',
    advice: 'An operator has spaces on both sides.',
  },
];
