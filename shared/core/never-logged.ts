/**
 * Calls that CloudTrail does not record, or records as data events only, as AWS documents it: a search for one may find nothing, and
 * that says nothing about whether it was made.
 *
 * Only what the named page of docs.aws.amazon.com says belongs here.
 */

export type Logging =
  | 'never' // the page says that it is not logged
  | 'data' // logged as a data event only: where a trail was set up to log those
  | 'unlisted' // not among the calls that the page lists as logged
  | 'once-not'; // logged as of today; an earlier edition of the page says that it was not

export interface PartlyLogged {
  readonly event: string;
  /** As in `eventSource`, without the domain. */
  readonly service: string;
  readonly product: string;
  readonly logging: Logging;
  /** Of docs.aws.amazon.com. */
  readonly page: string;
}

interface Group extends Omit<PartlyLogged, 'event'> {
  readonly events: string;
}

const trailPage = 'awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html';
const pinpointPage = 'pinpoint/latest/developerguide/pinpoint-cloudtrail-actions.html';
const logsPage = 'AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html';

const groups: readonly Group[] = [
  {
    service: 's3',
    product: 'Amazon S3',
    logging: 'data',
    page: 'AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html',
    events:
      'AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject DeleteObjectTagging DeleteObjects ' +
      'GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent HeadObject ' +
      'HeadBucket ListObjectVersions ListObjects ListObjectsV2 ListParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention ' +
      'PutObjectTagging RestoreObject SelectObjectContent UploadPart UploadPartCopy WriteGetObjectResponse',
  },
  {
    service: 'lambda',
    product: 'AWS Lambda',
    logging: 'data',
    page: 'lambda/latest/dg/logging-using-cloudtrail.html',
    events: 'Invoke',
  },
  {
    service: 'dynamodb',
    product: 'Amazon DynamoDB',
    logging: 'data',
    page: 'amazondynamodb/latest/developerguide/logging-using-cloudtrail.html',
    events:
      'BatchExecuteStatement BatchGetItem BatchWriteItem DeleteItem ExecuteStatement ExecuteTransaction GetItem PutItem Query Scan ' +
      'TransactGetItems TransactWriteItems UpdateItem GetRecords GetShardIterator',
  },
  {
    service: 'sqs',
    product: 'Amazon SQS',
    logging: 'data',
    page: 'AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html',
    events:
      'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes GetQueueUrl ' +
      'ListDeadLetterSourceQueues ListQueues ListQueueTags ReceiveMessage SendMessage SendMessageBatch',
  },
  {
    service: 'sns',
    product: 'Amazon SNS',
    logging: 'data',
    page: 'sns/latest/dg/logging-using-cloudtrail.html',
    events: 'Publish PublishBatch',
  },
  {
    service: 'events',
    product: 'Amazon EventBridge',
    logging: 'data',
    page: 'eventbridge/latest/userguide/logging-using-cloudtrail.html',
    events: 'PutEvents PutPartnerEvents',
  },
  {
    service: 'monitoring',
    product: 'Amazon CloudWatch',
    logging: 'data',
    page: 'AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
    events: 'GetMetricData GetMetricStatistics GetMetricWidgetImage ListMetrics PutMetricData',
  },
  {
    service: 'bedrock',
    product: 'Amazon Bedrock',
    logging: 'data',
    page: 'bedrock/latest/userguide/logging-using-cloudtrail.html',
    events:
      'GetAsyncInvoke InvokeAgent InvokeFlow InvokeInlineAgent InvokeModelWithBidirectionalStream RenderPrompt Retrieve ' +
      'RetrieveAndGenerate StartAsyncInvoke',
  },
  {
    service: 'ssm',
    product: 'AWS Systems Manager',
    logging: 'data',
    page: 'systems-manager/latest/userguide/monitoring-cloudtrail-logs.html',
    events: 'CreateControlChannel OpenControlChannel RequestManagedInstanceRoleToken',
  },
  {
    service: 'ses',
    product: 'Amazon SES',
    logging: 'data',
    page: 'ses/latest/dg/logging-using-cloudtrail.html',
    events: 'SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail SendBulkEmail',
  },
  {
    service: 'xray',
    product: 'AWS X-Ray',
    logging: 'data',
    page: 'xray/latest/devguide/xray-api-cloudtrail.html',
    events:
      'PutTraceSegments GetTraceSummaries GetTraceGraph GetServiceGraph BatchGetTraces GetTimeSeriesServiceStatistics ' +
      'PutTelemetryRecords GetSamplingTargets',
  },
  {
    service: 'ebs',
    product: 'the Amazon EBS direct APIs',
    logging: 'data',
    page: trailPage,
    events: 'PutSnapshotBlock GetSnapshotBlock ListChangedBlocks',
  },
  {
    service: 'kinesisvideo',
    product: 'Amazon Kinesis Video Streams',
    logging: 'data',
    page: trailPage,
    events: 'GetMedia PutMedia',
  },
  {
    service: 'sagemaker',
    product: 'Amazon SageMaker AI',
    logging: 'data',
    page: trailPage,
    events: 'InvokeEndpointWithResponseStream',
  },
  {
    service: 'sagemaker',
    product: 'Amazon SageMaker AI',
    logging: 'once-not',
    page: 'sagemaker/latest/dg/logging-using-cloudtrail.html',
    events: 'InvokeEndpoint InvokeEndpointAsync',
  },
  {
    service: 'cloudtrail-data',
    product: 'CloudTrail Lake channels',
    logging: 'data',
    page: trailPage,
    events: 'PutAuditEvents',
  },
  {
    service: 'firehose',
    product: 'Amazon Data Firehose',
    logging: 'unlisted',
    page: 'firehose/latest/dev/monitoring-using-cloudtrail.html',
    events: 'PutRecord PutRecordBatch',
  },
  { service: 'logs', product: 'CloudWatch Logs', logging: 'unlisted', page: logsPage, events: 'PutLogEvents' },
  {
    service: 'logs',
    product: 'CloudWatch Logs',
    logging: 'once-not',
    page: logsPage,
    events: 'FilterLogEvents GetLogEvents',
  },
  {
    service: 'pinpoint',
    product: 'Amazon Pinpoint',
    logging: 'once-not',
    page: pinpointPage,
    events: 'GetEndpoint PutEvents SendMessages SendUsersMessages UpdateEndpoint UpdateEndpointsBatch',
  },
  {
    service: 'sms-voice',
    product: 'the Amazon Pinpoint SMS and Voice API',
    logging: 'never',
    page: 'pinpoint/latest/developerguide/pinpoint-sms-voice-cloudtrail-actions.html',
    events: 'SendVoiceMessage',
  },
];

/** Every call of the list, one entry per service that has one of that name. */
export const partlyLoggedCalls: readonly PartlyLogged[] = groups.flatMap(({ events, ...group }) =>
  events.split(' ').map((event) => ({ event, ...group })),
);

const byName = new Map<string, PartlyLogged[]>();
for (const call of partlyLoggedCalls) {
  const name = call.event.toLowerCase();
  byName.set(name, [...(byName.get(name) ?? []), call]);
}

/** The calls of this name, in any case, that CloudTrail may not have recorded; several where several services have one. */
export function partlyLogged(name: string): readonly PartlyLogged[] {
  return byName.get(name.trim().toLowerCase()) ?? [];
}
