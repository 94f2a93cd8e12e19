/**
 * Calls whose target is not the most telling request parameter, and what the sentence names beside the target.
 *
 * A line: services | events (`*` stands for any text) | where the target is, in order of precedence | what stands beside it. A place is a kind
 * of thing and paths, several places divided by `;`. A path is a request parameter; `response.`, `details.` (`serviceEventDetails`),
 * `additional.` (`additionalEventData`) and `record.` begin elsewhere. `bucketName/key` is two values as one text. The first line that
 * fits counts; services and, within one, events stand in the order of how often logs have them.
 *
 * Source: the API reference of each service, with parameters as CloudTrail writes them; CloudTrail User Guide, "CloudTrail record contents"
 * and "Non-API events".
 */
export interface TargetPlace {
  /** `security group`; empty where the path says nothing of it. */
  readonly kind: string;
  /** A path of the record; two, joined by `/`, make one text. */
  readonly paths: readonly string[];
}

export interface SpecialCall {
  /** `eventSource` without `.amazonaws.com`. */
  readonly services: readonly string[];
  /** Names or patterns, in lower case. */
  readonly events: readonly string[];
  readonly places: readonly TargetPlace[];
  readonly beside: readonly TargetPlace[];
}

/** Calls on the account as a whole: it is named nowhere in the request. */
const account = 'account: record.recipientAccountId record.userIdentity.accountId';

