/** Keys, secrets, parameters, databases and queues. */
import type { EventKind, Scene } from './kinds';
import type { Call, CallError, Json } from './record';
import { applications } from './world';

const missing: CallError = { code: 'ResourceNotFoundException', message: 'Requested resource not found' };
const throttled: CallError = { code: 'ThrottlingException', message: 'Rate exceeded' };

function kms(name: string, request: (scene: Scene, keyArn: string) => Json) {
  return (scene: Scene): Call => {
    const { place, random } = scene;
    const keyArn = place.keyArn(random.skewed(20));
    return {
      service: 'kms',
      name,
      readOnly: true,
      request: request(scene, keyArn),
      resources: [{ accountId: place.account.id, type: 'AWS::KMS::Key', ARN: keyArn }],
      error: random.chance(0.01) ? throttled : undefined,
    };
  };
}

function tableCall(name: string, readOnly: boolean) {
  return (scene: Scene): Call => {
    const { place, random } = scene;
    const tableName = place.table(random.skewed(48));
    return {
      service: 'dynamodb',
      name,
      readOnly,
      request: { tableName, key: { id: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, returnConsumedCapacity: 'TOTAL' },
      resources: [
        { accountId: place.account.id, type: 'AWS::DynamoDB::Table', ARN: place.arn('dynamodb', `table/${tableName}`) },
      ],
      apiVersion: '2012-08-10',
      isData: true,
      requestId: random.upper(52),
      error: random.chance(0.02)
        ? { code: 'ConditionalCheckFailedException', message: 'The conditional request failed' }
        : undefined,
    };
  };
}

export const dataKinds: readonly EventKind[] = [
  {
    weight: 60,
    callers: ['instance', 'function', 'service', 'service', 'machine'],
    make: kms('Decrypt', ({ place, random }) => ({
      encryptionContext: {
        PARAMETER_ARN: place.arn('ssm', `parameter/${random.pick(applications)}/database-url`),
      },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    })),
  },
  {
    weight: 30,
    callers: ['service', 'service', 'instance'],
    make: kms('GenerateDataKey', ({ place, random }, keyArn) => ({
      keySpec: 'AES_256',
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${place.bucket(random.skewed(36))}` },
      keyId: keyArn,
    })),
  },
  { weight: 5, callers: ['scanner', 'pipeline'], make: kms('DescribeKey', (_scene, keyArn) => ({ keyId: keyArn })) },
  { weight: 3, callers: ['scanner'], make: kms('GetKeyRotationStatus', (_scene, keyArn) => ({ keyId: keyArn })) },
  {
    weight: 22,
    callers: ['instance', 'function', 'person'],
    make: ({ place, random }) => ({
      service: 'secretsmanager',
      name: 'GetSecretValue',
      readOnly: true,
      request: { secretId: place.secretArn(random.skewed(12)), versionStage: 'AWSCURRENT' },
      error: random.chance(0.03)
        ? { code: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." }
        : undefined,
    }),
  },
  {
    weight: 4,
    callers: ['scanner', 'console'],
    make: ({ place, random }) => ({
      service: 'secretsmanager',
      name: 'DescribeSecret',
      readOnly: true,
      request: { secretId: place.secretArn(random.skewed(12)) },
    }),
  },
  {
    weight: 24,
    callers: ['instance', 'function', 'pipeline'],
    make: ({ random }) => ({
      service: 'ssm',
      name: 'GetParameter',
      readOnly: true,
      request: { name: `/${random.pick(applications)}/database-url`, withDecryption: true },
      error: random.chance(0.03) ? { code: 'ParameterNotFound', message: 'Parameter not found' } : undefined,
    }),
  },
  {
    weight: 10,
    callers: ['instance'],
    make: ({ place, random }) => ({
      service: 'ssm',
      name: 'UpdateInstanceInformation',
      readOnly: false,
      request: {
        instanceId: place.instanceId(random.skewed(60)),
        agentVersion: '3.2.2303.0',
        agentStatus: 'Active',
        platformType: 'Linux',
        platformName: 'Amazon Linux',
        platformVersion: '2023',
        iPAddress: place.instanceAddress(random.skewed(60)),
        computerName: 'ip-10-20-0-12.ec2.internal',
        agentName: 'amazon-ssm-agent',
      },
    }),
  },
  { weight: 30, callers: ['function', 'instance'], make: tableCall('GetItem', true) },
  { weight: 18, callers: ['function', 'instance'], make: tableCall('PutItem', false) },
  { weight: 12, callers: ['function', 'instance'], make: tableCall('Query', true) },
  {
    weight: 8,
    callers: ['scanner', 'pipeline', 'console'],
    make: ({ place, random }) => ({
      service: 'dynamodb',
      name: 'DescribeTable',
      readOnly: true,
      request: { tableName: place.table(random.skewed(48)) },
      apiVersion: '2012-08-10',
      error: random.chance(0.04) ? missing : undefined,
    }),
  },
  {
    weight: 12,
    callers: ['scanner', 'console', 'service'],
    make: ({ random }) => ({
      service: 'rds',
      name: 'DescribeDBInstances',
      readOnly: true,
      request: { dBInstanceIdentifier: `${random.pick(applications)}-db`, maxRecords: 100 },
      error: random.chance(0.02) ? { code: 'DBInstanceNotFound', message: 'DBInstance not found.' } : undefined,
    }),
  },
  {
    weight: 0.4,
    callers: ['service', 'pipeline'],
    make: ({ place, random, timeMs }) => {
      const name = `${random.pick(applications)}-db`;
      const snapshot = `${name}-${new Date(timeMs).toISOString().slice(0, 16).replaceAll(':', '-')}`;
      return {
        service: 'rds',
        name: 'CreateDBSnapshot',
        readOnly: false,
        request: { dBInstanceIdentifier: name, dBSnapshotIdentifier: snapshot },
        response: {
          dBSnapshotIdentifier: snapshot,
          dBInstanceIdentifier: name,
          engine: 'postgres',
          allocatedStorage: 100,
          status: 'creating',
          port: 5432,
          encrypted: true,
          kmsKeyId: place.keyArn(0),
        },
      };
    },
  },
  {
    weight: 7,
    callers: ['instance', 'pipeline', 'scanner'],
    make: ({ place, random }) => ({
      service: 'sqs',
      name: 'GetQueueAttributes',
      readOnly: true,
      request: {
        queueUrl: `https://sqs.${place.region}.amazonaws.com/${place.account.id}/${random.pick(applications)}-jobs`,
        attributeNames: ['ApproximateNumberOfMessages'],
      },
    }),
  },
  {
    weight: 4,
    callers: ['scanner', 'pipeline', 'console'],
    make: ({ place, random }) => ({
      service: 'sns',
      name: 'GetTopicAttributes',
      readOnly: true,
      request: { topicArn: place.arn('sns', `${random.pick(applications)}-alerts`) },
    }),
  },
];
