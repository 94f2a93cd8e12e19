/** Translates tests of other tools into the query language. */
import type { FieldLookup } from './field-lookup';
import type { HabitMatch } from './habit';
import { parseRange } from './address';
import { quoteField, quoteValue } from './print';

/** Names other tools have for the fields here, in lower case. */
const aliases: ReadonlyMap<string, string> = new Map([
  ...['user', 'username', 'user.name', 'principal', 'actor'].map((alias) => [alias, 'identity'] as const),
  ...['action', 'event.action', 'operation', 'method'].map((alias) => [alias, 'event'] as const),
  ...['source.ip', 'sourceip', 'src', 'src_ip', 'srcip', 'client.ip'].map((alias) => [alias, 'ip'] as const),
  ...['@timestamp', 'timestamp', 'date'].map((alias) => [alias, 'time'] as const),
  ...['cloud.region', 'aws_region'].map((alias) => [alias, 'region'] as const),
  ...['cloud.account.id', 'accountid', 'account_id', 'aws_account'].map((alias) => [alias, 'account'] as const),
  ...['provider', 'event.provider', 'source'].map((alias) => [alias, 'service'] as const),
  ...['user_agent', 'user_agent.original'].map((alias) => [alias, 'agent'] as const),
  ...['errcode', 'error.code', 'error_code', '@error.kind'].map((alias) => [alias, 'error'] as const),
  ...['@evt.name'].map((alias) => [alias, 'event'] as const),
  ...['@usr.name', '@usr.id'].map((alias) => [alias, 'identity'] as const),
  ...['@network.client.ip'].map((alias) => [alias, 'ip'] as const),
  ...['@http.useragent'].map((alias) => [alias, 'agent'] as const),
]);

/** What other tools keep events in, such as an index. There is nothing like it here, so a test of it matches all events. */
const scopes: ReadonlySet<string> = new Set(['index', 'sourcetype', 'host', 'splunk_server', '_index', 'loggroup']);

/** The field that another tool's name means, as it must be written; null where unknown. */
export function knownField(written: string | undefined, fields: FieldLookup): string | null {
  const plain = (written ?? '').replace(/^\$\./, '');
  if (plain === '') return null;
  if (fields.has(plain)) return quoteField(plain);
  const alias = aliases.get(plain.toLowerCase());
  if (alias !== undefined) return alias;
  // Datadog writes a path with a sign before it.
  return plain.startsWith('@') && fields.has(plain.slice(1)) ? quoteField(plain.slice(1)) : null;
}

