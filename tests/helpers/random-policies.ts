/* eslint no-template-curly-in-string: off -- variables of the policy language */
/** Random pairs of policies, mostly alike, and all requests that can tell two of them apart by what they name. */
import fc from 'fast-check';
import { isLike, type Caller, type IamRequest, type Json, type PolicyText } from './iam-policy';

type Statement = Readonly<Record<string, Json>>;

const bucket = 'arn:aws:s3:::logs';
const actions = [
  's3:GetObject',
  'S3:getobject',
  's3:PutObject',
  's3:ListBucket',
  's3:*',
  's3:Get*',
  's3:?etObject',
  '*',
  'iam:PassRole',
];
const resources = [
  '*',
  bucket,
  `${bucket}/*`,
  `${bucket}/home/*`,
  `${bucket}/home/a`,
  `${bucket}/\${aws:username}/*`,
  'arn:aws:s3:::*',
  `${bucket}/*.gz`,
];
const alice = 'arn:aws:iam::111122223333:user/alice';
const principals: readonly Json[] = [
  '*',
  { AWS: '*' },
  { AWS: '111122223333' },
  { AWS: ['arn:aws:iam::111122223333:root'] },
  { AWS: alice },
  { AWS: [alice, '999900001111'] },
  { AWS: 'arn:aws:iam::111122223333:role/admin' },
  { Service: 'ec2.amazonaws.com' },
  { AWS: '999900001111', Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
];
const limits: Readonly<Record<string, readonly (readonly [key: string, values: readonly Json[]])[]>> = {
  String: [
    ['aws:PrincipalOrgID', ['o-1', 'o-2', 'O-1', 'o-*', '*']],
    ['aws:username', ['home', 'alice', '${aws:PrincipalOrgID}']],
  ],
  Tags: [['aws:TagKeys', ['env', 'team', 'e*']]],
  Address: [['aws:SourceIp', ['10.0.0.0/8', '192.0.2.0/24', '10.1.2.3', '0.0.0.0/0']]],
  Bool: [['aws:SecureTransport', ['true', 'false', true]]],
  Null: [['aws:TokenIssueTime', ['true', 'false']]],
  Number: [['s3:max-keys', ['10', '100']]],
  Date: [['aws:CurrentTime', ['2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z']]],
  Arn: [['aws:SourceArn', [bucket, 'arn:aws:s3:::*', 'arn:aws:sns:*:111122223333:t']]],
};
const operators: readonly (readonly [operator: string, of: string])[] = [
  ...[
    'StringEquals',
    'StringLike',
    'StringNotEquals',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringEqualsIfExists',
    'StringNotEqualsIfExists',
  ].map((name) => [name, 'String'] as const),
  ...[
    'ForAllValues:StringEquals',
    'ForAnyValue:StringLike',
    'ForAnyValue:StringNotEquals',
    'ForAllValues:StringNotLike',
  ].map((name) => [name, 'Tags'] as const),
  ...(['IpAddress', 'NotIpAddress', 'IpAddressIfExists'] as const).map((name) => [name, 'Address'] as const),
  ['Bool', 'Bool'],
  ['BoolIfExists', 'Bool'],
  ['Null', 'Null'],
  ['NumericLessThan', 'Number'],
  ['DateGreaterThan', 'Date'],
  ['ArnLike', 'Arn'],
  ['ArnNotEquals', 'Arn'],
];

/** One name, or a list of up to three. */
const namesOf = (all: readonly Json[]): fc.Arbitrary<Json> =>
  fc.oneof(fc.constantFrom(...all), fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 3 }));

const condition: fc.Arbitrary<Json> = fc
  .constantFrom(...operators)
  .chain(([operator, of]) =>
    fc
      .constantFrom(...(limits[of] ?? []))
      .chain(([key, values]) => namesOf(values).map((chosen) => ({ [operator]: { [key]: chosen } }))),
  );
const conditions: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: condition },
  {
    weight: 1,
    arbitrary: fc.tuple(condition, condition).map(([one, other]) => ({ ...(one as object), ...(other as object) })),
  },
);

