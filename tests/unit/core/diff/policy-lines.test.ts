/* eslint no-template-curly-in-string: off -- variables of the policy language */
import { describe, expect, it } from 'vitest';
import { policyLines, putBucketPolicy } from '../../../helpers/diffs';

const bucket = 'arn:aws:s3:::audit-logs';
const policy = (...Statement: readonly unknown[]): object => ({ Version: '2012-10-17', Statement });
const allow = (more: object): object => ({ Effect: 'Allow', ...more });

describe('a policy that changed, in words', () => {
  const same = ['same: written differently, with the same effect'];
  const read = (before: readonly unknown[], after: readonly unknown[]): readonly string[] =>
    policyLines(putBucketPolicy(policy(...before)), putBucketPolicy(JSON.stringify(policy(...after))));
  const publicRead = (more: object): object =>
    allow({
      Sid: 'PublicRead',
      Action: 's3:GetObject',
      Resource: `${bucket}/*`,
      Principal: { AWS: '111122223333' },
      ...more,
    });

  const cases: Readonly<
    Record<string, readonly [before: readonly unknown[], after: readonly unknown[], lines: readonly string[]]>
  > = {
    'everyone is let in': [
      [publicRead({})],
      [publicRead({ Principal: '*' })],
      [`widened: statement PublicRead now allows s3:GetObject on ${bucket}/* to everyone (*)`],
    ],
    'an account is shut out': [
      [publicRead({ Principal: { AWS: ['arn:aws:iam::111122223333:root', '999900001111'] } })],
      [publicRead({})],
      [`narrowed: statement PublicRead no longer allows s3:GetObject on ${bucket}/* to account 999900001111`],
    ],
    'an action more': [
      [publicRead({})],
      [publicRead({ Action: ['s3:getobject', 's3:PutObject'] })],
      [`widened: statement PublicRead now allows s3:PutObject on ${bucket}/* to account 111122223333`],
    ],
    'a wildcard that stands for what was there': [
      [publicRead({ Action: ['s3:GetObject', 's3:GetObjectAcl'] })],
      [publicRead({ Action: 's3:Get*' })],
      [`widened: statement PublicRead now allows s3:Get* on ${bucket}/* to account 111122223333`],
    ],
    'a resource more': [
      [allow({ Action: 'kms:Decrypt', Resource: 'k1' })],
      [allow({ Action: 'kms:Decrypt', Resource: ['k1', '*'] })],
      ['widened: statement 1 now allows kms:Decrypt on every resource (*)'],
    ],
    'a denial that covers less': [
      [{ Sid: 'Guard', Effect: 'Deny', Action: ['iam:*', 's3:*'], Resource: '*' }],
      [{ Sid: 'Guard', Effect: 'Deny', Action: ['s3:*'], Resource: '*' }],
      ['widened: statement Guard no longer denies iam:* on every resource (*)'],
    ],
    'an exclusion grows': [
      [{ Sid: 'Guard', Effect: 'Deny', NotAction: ['iam:*'], Resource: '*' }],
      [{ Sid: 'Guard', Effect: 'Deny', NotAction: ['iam:*', 's3:*'], Resource: '*' }],
      ['widened: statement Guard no longer denies s3:* on every resource (*)'],
    ],
    'the effect is turned round': [
      [{ Sid: 'S', Effect: 'Deny', Action: 's3:*', Resource: '*' }],
      [{ Sid: 'S', Effect: 'Allow', Action: 's3:*', Resource: '*' }],
      ['widened: statement S now allows what it denied: s3:* on every resource (*)'],
    ],
    'a condition falls away': [
      [publicRead({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } })],
      [publicRead({})],
      ['widened: statement PublicRead no longer requires that IpAddress aws:SourceIp is 10.0.0.0/8'],
    ],
    'a condition accepts more': [
      [publicRead({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
      [publicRead({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } })],
      ['widened: statement PublicRead: StringEquals aws:PrincipalOrgID now also names o-2'],
    ],
    'a negated condition that names more': [
      [publicRead({ Condition: { StringNotEquals: { 'aws:x': ['a'] } } })],
      [publicRead({ Condition: { StringNotEquals: { 'aws:x': ['a', 'b'] } } })],
      ['narrowed: statement PublicRead: StringNotEquals aws:x now also names b'],
    ],
    'statements come and go': [
      [allow({ Sid: 'Old', Action: 'a:B', Resource: 'x', Principal: { Service: 'ec2.amazonaws.com' } })],
      [{ Sid: 'New', Effect: 'Deny', Action: '*', NotResource: 'y', Principal: { Federated: 'cognito' } }],
      [
        'narrowed: statement Old is gone; it allowed a:B on x to service ec2.amazonaws.com',
        'narrowed: statement New is new; it denies every action (*) on every resource but y to identity provider cognito',
      ],
    ],
    'all about a statement is new': [
      [publicRead({ Action: 'a:B' })],
      [publicRead({ Action: 'c:D', Principal: { AWS: '999900001111' } })],
      [
        `widened: statement PublicRead now allows c:D on ${bucket}/* to account 999900001111`,
        `narrowed: statement PublicRead no longer allows a:B on ${bucket}/* to account 111122223333`,
      ],
    ],
    'another spelling of the same': [
      [publicRead({})],
      [publicRead({ Action: ['S3:GETOBJECT'], Principal: { AWS: ['arn:aws:iam::111122223333:root'] } })],
      same,
    ],
    'another Sid, and statements in another order': [
      [publicRead({}), allow({ Action: 'a:B', Resource: '*' })],
      [allow({ Action: 'a:B', Resource: '*' }), publicRead({ Sid: 'Read' })],
      same,
    ],
    'what is no policy as IAM writes it': [
      [publicRead({ Action: { odd: 1 } })],
      [publicRead({ Action: 7 })],
      ['unknown: a statement is not written as these rules know it'],
    ],
    'a statement that another covers is gone': [
      [
        allow({ Sid: 'All', Principal: '*', Action: 'sts:*' }),
        allow({ Sid: 'One', Principal: '*', Action: 'sts:AssumeRole' }),
      ],
      [allow({ Sid: 'All', Principal: '*', Action: 'sts:*' })],
      same,
    ],
    'a statement that is split in two': [
      [publicRead({ Action: ['s3:GetObject', 's3:PutObject'] })],
      [publicRead({ Action: 's3:GetObject' }), publicRead({ Sid: 'Put', Action: 's3:PutObject' })],
      same,
    ],
    'StringLike of a text without wildcards for StringEquals': [
      [publicRead({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
      [publicRead({ Condition: { StringLike: { 'aws:principalorgid': ['o-1'] } } })],
      same,
    ],
    'StringLike with a wildcard for StringEquals': [
      [publicRead({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
      [publicRead({ Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } })],
      ['widened: statement PublicRead no longer requires that StringEquals aws:PrincipalOrgID is o-1'],
    ],
    'a resource with a variable, of which it is not known what it comes to': [
      [allow({ Action: 'a:B', Resource: 'x/${aws:username}' })],
      [allow({ Action: 'a:B', Resource: 'x/*' })],
      ['changed: statement 1: Resource was x/${aws:username}, is x/*'],
    ],
    'every resource for one with a variable': [
      [allow({ Action: 'a:B', Resource: 'x/${aws:username}' })],
      [allow({ Action: 'a:B', Resource: '*' })],
      ['widened: statement 1 now allows a:B on every resource (*)'],
    ],
    'both an action and a principal more: nothing is said twice': [
      [publicRead({})],
      [publicRead({ Action: ['s3:GetObject', 's3:ListBucket'], Principal: '*' })],
      [`widened: statement PublicRead now allows s3:GetObject, s3:ListBucket on ${bucket}/* to everyone (*)`],
    ],
    'an action more for a principal that stays, and for one that is new': [
      [publicRead({})],
      [publicRead({ Action: ['s3:GetObject', 's3:ListBucket'], Principal: { AWS: ['111122223333', '999900001111'] } })],
      [
        `widened: statement PublicRead now allows s3:GetObject, s3:ListBucket on ${bucket}/* to account 999900001111`,
        `widened: statement PublicRead now allows s3:ListBucket on ${bucket}/* to account 111122223333`,
      ],
    ],
    'an action that another statement denies anyhow': [
      [publicRead({}), { Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: '*' }],
      [
        publicRead({ Action: ['s3:GetObject', 's3:PutObject'] }),
        { Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: '*' },
      ],
      ['changed: statement PublicRead: Action was s3:GetObject, is s3:GetObject, s3:PutObject'],
    ],
    'actions of which another statement denies some': [
      [publicRead({}), { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }],
      [
        publicRead({ Action: ['s3:GetObject', 's3:Put*'] }),
        { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' },
      ],
      [
        `widened: statement PublicRead now allows s3:Put* on ${bucket}/* to account 111122223333, except what a statement denies`,
      ],
    ],
    'a wildcard that one of what it stood for is left of': [
      [publicRead({ Action: 's3:Get*' })],
      [publicRead({})],
      [`narrowed: statement PublicRead no longer allows all of s3:Get* on ${bucket}/* to account 111122223333`],
    ],
    'an account for one of its users: neither stands for the other': [
      [publicRead({})],
      [publicRead({ Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' } })],
      ['changed: statement PublicRead: Principal was account 111122223333, is arn:aws:iam::111122223333:user/alice'],
    ],
    'NotPrincipal names another': [
      [{ Sid: 'Guard', Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: '*', Resource: '*' }],
      [
        {
          Sid: 'Guard',
          Effect: 'Deny',
          NotPrincipal: { AWS: ['111122223333', '999900001111'] },
          Action: '*',
          Resource: '*',
        },
      ],
      ['widened: statement Guard no longer denies every action (*) on every resource (*) to account 999900001111'],
    ],
  };

  it.each(Object.entries(cases))('%s', (_, [before, after, lines]) => {
    expect(read(before, after)).toEqual(lines);
  });

  it('does not say what a statement does that has one key twice', () => {
    const odd = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:B","Action":"c:D","Resource":"*"}}';
    expect(policyLines(putBucketPolicy(odd), putBucketPolicy(policy(allow({ Action: 'c:D', Resource: '*' }))))).toEqual(
      ['unknown: a statement is not written as these rules know it'],
    );
  });

  it('takes a variable for what it says where the policy is of the version that has none', () => {
    const old = { Version: '2008-10-17', Statement: allow({ Action: 'a:B', Resource: 'x/${aws:username}' }) };
    expect(policyLines(putBucketPolicy(old), putBucketPolicy({ ...old, Version: '2012-10-17' }))).toEqual([
      'changed: statement 1: Resource: ${…} is a variable only in Version 2012-10-17',
    ]);
    expect(
      policyLines(putBucketPolicy(old), putBucketPolicy(policy(allow({ Action: 'a:B', Resource: 'x/*' })))),
    ).toEqual(['widened: statement 1 now allows a:B on x/*']);
  });
});
