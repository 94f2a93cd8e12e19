import { describe, expect, it } from 'vitest';
import { changeLines, diffRequests, diffTexts, rowAt } from '../../../helpers/diffs';

const bucket = 'arn:aws:s3:::audit-logs';
const policy = (...Statement: readonly unknown[]): object => ({ Version: '2012-10-17', Statement });
const allow = (more: object): object => ({ Effect: 'Allow', ...more });

/** The calls of AWS as they are logged: request parameters before and after, and what is to be seen. */
const calls: Readonly<Record<string, readonly [before: unknown, after: unknown, changes: readonly string[]]>> = {
  'PutBucketPolicy: a statement by its Sid, though another was put before it': [
    {
      bucketPolicy: policy(
        allow({ Sid: 'Read', Principal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: `${bucket}/*` }),
      ),
    },
    {
      bucketPolicy: policy(
        { Sid: 'Tls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket },
        allow({
          Sid: 'Read',
          Principal: { AWS: '111122223333' },
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: [`${bucket}/*`],
        }),
      ),
    },
    [
      '+ bucketPolicy.Statement[Sid=Tls].Sid: Tls',
      '+ bucketPolicy.Statement[Sid=Tls].Effect: Deny',
      '+ bucketPolicy.Statement[Sid=Tls].Principal: *',
      '+ bucketPolicy.Statement[Sid=Tls].Action: s3:*',
      `+ bucketPolicy.Statement[Sid=Tls].Resource: ${bucket}`,
      '+ bucketPolicy.Statement[Sid=Read].Action[s3:PutObject]: s3:PutObject',
    ],
  ],
  'UpdateAssumeRolePolicy: a statement without a Sid by what it is about': [
    {
      policyDocument: JSON.stringify(
        policy(allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })),
      ),
    },
    {
      policyDocument: JSON.stringify(
        policy(
          allow({ Principal: { AWS: 'arn:aws:iam::999900001111:root' }, Action: 'sts:AssumeRole' }),
          allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
        ),
        null,
        2,
      ),
    },
    [
      '+ policyDocument.Statement[0].Effect: Allow',
      '+ policyDocument.Statement[0].Principal.AWS: arn:aws:iam::999900001111:root',
      '+ policyDocument.Statement[0].Action: sts:AssumeRole',
    ],
  ],
  'CreatePolicyVersion: one statement is a list of one, and its Sid may change': [
    {
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: allow({ Sid: 'A', Action: 'ec2:*', Resource: '*' }),
      }),
    },
    { policyDocument: JSON.stringify(policy(allow({ Sid: 'B', Action: ['ec2:*'], Resource: '*' }))) },
    ['~ policyDocument.Statement[Sid=B].Sid: A → B'],
  ],
  'AuthorizeSecurityGroupIngress: a rule by protocol and ports, its ranges as a set': [
    {
      groupId: 'sg-1',
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }, { cidrIp: '192.0.2.0/24' }] },
          },
          { ipProtocol: '-1', groups: { items: [{ groupId: 'sg-2' }] }, ipRanges: {} },
        ],
      },
    },
    {
      groupId: 'sg-1',
      ipPermissions: {
        items: [
          { ipProtocol: '-1', groups: { items: [{ groupId: 'sg-2' }] }, ipRanges: {} },
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }, { cidrIp: '10.0.0.0/8' }] },
          },
        ],
      },
    },
    [
      '+ ipPermissions.items[tcp 22].ipRanges.items[cidrIp=0.0.0.0/0].cidrIp: 0.0.0.0/0',
      '- ipPermissions.items[tcp 22].ipRanges.items[cidrIp=192.0.2.0/24].cidrIp: 192.0.2.0/24',
    ],
  ],
  'AuthorizeSecurityGroupIngress: one rule that opens another port has changed': [
    {
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
      },
    },
    {
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
      },
    },
    ['~ ipPermissions.items[0].fromPort: 443 → 22', '~ ipPermissions.items[0].toPort: 443 → 22'],
  ],
  'ModifyImageAttribute: accounts by their number': [
    { launchPermission: { add: { items: [{ userId: '111122223333' }, { group: 'all' }] } } },
    {
      launchPermission: { add: { items: [{ userId: '999900001111' }, { userId: '111122223333' }, { group: 'all' }] } },
    },
    ['+ launchPermission.add.items[0].userId: 999900001111'],
  ],
  'PutRule: the values of an event pattern are a set, the pattern is opened': [
    { name: 'r', eventPattern: '{"source":["aws.ec2","aws.s3"],"detail":{"state":["running",{"prefix":"stop"}]}}' },
    {
      name: 'r',
      eventPattern: '{"detail":{"state":[{"prefix":"stop"},"running"]},"source":["aws.s3","aws.iam","aws.ec2"]}',
    },
    ['+ eventPattern.source[aws.iam]: aws.iam'],
  ],
  'UpdateFunctionConfiguration: plain values, and a list whose order counts': [
    { functionName: 'f', timeout: 3, memorySize: 128, layers: ['l:1', 'l:2', 'l:3'], environment: { variables: {} } },
    { functionName: 'f', timeout: 900, memorySize: 128, layers: ['l:2', 'l:1', 'l:3'], environment: {} },
    ['~ timeout: 3 → 900', '- layers[0]: l:1', '+ layers[1]: l:1', '- environment.variables: {}'],
  ],
  'RunInstances: tags by their key, whatever the order; groups by their identifier': [
    {
      instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 1 }] },
      groupSet: { items: [{ groupId: 'sg-1' }, { groupId: 'sg-2' }] },
      tagSpecificationSet: {
        items: [
          {
            resourceType: 'instance',
            tags: [
              { key: 'env', value: 'prod' },
              { key: 'team', value: 'a' },
            ],
          },
        ],
      },
    },
    {
      instancesSet: { items: [{ imageId: 'ami-2', minCount: 1, maxCount: 50 }] },
      groupSet: { items: [{ groupId: 'sg-2' }] },
      tagSpecificationSet: {
        items: [
          {
            resourceType: 'instance',
            tags: [
              { key: 'team', value: 'b' },
              { key: 'env', value: 'prod' },
            ],
          },
        ],
      },
    },
    [
      '~ instancesSet.items[0].imageId: ami-1 → ami-2',
      '~ instancesSet.items[0].maxCount: 1 → 50',
      '- groupSet.items[groupId=sg-1].groupId: sg-1',
      '~ tagSpecificationSet.items[0].tags[key=team].value: a → b',
    ],
  ],
  'CreatePipeline: elements with a name whose order counts': [
    { pipeline: { stages: [{ name: 'Source' }, { name: 'Test' }, { name: 'Deploy' }] } },
    { pipeline: { stages: [{ name: 'Source' }, { name: 'Deploy' }, { name: 'Test' }] } },
    ['~ pipeline.stages[(order)]: name=Source, name=Test, name=Deploy → name=Source, name=Deploy, name=Test'],
  ],
  'a number past 2^53, as it is written': [{ size: 1 }, { size: 2 }, ['~ size: 1 → 2']],
};