const parts = {
  action: fc.oneof(
    { weight: 6, arbitrary: namesOf(actions).map((Action) => ({ Action })) },
    { weight: 1, arbitrary: namesOf(actions).map((NotAction) => ({ NotAction })) },
  ),
  resource: fc.oneof(
    { weight: 8, arbitrary: namesOf(resources).map((Resource) => ({ Resource })) },
    { weight: 1, arbitrary: namesOf(resources).map((NotResource) => ({ NotResource })) },
  ),
  principal: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...principals).map((Principal) => ({ Principal })) },
    { weight: 1, arbitrary: fc.constantFrom(...principals).map((NotPrincipal) => ({ NotPrincipal })) },
  ),
  condition: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: conditions.map((Condition) => ({ Condition })) },
  ),
  sid: fc.oneof(
    fc.constant({}),
    fc.constantFrom('A', 'B', 'C').map((Sid) => ({ Sid })),
  ),
  effect: fc
    .oneof({ weight: 3, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') })
    .map((Effect) => ({ Effect })),
};

const statementOf = (withPrincipal: boolean): fc.Arbitrary<Statement> =>
  fc
    .tuple(
      parts.sid,
      parts.effect,
      withPrincipal ? parts.principal : fc.constant({}),
      parts.action,
      parts.resource,
      parts.condition,
    )
    .map((all) => Object.assign({}, ...all) as Statement);

type Change = (statements: readonly Statement[]) => readonly Statement[];

/** The part is another; the keys it may have are left out first. */
const withPart = (statement: Statement, keys: readonly string[], part: object): Statement => ({
  ...Object.fromEntries(Object.entries(statement).filter(([key]) => !keys.includes(key))),
  ...(part as Statement),
});

function changeOf(withPrincipal: boolean): fc.Arbitrary<Change> {
  const atOne = (change: (statement: Statement) => readonly Statement[]): fc.Arbitrary<Change> =>
    fc.nat(3).map((at) => (all) => all.flatMap((each, place) => (place === at % all.length ? change(each) : [each])));
  const replaced = (part: fc.Arbitrary<object>, ...keys: readonly string[]): fc.Arbitrary<Change> =>
    part.chain((chosen) => atOne((each) => [withPart(each, keys, chosen)]));
  const listed = (key: 'Action' | 'Resource', all: readonly string[]): fc.Arbitrary<Change> =>
    fc.constantFrom(...all).chain((name) =>
      atOne((each) => {
        const now = each[key];
        if (now === undefined) return [each];
        const names = (Array.isArray(now) ? now : [now]) as readonly Json[];
        const next = names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
        return [{ ...each, [key]: next.length === 0 ? now : next }];
      }),
    );
  return fc.oneof(
    { weight: 3, arbitrary: listed('Action', actions) },
    { weight: 3, arbitrary: listed('Resource', resources) },
    { weight: 1, arbitrary: replaced(parts.action, 'Action', 'NotAction') },
    { weight: 1, arbitrary: replaced(parts.resource, 'Resource', 'NotResource') },
    { weight: 3, arbitrary: replaced(parts.condition, 'Condition') },
    { weight: 1, arbitrary: replaced(parts.effect, 'Effect') },
    { weight: 1, arbitrary: replaced(parts.sid, 'Sid') },
    ...(withPrincipal ? [{ weight: 3, arbitrary: replaced(parts.principal, 'Principal', 'NotPrincipal') }] : []),
    { weight: 1, arbitrary: atOne(() => []) },
    { weight: 2, arbitrary: statementOf(withPrincipal).map((added): Change => (all) => [...all, added]) },
    { weight: 1, arbitrary: atOne((each) => splitAt(each, 'Action')) },
    { weight: 1, arbitrary: atOne((each) => splitAt(each, 'Resource')) },
  );
}

/** One statement for each name. */
function splitAt(statement: Statement, key: 'Action' | 'Resource'): readonly Statement[] {
  const names = statement[key];
  if (!Array.isArray(names)) return [statement];
  const { Sid: _, ...rest } = statement;
  return (names as readonly Json[]).map((name) => ({ ...rest, [key]: name }));
}

export type PolicyPair = readonly [before: PolicyText, after: PolicyText];

/** A policy and the same after up to three changes, in either order; or two of which neither came from the other. */
export const policyPairs: fc.Arbitrary<PolicyPair> = fc.boolean().chain((withPrincipal) => {
  const version = fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17');
  const policy = fc
    .tuple(version, fc.array(statementOf(withPrincipal), { minLength: 1, maxLength: 3 }))
    .map(([Version, Statement]): PolicyText => ({ Version, Statement }));
  const changed = fc
    .tuple(policy, fc.array(changeOf(withPrincipal), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([before, changes, isTurned]): PolicyPair => {
      const Statement = changes.reduce((all, change) => (all.length === 0 ? all : change(all)), before.Statement);
      const after = { ...before, Statement };
      return isTurned ? [after, before] : [before, after];
    });
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: fc.tuple(policy, policy) });
});

