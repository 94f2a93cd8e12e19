/**
 * Habits from other tools, as data: what looks like an operator, a bracket or a field there and is a word or a plain value here.
 *
 * To teach another one, add a row. Each pattern is tried on the query's text, in which the insides of quotes and of regular
 * expressions are blanked out (a {@link blank} per character). The first row that claims a word keeps it, so special ones come first.
 * Every pattern must take time in proportion to the text: it runs on whatever is pasted.
 */
import { parseRange } from './address';
import { quoteField, quoteValue } from './print';
import type { FieldLookup } from './field-lookup';

/** Stands for a character that no pattern is to look at. */
export const blank = '\u0001';

/** What a pattern found. Groups are cut from the query as it was written; those that did not take part are empty. */
export interface HabitMatch {
  readonly whole: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly fields: FieldLookup;
}

export interface Habit {
  readonly name: string;
  readonly pattern: RegExp;
  /** Where it has to begin: at a word, at a test of a field, or at either. */
  readonly in: 'words' | 'tests' | 'both';
  /** Looks closer at what the pattern found; left out: every match counts. */
  readonly counts?: (match: HabitMatch) => boolean;
  /** What the text means here, or what to write instead: whole sentences. */
  readonly advice: string;
  /** The clause that says what was meant; null where it is not known. */
  readonly instead?: (match: HabitMatch) => string | null;
}

/** Where a term begins, behind its sign of negation. */
const start = String.raw`(?<=(?:^|[\s(])[!-]*)(?!-|!(?!=))`;
const end = String.raw`(?![^\s)])`;
const name = String.raw`(?<name>(?:\$\.)?[A-Za-z_@][\w@.$-]*)`;
/** A field that is known, before its colon. */
const field = String.raw`(?<name>[^\s():"]+)`;
const value = String.raw`(?<value>"[^"]*"|'[^']*'|[^\s()"'=][^\s()]*)`;
/** Between a field and its value; Kibana writes it with white space. */
const separator = String.raw`\s*:\s*`;
/** Joins parts of patterns, each a regular expression's source. */
const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'g');

const colon = 'Fields are written field:value, and -field:value for all others.';

