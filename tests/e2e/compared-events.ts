/** Events worth comparing: each call as AWS writes it, a little different from the one before. */
import { event, type LogRecord } from './archives';

const reader = 'arn:aws:iam::111122223333:role/Reader';

function bucketPolicy(bucket: string, principal: unknown, action: unknown): LogRecord {
  const resource = `arn:aws:s3:::${bucket}/*`;
  return {
    bucketName: bucket,
    Host: `${bucket}.s3.eu-central-1.amazonaws.com`,
    policy: '',
    bucketPolicy: {
      Version: '2012-10-17',
      Id: 'access',
      Statement: [
        {
          Sid: 'Owner',
          Effect: 'Allow',
          // Another account than the reader's, whose statements say nothing of the reader.
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Action: 's3:*',
          Resource: resource,
        },
        { Sid: 'Read', Effect: 'Allow', Principal: principal, Action: action, Resource: resource },
      ],
    },
  };
}

function ingress(...ranges: readonly string[]): LogRecord {
  return {
    groupId: 'sg-0a1b2c3d4e5f67890',
    ipPermissions: {
      items: [
        {
          ipProtocol: 'tcp',
          fromPort: 22,
          toPort: 22,
          groups: {},
          ipRanges: { items: ranges.map((cidrIp) => ({ cidrIp })) },
          ipv6Ranges: {},
          prefixListIds: {},
        },
      ],
    },
  };
}

let lastId = 0;

function call(eventSource: string, eventName: string, minute: number, over: LogRecord): LogRecord {
  lastId++;
  const id = String(lastId).padStart(12, '0');
  return event({
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    eventTime: `2024-05-06T07:${String(minute).padStart(2, '0')}:00Z`,
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventID: `bbbbbbbb-0000-4000-8000-${id}`,
    requestID: `REQUEST${id}`,
    ...over,
  });
}

const putPolicy = (
  minute: number,
  bucket: string,
  principal: unknown,
  action: unknown,
  over: LogRecord = {},
): LogRecord =>
  call('s3', 'PutBucketPolicy', minute, { requestParameters: bucketPolicy(bucket, principal, action), ...over });

const secret = 'HIDDEN_DUE_TO_SECURITY_REASONS';

const service = (cpu: string): LogRecord => ({
  serviceName: 'hello',
  instanceConfiguration: { cpu, memory: '2048' },
  sourceConfiguration: { codeConfigurationValues: { runtime: 'nodejs18', startCommand: secret } },
});

/** In the order of their times, one a minute. */
export const comparedEvents: readonly LogRecord[] = [
  putPolicy(0, 'ledger', { AWS: reader }, 's3:GetObject'),
  putPolicy(1, 'ledger', { AWS: reader }, ['s3:GetObject', 's3:ListBucket']),
  putPolicy(2, 'backups', { AWS: reader }, 's3:GetObject'),
  putPolicy(3, 'ledger', '*', ['s3:GetObject', 's3:ListBucket'], { sourceIPAddress: '203.0.113.66' }),
  call('ec2', 'AuthorizeSecurityGroupIngress', 4, {
    requestParameters: ingress('10.0.0.0/8', '192.0.2.0/24'),
    responseElements: null,
    errorCode: 'Client.DryRunOperation',
  }),
  call('ec2', 'AuthorizeSecurityGroupIngress', 5, {
    requestParameters: ingress('0.0.0.0/0', '192.0.2.0/24', '10.0.0.0/8'),
    responseElements: { _return: true, groupId: 'sg-0a1b2c3d4e5f67890' },
  }),
  call('apprunner', 'UpdateService', 6, { requestParameters: service('1024') }),
  call('apprunner', 'UpdateService', 7, {
    requestParameters: service('2048'),
    responseElements: { omitted: true, reason: 'responseElements too large', originalSize: 123_456 },
  }),
  call('iam', 'DeleteTrail', 8, { requestParameters: { name: 'audit' } }),
];

/** The places of the events in {@link comparedEvents}. */
export const at = {
  ledgerFirst: 0,
  ledgerSecond: 1,
  backups: 2,
  ledgerThird: 3,
  ingressFirst: 4,
  ingressSecond: 5,
  serviceFirst: 6,
  serviceSecond: 7,
  alone: 8,
} as const;

/** Two calls with five thousand elements each, every one of them different. */
export const largeEvents: readonly LogRecord[] = [0, 1].map((copy) =>
  call('kinesis', 'PutRecords', 20 + copy, {
    requestParameters: {
      streamName: 'clicks',
      records: Array.from({ length: 5_000 }, (_, index) => ({ id: `r-${index}`, data: `${copy}-${index}` })),
    },
  }),
);
