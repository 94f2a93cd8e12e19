/** What a call was made on, as its record names it. */
import type { JsonNode } from '../json/tree';
import { policyCall } from './policy-calls';
import { isRedacted, member } from './shapes';

export interface NamedResource {
  /** For people: the ARN, or `bucketName audit-logs`. */
  readonly name: string;
  /** Field paths and their values: all of them make the resource. */
  readonly fields: readonly (readonly [string, string])[];
}

/**
 * The request parameters that name what a call changes, the most specific first: a role before the policy that is attached to it, a security
 * group's identifier before its name. A parameter that only refers to something (`kmsKeyId` of a bucket) is not one.
 */
const parameters: readonly string[] = [
  ...['bucketName', 'roleName', 'userName', 'groupId', 'groupName', 'instanceProfileName', 'policyArn', 'policyName'],
  ...['instanceId', 'imageId', 'volumeId', 'snapshotId', 'networkAclId', 'routeTableId', 'networkInterfaceId'],
  ...['vpcEndpointId', 'vpcId', 'subnetId', 'internetGatewayId', 'launchTemplateId', 'allocationId', 'keyName'],
  ...[
    'functionName',
    'layerName',
    'stateMachineArn',
    'restApiId',
    'apiId',
    'repositoryName',
    'projectName',
    'applicationId',
  ],
  ...['trailName', 'detectorId', 'configurationRecorderName', 'configRuleName', 'webACLArn', 'hubArn'],
  ...['keyId', 'aliasName', 'secretId', 'certificateArn', 'parameterName'],
  ...['tableName', 'dBInstanceIdentifier', 'dBClusterIdentifier', 'dBSnapshotIdentifier', 'clusterIdentifier'],
  ...['clusterName', 'serviceArn', 'service', 'cluster', 'taskDefinition', 'autoScalingGroupName', 'loadBalancerArn'],
  ...['topicArn', 'queueUrl', 'queueName', 'streamName', 'deliveryStreamName', 'logGroupName', 'alarmName'],
  ...['hostedZoneId', 'distributionId', 'domainName', 'stackName', 'stackSetName', 'sAMLProviderArn', 'accountId'],
  ...['resourceArn', 'resourceARN', 'resourceId', 'arn', 'id', 'identifier', 'name'],
];

/** The resource of a record: its `resources[].ARN`, else the request parameters that name it; null where neither does. */
export function namedResource(record: JsonNode): NamedResource | null {
  const resources = member(record, 'resources');
  const arns = (resources?.kind === 'array' ? resources.children : []).flatMap((each) => text(each, 'ARN') ?? []);
  if (arns.length > 0) {
    const distinct = [...new Set(arns)];
    return { name: distinct.join(', '), fields: distinct.map((arn) => ['resources.ARN', arn] as const) };
  }
  const request = member(record, 'requestParameters');
  if (request?.kind !== 'object') return null;
  const target = policyTarget(record, request);
  if (target !== null) return named(target);
  for (const parameter of parameters) {
    const value = text(request, parameter);
    if (value === null) continue;
    // A bucket's object, where the call was made on one.
    const key = parameter === 'bucketName' ? text(request, 'key') : null;
    const fields = key === null ? [[parameter, value] as const] : [[parameter, value] as const, ['key', key] as const];
    return named(fields);
  }
  // EC2's calls on instances take a set of them.
  const items = member(member(request, 'instancesSet') ?? request, 'items')?.children ?? [];
  const instances = items.flatMap((item) => text(item, 'instanceId') ?? []);
  return instances.length === 0 ? null : named(instances.map((id) => ['instancesSet.items.instanceId', id] as const));
}

/** What names the policy that a call sets, a role having several; null where it sets none, or does not name it. */
function policyTarget(record: JsonNode, request: JsonNode): readonly (readonly [string, string])[] | null {
  const call = policyCall(text(record, 'eventSource') ?? '', text(record, 'eventName') ?? '');
  const fields = (call?.target ?? []).flatMap((path) => {
    const [holder, parameter = '', ...rest] = path.split('.');
    const value = holder === 'requestParameters' && rest.length === 0 ? text(request, parameter) : null;
    return value === null ? [] : [[parameter, value] as const];
  });
  return fields.length > 0 && fields.length === call?.target.length ? fields : null;
}

function named(fields: readonly (readonly [string, string])[]): NamedResource {
  const name = fields.map(([field, value]) => `${field.slice(field.lastIndexOf('.') + 1)} ${value}`).join(', ');
  return { name, fields: fields.map(([field, value]) => [`requestParameters.${field}`, value] as const) };
}

function text(node: JsonNode, key: string): string | null {
  const found = member(node, key);
  return found?.kind === 'string' && found.text !== '' && !isRedacted(found.text) ? found.text : null;
}
