/** Logs, metrics, trails, configuration and the rest that keeps an account running. */
import type { CallerKind } from './callers';
import type { EventKind, Scene } from './kinds';
import type { CallError, Json } from './record';
import { applications } from './world';

const throttled: CallError = { code: 'ThrottlingException', message: 'Rate exceeded' };

function simple(
  service: string,
  name: string,
  weight: number,
  callers: readonly CallerKind[],
  readOnly: boolean,
  request: (scene: Scene) => Json,
): EventKind {
  return {
    weight,
    callers,
    make: (scene) => ({
      service,
      name,
      readOnly,
      request: request(scene),
      error: scene.random.chance(0.015) ? throttled : undefined,
    }),
  };
}

const logGroup = ({ place, random }: Scene): string => `/aws/lambda/${place.functionName(random.skewed(40))}`;

export const operationsKinds: readonly EventKind[] = [
  simple('logs', 'CreateLogStream', 26, ['function'], false, (scene) => ({
    logGroupName: logGroup(scene),
    logStreamName: `${new Date(scene.timeMs).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${scene.random.hex(32)}`,
  })),
  simple('logs', 'DescribeLogGroups', 9, ['scanner', 'pipeline', 'console'], true, (scene) => ({
    logGroupNamePrefix: logGroup(scene),
    limit: 50,
  })),
  simple('logs', 'FilterLogEvents', 5, ['console', 'person'], true, (scene) => ({
    logGroupName: logGroup(scene),
    filterPattern: scene.random.pick(['ERROR', '"timed out"', '{ $.level = "error" }']),
    startTime: scene.timeMs - 3_600_000,
    limit: 100,
  })),
  simple('monitoring', 'DescribeAlarms', 16, ['service', 'scanner', 'console'], true, ({ random }) => ({
    alarmNames: [`${random.pick(applications)}-5xx`],
    maxRecords: 100,
  })),
  simple('monitoring', 'PutMetricAlarm', 1.5, ['service', 'pipeline'], false, ({ random }) => ({
    alarmName: `${random.pick(applications)}-cpu`,
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 50 + random.below(9) * 5,
    period: 60,
    evaluationPeriods: 3,
    statistic: 'Average',
  })),
  simple('cloudtrail', 'DescribeTrails', 4, ['scanner', 'console'], true, () => ({
    trailNameList: [],
    includeShadowTrails: true,
  })),
  simple('cloudtrail', 'GetTrailStatus', 4, ['scanner', 'console'], true, ({ place }) => ({
    name: `arn:aws:cloudtrail:us-east-1:${place.account.id}:trail/example-trail`,
  })),
  simple('cloudtrail', 'LookupEvents', 2, ['console', 'person'], true, ({ random }) => ({
    lookupAttributes: [{ attributeKey: 'EventName', attributeValue: random.pick(['ConsoleLogin', 'RunInstances']) }],
    maxResults: 50,
  })),
  simple('config', 'PutEvaluations', 6, ['function', 'service'], false, ({ random }) => ({
    testMode: false,
    evaluations: [
      {
        complianceResourceType: random.pick(['AWS::S3::Bucket', 'AWS::EC2::SecurityGroup', 'AWS::IAM::User']),
        complianceType: random.chance(0.9) ? 'COMPLIANT' : 'NON_COMPLIANT',
      },
    ],
  })),
  simple('config', 'DescribeConfigRules', 4, ['scanner'], true, () => ({ configRuleNames: [] })),
  simple('cloudformation', 'DescribeStacks', 12, ['pipeline', 'console', 'scanner'], true, ({ random }) => ({
    stackName: `${random.pick(applications)}-stack`,
  })),
  simple('cloudformation', 'DescribeStackEvents', 6, ['pipeline', 'console'], true, ({ place, random }) => ({
    stackName: place.arn(
      'cloudformation',
      `stack/${random.pick(applications)}-stack/0a1b2c3d-0000-4000-8000-000000000000`,
    ),
  })),
  simple('health', 'DescribeEventAggregates', 6, ['console'], true, () => ({
    aggregateField: 'eventTypeCategory',
    filter: { eventStatusCodes: ['open', 'upcoming'] },
  })),
  simple('tagging', 'GetResources', 6, ['scanner', 'machine'], true, ({ random }) => ({
    tagFilters: [{ key: 'application', values: [random.pick(applications)] }],
    resourcesPerPage: 100,
  })),
  simple('guardduty', 'ListFindings', 3, ['scanner', 'console'], true, () => ({
    detectorId: '12abc34d567e8fa901bc2d34e56789f0',
    maxResults: 50,
  })),
  {
    ...simple('route53', 'ListResourceRecordSets', 5, ['scanner', 'pipeline'], true, ({ random }) => ({
      hostedZoneId: `Z0EXAMPLE${random.below(6)}`,
      maxItems: '100',
    })),
    isGlobal: true,
  },
  {
    ...simple('cloudfront', 'CreateInvalidation', 0.8, ['pipeline'], false, ({ random }) => ({
      distributionId: `E0EXAMPLE${random.below(6)}`,
      invalidationBatch: { callerReference: random.hex(12), paths: { quantity: 1, items: ['/*'] } },
    })),
    isGlobal: true,
  },
  simple('glue', 'GetTable', 8, ['instance', 'machine', 'person'], true, ({ random }) => ({
    databaseName: 'datalake',
    name: `${random.pick(applications)}_events`,
  })),
  simple('athena', 'StartQueryExecution', 2, ['person', 'console', 'machine'], false, ({ random }) => ({
    queryString: `SELECT day, count(*) FROM ${random.pick(applications)}_events WHERE day >= '2024-03-0${1 + random.below(9)}' GROUP BY day`,
    workGroup: 'primary',
    clientRequestToken: random.uuid(),
  })),
  simple('backup', 'ListRecoveryPointsByBackupVault', 2, ['scanner', 'machine'], true, () => ({
    backupVaultName: 'Default',
  })),
];
