/** What identifies an element of an array, by the shapes AWS logs. */
import type { DiffNode } from './prepare';
import { member } from './shapes';

/** A way to tell the elements of two arrays apart. */
export interface Identity {
  /** Elements with the same text are the same one. Null: this one cannot be identified. */
  readonly of: (element: DiffNode) => string | null;
  /** An element's name as it is shown, `Sid=Read`, `tcp 443`. */
  readonly label: (element: DiffNode) => string;
  /**
   * Strong: elements of different identity are different things, even where all else is equal. Weak: AWS gives each new thing a new
   * identifier, so that it does not help where no element matches.
   */
  readonly isStrong: boolean;
}

/** Members that name a thing for as long as it exists: tags, CIDR blocks of a security group, accounts an image is shared with. */
const strongKeys = [
  ...['ARN', 'arn', 'Arn', 'Key', 'key', 'TagKey', 'tagKey', 'Sid'],
  ...['cidrIp', 'CidrIp', 'cidrIpv6', 'CidrIpv6', 'prefixListId', 'PrefixListId'],
  ...['groupId', 'GroupId', 'userId', 'UserId', 'group', 'Group'],
  ...['parameterKey', 'ParameterKey', 'parameterName', 'deviceName', 'DeviceName', 'deviceIndex'],
];
const weakKeys = ['id', 'Id', 'ID', 'name', 'Name'];

/** The identities that may fit the elements of two arrays, the best first. Each fits all elements or is left out. */
export function identitiesOf(left: readonly DiffNode[], right: readonly DiffNode[]): readonly Identity[] {
  const all = [...left, ...right];
  if (all.length === 0 || !all.every((element) => element.kind === 'object' && !element.isClosed)) return [];
  const identities: Identity[] = [];
  const fits = (identity: Identity): void => {
    if (isUnique(left, identity) && isUnique(right, identity)) identities.push(identity);
  };
  if (all.every(isPermission)) [ports, portsAndPeer].forEach(fits);
  for (const key of strongKeys) if (hasAll(all, key)) fits(byMember(key, true));
  for (const key of weakKeys) if (hasAll(all, key)) fits(byMember(key, false));
  const other = (all[0]?.children ?? [])
    .map(({ key }) => key ?? '')
    .filter((key) => /.(?:Id|ID|Arn|ARN|Name)$/.test(key));
  for (const key of other.sort()) {
    if (!strongKeys.includes(key) && hasAll(all, key)) fits(byMember(key, false));
  }
  return identities;
}

/**
 * How the statements of two policies are matched, in this order: by Sid; by all else (the Sid was changed); by what they
 * are about (the condition was changed); by that without the principal.
 */
export const statementIdentities: readonly Identity['of'][] = [
  sidOf,
  (statement) => parts(statement, (key) => key !== 'Sid'),
  (statement) => parts(statement, (key) => /^(?:Effect|(?:Not)?(?:Action|Resource|Principal))$/.test(key)),
  (statement) => parts(statement, (key) => /^(?:Effect|(?:Not)?(?:Action|Resource))$/.test(key)),
];

/** A statement's name: its Sid. Empty where it has none. */
export function statementLabel(statement: DiffNode): string {
  const sid = sidOf(statement);
  return sid === null ? '' : `Sid=${sid}`;
}

/** A statement's Sid; null where it has none, which tools write as an empty one. */
export function sidOf(statement: DiffNode): string | null {
  return scalarOf(statement, 'Sid') || null;
}

function parts(statement: DiffNode, isPart: (key: string) => boolean): string | null {
  const found = statement.children.filter(({ key }) => key !== null && isPart(key));
  return found.length === 0
    ? null
    : found
        .map(({ key, id }) => `${key ?? ''} ${id}`)
        .sort()
        .join();
}

/** EC2's `ipPermissions`: by protocol and ports, with the address ranges as sets within. Weak: one rule that opens another port has changed. */
const ports: Identity = { of: (permission) => portsOf(permission), label: portsOf, isStrong: false };

/** EC2's `securityGroupRuleSet`: one rule for each range, so the range too. */
const portsAndPeer: Identity = {
  of: (permission) => `${portsOf(permission)} ${peerOf(permission)}`,
  label: (permission) => `${portsOf(permission)} ${peerOf(permission)}`,
  isStrong: false,
};

function isPermission(element: DiffNode): boolean {
  return protocolOf(element) !== null;
}

function protocolOf(permission: DiffNode): string | null {
  return scalarOf(permission, 'ipProtocol') ?? scalarOf(permission, 'IpProtocol');
}

function portsOf(permission: DiffNode): string {
  const protocol = protocolOf(permission) ?? '';
  const from = scalarOf(permission, 'fromPort') ?? scalarOf(permission, 'FromPort');
  const to = scalarOf(permission, 'toPort') ?? scalarOf(permission, 'ToPort');
  const name = protocol === '-1' ? 'all traffic' : protocol;
  if (from === null && to === null) return name;
  return `${name} ${from === to ? String(from) : `${from ?? ''}-${to ?? ''}`}`;
}

function peerOf(permission: DiffNode): string {
  const keys = ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedGroupId', 'isEgress'];
  return keys
    .map((key) => scalarOf(permission, key) ?? '')
    .join(' ')
    .trim();
}

function byMember(key: string, isStrong: boolean): Identity {
  const of = (element: DiffNode): string | null => scalarOf(element, key);
  return { of, label: (element) => `${key}=${of(element) ?? ''}`, isStrong };
}

function hasAll(elements: readonly DiffNode[], key: string): boolean {
  return elements.every((element) => scalarOf(element, key) !== null);
}

function isUnique(elements: readonly DiffNode[], identity: Identity): boolean {
  return new Set(elements.map(identity.of)).size === elements.length;
}

/** A text's or number's text; null for anything else. */
export function scalarOf(node: DiffNode, key: string): string | null {
  const found = member(node, key);
  return found !== undefined && (found.kind === 'string' || found.kind === 'number') ? found.text : null;
}