const table = `
s3 | PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock | ${account}
s3 s3express s3-outposts s3-object-lambda | CopyObject UploadPartCopy | object: bucketName/key; bucket: bucketName | source: x-amz-copy-source
s3 s3express s3-outposts s3-object-lambda | * | object: bucketName/key; bucket: bucketName bucket; access point: name

kms | CreateAlias UpdateAlias DeleteAlias | alias: aliasName | key: targetKeyId
kms | CreateGrant | key: resources.ARN keyId | grantee: granteePrincipal
kms | * | key: resources.ARN keyId response.keyMetadata.arn details.keyId

sts | AssumeRole* | role: roleArn | session: roleSessionName
sts | GetFederationToken | federated user: name

iam | ChangePassword | user: record.userIdentity.userName
iam | *AccessKey* | user: userName response.accessKey.userName; access key: accessKeyId | access key: accessKeyId response.accessKey.accessKeyId
iam | *UserPolicy *UserPolicies *UserPermissionsBoundary | user: userName | policy: policyName policyArn permissionsBoundary
iam | *RolePolicy *RolePolicies *RolePermissionsBoundary | role: roleName | policy: policyName policyArn permissionsBoundary
iam | *GroupPolicy *GroupPolicies | group: groupName | policy: policyName policyArn
iam | AddUserToGroup RemoveUserFromGroup | user: userName | group: groupName
iam | *RoleToInstanceProfile *RoleFromInstanceProfile | instance profile: instanceProfileName | role: roleName
iam | *MFADevice | user: userName; MFA device: serialNumber virtualMFADeviceName response.virtualMFADevice.serialNumber | MFA device: serialNumber
iam | *SSHPublicKey *SigningCertificate *ServiceSpecificCredential | user: userName response.sSHPublicKey.userName | credential: sSHPublicKeyId certificateId serviceSpecificCredentialId
iam | CreatePolicy | policy: response.policy.arn policyName
iam | CreateServiceLinkedRole | role: response.role.roleName; service: aWSServiceName
iam | *OpenIDConnectProvider* | identity provider: openIDConnectProviderArn response.openIDConnectProviderArn url
iam | *AccountPasswordPolicy *AccountAlias GetAccount* GenerateCredentialReport GetCredentialReport | ${account} | alias: accountAlias

ec2 | RunInstances | instance: response.instancesSet.items.instanceId; image: instancesSet.items.imageId imageId | image: instancesSet.items.imageId
ec2 | *SecurityGroup* | security group: groupId response.groupId groupName securityGroupIdSet.items.groupId
ec2 | CreateFlowLogs | flow log: response.flowLogIdSet.item flowLogId.content; : resourceId.content resourceId | on: resourceId.content
ec2 | DeleteFlowLogs | flow log: flowLogId.content flowLogId
ec2 | CreateSnapshots | snapshot: response.snapshotSet.item.snapshotId response.snapshotSet.snapshotId | instance: instanceSpecification.instanceId
ec2 | CreateSnapshot CopySnapshot | snapshot: response.snapshotId sourceSnapshotId; volume: volumeId | volume: volumeId
ec2 | CreateImage CopyImage | image: response.imageId; instance: instanceId; image: sourceImageId | instance: instanceId
ec2 | AttachVolume DetachVolume | volume: volumeId | instance: instanceId
ec2 | *InternetGateway | internet gateway: internetGatewayId response.internetGateway.internetGatewayId | VPC: vpcId
ec2 | AllocateAddress ReleaseAddress AssociateAddress DisassociateAddress | address: allocationId response.allocationId publicIp; association: associationId | instance: instanceId
ec2 | *IamInstanceProfile* | instance: instanceId; association: associationId | instance profile: iamInstanceProfile.name iamInstanceProfile.arn
ec2 | SharedSnapshotVolumeCreated SharedSnapshotCopyInitiated | snapshot: details.snapshotId
ec2 | CreateVpc CreateDefaultVpc | VPC: response.vpc.vpcId; address range: cidrBlock
ec2 | *EbsEncryptionByDefault *EbsDefaultKmsKeyId *SerialConsoleAccess *SnapshotBlockPublicAccess *ImageBlockPublicAccess | ${account}
ec2-instance-connect | * | instance: instanceId | user: instanceOSUser

ssm | SendCommand StartAutomationExecution | instance: instanceIds targets.values; document: documentName | document: documentName
ssm | StartSession | instance: target | document: documentName
ssm | *Parameters | parameter: names
ssm | *ParametersByPath | parameters under: path
ssm | *Parameter *ParameterHistory *ParameterVersion | parameter: name
ssm | *Document *DocumentPermission | document: name | account: accountIdsToAdd accountIdsToRemove

secretsmanager | * | secret: secretId additional.ARN response.aRN response.arn additional.SecretId name

rds | CopyDBSnapshot | DB snapshot: targetDBSnapshotIdentifier sourceDBSnapshotIdentifier | source: sourceDBSnapshotIdentifier
rds | CopyDBClusterSnapshot | DB cluster snapshot: targetDBClusterSnapshotIdentifier sourceDBClusterSnapshotIdentifier | source: sourceDBClusterSnapshotIdentifier
rds | CreateDBSnapshot | DB snapshot: dBSnapshotIdentifier | DB instance: dBInstanceIdentifier
rds | RestoreDBInstance* | DB instance: dBInstanceIdentifier targetDBInstanceIdentifier | from: dBSnapshotIdentifier sourceDBInstanceIdentifier
rds | StartExportTask | : sourceArn; export task: exportTaskIdentifier | bucket: s3BucketName

signin | SwitchRole | role: additional.SwitchTo additional.RedirectTo
signin | ConsoleLogin CheckMfa ExitRole RenewRole PasswordRecoveryRequested PasswordRecoveryCompleted PasswordUpdated EmailUpdated | ${account}

lambda | AddPermission* RemovePermission* | function: functionName | statement: statementId
lambda | * | function: functionName; event source mapping: uUID response.uUID

cloudtrail | *Trail *TrailStatus *Logging | trail: name response.name
cloudtrail | *EventSelectors *InsightSelectors | trail: trailName; event data store: eventDataStore
cloudtrail | *EventDataStore* | event data store: eventDataStore response.eventDataStoreArn name
cloudtrail | *Query *QueryResults | event data store: eventDataStore; query: queryId response.queryId

logs | *SubscriptionFilter *MetricFilter | log group: logGroupName | filter: filterName
logs | CreateExportTask | log group: logGroupName | bucket: destination
logs | *LogStream *LogEvents | log group: logGroupName logGroupIdentifier | log stream: logStreamName
logs | *Query | log group: logGroupName logGroupNames logGroupIdentifiers; query: queryId response.queryId

dynamodb | ExportTableToPointInTime | table: tableArn | bucket: s3Bucket
dynamodb | *Backup | backup: backupArn response.backupDetails.backupArn; table: tableName targetTableName | table: tableName
dynamodb | * | table: tableName tableArn resourceArn resources.ARN

sqs | * | queue: queueUrl response.queueUrl queueName
sns | Subscribe | topic: topicArn | endpoint: endpoint
sns | * | topic: topicArn response.topicArn; subscription: subscriptionArn; : targetArn; topic: name
ses | * | identity: identity emailIdentity emailAddress domain email; template: templateName template.templateName; : source fromEmailAddress configurationSetName

organizations | CreateAccount CreateGovCloudAccount | account: response.createAccountStatus.accountId accountName
organizations | InviteAccountToOrganization | account: target.id
organizations | AttachPolicy DetachPolicy EnablePolicyType DisablePolicyType | : targetId rootId | policy: policyId policyType
organizations | CreatePolicy | policy: response.policy.policySummary.id name
organizations | *AWSServiceAccess | service: servicePrincipal
organizations | CreateOrganization DeleteOrganization LeaveOrganization EnableAllFeatures DescribeOrganization | ${account}
sso | *AccountAssignment | account: targetId | principal: principalId
sso | *PermissionSet* | permission set: permissionSetArn response.permissionSet.permissionSetArn name | policy: managedPolicyArn
sso-directory identitystore | *Member* | group: groupId | user: memberId.userId member.memberId
sso-directory identitystore | *User *Password* | user: userId response.user.userId response.userId userName
sso-directory identitystore | *Group | group: groupId response.group.groupId response.groupId displayName groupName

config | PutConfigurationRecorder | configuration recorder: configurationRecorder.name
config | PutConfigRule | Config rule: configRule.configRuleName
config | *DeliveryChannel | delivery channel: deliveryChannel.name deliveryChannelName
config | PutEvaluations | : evaluations.complianceResourceId; type of resource: evaluations.complianceResourceType
events | *Rule *Targets *TargetsByRule | rule: name rule | event bus: eventBusName
monitoring | *Alarms *AlarmActions | alarm: alarmNames
monitoring | *Dashboard* | dashboard: dashboardName dashboardNames
securityhub macie2 inspector2 guardduty access-analyzer account billing bedrock | EnableSecurityHub DisableSecurityHub EnableMacie DisableMacie Enable Disable PutAlternateContact DeleteAlternateContact PutContactInformation *ModelInvocationLoggingConfiguration | ${account}

ecs | RunTask StartTask | task definition: taskDefinition | cluster: cluster
ecs | *Task ExecuteCommand | task: task | cluster: cluster
ecs | RegisterTaskDefinition | task definition: family
ecs | *Service | service: service serviceName | cluster: cluster
eks | *AccessEntry *AccessPolicy | cluster: clusterName name | principal: principalArn
eks | *Cluster *ClusterConfig *ClusterVersion | cluster: name clusterName
ecr | *Registry* | registry: registryId response.registryId record.recipientAccountId
ecr | * | repository: repositoryName | image: imageTag imageIds.imageTag imageIds.imageDigest imageDigest
cognito-idp | Admin* | user: username; user pool: userPoolId | user pool: userPoolId
cognito-idp | SignUp ConfirmSignUp InitiateAuth RespondToAuthChallenge | user: username; client: clientId | client: clientId
elasticloadbalancing | CreateLoadBalancer | load balancer: response.loadBalancers.loadBalancerArn loadBalancerName name
route53 | ChangeResourceRecordSets | hosted zone: hostedZoneId | record: changeBatch.changes.resourceRecordSet.name
athena | *QueryExecution | work group: workGroup; query: queryExecutionId | query: response.queryExecutionId
apigateway | CreateRestApi | API: response.id createRestApiInput.name
codepipeline | * | pipeline: name pipeline.name pipelineName
servicequotas | * | quota: quotaCode | service: serviceCode
tagging | * | : resourceARNList
devops-guru | UpdateResourceCollection | stack: resourceCollection.cloudFormation.stackNames
`;

const holders: Readonly<Record<string, string>> = {
  response: 'responseElements.',
  details: 'serviceEventDetails.',
  additional: 'additionalEventData.',
  record: '',
};

export const specialCalls: readonly SpecialCall[] = table
  .trim()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [services = '', events = '', places = '', beside = ''] = line.split('|').map((cell) => cell.trim());
    return {
      services: services.split(' '),
      events: events.toLowerCase().split(' '),
      places: placesOf(places),
      beside: placesOf(beside),
    };
  });

function placesOf(cell: string): readonly TargetPlace[] {
  if (cell === '') return [];
  return cell.split(';').flatMap((place) => {
    const [kind = '', paths = ''] = place.split(':').map((part) => part.trim());
    return paths.split(' ').map((path) => ({ kind, paths: path.split('/').map(inRecord) }));
  });
}

function inRecord(path: string): string {
  const dot = path.indexOf('.');
  const holder = holders[path.slice(0, Math.max(0, dot))];
  if (holder !== undefined) return holder + path.slice(dot + 1);
  return path.startsWith('resources.') ? path : `requestParameters.${path}`;
}
