/** EC2, Lambda, containers and scaling. */
import type { CallerKind } from './callers';
import type { EventKind, Scene } from './kinds';
import type { Call, CallError, Json, JsonObject } from './record';
import { at } from './random';
import { applications } from './world';

const ec2Version = '2016-11-15';
const instanceTypes = ['t3.medium', 'm6i.large', 'm6i.xlarge', 'c6i.2xlarge', 'r6g.large', 't4g.small'];

const limitExceeded: CallError = { code: 'Client.RequestLimitExceeded', message: 'Request limit exceeded.' };

/** An EC2 query: a list of filters or ids, no answer kept. */
function describe(
  name: string,
  weight: number,
  callers: readonly CallerKind[],
  request: (scene: Scene) => JsonObject,
): EventKind {
  return {
    weight,
    callers,
    make: (scene) => ({
      service: 'ec2',
      name,
      readOnly: true,
      request: request(scene),
      error: scene.random.chance(0.015) ? limitExceeded : undefined,
    }),
  };
}

const byId =
  (set: string, member: string, prefix: string, count: number) =>
  (scene: Scene): JsonObject => ({
    [set]: { items: [{ [member]: scene.place.resourceId(prefix, scene.random.skewed(count)) }] },
    filterSet: {},
  });

const byTag = (scene: Scene): JsonObject => ({
  maxResults: 1000,
  instancesSet: {},
  filterSet: {
    items: [
      { name: 'tag:application', valueSet: { items: [{ value: scene.random.pick(applications) }] } },
      { name: 'instance-state-name', valueSet: { items: [{ value: 'running' }] } },
    ],
  },
});

/** A started instance, as EC2 answers. */
export function launchAnswer({ place, random, timeMs }: Scene, instanceType: string, imageId: string): JsonObject {
  const index = random.below(100_000);
  const subnet = random.below(6);
  return {
    requestId: random.uuid(),
    reservationId: `r-0${random.hex(16)}`,
    ownerId: place.account.id,
    groupSet: {},
    instancesSet: {
      items: [
        {
          instanceId: `i-0${random.hex(16)}`,
          imageId,
          instanceState: { code: 0, name: 'pending' },
          privateDnsName: `ip-10-20-${subnet}-${index % 250}.ec2.internal`,
          amiLaunchIndex: 0,
          instanceType,
          launchTime: timeMs,
          placement: { availabilityZone: `${place.region}${'abc'.charAt(subnet % 3)}`, tenancy: 'default' },
          monitoring: { state: 'disabled' },
          subnetId: place.resourceId('subnet', subnet),
          vpcId: place.resourceId('vpc', 0),
          privateIpAddress: `10.20.${subnet}.${index % 250}`,
          stateReason: { code: 'pending', message: 'pending' },
          architecture: 'x86_64',
          rootDeviceType: 'ebs',
          ebsOptimized: true,
        },
      ],
    },
  };
}

function runInstances(scene: Scene): Call {
  const { place, random } = scene;
  const imageId = `ami-0${place.resourceId('ami', random.below(4)).slice(5)}`;
  const instanceType = random.pick(instanceTypes);
  return {
    service: 'ec2',
    name: 'RunInstances',
    readOnly: false,
    request: {
      instancesSet: { items: [{ imageId, minCount: 1, maxCount: 1 }] },
      instanceType,
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
      subnetId: place.resourceId('subnet', random.below(6)),
      clientToken: random.uuid(),
      launchTemplate: {
        launchTemplateId: place.resourceId('lt', random.below(12)),
        version: String(1 + random.below(20)),
      },
      tagSpecificationSet: {
        items: [{ resourceType: 'instance', tags: [{ key: 'application', value: random.pick(applications) }] }],
      },
    },
    response: launchAnswer(scene, instanceType, imageId),
  };
}

function terminateInstances({ random }: Scene): Call {
  const instanceId = `i-0${random.hex(16)}`;
  return {
    service: 'ec2',
    name: 'TerminateInstances',
    readOnly: false,
    request: { instancesSet: { items: [{ instanceId }] } },
    response: {
      requestId: random.uuid(),
      instancesSet: {
        items: [
          {
            instanceId,
            currentState: { code: 32, name: 'shutting-down' },
            previousState: { code: 16, name: 'running' },
          },
        ],
      },
    },
    error: random.chance(0.06)
      ? { code: 'Client.InvalidInstanceID.NotFound', message: `The instance ID '${instanceId}' does not exist` }
      : undefined,
  };
}

function simple(
  service: string,
  name: string,
  weight: number,
  callers: readonly CallerKind[],
  readOnly: boolean,
  request: (scene: Scene) => Json,
): EventKind {
  return { weight, callers, make: (scene) => ({ service, name, readOnly, request: request(scene) }) };
}

const cluster = (scene: Scene): string =>
  `${scene.place.account.name}-${at(['web', 'batch', 'internal'], scene.random.skewed(3))}`;