const plainActions = [
  's3:GetObject',
  's3:GetObjec',
  's3:PutObject',
  's3:SetObject',
  's3:ListBucket',
  's3:zq',
  's3:Getzq',
  'iam:PassRole',
  'zq:zq',
];
const plainResources = [
  bucket,
  `${bucket}/`,
  `${bucket}/home/a`,
  `${bucket}/home/zq`,
  `${bucket}/alice/zq`,
  `${bucket}/zq`,
  `${bucket}/zq.gz`,
  `${bucket}/\${aws:username}/zq`,
  'arn:aws:s3:::zq',
  'arn:aws:zq:::zq',
];
const callers: readonly Caller[] = [
  { account: '111122223333', arn: alice },
  { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/zq' },
  { account: '111122223333', arn: 'arn:aws:iam::111122223333:role/admin' },
  { account: '999900001111', arn: 'arn:aws:iam::999900001111:user/zq' },
  { account: '000000000000', arn: 'arn:aws:iam::000000000000:user/zq' },
  { service: 'ec2.amazonaws.com' },
  { service: 'lambda.amazonaws.com' },
];
const plainValues: Readonly<Record<string, readonly (readonly string[] | null)[]>> = {
  'aws:principalorgid': [null, ['o-1'], ['o-2'], ['O-1'], ['o-zq'], ['zq'], ['home'], ['o-*'], ['*']],
  'aws:username': [
    null,
    ['home'],
    ['alice'],
    ['zq'],
    ['o-1'],
    ['HOME'],
    ['${aws:PrincipalOrgID}'],
    ['${aws:principalorgid}'],
  ],
  'aws:tagkeys': [
    null,
    ['env'],
    ['team'],
    ['zq'],
    ['ezq'],
    ['e*'],
    ['env', 'e*'],
    ['team', 'e*'],
    ['env', 'team'],
    ['env', 'zq'],
    ['team', 'zq'],
  ],
  'aws:sourceip': [null, ['10.0.0.0'], ['10.1.2.3'], ['192.0.2.0'], ['203.0.113.77'], ['2001:db8::77']],
  'aws:securetransport': [['true'], ['false']],
  'aws:tokenissuetime': [null, ['2024-01-01T00:00:00Z']],
  's3:max-keys': [null, ['9'], ['10'], ['11'], ['99'], ['100'], ['101']],
  'aws:currenttime': [
    ['2023-12-31T23:59:59Z'],
    ['2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:01Z'],
    ['2025-01-01T00:00:01Z'],
  ],
  'aws:sourcearn': [
    null,
    [bucket],
    ['arn:aws:s3:::zq'],
    ['arn:aws:sns:zq:111122223333:t'],
    ['arn:aws:zq:zq:000000000000:zq'],
  ],
};

export interface Requests {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly callers: readonly Caller[];
  readonly contexts: readonly IamRequest['context'][];
}

/** What requests can be made of: all of it with all of it. Only values of keys that the policies ask for. */
export function requestsFor(pair: PolicyPair): Requests {
  const text = JSON.stringify(pair).toLowerCase();
  const keys = Object.keys(plainValues).filter((key) => text.includes(key));
  let contexts: readonly IamRequest['context'][] = [{}];
  for (const key of keys) {
    contexts = contexts.flatMap((context) =>
      (plainValues[key] ?? []).map((values) => (values === null ? context : { ...context, [key]: values })),
    );
  }
  const hasPrincipal = text.includes('principal"');
  return {
    actions: plainActions,
    resources: plainResources,
    callers: hasPrincipal ? callers : callers.slice(0, 1),
    contexts,
  };
}

/** Whether a name with wildcards stands for a text, in any case. */
export const isNamed = (name: string, text: string): boolean => isLike(name.toLowerCase(), text.toLowerCase());
