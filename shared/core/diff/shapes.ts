/**
 * What the shapes of AWS's JSON mean: where order does not matter, and where a single value means a list of one.
 *
 * A value's shape follows from the value that contains it. Nothing is taken for a policy by its key alone: services log them as objects
 * (S3 `bucketPolicy`) and as strings (IAM `policyDocument`, KMS `policy`, Lambda's `statement`), under many names.
 */
import type { JsonNode } from '../json/tree';

export type Shape =
  | 'plain'
  /** `{"Version":…,"Statement":[…]}`. */
  | 'policy'
  /** A policy's `Statement`: one or a list, in any order. */
  | 'statements'
  /** One statement; also alone, as Lambda's AddPermission answers it. */
  | 'statement'
  /** `Action`, `Resource`, `Principal.AWS`, a condition's values …: one name or a list, in any order. */
  | 'names'
  | 'principals'
  /** A statement's `Condition`, its operators, and under them the keys with their values. */
  | 'conditions'
  | 'operator'
  /** An EventBridge event pattern: every array in it means "any of these". */
  | 'pattern';

const namesOfStatement: ReadonlySet<string> = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);

/** Lists whose order does not matter: tags, permissions, and the plain lists of identifiers in requests. */
const setKeys: ReadonlySet<string> = new Set(
  [
    'tags tagSet tagList tagKeys',
    'resources', // of the record itself
    'groupSet securityGroups securityGroupIds securityGroupIdList vpcSecurityGroupIds vpcSecurityGroupMemberships',
    'subnets subnetIds subnetIdList availabilityZones availabilityZoneIds',
    'ipPermissions ipPermissionsEgress ipRanges ipv6Ranges prefixListIds userIdGroupPairs',
    'policyArns managedPolicyArns groupNames userNames roleNames',
    'accountIds instanceIds regions capabilities',
    'clientIDList thumbprintList allowedMethods allowedOrigins allowedHeaders',
  ].flatMap((line) => line.split(' ').map((key) => key.toLowerCase())),
);

/** The shape of a record's, or a decoded text's, outermost value; and of any value whose surroundings say nothing. */
function ownShape(node: JsonNode): Shape {
  if (node.kind !== 'object') return 'plain';
  const statement = member(node, 'Statement');
  if (statement !== undefined) {
    const statements = statement.kind === 'array' ? statement.children : [statement];
    const isPolicy = statements.every((each) => member(each, 'Effect') !== undefined);
    if (isPolicy && (statements.length > 0 || member(node, 'Version') !== undefined)) return 'policy';
  }
  const hasActions = member(node, 'Action') !== undefined || member(node, 'NotAction') !== undefined;
  const effect = member(node, 'Effect')?.text;
  return hasActions && (effect === 'Allow' || effect === 'Deny') ? 'statement' : 'plain';
}

/** The shape of a value under `key` in a value of the shape `parent`. */
export function shapeOf(node: JsonNode, key: string | null, parent: Shape): Shape {
  switch (parent) {
    case 'policy':
      return key === 'Statement' ? 'statements' : 'plain';
    case 'statements':
      return node.kind === 'object' ? 'statement' : 'plain';
    case 'statement':
      if (key !== null && namesOfStatement.has(key)) return 'names';
      // `"Principal": "*"` is a string of its own, not the name of a kind of principal.
      if ((key === 'Principal' || key === 'NotPrincipal') && node.kind === 'object') return 'principals';
      return key === 'Condition' && node.kind === 'object' ? 'conditions' : 'plain';
    case 'principals':
    case 'operator':
      return 'names';
    case 'conditions':
      return node.kind === 'object' ? 'operator' : 'plain';
    case 'pattern':
      return 'pattern';
    case 'names':
      return 'plain';
    case 'plain':
      return key === 'eventPattern' ? 'pattern' : ownShape(node);
  }
}

/** Whether a value of this shape that is not an array means an array of one. */
export function standsForList(shape: Shape, kind: JsonNode['kind']): boolean {
  if (kind === 'array' || kind === 'null') return false;
  return shape === 'names' || shape === 'statements';
}

/**
 * Whether an array's order does not matter. `items` is how EC2's calls write their sets: `"groupSet": {"items": […]}`.
 *
 * A key ends a path: `requestParameters.tags`.
 */
export function isSet(shape: Shape, key: string | null): boolean {
  if (shape === 'names' || shape === 'statements' || shape === 'pattern') return true;
  return key !== null && (key === 'items' || setKeys.has(key.toLowerCase()));
}

/** What AWS writes in place of a value: App Runner and failed log-ins, Pinpoint, Lambda and EC2. */
export function isRedacted(text: string): boolean {
  return /^(?:HIDDEN_DUE_TO_SECURITY_REASONS|\*{3,}|<?sensitiveDataRemoved>?)$/i.test(text);
}

/** The reason AWS gives for a payload it left out, `{"omitted":true,"reason":…,"originalSize":…}`; null where the value is there. */
export function omittedReason(node: JsonNode): string | null {
  if (node.kind !== 'object' || member(node, 'omitted')?.kind !== 'true') return null;
  const known = node.children.every(({ key }) => key === 'omitted' || key === 'reason' || key === 'originalSize');
  return known ? (member(node, 'reason')?.text ?? '') : null;
}

/** The last member of this name, as `JSON.parse` takes it. */
export function member<Node extends { readonly key: string | null; readonly children: readonly Node[] }>(
  node: Node,
  key: string,
): Node | undefined {
  return node.children.findLast((child) => child.key === key);
}
