/**
 * The calls that set or delete a policy, and where in their requests they name its target and show its text.
 *
 * Source: the API reference of each service, with the parameters as CloudTrail writes them. Not here are calls that change a part of a
 * policy and do not show the rest (`AddPermission`, `RemovePermission`), and those that only name a policy (`AttachRolePolicy`,
 * `SetDefaultPolicyVersion`).
 */

export interface PolicyCall {
  /** `eventSource` without `.amazonaws.com`. */
  readonly service: string;
  readonly event: string;
  /** What the policy is. Policies of two calls can be compared only where this is the same. */
  readonly policy: string;
  /** Paths in the record that, together, name the one thing the policy belongs to. */
  readonly target: readonly string[];
  /** Where the request has the policy; null: the call deletes it. */
  readonly path: readonly string[] | null;
  /** A parameter that must have this value, or the call does not set the policy in force. */
  readonly only: { readonly path: string; readonly value: string } | null;
}

/** For sessions: the request may have no policy; the session is then limited by its role alone. */
export const sessionPolicy = 'session policy';

const request = 'requestParameters.';

/** Service; policy; target; then each call with the path of the policy, `-` where it deletes, and `parameter=value` where that decides. */
const table = `
iam | trust policy of the role | roleName | CreateRole assumeRolePolicyDocument | UpdateAssumeRolePolicy policyDocument
iam | inline policy of the role | roleName policyName | PutRolePolicy policyDocument | DeleteRolePolicy -
iam | inline policy of the user | userName policyName | PutUserPolicy policyDocument | DeleteUserPolicy -
iam | inline policy of the group | groupName policyName | PutGroupPolicy policyDocument | DeleteGroupPolicy -
iam | managed policy | policyArn | CreatePolicyVersion policyDocument setAsDefault=true | DeletePolicy -
iam | managed policy | responseElements.policy.arn | CreatePolicy policyDocument
sts | ${sessionPolicy} | roleArn | AssumeRole policy | AssumeRoleWithSAML policy | AssumeRoleWithWebIdentity policy
organizations | policy of the organization | policyId | UpdatePolicy content | DeletePolicy -
sso | inline policy of the permission set | permissionSetArn | PutInlinePolicyToPermissionSet inlinePolicy | DeleteInlinePolicyFromPermissionSet -
s3 | bucket policy | bucketName | PutBucketPolicy bucketPolicy | DeleteBucketPolicy -
kms | key policy | keyId | PutKeyPolicy policy
kms | key policy | responseElements.keyMetadata.keyId | CreateKey policy
sqs | queue policy | queueUrl | SetQueueAttributes attributes.Policy
sqs | queue policy | responseElements.queueUrl | CreateQueue attributes.Policy
sns | topic policy | topicArn | SetTopicAttributes attributeValue attributeName=Policy
sns | topic policy | responseElements.topicArn | CreateTopic attributes.Policy
ecr | repository policy | repositoryName | SetRepositoryPolicy policyText | DeleteRepositoryPolicy -
ecr | registry policy | | PutRegistryPolicy policyText | DeleteRegistryPolicy -
secretsmanager | policy of the secret | secretId | PutResourcePolicy resourcePolicy | DeleteResourcePolicy -
logs | resource policy | policyName | PutResourcePolicy policyDocument | DeleteResourcePolicy -
logs | destination policy | destinationName | PutDestinationPolicy accessPolicy
dynamodb | resource policy | resourceArn | PutResourcePolicy policy | DeleteResourcePolicy -
kinesis | resource policy | resourceARN | PutResourcePolicy policy | DeleteResourcePolicy -
codebuild | resource policy | resourceArn | PutResourcePolicy policy | DeleteResourcePolicy -
elasticfilesystem | file system policy | fileSystemId | PutFileSystemPolicy policy | DeleteFileSystemPolicy -
backup | policy of the backup vault | backupVaultName | PutBackupVaultAccessPolicy policy | DeleteBackupVaultAccessPolicy -
codeartifact | policy of the domain | domain | PutDomainPermissionsPolicy policyDocument | DeleteDomainPermissionsPolicy -
codeartifact | policy of the repository | domain repository | PutRepositoryPermissionsPolicy policyDocument | DeleteRepositoryPermissionsPolicy -
`;

const policyCalls: readonly PolicyCall[] = table.trim().split('\n').flatMap(callsOf);

function callsOf(line: string): readonly PolicyCall[] {
  const [service = '', policy = '', target = '', ...calls] = line.split('|').map((cell) => cell.trim());
  return calls.map((call) => {
    const [event = '', path = '-', only] = call.split(' ');
    const [name = '', value = ''] = only?.split('=') ?? [];
    return {
      service,
      event,
      policy,
      target: target === '' ? [] : target.split(' ').map(inRecord),
      path: path === '-' ? null : path.split('.'),
      only: only === undefined ? null : { path: inRecord(name), value },
    };
  });
}

function inRecord(path: string): string {
  return path.startsWith('responseElements.') ? path : `${request}${path}`;
}

const byName = new Map(policyCalls.map((call) => [`${call.service} ${call.event}`, call]));

/** The call of this name and source (`iam.amazonaws.com`) in the list; null where it sets and deletes no policy. */
export function policyCall(eventSource: string, eventName: string): PolicyCall | null {
  return byName.get(`${eventSource.replace(/\.amazonaws\.com$/, '')} ${eventName}`) ?? null;
}

/** Global services: the Region of a call says nothing about its target. */
const globalServices: ReadonlySet<string> = new Set(['iam', 'sts', 's3', 'organizations']);

/** Whether the same name in another Region means another target. */
export function isRegional({ service }: PolicyCall): boolean {
  return !globalServices.has(service);
}
