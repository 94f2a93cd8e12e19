/**
 * The request parameters that name what a call acts upon, the most specific first, with the kind of thing in words. One list for the field
 * `target` and for "the same call on the same resource".
 *
 * A role stands before the policy that is attached to it, a security group's identifier before its name, an instance before its image.
 * A parameter that only refers to something (`kmsKeyId` of a bucket) is not one. Names are as CloudTrail writes them, compared in any case.
 * Source: the API reference of each service.
 */

/** A parameter, then the kind; no kind where the name says nothing of it. */
const table = `
bucketName bucket | bucket bucket | roleName role | userName user | groupId group | groupName group
instanceProfileName instance profile | policyArn policy | policyName policy
instanceId instance | instancesSet.items.instanceId instance | instanceIds instance | imageId image | volumeId volume | snapshotId snapshot
networkAclId network ACL | routeTableId route table | networkInterfaceId network interface
vpcEndpointId VPC endpoint | vpcId VPC | subnetId subnet | internetGatewayId internet gateway | natGatewayId NAT gateway
launchTemplateId launch template | launchTemplateName launch template | allocationId address | keyName key pair
functionName function | stateMachineArn state machine | restApiId API | apiId API
repositoryName repository | projectName project | applicationId application | fileSystemId file system
trailName trail | detectorId detector | configurationRecorderName configuration recorder | configRuleName Config rule
webACLArn web ACL | hubArn hub
keyId key | aliasName alias | secretId secret | certificateArn certificate | parameterName parameter
tableName table | dBInstanceIdentifier DB instance | dBClusterIdentifier DB cluster | dBSnapshotIdentifier DB snapshot
clusterIdentifier cluster | clusterName cluster | serviceArn service | service service | cluster cluster
taskDefinition task definition | autoScalingGroupName Auto Scaling group
loadBalancerArn load balancer | targetGroupArn target group | listenerArn listener | loadBalancerName load balancer
topicArn topic | queueUrl queue | queueName queue | streamName stream | streamARN stream | deliveryStreamName delivery stream
logGroupName log group | logGroupIdentifier log group | alarmName alarm | alarmNames alarm
hostedZoneId hosted zone | distributionId distribution | domainName domain | stackName stack | stackSetName stack set
sAMLProviderArn SAML provider | backupVaultName backup vault | userPoolId user pool | accountId account
resourcesSet.items.resourceId | resourceArn | resourceARN | resourceArnList | resourceARNList | resourceIdList | resourceName | resourceId
arn | id | identifier | name | resource
`;

export interface TargetParameter {
  /** The path beneath `requestParameters`. */
  readonly path: string;
  /** `role`; empty where the parameter says nothing of it. */
  readonly kind: string;
}

export const targetParameters: readonly TargetParameter[] = table
  .trim()
  .split(/[|\n]/)
  .map((cell) => {
    const [path = '', ...kind] = cell.trim().split(' ');
    return { path, kind: kind.join(' ') };
  });
