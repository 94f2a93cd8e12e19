/**
 * What IAM policies answer to a request, written from AWS's documentation ("Policy evaluation logic", "IAM JSON policy elements reference")
 * and not from the product, which is held to it.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

export interface PolicyText {
  readonly Version?: string;
  readonly Statement: readonly JsonObject[];
}

/** Who calls: somebody in an account, by ARN, or a service. */
export interface Caller {
  readonly arn?: string;
  readonly account?: string;
  readonly service?: string;
}

export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  readonly caller: Caller;
  /** By key in lower case. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export type Answer = 'denied' | 'not allowed' | 'allowed';

export function answer(policy: PolicyText, request: IamRequest): Answer {
  const applying = policy.Statement.filter((statement) => applies(policy, statement, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return applying.length > 0 ? 'allowed' : 'not allowed';
}

export function applies(policy: PolicyText, statement: JsonObject, request: IamRequest): boolean {
  return (
    fitsAction(statement, request.action) &&
    fitsResource(policy, statement, request.resource, request.context) &&
    fitsCaller(statement, request.caller) &&
    fitsConditions(policy, statement, request.context)
  );
}

const listOf = (value: Json | undefined): readonly string[] =>
  value === undefined ? [] : (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(String);

/** By a regular expression; kept, since the same few are asked for all the time. */
const expressions = new Map<string, RegExp>();
export function isLike(pattern: string, text: string): boolean {
  let found = expressions.get(pattern);
  if (found === undefined) {
    const source = pattern.replace(/[^]/g, (character) =>
      character === '*' ? '[^]*' : character === '?' ? '[^]' : character.replace(/[.+^${}()|[\]\\/-]/, '\\$&'),
    );
    found = new RegExp(`^${source}$`);
    expressions.set(pattern, found);
  }
  return found.test(text);
}

export function fitsAction({ Action, NotAction }: JsonObject, action: string): boolean {
  const isNamed = listOf(NotAction ?? Action).some((name) => isLike(name.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? isNamed : !isNamed;
}

export function fitsResource(
  policy: PolicyText,
  { Resource, NotResource }: JsonObject,
  resource: string,
  context: IamRequest['context'],
): boolean {
  if (Resource === undefined && NotResource === undefined) return true;
  const isNamed = listOf(NotResource ?? Resource).some((name) => {
    const filled = fillVariables(policy, name, context);
    return filled !== null && isLike(filled, resource);
  });
  return NotResource === undefined ? isNamed : !isNamed;
}

/** Null where a variable has no value. */
function fillVariables({ Version }: PolicyText, text: string, context: IamRequest['context']): string | null {
  if (Version !== '2012-10-17') return text;
  let isMissing = false;
  const filled = text.replace(/\$\{([^}]*)\}/g, (_, key: string) => {
    const value = context[key.toLowerCase()]?.[0];
    if (value === undefined) isMissing = true;
    return value ?? '';
  });
  return isMissing ? null : filled;
}

export function fitsCaller({ Principal, NotPrincipal }: JsonObject, caller: Caller): boolean {
  const named = NotPrincipal ?? Principal;
  if (named === undefined) return true;
  const kinds = typeof named === 'string' ? { AWS: named } : (named as JsonObject);
  const isNamed = Object.entries(kinds).some(([kind, names]) =>
    listOf(names).some((name) => isCaller(kind, name, caller)),
  );
  return NotPrincipal === undefined ? isNamed : !isNamed;
}

function isCaller(kind: string, name: string, { arn, account, service }: Caller): boolean {
  if (kind === 'Service') return service === name;
  if (name === '*') return true;
  const [, ofAccount] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name) ?? [];
  return ofAccount === undefined ? arn === name : account === ofAccount;
}

export function fitsConditions(policy: PolicyText, { Condition }: JsonObject, context: IamRequest['context']): boolean {
  return Object.entries((Condition ?? {}) as JsonObject).every(([operator, keys]) =>
    Object.entries(keys as JsonObject).every(([key, limits]) =>
      fitsCondition(policy, operator, context[key.toLowerCase()], listOf(limits), context),
    ),
  );
}

function fitsCondition(
  policy: PolicyText,
  written: string,
  values: readonly string[] | undefined,
  limits: readonly string[],
  context: IamRequest['context'],
): boolean {
  const set = /^For(?:AllValues|AnyValue)/.exec(written)?.[0];
  const operator = written.replace(/^\w+:/, '').replace(/IfExists$/, '');
  if (operator === 'Null') return limits.includes(String(values === undefined));
  if (values === undefined) {
    if (written.endsWith('IfExists')) return true;
    return set === undefined ? operator.includes('Not') : set === 'ForAllValues';
  }
  const isOneOf = (value: string): boolean =>
    limits.some((limit) => {
      const filled = /^(?:String|Arn)/.test(operator) ? fillVariables(policy, limit, context) : limit;
      return filled !== null && compares(operator.replace('Not', ''), value, filled);
    });
  const holds = (value: string): boolean => isOneOf(value) !== operator.includes('Not');
  return set === 'ForAnyValue' ? values.some(holds) : values.every(holds);
}

function compares(operator: string, value: string, limit: string): boolean {
  const numbers = [Number(value), Number(limit)] as const;
  const times = [Date.parse(value), Date.parse(limit)] as const;
  switch (operator) {
    case 'StringEquals':
      return value === limit;
    case 'StringEqualsIgnoreCase':
    case 'Bool':
      return value.toLowerCase() === limit.toLowerCase();
    case 'StringLike':
      return isLike(limit, value);
    case 'ArnEquals':
    case 'ArnLike': {
      const [own, wanted] = [value.split(':'), limit.split(':')];
      const part = (of: readonly string[], at: number): string => (at < 5 ? (of[at] ?? '') : of.slice(5).join(':'));
      return [0, 1, 2, 3, 4, 5].every((at) => isLike(part(wanted, at), part(own, at)));
    }
    case 'IpAddress':
      return isInRange(value, limit);
    case 'NumericEquals':
      return numbers[0] === numbers[1];
    case 'NumericLessThan':
      return numbers[0] < numbers[1];
    case 'DateGreaterThan':
      return times[0] > times[1];
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}

function isInRange(address: string, range: string): boolean {
  const [network = '', prefix = '32'] = range.split('/');
  const bits = (text: string): string =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  return !address.includes(':') && bits(address).slice(0, Number(prefix)) === bits(network).slice(0, Number(prefix));
}
