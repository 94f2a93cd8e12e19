import { describe, expect, it } from 'vitest';
import { policyLines, putBucketPolicy, type PolicyEvent } from '../../../helpers/diffs';

const statement = (Action: unknown, more: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const policy = (...Statement: readonly unknown[]): object => ({ Version: '2012-10-17', Statement });
const text = (...all: readonly unknown[]): string => JSON.stringify(policy(...all));

const read = putBucketPolicy(policy(statement('s3:GetObject')));
const all = putBucketPolicy(policy(statement('s3:*')));

const iam = (eventName: string, requestParameters: unknown, more: object = {}): PolicyEvent => ({
  eventSource: 'iam.amazonaws.com',
  eventName,
  requestParameters,
  ...more,
});
const trust = (roleName: string, account: string, more: object = {}): PolicyEvent =>
  iam(
    'UpdateAssumeRolePolicy',
    { roleName, policyDocument: text({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }) },
    more,
  );
const sqs = (attributes: object): PolicyEvent => ({
  eventSource: 'sqs.amazonaws.com',
  eventName: 'SetQueueAttributes',
  requestParameters: { queueUrl: 'https://q', attributes },
});
const session = (policyText?: string, more: object = {}): PolicyEvent => ({
  eventSource: 'sts.amazonaws.com',
  eventName: 'AssumeRole',
  requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/r', policy: policyText, ...more },
});

describe('of two calls that set a policy', () => {
  const omitted = { omitted: true, reason: 'requestParameters too large', originalSize: 204_800 };
  const unseen: readonly (readonly [string, PolicyEvent, string])[] = [
    [
      'is left out for its size',
      { ...read, requestParameters: omitted },
      'is left out by AWS because the request was too large',
    ],
    ['is left out alone for its size', putBucketPolicy(omitted), 'is left out by AWS because it was too large'],
    ['is redacted', putBucketPolicy('HIDDEN_DUE_TO_SECURITY_REASONS'), 'is redacted by AWS'],
    ['is not JSON', putBucketPolicy('not json'), 'is not a policy in JSON'],
    ['is JSON and no policy', putBucketPolicy('{"a":1}'), 'is not a policy in JSON'],
    [
      'was not set, for the call was denied',
      { ...all, failure: 'AccessDenied' },
      'is of a call that failed (AccessDenied) and set nothing',
    ],
    [
      'was not set and is not shown either',
      { ...read, requestParameters: null, failure: 'AccessDenied' },
      'is of a call that failed (AccessDenied) and set nothing',
    ],
    [
      'may not have been set, for what the call was read from has no errors',
      { ...all, isUnstated: true },
      'is of a call that may have failed: what it was read from does not say',
    ],
    ['is not shown', { ...read, requestParameters: null }, 'is not shown: there are no request parameters'],
  ];

  it.each(unseen)('nothing is wider or narrower where one policy %s: it is said why', (_, event, why) => {
    expect(policyLines(read, event)).toEqual([`unknown: the policy after ${why}`]);
    expect(policyLines(event, read)).toEqual([`unknown: the policy before ${why}`]);
    expect(policyLines(event, event)).toEqual([]);
  });

  it.each<readonly [string, PolicyEvent, PolicyEvent]>([
    ['only reads it', read, { ...read, eventName: 'GetBucketPolicy', requestParameters: { bucketName: 'audit-logs' } }],
    ['sets another attribute', sqs({ Policy: text(statement('sqs:*')) }), sqs({ VisibilityTimeout: '100' })],
    ['is of another service', read, { ...all, eventSource: 'example.amazonaws.com' }],
    [
      'sets a version that is not in force',
      iam('CreatePolicyVersion', { policyArn: 'arn:p', policyDocument: text(statement('a:B')), setAsDefault: true }),
      iam('CreatePolicyVersion', { policyArn: 'arn:p', policyDocument: text(statement('*')), setAsDefault: false }),
    ],
    [
      'adds a statement to a policy that is not shown',
      {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'AddPermission20150331v2',
        responseElements: { statement: JSON.stringify(statement('a:B')) },
      },
      {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'AddPermission20150331v2',
        responseElements: { statement: JSON.stringify(statement('*')) },
      },
    ],
    [
      'sets another policy of the same thing',
      iam('PutRolePolicy', { roleName: 'r', policyName: 'p', policyDocument: text(statement('a:B')) }),
      trust('r', '111122223333'),
    ],
    ['came as a summary', read, { eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy' }],
    [
      'came as a summary of a session',
      session(text(statement('a:B'))),
      { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' },
    ],
  ])('nothing is compared where one %s', (_, one, other) => {
    expect(policyLines(one, other)).toEqual([]);
    for (const line of policyLines(other, one))
      expect(line).toMatch(/^unknown: the event before shows no such policy; /);
  });

  it('a policy that only the later event shows is said in words, and nothing of what was there before', () => {
    const create: PolicyEvent = {
      eventSource: 's3.amazonaws.com',
      eventName: 'CreateBucket',
      requestParameters: { bucketName: 'audit-logs' },
    };
    const put = putBucketPolicy(
      policy({ ...statement('s3:*'), Sid: 'Own' }, { ...statement('s3:Put*'), Effect: 'Deny' }),
    );
    const first = 'unknown: the event before shows no such policy; in the one after,';
    expect(policyLines(create, put)).toEqual([
      `${first} statement Own allows s3:* on every resource (*)`,
      `${first} statement 2 denies s3:Put* on every resource (*)`,
    ]);
    expect(policyLines(sqs({}), sqs({ Policy: text(statement('sqs:*')) }))).toEqual([
      `${first} statement 1 allows sqs:* on every resource (*)`,
    ]);
    expect(policyLines(put, create)).toEqual([]);
    for (const more of [{ failure: 'AccessDenied' }, { isUnstated: true }]) {
      expect(policyLines(create, { ...put, ...more })).toEqual([]);
    }
  });

  it('nothing is wider or narrower where they belong to two things', () => {
    const account = (recipientAccountId: string): object => ({ recipientAccountId, awsRegion: 'us-east-1' });
    expect(policyLines(trust('one', '111122223333'), trust('two', '999900001111'))).toEqual([
      'unknown: two policies, not one that changed: they belong to different things: roleName one; roleName two',
      'unknown: only on the left: statement 1 allows sts:AssumeRole to account 111122223333',
      'unknown: only on the right: statement 1 allows sts:AssumeRole to account 999900001111',
    ]);
    expect(policyLines(trust('one', '111122223333'), trust('two', '111122223333'))).toEqual([
      'unknown: two policies with the same text, not one: they belong to different things: roleName one; roleName two',
    ]);
    expect(
      policyLines(
        trust('r', '111122223333', account('111111111111')),
        trust('r', '999900001111', account('222222222222')),
      ),
    ).toEqual([
      'unknown: two policies, not one that changed: they are of different accounts: 111111111111; 222222222222',
      'unknown: only on the left: statement 1 allows sts:AssumeRole to account 111122223333',
      'unknown: only on the right: statement 1 allows sts:AssumeRole to account 999900001111',
    ]);
    const repository = (awsRegion: string, action: string): PolicyEvent => ({
      eventSource: 'ecr.amazonaws.com',
      eventName: 'SetRepositoryPolicy',
      awsRegion,
      requestParameters: { repositoryName: 'app', policyText: text(statement(action)) },
    });
    expect(policyLines(repository('us-east-1', 'ecr:A'), repository('eu-west-1', 'ecr:*'))).toEqual([
      'unknown: two policies, not one that changed: they are of different Regions: us-east-1; eu-west-1',
      'unknown: only on the left: statement 1 allows ecr:A on every resource (*)',
      'unknown: only on the right: statement 1 allows ecr:* on every resource (*)',
    ]);
    expect(policyLines(repository('us-east-1', 'ecr:A'), repository('us-east-1', 'ecr:*'))).toEqual([
      'widened: statement 1 now allows ecr:* on every resource (*)',
    ]);
  });

  it('the right one may delete it, and the left one', () => {
    const deleted: PolicyEvent = {
      ...read,
      eventName: 'DeleteBucketPolicy',
      requestParameters: { bucketName: 'audit-logs' },
    };
    expect(policyLines(read, deleted)).toEqual([
      'narrowed: statement 1 is gone; it allowed s3:GetObject on every resource (*)',
    ]);
    expect(policyLines(deleted, read)).toEqual([
      'widened: statement 1 is new; it allows s3:GetObject on every resource (*)',
    ]);
    expect(policyLines(read, { ...deleted, failure: 'AccessDenied' })).toEqual([
      'unknown: the policy after is of a call that failed (AccessDenied) and set nothing',
    ]);
  });

  it('they may be two calls that name it differently', () => {
    const created = iam('CreateRole', {
      roleName: 'r',
      assumeRolePolicyDocument: text({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }),
    });
    expect(policyLines(created, trust('r', '*'))).toEqual([
      'widened: statement 1 now allows sts:AssumeRole to everyone (*)',
    ]);
    const topic = (attributeName: string, attributeValue: string): PolicyEvent => ({
      eventSource: 'sns.amazonaws.com',
      eventName: 'SetTopicAttributes',
      requestParameters: { topicArn: 'arn:aws:sns:us-east-1:111122223333:t', attributeName, attributeValue },
    });
    const one = topic('Policy', text(statement('sns:Publish')));
    expect(policyLines(one, topic('Policy', text(statement('sns:*'))))).toEqual([
      'widened: statement 1 now allows sns:* on every resource (*)',
    ]);
    expect(policyLines(one, topic('DisplayName', 'x'))).toEqual([]);
  });

  it('a session that loses its policy may do more, and one that gets one less', () => {
    const limited = session(text(statement('ec2:DescribeInstances')));
    expect(policyLines(limited, session())).toEqual([
      'widened: no session policy limits the session now: it may do all that its role may',
    ]);
    expect(policyLines(session(), limited)).toEqual([
      'narrowed: a session policy now limits what the session may do of all that its role may',
    ]);
    expect(policyLines(session(), session(text(statement('*'))))).toEqual([]);
    const managed = { policyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] };
    expect(policyLines(limited, session(undefined, managed))).toEqual([
      'unknown: managed policies limit these sessions too, and are not shown',
    ]);
  });
});