/** A value without its quotes of either kind. */
export function unquoted(value: string): string {
  return /^(["'])(?<text>.*)\1$/s.exec(value)?.groups?.['text'] ?? value;
}

/** A value with wildcards, which must not stand in quotes; a regular expression where white space or a parenthesis needs them. */
export function wildcardClause(field: string, value: string): string {
  if (/^[^\s()"]+$/.test(value) && !/^[/<>=!-]/.test(value)) return `${field}:${value}`;
  const source = value
    .replace(/[\\^$+.()|[\]{}/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return `${field}:/^${source}$/i`;
}

/** A value in any quotes, or none, as it has to be written behind `field:`; wildcards stay. */
export function writtenValue(value: string): string {
  if (/^(["']).*\1$/s.test(value)) return value.startsWith('"') ? value : quoteValue(unquoted(value));
  return /^[\w@.*?:/+-]+$/.test(value) && !/^[/]/.test(value) ? value : quoteValue(value);
}

export function comparisonClause(
  written: string | undefined,
  operator: string,
  value: string | undefined,
  fields: FieldLookup,
): string | null {
  const field = knownField(written, fields);
  if (value === undefined) return null;
  if (field === null) return operator.startsWith('=') && scopes.has((written ?? '').toLowerCase()) ? '' : null;
  const isEqual = operator === '=' || operator === '==';
  if (isEqual || operator === '!=' || operator === '<>') {
    const sign = isEqual ? '' : '-';
    const text = unquoted(value);
    if (text === '' || text.toLowerCase() === 'null') return `${isEqual ? '-' : ''}${field}:*`;
    if (/[*?]/.test(text) && value.startsWith('"')) return `${sign}${wildcardClause(field, text)}`;
    return `${sign}${field}:${writtenValue(value)}`;
  }
  const expression = `${field}:/${value.replace(/^["'/]|["'/]$/g, '').replace(/\//g, '\\/')}/`;
  switch (operator) {
    case ':':
      return `${field}:${writtenValue(value)}`;
    case '=~':
      return expression;
    case '!~':
      return `-${expression}`;
    default:
      return `${field}${operator}${writtenValue(value)}`;
  }
}

export function groupClause(
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

/** `LIKE`, `contains`, `exists`, `IS NULL` and similar tests; null where the value is unknown. */
export function namedTestClause({ groups, fields }: HabitMatch): string | null {
  const field = knownField(groups['name'], fields);
  if (field === null) return null;
  const written = groups['value'] ?? '';
  const isExpression = /^\/.+\/[a-z]*$/s.test(written);
  const clause = testClause(field, (groups['test'] ?? '').toLowerCase(), isExpression ? written : unquoted(written));
  if (clause === null) return null;
  const isNegated = (groups['not'] ?? '') !== '';
  return isNegated ? (clause.startsWith('-') ? clause.slice(1) : `-${clause}`) : clause;
}

function testClause(field: string, test: string, text: string): string | null {
  if (/null$/.test(test)) return /\bnot\b/.test(test) ? `${field}:*` : `-${field}:*`;
  if (/exists?$/.test(test)) return /^not\b/.test(test) ? `-${field}:*` : `${field}:*`;
  if (text === '') return null;
  if (/^\/.*\/[a-z]*$/s.test(text)) return `${field}:${text}`;
  switch (test) {
    case 'like':
      return wildcardClause(field, text.replaceAll('%', '*').replaceAll('_', '?'));
    case 'contains':
      return wildcardClause(field, `*${text}*`);
    case 'startswith':
      return wildcardClause(field, `${text}*`);
    case 'endswith':
      return wildcardClause(field, `*${text}`);
    default:
      return `${field}:/${text.replaceAll('/', '\\/')}/`;
  }
}

/** `BETWEEN a AND b`, both included. */
export function betweenClause({ groups, fields }: HabitMatch): string | null {
  const field = knownField(groups['name'], fields);
  if (field === null) return null;
  return `(${field}>=${writtenValue(groups['low'] ?? '')} ${field}<=${writtenValue(groups['high'] ?? '')})`;
}

/** The test that a function of another tool makes of a field. */
export function functionClause({ groups, fields }: HabitMatch): string | null {
  const parts = (groups['parts'] ?? '').split(',').map((part) => part.trim());
  const called = (groups['called'] ?? '').toLowerCase();
  const isRange = /^(?:cidrmatch|isipv?4?insubnet|isipv6insubnet)$/.test(called);
  const range = isRange ? parts.map(unquoted).find((part) => parseRange(part).ok) : undefined;
  const field = parts.map((part) => knownField(unquoted(part), fields)).find((known) => known !== null) ?? null;
  if (field === null) return null;
  if (range !== undefined) return `${field}:${range}`;
  if (/^(?:ispresent|isnotnull)$/.test(called)) return `${field}:*`;
  return /^(?:isnull|isempty|isblank)$/.test(called) ? `-${field}:*` : null;
}

export function rangeClause(groups: HabitMatch['groups'], fields: FieldLookup): string | null {
  const field = knownField(groups['name'], fields);
  if (field === null) return null;
  const low = groups['low'] === '*' ? [] : [`${field}${groups['from'] === '[' ? '>=' : '>'}${groups['low']}`];
  const high = groups['high'] === '*' ? [] : [`${field}${groups['to'] === ']' ? '<=' : '<'}${groups['high']}`];
  return [...low, ...high].join(' ') || `${field}:*`;
}

export function aliasClause(groups: HabitMatch['groups'], fields: FieldLookup): string | null {
  return comparisonClause(groups['name'], groups['sign'] ?? ':', groups['value'], fields);
}

export function withoutOuterStars(word: string): string | null {
  const text = word.replace(/^\*+|\*+$/g, '');
  return text === '' || /[*?]/.test(text) ? null : text;
}