describe('a comparison of two calls', () => {
  it.each(Object.entries(calls))('%s', (_, [before, after, changes]) => {
    expect(changeLines(diffRequests(before, after))).toEqual(changes);
  });

  it('reads numbers to the last digit', () => {
    const record = (size: string): string => `{"requestParameters":{"size":${size}}}`;
    const change = (left: string, right: string): unknown =>
      diffTexts(record(left), record(right)).sections[0]?.changes;
    expect(change('9007199254740993', '9007199254740992')).toBe(1);
    expect(change('1.0', '1')).toBe(1);
    expect(change('9007199254740993', '9007199254740993')).toBe(0);
  });

  it('marks opened texts, and compares a text that is URL-encoded with one that is not', () => {
    const text = JSON.stringify(policy(allow({ Action: '*', Resource: '*' })));
    const section = diffRequests({ policyDocument: text }, { policyDocument: encodeURIComponent(text) });
    expect(section.changes).toBe(0);
    expect(rowAt(section, 'policyDocument')).toMatchObject({
      kind: 'equal',
      decoded: 'url-encoded json',
      left: { type: 'object' },
    });
    expect(rowAt(diffRequests({ p: text }, { p: text }), 'p').decoded).toBe('json');
  });

  it('shows what became of a text that is JSON no more', () => {
    const section = diffRequests({ policy: '{"a":1}' }, { policy: 'none' });
    expect(changeLines(section)).toEqual(['+ policy: none', '- policy.a: 1']);
  });

  it('marks redacted values, equal or not', () => {
    // App Runner's CreateService and Pinpoint's CreateCampaign.
    const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
    const section = diffRequests(
      { sourceConfiguration: hidden, WriteCampaignRequest: '***', password: 'x' },
      { sourceConfiguration: hidden, WriteCampaignRequest: '***', password: '***' },
    );
    const marks = (path: string): unknown => [
      rowAt(section, path).left?.isRedacted,
      rowAt(section, path).right?.isRedacted,
    ];
    expect(['sourceConfiguration', 'WriteCampaignRequest', 'password'].map(marks)).toEqual([
      [true, true],
      [true, true],
      [false, true],
    ]);
  });

  it('flags a payload that AWS left out, and shows what stands against it', () => {
    const omitted = { omitted: true, reason: 'requestParameters too large', originalSize: 102_401 };
    const section = diffRequests({ bucketName: 'b' }, omitted);
    expect(section.rows.map(({ kind, label, left, right }) => [kind, label, left?.text, right?.omitted])).toEqual([
      ['changed', 'requestParameters', '{…} 1', 'requestParameters too large'],
      ['removed', 'bucketName', 'b', undefined],
    ]);
    expect(diffRequests({ x: omitted }, { x: omitted }).rows[0]).toMatchObject({
      kind: 'equal',
      left: { omitted: 'requestParameters too large' },
      right: { omitted: 'requestParameters too large' },
    });
  });

  it('names the side that has something where the other has nothing', () => {
    const failed = { eventName: 'X', requestParameters: { a: 1 }, responseElements: null };
    const done = { eventName: 'X', requestParameters: { a: 1 }, responseElements: { id: 'i-1', state: 'on' } };
    const read = (left: unknown, right: unknown): unknown =>
      diffTexts(JSON.stringify(left), JSON.stringify(right)).sections.map(({ field, oneSided, changes }) => [
        field,
        oneSided,
        changes,
      ]);
    expect(read(failed, done)).toEqual([
      ['requestParameters', null, 0],
      ['responseElements', 'right', 2],
      ['eventName', null, 0],
    ]);
    expect(read(done, { eventName: 'X', requestParameters: null })).toEqual([
      ['requestParameters', 'left', 1],
      ['responseElements', 'left', 2],
      ['eventName', null, 0],
    ]);
  });

  it('leaves out what differs in every pair of calls, unless asked for it', () => {
    const record = (id: string): string =>
      JSON.stringify({
        eventID: id,
        requestID: `r${id}`,
        eventTime: `2024-01-0${id}T00:00:00Z`,
        userIdentity: {
          accessKeyId: `ASIA${id}`,
          sessionContext: { attributes: { creationDate: id, mfaAuthenticated: 'false' } },
        },
        requestParameters: { roleArn: 'r', clientToken: id, eventID: id },
        responseElements: { credentials: { sessionToken: id, expiration: id }, requestId: id, assumedRoleUser: id },
        additionalEventData: { 'x-amz-id-2': id, bytesTransferredIn: 1 },
      });
    const paths = (withNoise: boolean): unknown =>
      diffTexts(record('1'), record('2'), withNoise).sections.flatMap(({ rows }) =>
        rows.filter(({ kind, members }) => kind !== 'equal' && members === 0).map(({ path }) => path),
      );
    expect(paths(false)).toEqual([
      'requestParameters.eventID',
      'responseElements.assumedRoleUser',
      'userIdentity.accessKeyId',
    ]);
    expect(paths(true)).toHaveLength(12);
    expect(diffTexts(record('1'), record('2'), false).noiseHidden).toBe(9);
  });

  it('keeps a key named __proto__, and duplicate keys, apart from each other', () => {
    const record = (value: string): string => `{"requestParameters":{"__proto__":{"a":${value}},"k":1,"k":${value}}}`;
    const [section] = diffTexts(record('1'), record('2')).sections;
    expect(section?.rows.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'changed requestParameters.__proto__',
      'changed requestParameters.__proto__.a',
      'equal requestParameters.k',
      'changed requestParameters.k',
    ]);
  });

  it('counts a change once where the response repeats it under another name, but not where values are equal by chance', () => {
    const put = (secret: string, stage: string): string =>
      JSON.stringify({
        eventName: 'PutSecretValue',
        requestParameters: {
          secretId: `arn:aws:secretsmanager:eu-west-1:1:secret:${secret}`,
          clientRequestToken: stage,
        },
        responseElements: { arn: `arn:aws:secretsmanager:eu-west-1:1:secret:${secret}`, name: secret, stage },
      });
    const { sections } = diffTexts(put('one', 'a'), put('two', 'b'));
    const [asked, answered] = ['requestParameters', 'responseElements'].map((field) =>
      sections.find((section) => section.field === field),
    );
    expect([asked?.changes, answered?.changes]).toEqual([2, 2]);
    const repeated = answered?.rows.filter(({ isRepeated }) => isRepeated).map(({ path }) => path);
    expect(repeated, 'short texts under other names are changes of their own').toEqual(['responseElements.arn']);
  });

  it('counts once what the response only repeats', () => {
    const policyOf = (account: string): string =>
      JSON.stringify(policy(allow({ Principal: { AWS: account }, Action: 'sts:AssumeRole' })));
    const created = (account: string, roleId: string, answered = account): string =>
      JSON.stringify({
        eventName: 'CreateRole',
        requestParameters: { roleName: 'r', assumeRolePolicyDocument: policyOf(account) },
        responseElements: {
          role: { roleName: 'r', roleId, assumeRolePolicyDocument: encodeURIComponent(policyOf(answered)) },
        },
      });
    const read = (left: string, right: string): readonly unknown[] =>
      diffTexts(left, right).sections.map(({ field, changes, rows }) => [
        field,
        changes,
        rows.filter(({ isRepeated, members }) => isRepeated && members === 0).map(({ path }) => path),
      ]);
    const repeated = 'responseElements.role.assumeRolePolicyDocument.Statement[0].Principal.AWS';
    expect(read(created('111122223333', 'A'), created('999900001111', 'B')).slice(0, 2)).toEqual([
      ['requestParameters', 1, []],
      ['responseElements', 1, [repeated]],
    ]);
    expect(read(created('111122223333', 'A'), created('999900001111', 'A', '*')).slice(0, 2)).toEqual([
      ['requestParameters', 1, []],
      ['responseElements', 1, []],
    ]);
  });
});