export const habits: readonly Habit[] = [
  {
    name: 'list',
    pattern: pattern(start, name, String.raw`\s+(?<not>[Nn][Oo][Tt]\s+)?[Ii][Nn]\s*[([](?<list>[^()[\]]*)[)\]]`),
    in: 'words',
    advice: 'One of several values is written field:(a OR b).',
    instead: ({ groups, fields }) => groupClause(groups['name'], groups['list'], groups['not'] !== '', fields),
  },
  {
    name: 'comparison',
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
    name: 'named test',
    pattern: pattern(
      start,
      name,
      String.raw`\s+(?:(?<test>[Ll][Ii][Kk][Ee]|[Cc]ontains|CONTAINS|startswith|endswith|matches|exists|[Ii][Ss](?:\s+[Nn][Oo][Tt])?\s+[Nn][Uu][Ll][Ll]))`,
      end,
    ),
    in: 'words',
    counts: ({ groups, fields }) => knownField(groups['name'], fields) !== null,
    advice: 'A part of a value is written field:*part*, and field:* finds every event that has the field.',
    instead: ({ groups, fields }) => nullClause(groups['name'], groups['test'], fields),
  },
  {
    name: 'range',
    pattern: pattern(
      String.raw`(?:${start}${name}${separator}|${start})(?<from>[[{])\s*(?<low>[^\s()]+)\s+TO\s+(?<high>[^\s()\]}]+)\s*(?<to>[\]}])`,
    ),
    in: 'both',
    advice: 'A range is written field>=a field<=b.',
    instead: ({ groups, fields }) => rangeClause(groups, fields),
  },
  {
    name: 'list in a group',
    pattern: pattern(start, field, separator, String.raw`\((?<list>[^()]*,[^()]*)\)`),
    in: 'tests',
    advice: 'The comma is part of the value; several values are joined by OR.',
    instead: ({ groups, fields }) => groupClause(groups['name'], groups['list'], false, fields),
  },
  {
    name: 'sign before a value',
    pattern: pattern(start, field, separator, String.raw`(?<sign>!=?|==?)`, value),
    in: 'tests',
    advice: 'Behind a colon it is part of the value; -field:value stands for all others.',
    instead: ({ groups, fields }) =>
      comparisonClause(groups['name'], groups['sign']?.startsWith('!') === true ? '!=' : '=', groups['value'], fields),
  },
  {
    name: 'operator as a value',
    pattern: pattern(start, field, String.raw`:(?:[Aa][Nn][Dd]|[Oo][Rr]|[Nn][Oo][Tt])`, end),
    in: 'tests',
    advice: 'Directly behind a colon it is the value; write NOT before the field.',
  },
  {
    name: 'everything',
    pattern: pattern(start, String.raw`\*:\*`, end),
    in: 'words',
    advice: '* alone finds every event.',
    instead: () => '*',
  },
  {
    name: 'single quotes',
    pattern: pattern(start, String.raw`'(?<text>[^'"]+)'`, end),
    in: 'words',
    advice: 'Only double quotes hold a text together.',
    instead: ({ groups }) => `"${(groups['text'] ?? '').replace(/\\/g, '\\\\')}"`,
  },
  {
    name: 'regular expression',
    pattern: pattern(start, String.raw`/[^\s()]+/[a-z]*`, end),
    in: 'words',
    counts: ({ whole }) => /[\\^$*+?|[\]{}]/.test(whole),
    advice: 'A regular expression stands behind a field: event:/…/.',
  },
  {
    name: 'pipe',
    pattern: pattern(start, String.raw`\|`, end, String.raw`[^]*`),
    in: 'words',
    advice:
      'There are no commands here: what stands behind the | is searched for too. Facets count, and the timeline bounds the time.',
    instead: () => '',
  },
  {
    name: 'command',
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
    advice: 'It is no range of addresses; those are written 10.0.0.0/8 or 2001:db8::/32.',
    counts: ({ whole }) => !parseRange(whole).ok,
  },
  {
    name: 'field',
    pattern: pattern(
      start,
      String.raw`(?!(?:arn|urn):)(?!A[A-Z]{3}[A-Z0-9]{12,}:)(?!(?:[\dA-Fa-f]*:){2}[\dA-Fa-f:.]*(?:/\d+)?${end})`,
      String.raw`(?:"(?<quoted>[^"]+)"|(?<name>[A-Za-z_@][\w@.$-]*))(?<sign>:(?!//)|[<>]=?)`,
      value,
    ),
    in: 'words',
    advice: 'No event has a field of that name.',
    instead: ({ groups, fields }) => aliasClause(groups, fields),
  },
  {
    name: 'field with a colon apart',
    pattern: pattern(start, String.raw`(?:"(?<quoted>[^"]+)"|(?<name>[A-Za-z_@][\w@.$-]*))\s+:(?!:)\s*`, value),
    in: 'words',
    advice: 'No event has a field of that name.',
    instead: ({ groups, fields }) => aliasClause(groups, fields),
  },
  {
    name: 'unfinished field',
    pattern: pattern(start, String.raw`(?:"[^"]+"|[A-Za-z_@][\w@.$-]*):`, end),
    in: 'words',
    advice: 'No event has a field of that name.',
  },
  {
    name: 'lone colon',
    pattern: pattern(start, ':', end),
    in: 'both',
    advice: 'A colon stands between a field and its value: field:value.',
  },
  {
    name: 'bracket',
    pattern: pattern(
      start,
      String.raw`(?:[^\s():"[\]{}]+:)?(?:[[{][^\s()]*|[^\s()[\]{}]*[\]}][^\s()]*|(?:[^\s()[{]*[[{])+[^\s()[\]{}]*${end})`,
    ),
    in: 'both',
    advice: 'Brackets and braces are plain characters; only ( and ) group.',
  },
  {
    name: 'wildcard',
    pattern: pattern(start, String.raw`[^\s()"*]*\*[^\s()"]*`, end),
    in: 'words',
    counts: ({ whole }) => whole !== '*',
    advice:
      'A word is found anywhere within a value and its * is a plain character; in a value of a field it stands for any text.',
    instead: ({ whole }) => withoutOuterStars(whole),
  },
  {
    name: 'plus',
    pattern: pattern(start, String.raw`\+(?<text>[A-Za-z][^\s()]*)`, end),
    in: 'words',
    advice: 'The + is a plain character; every word is required anyway.',
    instead: ({ groups }) => groups['text'] ?? null,
  },
  {
    name: 'joined operator',
    pattern: pattern(start, String.raw`[^\s()&|]+(?:&&|\|\|)[^\s()]*`, end),
    in: 'words',
    advice: 'An operator has spaces on both sides.',
  },
];

