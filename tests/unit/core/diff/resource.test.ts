import { describe, expect, it } from 'vitest';
import { namedResource } from '#core/diff/resource';
import { parseTree } from '#core/json/tree';

function resource(record: unknown): unknown {
  const parsed = parseTree(JSON.stringify(record));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return namedResource(parsed.value);
}

const request = (requestParameters: unknown): unknown => resource({ requestParameters });

describe('the resource of a record', () => {
  it('is what its resources are called, before any request parameter', () => {
    expect(
      resource({
        resources: [{ ARN: 'arn:a', type: 'AWS::S3::Object' }, { ARN: 'arn:b' }, { ARN: 'arn:a' }, { accountId: '1' }],
        requestParameters: { bucketName: 'b' },
      }),
    ).toEqual({
      name: 'arn:a, arn:b',
      fields: [
        ['resources.ARN', 'arn:a'],
        ['resources.ARN', 'arn:b'],
      ],
    });
  });

  it.each([
    [{ policyArn: 'p', roleName: 'r' }, 'roleName r', [['requestParameters.roleName', 'r']]],
    [{ groupName: 'web', groupId: 'sg-1' }, 'groupId sg-1', [['requestParameters.groupId', 'sg-1']]],
    [
      { key: 'k', bucketName: 'b' },
      'bucketName b, key k',
      [
        ['requestParameters.bucketName', 'b'],
        ['requestParameters.key', 'k'],
      ],
    ],
    [
      { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } },
      'instanceId i-1, instanceId i-2',
      [
        ['requestParameters.instancesSet.items.instanceId', 'i-1'],
        ['requestParameters.instancesSet.items.instanceId', 'i-2'],
      ],
    ],
  ])('is the most telling request parameter: %j', (parameters, name, fields) => {
    expect(request(parameters)).toEqual({ name, fields });
  });

  /** Calls as the services' API references have them; the policies and keys they mention are not what they change. */
  it.each([
    ['PutBucketPolicy', 'bucketName', { policy: '{}' }],
    ['AttachUserPolicy', 'userName', { policyArn: 'arn:p' }],
    ['AuthorizeSecurityGroupIngress', 'groupId', {}],
    ['CreateSnapshot', 'volumeId', {}],
    ['ModifySnapshotAttribute', 'snapshotId', { attributeType: 'CREATE_VOLUME_PERMISSION' }],
    ['ModifyImageAttribute', 'imageId', {}],
    ['ReplaceRoute', 'routeTableId', {}],
    ['DeleteVpcEndpoints', 'vpcEndpointId', {}],
    ['UpdateFunctionCode', 'functionName', { s3Key: 'k' }],
    ['DeleteDetector', 'detectorId', {}],
    ['ScheduleKeyDeletion', 'keyId', { pendingWindowInDays: 7 }],
    ['GetSecretValue', 'secretId', { versionStage: 'AWSCURRENT' }],
    ['DeleteTable', 'tableName', {}],
    ['ModifyDBInstance', 'dBInstanceIdentifier', { masterUserPassword: '****' }],
    ['ModifyDBSnapshotAttribute', 'dBSnapshotIdentifier', { valuesToAdd: ['all'] }],
    ['UpdateService', 'service', { desiredCount: 0, cluster: 'c' }],
    ['DeleteLogGroup', 'logGroupName', {}],
    ['DeleteAlarms', 'alarmName', {}],
    ['SetQueueAttributes', 'queueUrl', {}],
    ['ChangeResourceRecordSets', 'hostedZoneId', {}],
    ['UpdateDomainConfig', 'domainName', { accessPolicies: '{}' }],
    ['UpdateStack', 'stackName', { capabilities: ['CAPABILITY_IAM'] }],
    ['DeleteSAMLProvider', 'sAMLProviderArn', {}],
    ['AddUserToGroup', 'groupName', {}],
    ['CreateInstanceProfile', 'instanceProfileName', {}],
    ['SetDefaultPolicyVersion', 'policyArn', { versionId: 'v2' }],
    ['CreatePolicy', 'policyName', { policyDocument: '{}' }],
    ['CreateNetworkAclEntry', 'networkAclId', { ruleNumber: '1' }],
    ['ModifyNetworkInterfaceAttribute', 'networkInterfaceId', {}],
    ['DeleteSubnet', 'subnetId', {}],
    ['CreateFlowLogs', 'vpcId', {}],
    ['DeleteInternetGateway', 'internetGatewayId', {}],
    ['ModifyLaunchTemplate', 'launchTemplateId', {}],
    ['ReleaseAddress', 'allocationId', {}],
    ['CreateKeyPair', 'keyName', { keyType: 'rsa' }],
    ['PublishLayerVersion', 'layerName', {}],
    ['DeleteStateMachine', 'stateMachineArn', {}],
    ['DeleteRestApi', 'restApiId', {}],
    ['DeleteApi', 'apiId', {}],
    ['SetRepositoryPolicy', 'repositoryName', { policyText: '{}' }],
    ['StartBuild', 'projectName', {}],
    ['PutConfigRule', 'configRuleName', {}],
    ['DeleteAlias', 'aliasName', {}],
    ['DeleteCertificate', 'certificateArn', {}],
    ['DeleteDBCluster', 'dBClusterIdentifier', { skipFinalSnapshot: true }],
    ['RebootCluster', 'clusterIdentifier', {}],
    ['DeleteNodegroup', 'clusterName', {}],
    ['StopTask', 'cluster', { task: 't' }],
    ['DeregisterTaskDefinition', 'taskDefinition', {}],
    ['UpdateAutoScalingGroup', 'autoScalingGroupName', { minSize: 1 }],
    ['DeleteLoadBalancer', 'loadBalancerArn', {}],
    ['SetTopicAttributes', 'topicArn', {}],
    ['CreateQueue', 'queueName', {}],
    ['DeleteStream', 'streamName', {}],
    ['DeleteDeliveryStream', 'deliveryStreamName', {}],
    ['DeleteStackSet', 'stackSetName', {}],
    ['TagResource', 'resourceArn', {}],
    ['GetResources', 'resourceARN', {}],
    ['DescribeScalableTargets', 'resourceId', {}],
    ['GetPolicy', 'arn', {}],
    ['DeleteFunction', 'id', {}],
    ['DeleteAgent', 'identifier', {}],
    ['AttachVolume', 'instanceId', { device: '/dev/sdf' }],
    ['DeregisterImage', 'imageId', {}],
    ['DeleteRole', 'roleName', {}],
    ['DeleteApplication', 'applicationId', {}],
    ['PutEventSelectors', 'trailName', { eventSelectors: [] }],
    ['StopConfigurationRecorder', 'configurationRecorderName', {}],
    ['AssociateWebACL', 'webACLArn', {}],
    ['DisableSecurityHub', 'hubArn', {}],
    ['LabelParameterVersion', 'parameterName', {}],
    ['DeleteService', 'serviceArn', {}],
    ['UpdateDistribution', 'distributionId', {}],
    ['StopLogging', 'name', {}],
    ['RemoveAccountFromOrganization', 'accountId', {}],
  ])('is what a call of %s changes: its %s', (_, parameter, others) => {
    expect(request({ ...others, [parameter]: 'x-1' })).toMatchObject({
      fields: [[`requestParameters.${parameter}`, 'x-1']],
    });
  });

  it.each([
    null,
    {},
    { maxResults: 5 },
    { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    { roleName: '' },
    ['roleName'],
  ])('is none where nothing names one: %j', (parameters) => {
    expect(request(parameters)).toBeNull();
  });
});