export const computeKinds: readonly EventKind[] = [
  describe('DescribeInstances', 40, ['scanner', 'instance', 'console', 'person', 'pipeline', 'service'], byTag),
  describe('DescribeInstanceStatus', 14, ['service', 'scanner'], (scene) => ({
    instancesSet: { items: [{ instanceId: scene.place.instanceId(scene.random.skewed(60)) }] },
    filterSet: {},
    includeAllInstances: true,
  })),
  describe(
    'DescribeSecurityGroups',
    18,
    ['scanner', 'pipeline', 'console'],
    byId('securityGroupIdSet', 'groupId', 'sg', 40),
  ),
  describe(
    'DescribeNetworkInterfaces',
    16,
    ['service', 'scanner'],
    byId('networkInterfaceIdSet', 'networkInterfaceId', 'eni', 400),
  ),
  describe('DescribeVolumes', 12, ['scanner', 'console', 'service'], byId('volumeSet', 'volumeId', 'vol', 300)),
  describe('DescribeSubnets', 10, ['scanner', 'pipeline', 'service'], byId('subnetSet', 'subnetId', 'subnet', 12)),
  describe('DescribeRouteTables', 9, ['scanner', 'pipeline'], byId('routeTableIdSet', 'routeTableId', 'rtb', 12)),
  describe('DescribeVpcs', 7, ['scanner', 'pipeline', 'console'], byId('vpcSet', 'vpcId', 'vpc', 3)),
  describe('DescribeTags', 7, ['instance', 'service'], (scene) => ({
    filterSet: {
      items: [
        { name: 'resource-id', valueSet: { items: [{ value: scene.place.instanceId(scene.random.skewed(60)) }] } },
      ],
    },
  })),
  describe('DescribeImages', 4, ['scanner', 'console'], () => ({
    imagesSet: {},
    ownersSet: { items: [{ owner: 'self' }] },
    filterSet: {},
  })),
  { weight: 3, callers: ['service', 'service', 'pipeline', 'person'], make: runInstances },
  { weight: 2.5, callers: ['service', 'service', 'pipeline', 'person'], make: terminateInstances },
  {
    weight: 0.7,
    callers: ['pipeline', 'console'],
    make: ({ place, random }) => {
      const groupId = place.resourceId('sg', random.below(40));
      const port = random.pick([443, 5432, 6379, 8080]);
      const rule = {
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        groups: {},
        ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] },
      };
      return {
        service: 'ec2',
        name: random.chance(0.7) ? 'AuthorizeSecurityGroupIngress' : 'RevokeSecurityGroupIngress',
        readOnly: false,
        apiVersion: ec2Version,
        request: { groupId, ipPermissions: { items: [rule] } },
        response: { requestId: random.uuid(), _return: true },
      };
    },
  },
  simple('lambda', 'GetFunction20150331v2', 12, ['scanner', 'pipeline', 'console'], true, ({ place, random }) => ({
    functionName: place.arn('lambda', `function:${place.functionName(random.skewed(40))}`),
  })),
  simple('lambda', 'ListFunctions20150331', 4, ['scanner', 'console'], true, () => ({ maxItems: 50 })),
  {
    weight: 1,
    callers: ['pipeline'],
    make: ({ place, random }) => {
      const functionName = place.functionName(random.skewed(40));
      const functionArn = place.arn('lambda', `function:${functionName}`);
      return {
        service: 'lambda',
        name: 'UpdateFunctionCode20150331v2',
        readOnly: false,
        request: {
          functionName,
          s3Bucket: place.bucket(4),
          s3Key: `${functionName}/${random.hex(12)}.zip`,
          publish: true,
        },
        response: {
          functionName,
          functionArn,
          runtime: 'nodejs20.x',
          codeSize: 20_000 + random.below(400) * 512,
          version: '$LATEST',
        },
        apiVersion: '2015-03-31',
      };
    },
  },
  simple('ecs', 'DescribeServices', 10, ['service', 'pipeline', 'console'], true, (scene) => ({
    cluster: cluster(scene),
    services: [scene.random.pick(applications)],
  })),
  simple('ecs', 'DescribeTasks', 8, ['service', 'pipeline'], true, (scene) => ({
    cluster: cluster(scene),
    tasks: [scene.place.arn('ecs', `task/${cluster(scene)}/${scene.random.hex(32)}`)],
  })),
  {
    weight: 5,
    callers: ['instance', 'pipeline', 'service'],
    make: ({ place, random }) => ({
      service: 'ecr',
      name: 'BatchGetImage',
      readOnly: true,
      request: {
        registryId: place.account.id,
        repositoryName: random.pick(applications),
        imageIds: [{ imageTag: `release-${240 + random.below(60)}` }],
        acceptedMediaTypes: ['application/vnd.oci.image.manifest.v1+json'],
      },
      host: `api.ecr.${place.region}.amazonaws.com`,
    }),
  },
  simple('eks', 'DescribeCluster', 5, ['pipeline', 'scanner', 'person'], true, (scene) => ({ name: cluster(scene) })),
  simple(
    'elasticloadbalancing',
    'DescribeTargetHealth',
    16,
    ['service', 'scanner', 'pipeline'],
    true,
    ({ place, random }) => ({
      targetGroupArn: place.arn('elasticloadbalancing', `targetgroup/${random.pick(applications)}/0123456789abcdef`),
    }),
  ),
  simple('autoscaling', 'DescribeAutoScalingGroups', 9, ['service', 'scanner', 'pipeline'], true, ({ random }) => ({
    autoScalingGroupNames: [`${random.pick(applications)}-asg`],
    maxRecords: 100,
  })),
  {
    weight: 1.5,
    callers: ['service'],
    make: ({ random }) => ({
      service: 'autoscaling',
      name: 'SetDesiredCapacity',
      readOnly: false,
      request: {
        autoScalingGroupName: `${random.pick(applications)}-asg`,
        desiredCapacity: 2 + random.below(10),
        honorCooldown: false,
      },
    }),
  },
];