/** Names other tools have for the fields here, in lower case. */
const aliases: ReadonlyMap<string, string> = new Map([
  ...['user', 'username', 'user.name', 'principal', 'actor'].map((alias) => [alias, 'identity'] as const),
  ...['action', 'event.action', 'operation', 'method'].map((alias) => [alias, 'event'] as const),
  ...['source.ip', 'sourceip', 'src', 'src_ip', 'srcip', 'client.ip'].map((alias) => [alias, 'ip'] as const),
  ...['@timestamp', '_time', 'timestamp', 'date'].map((alias) => [alias, 'time'] as const),
  ...['cloud.region', 'aws_region'].map((alias) => [alias, 'region'] as const),
  ...['cloud.account.id', 'accountid', 'account_id', 'aws_account'].map((alias) => [alias, 'account'] as const),
  ...['provider', 'event.provider', 'source'].map((alias) => [alias, 'service'] as const),
  ...['user_agent', 'user_agent.original', 'useragent'].map((alias) => [alias, 'agent'] as const),
  ...['errcode', 'error.code', 'error_code'].map((alias) => [alias, 'error'] as const),
]);

/** The field a name of another tool stands for, as it has to be written; null where that is not known. */
function knownField(written: string | undefined, fields: FieldLookup): string | null {
  const plain = (written ?? '').replace(/^\$\./, '');
  if (plain === '') return null;
  if (fields.has(plain)) return quoteField(plain);
  return aliases.get(plain.toLowerCase()) ?? null;
}

/** A value in any quotes, or none, as it has to be written behind `field:`; wildcards stay. */
function writtenValue(value: string): string {
  const quoted = /^(["'])(?<text>.*)\1$/s.exec(value);
  if (quoted !== null) return value.startsWith('"') ? value : quoteValue(quoted.groups?.['text'] ?? '');
  return /^[\w@.*?:/+-]+$/.test(value) && !/^[/]/.test(value) ? value : quoteValue(value);
}

function comparisonClause(
  written: string | undefined,
  operator: string,
  value: string | undefined,
  fields: FieldLookup,
): string | null {
  const field = knownField(written, fields);
  if (field === null || value === undefined) return null;
  const expression = `${field}:/${value.replace(/^["'/]|["'/]$/g, '').replace(/\//g, '\\/')}/`;
  switch (operator) {
    case '=':
    case '==':
    case ':':
      return `${field}:${writtenValue(value)}`;
    case '!=':
    case '<>':
      return `-${field}:${writtenValue(value)}`;
    case '=~':
      return expression;
    case '!~':
      return `-${expression}`;
    default:
      return `${field}${operator}${writtenValue(value)}`;
  }
}

function groupClause(
  written: string | undefined,
  list: string | undefined,
  negated: boolean,
  fields: FieldLookup,
): string | null {
  const field = knownField(written, fields);
  const values = (list ?? '').match(/"[^"]*"|'[^']*'|[^\s,"']+/g) ?? [];
  if (field === null || values.length === 0) return null;
  return `${negated ? '-' : ''}${field}:(${values.map(writtenValue).join(' OR ')})`;
}

/** `IS NULL` and `IS NOT NULL`; null for any other test. */
function nullClause(written: string | undefined, test: string | undefined, fields: FieldLookup): string | null {
  const field = knownField(written, fields);
  if (field === null || !/null$/i.test(test ?? '')) return null;
  return `${/\bnot\b/i.test(test ?? '') ? '' : '-'}${field}:*`;
}

function rangeClause(groups: HabitMatch['groups'], fields: FieldLookup): string | null {
  const field = knownField(groups['name'], fields);
  if (field === null) return null;
  const low = groups['low'] === '*' ? [] : [`${field}${groups['from'] === '[' ? '>=' : '>'}${groups['low']}`];
  const high = groups['high'] === '*' ? [] : [`${field}${groups['to'] === ']' ? '<=' : '<'}${groups['high']}`];
  return [...low, ...high].join(' ') || `${field}:*`;
}

function aliasClause(groups: HabitMatch['groups'], fields: FieldLookup): string | null {
  return comparisonClause(groups['name'], groups['sign'] ?? ':', groups['value'], fields);
}

function withoutOuterStars(word: string): string | null {
  const text = word.replace(/^\*+|\*+$/g, '');
  return text === '' || /[*?]/.test(text) ? null : text;
}
