/** Translates tests of other tools into the query language. */
import type { FieldLookup } from './field-lookup';
import type { HabitMatch } from './habit';
import { fieldType } from '../fields';
import { parseRange } from './address';
import { formatIso } from '../time';
import { quoteField, quoteValue } from './print';
import { relativeTime } from './relative-time';

/** Names other tools have for the fields here, in lower case. */
const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    identity: 'user username user.name principal actor actor.user.name related.user @usr.name @usr.id',
    event: 'action event.action operation method api.operation signature @evt.name',
    ip: 'source.ip source.address sourceip src src_ip srcip client.ip clientip related.ip src_endpoint.ip @network.client.ip',
    time: '@timestamp timestamp date datetime',
    region: 'cloud.region aws_region vendor_region',
    account: 'cloud.account.id accountid account_id aws_account aws_account_id vendor_account @account',
    service: 'provider event.provider source cloud.service.name api.service.name',
    agent: 'user_agent user_agent.original http_request.user_agent @http.useragent',
    error: 'errcode error.code error_code @error.kind',
    errorMessage: 'error.message',
    id: 'event.id',
    key: 'accesskey access_key access_key_id accesskeyid',
    'userIdentity.arn': 'user_arn arn',
    'userIdentity.type': 'user_type usertype',
    'userIdentity.principalId': 'user.id actor.user.uid',
  }).flatMap(([field, names]) => names.split(' ').map((alias) => [alias, field] as const)),
);

/** The field that another tool's name means, as it must be written; null where unknown. */
export function knownField(written: string | undefined, fields: FieldLookup): string | null {
  const plain = (written ?? '').replace(/^\$\./, '');
  if (plain === '') return null;
  if (fields.has(plain)) return quoteField(plain);
  const alias = aliases.get(plain.toLowerCase());
  if (alias !== undefined && fields.has(alias)) return alias;
  // Datadog writes a path with a sign before it, Elastic with the name of its integration, and in snake case.
  const path = plain
    .replace(/^@|^aws\.cloudtrail\.(?:flattened\.)?/, '')
    .replace(/(?<=[a-z])_[a-z]/g, (letter) => letter.slice(1).toUpperCase());
  return path !== plain && fields.has(path) ? quoteField(path) : null;
}

/** The fields here whose names in other tools begin with this text, in lower case, each with the first such name. */
export function fieldsNamedElsewhere(prefix: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [alias, field] of aliases) {
    if (alias.startsWith(prefix) && !found.has(field)) found.set(field, alias);
  }
  return found;
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
  if (field === null) return null;
  const isEqual = operator === '=' || operator === '==';
  if (isEqual || operator === '!=' || operator === '<>') {
    const sign = isEqual ? '' : '-';
    const text = unquoted(value);
    if (text === '' || text.toLowerCase() === 'null') return `${isEqual ? '-' : ''}${field}:*`;
    if (fieldType(field) === 'address' && parseRange(text).ok) return `${sign}${field}:${text}`;
    if (/[*?]/.test(text) && value.startsWith('"')) return `${sign}${wildcardClause(field, text)}`;
    return `${sign}${field}:${writtenValue(value)}`;
  }
  const expression = `${field}:/${value.replace(/^["'/]|["'/]$/g, '').replace(/\//g, '\\/')}/`;
  switch (operator) {
    case ':':
      return colonClause(field, value);
    case '=~':
      return expression;
    case '!~':
      return `-${expression}`;
    default:
      return `${field}${operator}${writtenValue(value)}`;
  }
}

/** Behind a colon, `>5` compares, and a range of addresses may be in quotes. */
function colonClause(field: string, value: string): string {
  const text = unquoted(value);
  const isRange = fieldType(field) === 'address' && parseRange(text).ok;
  const isComparison = /^[<>]=?[\w.:+-]+$/.test(value);
  return `${field}:${isRange ? text : isComparison ? value : writtenValue(value)}`;
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
  if (/^(?:exists?|ispresent|isnotnull)$/.test(called)) return `${field}:*`;
  return /^(?:missing|isnull|isempty|isblank)$/.test(called) ? `-${field}:*` : null;
}

/** `[a TO b]`, both included, and `{a TO b}`, neither; times may count from now. */
export function rangeClause({ groups, fields, lastEvent, isNegated }: HabitMatch): string | null {
  const field = knownField(groups['name'], fields);
  if (field === null) return null;
  const bound = (text: string | undefined): string => {
    const at = field === 'time' ? relativeTime(text ?? '', lastEvent) : null;
    return at === null ? (text ?? '') : formatIso(at);
  };
  const low = groups['low'] === '*' ? [] : [`${field}${groups['from'] === '[' ? '>=' : '>'}${bound(groups['low'])}`];
  const high = groups['high'] === '*' ? [] : [`${field}${groups['to'] === ']' ? '<=' : '<'}${bound(groups['high'])}`];
  const bounds = [...low, ...high];
  if (bounds.length === 0) return `${field}:*`;
  return isNegated && bounds.length > 1 ? `(${bounds.join(' ')})` : bounds.join(' ');
}

export function aliasClause({ groups, fields }: HabitMatch): string | null {
  return comparisonClause(groups['name'], groups['sign'] ?? ':', groups['value'], fields);
}

export function withoutOuterStars(word: string): string | null {
  const text = word.replace(/^\*+|\*+$/g, '');
  return text === '' || /[*?]/.test(text) ? null : text;
}
