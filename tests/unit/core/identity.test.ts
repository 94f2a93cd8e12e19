import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeIdentity, identityPaths, shortKind, type IdentityParts } from '#core/identity';
import { principalText } from '#core/principal';
import { documented, identityOf, principalOf } from '../../reference/identity';
import { stated } from '../../reference/stated';

const role = 'arn:aws:iam::111122223333:role/service-role/AdminRole';
const session = 'arn:aws:sts::111122223333:assumed-role/AdminRole/jdoe';
const accountId = '123456789012';

describe('the identity of a caller', () => {
  it.each<[name: string, kind: string, parts: IdentityParts | null]>([
    ['(no identity)', 'none', null],
    ['(not stated)', 'unknown', {}],
    ['Root', 'Root', { type: 'Root', accountId: '111122223333', userName: 'my-alias' }],
    ['Mary_Major', 'IAM user', { type: 'IAMUser', userName: 'Mary_Major', invokedBy: 'cloudformation.amazonaws.com' }],
    ['Mary_Major', 'IAM user', { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/division/Mary_Major' }],
    ['(name hidden by AWS)', 'IAM user', { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' }],
    ['AIDACKCEVSQ6C2EXAMPLE', 'IAM user', { type: 'IAMUser', userName: '', principalId: 'AIDACKCEVSQ6C2EXAMPLE' }],
    [
      'AdminRole / jdoe',
      'role session',
      { type: 'AssumedRole', sessionIssuerUserName: 'AdminRole', principalId: 'AROAEXAMPLE:jdoe', arn: session },
    ],
    ['AdminRole / jdoe', 'role session', { type: 'AssumedRole', arn: session }],
    ['AdminRole', 'role session', { type: 'AssumedRole', sessionIssuerArn: role }],
    ['jdoe', 'role session', { type: 'AssumedRole', principalId: 'AROAEXAMPLE:jdoe' }],
    ['AROAEXAMPLE', 'role session', { type: 'AssumedRole', principalId: 'AROAEXAMPLE' }],
    ['AdminRole', 'role', { type: 'Role', sessionIssuerArn: role }],
    ['Alice', 'federated user', { type: 'FederatedUser', principalId: '111122223333:Alice' }],
    ['Alice', 'federated user', { type: 'FederatedUser', arn: 'arn:aws:sts::111122223333:federated-user/Alice' }],
    [
      'Alice',
      'federated user',
      { type: 'FederatedUser', principalId: '111122223333: ', arn: 'arn:aws:sts::111122223333:federated-user/Alice' },
    ],
    ['AROAEXAMPLE: ', 'federated user', { type: 'FederatedUser', principalId: 'AROAEXAMPLE: ' }],
    ['AROAEXAMPLE:jdoe', 'AWS account', { type: 'AWSAccount', accountId: '4', principalId: 'AROAEXAMPLE:jdoe' }],
    ['444455556666', 'AWS account', { type: 'AWSAccount', accountId: '444455556666', principalId: '' }],
    ['ANONYMOUS_PRINCIPAL', 'AWS account', { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' }],
    ['s3.amazonaws.com', 'AWS service', { type: 'AWSService', invokedBy: 's3.amazonaws.com' }],
    ['kms.amazonaws.com', 'AWS service', { accountId: '111122223333', invokedBy: 'kms.amazonaws.com' }],
    ['jdoe', 'Identity Center user', { type: 'IdentityCenterUser', userName: 'jdoe', onBehalfOfUserId: 'u-1' }],
    ['u-1', 'Identity Center user', { type: 'IdentityCenterUser', accountId: '111122223333', onBehalfOfUserId: 'u-1' }],
    ['ann@example.com', 'Identity Center user', { type: 'IdentityCenterUser', signInUserName: 'ann@example.com' }],
    ['ann@example.com', 'unknown', { type: 'Unknown', principalId: '1', arn: '', signInUserName: 'ann@example.com' }],
    ['Mary_Major', 'IAM user', { type: 'IAMUser', userName: 'Mary_Major', signInUserName: 'Root' }],
    ['AIDAEXAMPLE', 'IAM user', { type: 'IAMUser', principalId: 'AIDAEXAMPLE', signInUserName: 'Root' }],
    ['SampleUser', 'SAML user', { type: 'SAMLUser', userName: 'SampleUser', identityProvider: 'idp' }],
    ['accounts.google.com', 'web identity user', { type: 'WebIdentityUser', identityProvider: 'accounts.google.com' }],
    ['d-1', 'directory', { type: 'Directory', principalId: 'd-1' }],
    ['111122223333', 'unknown', { type: 'Unknown', accountId: '111122223333' }],
    ['x', 'type NewerType', { type: 'NewerType', userName: 'x' }],
    ['x', 'type type NewerType', { type: 'type NewerType', userName: 'x' }],
  ])('is %s (%s)', (name, kind, parts) => {
    expect(describeIdentity(parts)).toMatchObject({ name, kind });
  });

  it.each<[account: string, parts: IdentityParts | null]>([
    ['111122223333', { type: 'IAMUser', userName: 'alice', accountId: '111122223333' }],
    ['111122223333', { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', accountId: '' }],
    ['111122223333', { type: 'AssumedRole', arn: session }],
    ['111122223333', { type: 'Role', sessionIssuerArn: role }],
    ['', { type: 'IAMUser', userName: 'alice' }],
    ['accounts.google.com', { type: 'WebIdentityUser', userName: 'alice', identityProvider: 'accounts.google.com' }],
    ['bdGOn+/=', { type: 'SAMLUser', userName: 'alice', identityProvider: 'bdGOn+/=', accountId: '111122223333' }],
    ['111122223333', { type: 'SAMLUser', userName: 'alice', identityProvider: '', accountId: '111122223333' }],
    ['111122223333', { type: 'IAMUser', userName: 'alice', identityProvider: 'x', accountId: '111122223333' }],
    ['', { type: 'IAMUser', arn: 'alice' }],
    ['', { type: 'AWSService', invokedBy: 's3.amazonaws.com', accountId: '111122223333' }],
    ['', { invokedBy: 's3.amazonaws.com', accountId: '111122223333' }],
    ['', null],
  ])('has the account %s', (account, parts) => {
    expect(describeIdentity(parts).account).toBe(account);
  });

  it('is of no known kind where its type is not known, also where that reads like a kind', () => {
    const types = ['Root', 'IAMUser', 'AssumedRole', 'Role', 'FederatedUser', 'Directory', 'AWSAccount', 'AWSService'];
    const more = ['IdentityCenterUser', 'SAMLUser', 'WebIdentityUser', 'Unknown'];
    const kindOf = (type: string): string => describeIdentity({ type, userName: 'x' }).kind;
    const known = new Set([...types, ...more].map(kindOf).concat('none', 'insight', 'aggregated'));
    expect(known.size).toBe(types.length + more.length + 3);
    const made = [...known, 'root', 'iam user', 'IAM USER', 'iamuser', 'root of 1', 'type role'].filter(
      (type) => ![...types, ...more].includes(type),
    );
    for (const type of made) {
      expect(
        [...known].map((kind) => kind.toLowerCase()),
        type,
      ).not.toContain(kindOf(type).toLowerCase());
    }
    expect(new Set(made.map(kindOf)).size).toBe(made.length);
  });

  it('always has a name and a kind, whatever the record says', () => {
    const text = fc.option(fc.oneof(fc.string(), fc.constantFrom('', ' ', 'AROA:', ':', '/', role, session)), {
      nil: undefined,
    });
    const type = fc.option(
      fc.oneof(fc.string(), fc.constantFrom('Root', 'AssumedRole', 'Role', 'AWSService', 'FederatedUser')),
      {
        nil: undefined,
      },
    );
    const parts = fc.record({
      type,
      userName: text,
      principalId: text,
      arn: text,
      accountId: text,
      invokedBy: text,
      identityProvider: text,
      onBehalfOfUserId: text,
      sessionIssuerUserName: text,
      sessionIssuerArn: text,
    });
    fc.assert(
      fc.property(parts, (stated) => {
        const { name, kind } = describeIdentity(stated);
        expect([name.trim(), kind.trim()]).not.toContain('');
      }),
    );
  });

  it.each<[principal: string, record: RecordPart]>([
    [
      'Alice (IAM user, 123456789012)',
      user({
        type: 'IAMUser',
        principalId: 'AIDAEXAMPLE',
        arn: arnOf('iam', 'user/Alice'),
        accountId,
        userName: 'Alice',
      }),
    ],
    [
      'Root (root of 123456789012)',
      user({ type: 'Root', principalId: accountId, arn: arnOf('iam', 'root'), accountId }),
    ],
    [
      'RoleToBeAssumed / MySessionName (role session, 123456789012)',
      user({
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:MySessionName',
        arn: arnOf('sts', 'assumed-role/RoleToBeAssumed/MySessionName'),
        accountId,
        sessionContext: {
          sessionIssuer: { type: 'Role', arn: arnOf('iam', 'role/RoleToBeAssumed'), userName: 'RoleToBeAssumed' },
        },
      }),
    ],
    [
      'Bob (federated user, 123456789012)',
      user({
        type: 'FederatedUser',
        principalId: '123456789012:Bob',
        arn: arnOf('sts', 'federated-user/Bob'),
        accountId,
        sessionContext: { sessionIssuer: { type: 'IAMUser', userName: 'Alice', arn: arnOf('iam', 'user/Alice') } },
      }),
    ],
    ['AIDAOTHER (AWS account, 123456789012)', user({ type: 'AWSAccount', principalId: 'AIDAOTHER', accountId })],
    ['ec2.amazonaws.com (AWS service)', user({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' })],
    [
      '544894e8-80c1 (Identity Center user, 123456789012)',
      user({
        type: 'IdentityCenterUser',
        accountId,
        onBehalfOf: { userId: '544894e8-80c1', identityStoreArn: 'arn:x' },
      }),
    ],
    [
      'ann@example.com (unknown, 123456789012)',
      {
        ...user({ type: 'Unknown', principalId: accountId, accountId }),
        additionalEventData: { UserName: 'ann@example.com' },
      },
    ],
    ['d-1 (directory, 123456789012)', user({ type: 'Directory', principalId: 'd-1', accountId })],
    ['SamlName (SAML user)', user({ type: 'SAMLUser', principalId: 'idp:SamlName', userName: 'SamlName' })],
    [
      'id-7 (web identity user)',
      user({ type: 'WebIdentityUser', principalId: 'idp.example:app:id-7', userName: 'id-7' }),
    ],
  ])('is %s of a record as AWS documents it', (principal, record) => {
    const told = identityOf(stated(JSON.stringify(record)));
    expect([principalText(describeIdentity(partsOf(record))), principalOf(told)]).toEqual([principal, principal]);
  });

  it('is what the documented rules say, whatever parts come together', () => {
    const texts = [
      '',
      ' ',
      'alice',
      'HIDDEN_DUE_TO_SECURITY_REASONS',
      'a/b',
      '(x)',
      accountId,
      'AROA:',
      'AROA: ',
      'AROA:s',
      ':s:t',
      'x:\n',
    ];
    const arns = ['arn:aws:iam::1:root', 'arn:aws:sts::2:assumed-role/R/s/t', 'arn:aws:sts::2:assumed-role/ / '];
    const more = [
      'arn:aws-cn:sts::3:federated-user/f',
      'arn:aws:iam:::user/',
      'arn:aws:iam::4:role/path/R',
      'arn:aws:iam::4:role/ ',
    ];
    const text = fc.constantFrom(...texts, ...arns, ...more, null);
    const part = fc.option(text, { nil: undefined });
    const type = fc.constantFrom(...Object.keys(documented), 'NewerType', '', null, undefined);
    const anyUser = fc.record({
      ...{
        type,
        userName: part,
        principalId: part,
        arn: part,
        accountId: part,
        invokedBy: part,
        identityProvider: part,
      },
      onBehalfOf: fc.record({ userId: part }),
      sessionContext: fc.record({ sessionIssuer: fc.record({ userName: part, arn: part }) }),
    });
    fc.assert(
      fc.property(anyUser, part, (userIdentity, UserName) => {
        const record = { userIdentity, additionalEventData: { UserName } };
        const found = describeIdentity(partsOf(record));
        const told = identityOf(stated(JSON.stringify(record)));
        // The provider of these users may stand in the place of an account.
        const isOfProvider = userIdentity.type === 'SAMLUser' || userIdentity.type === 'WebIdentityUser';
        const account = isOfProvider ? found.account : told.account;
        expect({ name: found.name, kind: found.kind, account: found.account }).toEqual({ ...told, account });
        if (!isOfProvider) expect(principalText(found)).toBe(principalOf(told));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['Root', 'root'],
    ['IAMUser', 'IAM'],
    ['AssumedRole', 'session'],
    ['Role', 'role'],
    ['FederatedUser', 'federated'],
    ['Directory', 'directory'],
    ['AWSAccount', 'account'],
    ['AWSService', 'service'],
    ['IdentityCenterUser', 'IdC'],
    ['SAMLUser', 'SAML'],
    ['WebIdentityUser', 'web'],
    ['Unknown', 'unknown'],
    ['NewerType', 'type NewerType'],
  ])('of type %s has the kind "%s" where there is little room', (type, short) => {
    expect(shortKind(describeIdentity({ type, userName: 'x' }).kind)).toBe(short);
  });

  it('has no kind to show where there is nobody to name', () => {
    expect(shortKind(describeIdentity(null).kind)).toBe('');
  });

  it('is that of CloudTrail where no call was made, and nobody is missing', () => {
    const insight = { kind: 'insight', type: '', state: '', errorCode: '' } as const;
    expect(describeIdentity(null, insight)).toMatchObject({ name: 'CloudTrail Insights', kind: 'insight' });
    const aggregated = { kind: 'aggregated', windowEnd: '' } as const;
    expect(describeIdentity(null, aggregated)).toMatchObject({
      name: 'CloudTrail aggregation',
      kind: 'aggregated',
    });
    expect(describeIdentity({ type: 'Root' }, insight)).toMatchObject({ name: 'Root', kind: 'Root' });
  });
});

type RecordPart = Readonly<Record<string, unknown>>;

function arnOf(service: string, rest: string): string {
  return `arn:aws:${service}::${accountId}:${rest}`;
}

function user(userIdentity: RecordPart): RecordPart {
  return { userIdentity };
}

/** The parts of a record that the rule reads, as the import fills them. */
function partsOf(record: RecordPart): IdentityParts | null {
  const parts = Object.entries(identityPaths).map(([part, path]) => {
    const found = path.split('.').reduce<unknown>((value, key) => (value as RecordPart | undefined)?.[key], record);
    return [part, typeof found === 'string' ? found : undefined] as const;
  });
  return Object.keys(record['userIdentity'] ?? {}).length === 0 ? null : Object.fromEntries(parts);
}
