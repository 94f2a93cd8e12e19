import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { RowReader } from '#engine/search/event-rows';
import { Completer } from '#engine/search/completion';
import { CrossFilter } from '#engine/search/cross-filter';
import { findFacet } from '#engine/search/facets';
import { listFields } from '#engine/search/field-list';
import { QuerySets } from '#engine/search/query-sets';
import { targetSummary } from '#engine/search/target-summary';
import { Vocabulary } from '#engine/search/vocabulary';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { makeArchive } from '../../../../build/tools/synthetic/archive';
import { indexOfRecords, parseFor, rowsIn } from '../../../helpers/indexes';
import { TestThread } from '../../../helpers/segments';

type Json = Readonly<Record<string, unknown>>;

const call = (service: string, eventName: string, requestParameters: Json | null, more: Json = {}): Json => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
  requestParameters,
  ...more,
});

const cells = (index: VisibleIndex): (string | null)[] => {
  const reader = new RowReader(index, ['target']);
  return rowsIn(index.allRows()).map((row) => reader.read(row)?.cells[0] ?? null);
};

const targetOf = (record: Json): string | null => cells(indexOfRecords([record]))[0] ?? null;

function found(index: VisibleIndex, text: string): number[] {
  return rowsIn(new QuerySets(index, () => index.newSet()).find(parseFor(index, text)));
}

function facet(index: VisibleIndex, text: string) {
  const query = parseFor(index, text);
  const filter = new CrossFilter(index, new QuerySets(index, () => index.newSet()), query, false);
  return findFacet(index, filter, query, { field: 'target', search: '', order: 'most', limit: 100 });
}

const counted = (index: VisibleIndex, text = ''): [string, number][] =>
  facet(index, text).values.map(({ value, count }) => [value, count]);

const role = 'arn:aws:iam::111122223333:role/admin';
const key = 'arn:aws:kms:us-east-1:111122223333:key/1';
const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf';

