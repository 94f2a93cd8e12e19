/** Compares what the statements of policies apply to: one within another, disjoint, or matching a request. */
import { allOf, holds, implies, type Context } from './condition';
import { covers, meets, type Pattern } from './policy-pattern';
import { nameOf, type Name, type Part, type PartName, type Parts, type Policy, type Statement } from './statement';

export const partNames: readonly PartName[] = ['Principal', 'Action', 'Resource'];

/** The principal is written as in a policy; null where the policies have none. */
export interface Request {
  readonly Action: Pattern;
  readonly Resource: Pattern | null;
  readonly Principal: Name | null;
  readonly context: Context;
}

export const everyone = 'AWS *';

/** Whether one name covers all that another does; never true where that is not certain. */
function isNameWithin(name: Name, wide: Name, part: PartName): boolean {
  if (part === 'Principal') {
    return name.text === wide.text || (wide.text === everyone && name.text.startsWith('AWS '));
  }
  return wide.plain !== null ? wide.plain === name.plain : covers(wide.pattern, name.pattern);
}

/** Whether no request can match both names; never true where that is not certain. */
export function areApart(one: Name, other: Name, part: PartName): boolean {
  if (part === 'Principal') return arePrincipalsApart(one.text, other.text);
  return one.plain !== null && other.plain !== null ? one.plain !== other.plain : !meets(one.pattern, other.pattern);
}

/**
 * An account means its principals only as far as their own policies allow the call, a role means its sessions, and a canonical user
 * is another name of an account. Two such names are neither disjoint nor is one within the other.
 */
function arePrincipalsApart(one: string, other: string): boolean {
  if (one === other || one === everyone || other === everyone || /[*?]/.test(one + other)) return false;
  const [kind, otherKind] = [one.split(' ', 1)[0], other.split(' ', 1)[0]];
  if (kind !== otherKind) return kind !== 'CanonicalUser' && otherKind !== 'CanonicalUser';
  if (kind !== 'AWS') return true;
  const [account, otherAccount] = [accountOf(one), accountOf(other)];
  if (account === null || otherAccount === null) return false;
  return account !== otherAccount || (isUserOrRole(one) && isUserOrRole(other));
}

function accountOf(principal: string): string | null {
  return /^AWS (?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? null;
}

const isUserOrRole = (principal: string): boolean => /^AWS arn:[\w-]+:iam::\d{12}:(?:user|role)\//.test(principal);

/** The names that no other name covers. */
export function notCovered(names: readonly Name[], others: readonly Name[], part: PartName): readonly Name[] {
  return names.filter((name) => !others.some((other) => isNameWithin(name, other, part)));
}

function isPartWithin(part: Part | null, wide: Part | null, name: PartName): boolean {
  if (part === null || wide === null) return part === wide;
  if (part.isExcluding) {
    return wide.isExcluding
      ? notCovered(wide.names, part.names, name).length === 0
      : name !== 'Principal' && wide.names.some(({ text }) => text === '*');
  }
  if (!wide.isExcluding) return notCovered(part.names, wide.names, name).length === 0;
  return part.names.every((each) => wide.names.every((excluded) => areApart(each, excluded, name)));
}

function arePartsApart(one: Part | null, other: Part | null, name: PartName): boolean {
  if (one === null || other === null || (one.isExcluding && other.isExcluding)) return false;
  if (one.isExcluding) return arePartsApart(other, one, name);
  return other.isExcluding
    ? notCovered(one.names, other.names, name).length === 0
    : one.names.every((each) => other.names.every((theirs) => areApart(each, theirs, name)));
}

/** Whether a statement with these parts, whatever its conditions, and another can never apply to one request. */
export function isApart(parts: Parts, other: Statement): boolean {
  return partNames.some((name) => arePartsApart(parts[name], other.parts[name], name));
}

/** The most single cases that are examined one by one. */
const mostCases = 400;

/** Whether all that a statement applies to is what statements of the same effect in a policy apply to, each case within one of them. */
export function isStatementWithin(statement: Statement, { statements }: Policy): boolean {
  const others = statements.filter(({ effect }) => effect === statement.effect);
  const isIn = (parts: Parts): boolean =>
    others.some(
      (other) =>
        partNames.every((name) => isPartWithin(parts[name], other.parts[name], name)) &&
        other.conditions.every((wanted) => statement.conditions.some((own) => implies(own, wanted))),
    );
  return isIn(statement.parts) || casesOf(statement.parts).every(isIn);
}

/** The parts with one name each; undivided where that makes too many. */
function casesOf(parts: Parts): readonly Parts[] {
  const choices = partNames.map((name) => {
    const part = parts[name];
    return part === null || part.isExcluding
      ? [part]
      : part.names.map((each) => ({ isExcluding: false, names: [each] }));
  });
  const [principals = [], actions = [], resources = []] = choices;
  if (principals.length * actions.length * resources.length > mostCases) return [parts];
  return principals.flatMap((Principal) =>
    actions.flatMap((Action) => resources.map((Resource) => ({ Principal, Action, Resource }))),
  );
}

/** Whether two policies allow and deny the same. Never true where that is not certain. */
export function isSameEffect(one: Policy, other: Policy): boolean {
  const isWithin = (inner: Policy, outer: Policy): boolean =>
    inner.statements.every((statement) => isStatementWithin(statement, outer));
  return isWithin(one, other) && isWithin(other, one);
}

/** Whether a statement applies to a request; null: not known. */
export function matches({ parts, conditions }: Statement, request: Request): boolean | null {
  const fits = partNames.map((name) => fitsPart(parts[name], request, name));
  if (fits.includes(false)) return false;
  return allOf([...fits, ...conditions.map((condition) => holds(condition, request.context))]);
}

export function fitsPart(part: Part | null, request: Request, name: PartName): boolean | null {
  const own = request[name];
  if (part === null) return own === null || name === 'Resource' ? true : null;
  if (own === null) return null;
  const asked: Name = 'text' in own ? own : nameOf('', own);
  let isNamed: boolean | null = false;
  for (const each of part.names) {
    if (isNameWithin(asked, each, name)) return !part.isExcluding;
    if (!areApart(asked, each, name)) isNamed = null;
  }
  return isNamed === null ? null : part.isExcluding;
}