describe('the target of a call', () => {
  /** Requests and responses as the services' API references have them, written as CloudTrail writes them. */
  it.each<[string, string, Json | null, string | null, Json?]>([
    ['s3', 'GetObject', { bucketName: 'b', key: 'dir/k.csv', Host: 'b.s3.amazonaws.com' }, 'b/dir/k.csv'],
    ['s3', 'PutBucketPolicy', { bucketName: 'b', bucketPolicy: { Version: '1' } }, 'b'],
    ['s3', 'ListBuckets', { Host: 's3.amazonaws.com' }, null],
    ['s3', 'PutAccountPublicAccessBlock', {}, '111122223333', { recipientAccountId: '111122223333' }],
    ['iam', 'PutUserPolicy', { userName: 'jmerckle', policyName: 'p', policyDocument: '{}' }, 'jmerckle'],
    ['iam', 'AttachRolePolicy', { roleName: 'r', policyArn: 'arn:p' }, 'r'],
    ['iam', 'CreateUser', { userName: 'u' }, 'u', { responseElements: { user: { userName: 'u', arn: 'arn:u' } } }],
    ['iam', 'UpdateAccessKey', { userName: 'u', accessKeyId: 'AKIA1' }, 'u'],
    ['iam', 'CreateAccessKey', null, 'u', { responseElements: { accessKey: { accessKeyId: 'AKIA1', userName: 'u' } } }],
    ['iam', 'AddUserToGroup', { userName: 'u', groupName: 'admins' }, 'u'],
    ['iam', 'CreatePolicy', { policyName: 'p' }, 'arn:p', { responseElements: { policy: { arn: 'arn:p' } } }],
    ['iam', 'ChangePassword', null, 'u', { userIdentity: { type: 'IAMUser', userName: 'u' } }],
    ['sts', 'AssumeRole', { roleArn: role, roleSessionName: 's' }, role, { resources: [{ ARN: role }] }],
    ['sts', 'GetCallerIdentity', null, null],
    ['kms', 'Decrypt', { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' }, key, { resources: [{ ARN: key }] }],
    ['kms', 'ScheduleKeyDeletion', { keyId: 'alias/x' }, key, { resources: [{ ARN: key }] }],
    [
      'ec2',
      'TerminateInstances',
      { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } },
      'i-1, i-2',
    ],
    [
      ...(['ec2', 'RunInstances', { instancesSet: { items: [{ imageId: 'ami-1' }] } }, 'i-1'] as const),
      { responseElements: { instancesSet: { items: [{ instanceId: 'i-1' }] } } },
    ],
    ['ec2', 'RunInstances', { instancesSet: { items: [{ imageId: 'ami-1' }] } }, 'ami-1', { errorCode: 'x' }],
    ['ec2', 'CreateSnapshot', { volumeId: 'vol-1' }, 'snap-1', { responseElements: { snapshotId: 'snap-1' } }],
    ['ec2', 'ModifySnapshotAttribute', { snapshotId: 'snap-1' }, 'snap-1'],
    ['ec2', 'SharedSnapshotVolumeCreated', null, 'snap-1', { serviceEventDetails: { snapshotId: 'snap-1' } }],
    ['ec2', 'CreateVpc', { cidrBlock: '10.0.0.0/16' }, 'vpc-1', { responseElements: { vpc: { vpcId: 'vpc-1' } } }],
    ['ec2', 'CreateSubnet', { vpcId: 'vpc-1' }, 'subnet-1', { responseElements: { subnet: { subnetId: 'subnet-1' } } }],
    ['ec2', 'DeleteNatGateway', { DeleteNatGatewayRequest: { NatGatewayId: 'nat-1' } }, 'nat-1'],
    ['ec2', 'DeleteFlowLogs', { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-1' } } }, 'fl-1'],
    ['ec2', 'AuthorizeSecurityGroupIngress', { groupId: 'sg-1', ipPermissions: {} }, 'sg-1'],
    ['lambda', 'UpdateFunctionCode20150331v2', { functionName: 'f', dryRun: false }, 'f'],
    ['cloudtrail', 'StopLogging', { name: 'trail' }, 'trail'],
    ['cloudtrail', 'PutEventSelectors', { trailName: 'trail' }, 'trail'],
    ['sqs', 'CreateQueue', { queueName: 'q' }, 'https://q', { responseElements: { queueUrl: 'https://q' } }],
    ['sns', 'Publish', { topicArn: 'arn:t' }, 'arn:t'],
    ['dynamodb', 'DeleteTable', { tableName: 't' }, 't'],
    ['secretsmanager', 'GetSecretValue', { secretId: secret }, secret],
    ['secretsmanager', 'CreateSecret', { name: 'db' }, secret, { responseElements: { arn: secret } }],
    ['secretsmanager', 'EndSecretVersionDelete', null, secret, { additionalEventData: { ARN: secret, Name: 'db' } }],
    ['es', 'UpdateDomainConfig', { domainName: 'd' }, 'd'],
    ['rds', 'CreateDBSnapshot', { dBInstanceIdentifier: 'db', dBSnapshotIdentifier: 's' }, 's'],
    ['ssm', 'PutParameter', { name: '/p', type: 'SecureString' }, '/p'],
    ['ssm', 'GetParameters', { names: ['/p', '/q'] }, '/p, /q'],
    ['ssm', 'SendCommand', { instanceIds: ['i-1'], documentName: 'AWS-RunShellScript' }, 'i-1'],
    ['logs', 'DeleteLogGroup', { logGroupName: '/g' }, '/g'],
    ['guardduty', 'DeleteDetector', { detectorId: 'd' }, 'd'],
    ['organizations', 'AttachPolicy', { policyId: 'p-1', targetId: 'ou-1' }, 'ou-1'],
    ['organizations', 'LeaveOrganization', null, '111122223333', { recipientAccountId: '111122223333' }],
    ['signin', 'ConsoleLogin', null, '111122223333', { recipientAccountId: '111122223333' }],
    // Services that have no line of their own.
    ['rolesanywhere', 'DeleteTrustAnchor', { trustAnchorId: 'ta-1' }, 'ta-1'],
    ['newservice', 'UpdateThing', { mode: 'x', thingName: 'a', ownerId: '1' }, 'a'],
    ['newservice', 'UpdateThing', { RoleArn: role, WidgetArn: 'arn:w' }, 'arn:w'],
    ['newservice', 'UpdateThing', { mode: 'x' }, 'arn:r', { resources: [{ ARN: 'arn:r' }] }],
    ['newservice', 'CreateThing', { size: 1 }, 'th-1', { responseElements: { thing: { thingId: 'th-1' } } }],
    ['newservice', 'UpdateThing', { mode: 'x' }, null, { responseElements: { requestId: 'r' } }],
    // A value that AWS removed names nothing.
    ['cognito-idp', 'AdminDeleteUser', { username: 'HIDDEN_DUE_TO_SECURITY_REASONS', userPoolId: 'pool' }, 'pool'],
    ['apprunner', 'CreateService', { serviceName: '' }, null],
  ])('of %s %s with %j is %s', (service, event, request, target, more) => {
    expect(targetOf(call(service, event, request, more))).toBe(target);
  });

  it('is found, counted, listed and offered, also where a call has several', () => {
    const index = indexOfRecords([
      call('iam', 'CreateUser', { userName: 'mallory' }),
      call('iam', 'PutUserPolicy', { userName: 'Mallory', policyName: 'p' }),
      call('ec2', 'StopInstances', { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } }),
      call('ec2', 'StartInstances', { instancesSet: { items: [{ instanceId: 'i-2' }] } }),
      call('s3', 'GetObject', { bucketName: 'b', key: 'k' }),
      call('s3', 'PutObject', { bucketName: 'b', key: 'k' }),
      call('sts', 'GetCallerIdentity', null),
      // The user is named, but is not what this call acts upon.
      call('ec2', 'ModifyInstanceAttribute', { instanceId: 'i-9', userData: 'x', masterUserName: 'mallory' }),
    ]);
    expect(cells(index)).toEqual(['mallory', 'Mallory', 'i-1, i-2', 'i-2', 'b/k', 'b/k', null, 'i-9']);
    expect(found(index, 'target:mallory')).toEqual([0, 1]);
    expect(found(index, 'target:i-2')).toEqual([2, 3]);
    expect(found(index, 'target:b/*')).toEqual([4, 5]);
    expect(found(index, 'target:"B/K"')).toEqual([4, 5]);
    expect(found(index, 'target:b')).toEqual([]);
    expect(found(index, '-target:i-*')).toEqual([0, 1, 4, 5, 6]);
    expect(found(index, 'target:*')).toEqual([0, 1, 2, 3, 4, 5, 7]);
    expect(found(index, '-target:*')).toEqual([6]);
    expect(found(index, 'target:/^I-[12]$/i')).toEqual([2, 3]);
    expect(new Map(counted(index))).toEqual(
      new Map([
        ['b/k', 2],
        ['i-2', 2],
        ['i-1', 1],
        ['i-9', 1],
        ['mallory', 1],
        ['Mallory', 1],
      ]),
    );
    expect(facet(index, '')).toMatchObject({ distinct: 6, missing: 1 });
    expect(counted(index, 'service:ec2')).toEqual([
      ['i-2', 2],
      ['i-1', 1],
      ['i-9', 1],
    ]);
    expect(listFields(index)).toContainEqual({ name: 'target', label: 'Target', events: 7, distinct: 6 });
    const completer = new Completer(index, new Vocabulary(index), new QuerySets(index, () => index.newSet()));
    const offered = completer.complete({ text: 'target:mal', cursor: 10, limit: 5 });
    expect(offered.map(({ label, count }) => [label, count])).toEqual([
      ['Mallory', 1],
      ['mallory', 1],
    ]);
  });

  it('is the same whichever segment, and whether values are kept as identifiers', () => {
    const records = Array.from({ length: 40 }, (_, at) =>
      at % 3 === 0
        ? call('s3', 'PutObject', { bucketName: `b${String(at % 2)}`, key: `k${String(at)}` })
        : call('iam', 'DeleteUser', { userName: `u${String(at % 5)}` }),
    );
    const alone = indexOfRecords(records);
    const spread = new VisibleIndex();
    const threads = [0, 1].map(() => new TestThread((path) => path === 'requestParameters.key'));
    [records.slice(0, 13), records.slice(13, 14), records.slice(14)].forEach((part, at) => {
      const thread = at % 2;
      const segment = threads[thread]?.segment(part.map((record) => ({ record })));
      if (segment !== undefined) spread.merge(segment, thread);
    });
    expect(cells(spread)).toEqual(cells(alone));
    expect(new Map(counted(spread))).toEqual(new Map(counted(alone)));
    const texts = (index: VisibleIndex, text: string): unknown[] => {
      const reader = new RowReader(index, ['target']);
      return found(index, text).map((row) => reader.read(row)?.cells[0]);
    };
    for (const text of ['target:b1/k3', 'target:b0/*', 'target:u2', 'target:*k*', '-target:*k*', 'target:*']) {
      expect(texts(spread, text)).toEqual(texts(alone, text));
    }
    expect(texts(spread, 'target:b1/k3')).toEqual(['b1/k3']);
  });
});

describe('the target in the words of the sentence', () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1';
  it.each<[Json, string]>([
    [call('iam', 'PutUserPolicy', { userName: 'u', policyName: 'p' }), 'user u (policy p)'],
    [call('iam', 'AttachRolePolicy', { roleName: 'r', policyArn: 'arn:p' }), 'role r (policy arn:p)'],
    [call('iam', 'UpdateAccessKey', { userName: 'u', accessKeyId: 'AKIA1' }), 'user u (access key AKIA1)'],
    [call('sts', 'AssumeRole', { roleArn: 'arn:r', roleSessionName: 's' }), 'role arn:r (session s)'],
    [call('s3', 'GetObject', { bucketName: 'b', key: 'k' }), 'object b/k'],
    [call('s3', 'DeleteBucket', { bucketName: 'b' }), 'bucket b'],
    [call('kms', 'Decrypt', null, { resources: [{ ARN: key }] }), `key ${key}`],
    [call('ec2', 'StopInstances', { instancesSet: { items: [{ instanceId: 'i-1' }] } }), 'instance i-1'],
    [call('ec2', 'AttachVolume', { volumeId: 'v', instanceId: 'i-1' }), 'volume v (instance i-1)'],
    [call('cloudtrail', 'StopLogging', { name: 't' }), 'trail t'],
    [call('rds', 'ModifyDBSnapshotAttribute', { dBSnapshotIdentifier: 's' }), 'DB snapshot s'],
    [call('rolesanywhere', 'DeleteTrustAnchor', { trustAnchorId: 'ta' }), 'trust anchor ta'],
    [call('newservice', 'UpdateThing', { widgetName: 'w' }), 'widget w'],
    [call('newservice', 'TagResource', { resourceArn: 'arn:aws:iam::1:role/r' }), 'role arn:aws:iam::1:role/r'],
  ])('of %j is %s', (record, words) => {
    const { names, beside } = targetSummary(indexOfRecords([record]), 0) ?? { names: [], beside: [] };
    const inWords = (all: typeof names): string => all.map(({ kind, text }) => `${kind} ${text}`).join(', ');
    expect(inWords(names) + (beside.length === 0 ? '' : ` (${inWords(beside)})`)).toBe(words);
  });
});

const recordsIn = (json: string): readonly Json[] =>
  (JSON.parse(json) as { readonly Records: readonly Json[] }).Records;

const hasAnything = (record: Json): boolean =>
  ['requestParameters', 'responseElements', 'resources', 'serviceEventDetails', 'additionalEventData'].some(
    (part) => JSON.stringify(record[part] ?? {}).length > 2,
  );

function withoutTarget(records: readonly Json[]): { readonly writes: number; readonly nameless: readonly unknown[] } {
  const writes = records.filter((record) => record['readOnly'] === false && hasAnything(record));
  const targets = cells(indexOfRecords(writes));
  return {
    writes: writes.length,
    nameless: writes.filter((_, at) => targets[at] === null).map((each) => each['eventName']),
  };
}

describe('write events', () => {
  it('all name a target in the events that AWS documents', async () => {
    const folder = new URL('../../../samples/documented-shapes/', import.meta.url);
    const files = ['amplify.json', 'app-runner.json', 'cloudwatch.json', 'devops-guru.json', 'pinpoint.json'];
    const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
    const records = texts.flatMap(recordsIn);
    const { writes, nameless } = withoutTarget(records);
    expect(writes).toBeGreaterThan(4);
    expect(nameless).toEqual([]);
  });

  it('all name a target in a synthetic archive of some thirty services', () => {
    const records = Array.from(makeArchive({ events: 3000, seed: 3 })).flatMap(({ json }) => recordsIn(json));
    const { writes, nameless } = withoutTarget(records);
    expect(writes).toBeGreaterThan(300);
    expect(nameless).toEqual([]);
  });
});
