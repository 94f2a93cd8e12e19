/**
 * The break-in told by the archive, so that there is something to find in it.
 *
 * On the second night, in the production account: a key of the user `legacy-importer` is used from an address nobody has used before. It
 * looks around, is refused, assumes a role that is allowed too much, makes itself an administrator with a key and a password, stops
 * the trail, opens a bucket to the world and copies customers' exports out of it. In the morning the security team undoes what it can.
 */
import { iamUser, personAddress, roleSession } from './callers';
import { consoleLogin, credentialsFor, proseTime } from './identity-kinds';
import { launchAnswer } from './compute-kinds';
import { awsId, hash, Random } from './random';
import type { Call, Caller, JsonObject } from './record';
import { objectKey, readPolicy, s3Call } from './s3-kinds';
import { accounts, people, Place } from './world';

export interface StoryEvent {
  readonly accountIndex: number;
  readonly region: string;
  readonly timeMs: number;
  readonly call: Call;
  readonly caller: Caller;
}

const strangeAddress = '203.0.113.66';
const strangeAgent =
  'aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0-kali5-amd64 source/x86_64.kali.2023 prompt/off command/sts.get-caller-identity';
const browserAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0';
const stolenUser = 'legacy-importer';
const newUser = 'svc-backup-sync';
const role = 'deployment-role';
const bucketIndex = 7; // customer-exports
const trailArn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/example-trail';

/** Fewest events an archive must have to carry the story. */
export const storyThreshold = 2000;
const copiedObjects = 180;

/** The story's events in order of time, for an archive that starts at `startMs`. */
export function tellStory(startMs: number, seed: number): readonly StoryEvent[] {
  const account = accounts[0];
  if (account === undefined) return [];
  const random = new Random(seed, 0x5709);
  const home = new Place(account, 'us-east-1', seed);
  const events: StoryEvent[] = [];
  let timeMs = startMs + 26 * 3_600_000 + 11 * 60_000 + 7_000; // 02:11:07 on the second day

  const stolen = outsider(iamUser(home, stolenUser, null), home.userArn(stolenUser), strangeAgent);
  const session = roleSession({
    place: home,
    role,
    sessionName: 'deploy-checkout-tmp',
    periodMs: 3_600_000,
    timeMs,
  });
  const sessionKey = awsId('ASIA', seed, 0x5709);
  const assumed = outsider({ ...session.identity, accessKeyId: sessionKey }, session.arn, strangeAgent);
  const newKey = awsId('AKIA', seed, 0x570a);
  const planted = outsider(
    { ...iamUser(home, newUser, null), accessKeyId: newKey },
    home.userArn(newUser),
    strangeAgent,
  );
  const plantedConsole: Caller = {
    ...outsider(iamUser(home, newUser, { timeMs }), planted.arn, browserAgent),
    fromConsole: true,
  };

  const add = (caller: Caller, call: Call, region = 'us-east-1', afterSeconds = 4 + random.below(25)): void => {
    timeMs += afterSeconds * 1000;
    events.push({ accountIndex: account.index, region, timeMs, call, caller });
  };
  const scene = (caller: Caller) => ({ place: home, random, caller, timeMs });

  // Who am I, and what may I do?
  add(stolen, { service: 'sts', name: 'GetCallerIdentity', readOnly: true, request: null });
  add(stolen, iamCall('ListUsers', true, null), undefined, 3);
  add(stolen, refused(iamCall('GetAccountAuthorizationDetails', true, null), stolen));
  add(stolen, iamCall('ListAttachedUserPolicies', true, { userName: stolenUser }));
  add(
    stolen,
    refused({ service: 's3', name: 'ListBuckets', readOnly: true, request: { Host: 's3.amazonaws.com' } }, stolen),
  );
  for (const region of ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-southeast-2']) {
    const request = { maxResults: 1000, instancesSet: {}, filterSet: {} };
    add(stolen, { service: 'ec2', name: 'DescribeInstances', readOnly: true, request }, region, 2);
  }
  for (let index = 0; index < 4; index++) {
    const request = { secretId: home.secretArn(index) };
    add(
      stolen,
      refused({ service: 'secretsmanager', name: 'GetSecretValue', readOnly: true, request }, stolen),
      undefined,
      2,
    );
  }
  const adminPolicy = 'arn:aws:iam::aws:policy/AdministratorAccess';
  add(stolen, refused(iamCall('AttachUserPolicy', false, { userName: stolenUser, policyArn: adminPolicy }), stolen));
  add(stolen, refused(iamCall('CreateUser', false, { userName: newUser }), stolen));

  // A role that its trust policy leaves open.
  add(stolen, {
    service: 'sts',
    name: 'AssumeRole',
    readOnly: true,
    request: { roleArn: home.roleArn(role), roleSessionName: 'deploy-checkout-tmp', durationSeconds: 3600 },
    response: credentialsFor({
      place: home,
      role,
      sessionName: 'deploy-checkout-tmp',
      accessKeyId: sessionKey,
      timeMs,
      random,
    }),
    resources: [{ accountId: account.id, type: 'AWS::IAM::Role', ARN: home.roleArn(role) }],
    sharedEventId: random.uuid(),
  });

  // An administrator of its own.
  add(assumed, {
    ...iamCall('CreateUser', false, { userName: newUser }),
    response: {
      user: {
        path: '/',
        userName: newUser,
        userId: home.userId(newUser),
        arn: planted.arn,
        createDate: proseTime(timeMs),
      },
    },
  });
  add(assumed, iamCall('AttachUserPolicy', false, { userName: newUser, policyArn: adminPolicy }));
  add(assumed, {
    ...iamCall('CreateAccessKey', false, { userName: newUser }),
    response: {
      accessKey: { accessKeyId: newKey, status: 'Active', userName: newUser, createDate: proseTime(timeMs) },
    },
  });
  add(assumed, {
    ...iamCall('CreateLoginProfile', false, { userName: newUser, passwordResetRequired: false }),
    response: { loginProfile: { userName: newUser, passwordResetRequired: false, createDate: proseTime(timeMs) } },
  });
  add(plantedConsole, consoleLogin(false, 'Failed authentication'), undefined, 95);
  add(plantedConsole, consoleLogin(false, null), undefined, 21);

  // Out with the lights.
  const trail = (name: string): Call => ({ service: 'cloudtrail', name, readOnly: false, request: { name: trailArn } });
  add(stolen, refused(trail('StopLogging'), stolen));
  add(assumed, refused(trail('DeleteTrail'), assumed));
  add(planted, trail('StopLogging'));
  add(planted, trail('DeleteTrail'));

  // In with the door open.
  const bucket = home.bucket(bucketIndex);
  add(
    planted,
    s3Call({
      scene: scene(planted),
      name: 'ListObjects',
      bucket,
      readOnly: true,
      request: { 'list-type': '2' },
      bytesOut: 31_877,
    }),
  );
  add(
    planted,
    s3Call({
      scene: scene(planted),
      name: 'DeleteBucketPublicAccessBlock',
      bucket,
      readOnly: false,
      request: { publicAccessBlock: '' },
    }),
  );
  add(
    planted,
    s3Call({
      scene: scene(planted),
      name: 'PutBucketPolicy',
      bucket,
      readOnly: false,
      request: { bucketPolicy: readPolicy(bucket, '*'), policy: '' },
      bytesIn: 298,
    }),
  );
  for (let index = 0; index < copiedObjects; index++) {
    const key = objectKey({ random, timeMs });
    const bytesOut = 1_500_000 + random.below(4_000_000);
    add(
      planted,
      s3Call({ scene: scene(planted), name: 'GetObject', bucket, key, readOnly: true, isData: true, bytesOut }),
      undefined,
      index % 3 === 0 ? 2 : 1,
    );
  }

  // Machines to earn money with.
  const away = new Place(account, 'us-west-2', seed);
  for (const instanceType of ['p3.16xlarge', 'p3.16xlarge', 'g4dn.12xlarge', 'c5.24xlarge']) {
    const imageId = away.resourceId('ami', 0);
    const request = {
      instancesSet: { items: [{ imageId, minCount: 8, maxCount: 8 }] },
      instanceType,
      monitoring: { enabled: false },
    };
    const launch: Call = { service: 'ec2', name: 'RunInstances', readOnly: false, request };
    const message = `You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to.`;
    const isAllowed = instanceType.startsWith('c5');
    const call: Call = isAllowed
      ? { ...launch, response: launchAnswer({ ...scene(planted), place: away }, instanceType, imageId) }
      : { ...launch, error: { code: 'Client.VcpuLimitExceeded', message } };
    add(planted, call, 'us-west-2', 9);
  }
  add(planted, iamCall('DeleteLoginProfile', false, { userName: newUser }), undefined, 240);

  // The morning after.
  timeMs = startMs + 32 * 3_600_000 + 42 * 60_000; // 08:42
  const responder = people[3] ?? 'diego.ramirez';
  const sso = roleSession({
    place: home,
    role: 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_IncidentResponse_7a6b5c4d3e2f1001',
    sessionName: `${responder}@example.com`,
    periodMs: 4 * 3_600_000,
    timeMs,
    hasMfa: true,
  });
  const defender: Caller = {
    ...sso,
    address: personAddress(3, timeMs),
    agent: 'aws-cli/2.15.25 Python/3.11.8 Darwin/23.3.0 exe/x86_64 prompt/off command/cloudtrail.lookup-events',
    fromConsole: false,
    isService: false,
  };
  const lookup = { lookupAttributes: [{ attributeKey: 'Username', attributeValue: newUser }], maxResults: 50 };
  add(defender, { service: 'cloudtrail', name: 'LookupEvents', readOnly: true, request: lookup });
  add(defender, iamCall('ListAccessKeys', true, { userName: newUser }), undefined, 70);
  for (const [userName, accessKeyId] of [
    [newUser, newKey],
    [stolenUser, home.longLivedKey(stolenUser)],
  ] as const) {
    add(defender, iamCall('UpdateAccessKey', false, { userName, accessKeyId, status: 'Inactive' }), undefined, 33);
  }
  add(defender, iamCall('DetachUserPolicy', false, { userName: newUser, policyArn: adminPolicy }));
  add(
    defender,
    s3Call({ scene: scene(defender), name: 'DeleteBucketPolicy', bucket, readOnly: false, request: { policy: '' } }),
  );
  add(
    defender,
    {
      service: 'cloudtrail',
      name: 'CreateTrail',
      readOnly: false,
      request: {
        name: 'example-trail',
        s3BucketName: home.bucket(3),
        isMultiRegionTrail: true,
        enableLogFileValidation: true,
      },
      response: {
        name: 'example-trail',
        trailARN: trailArn,
        s3BucketName: home.bucket(3),
        isMultiRegionTrail: true,
        logFileValidationEnabled: true,
      },
    },
    undefined,
    121,
  );
  add(
    defender,
    { service: 'cloudtrail', name: 'StartLogging', readOnly: false, request: { name: trailArn } },
    undefined,
    6,
  );
  return events;
}

function outsider(identity: JsonObject, arn: string, agent: string): Caller {
  return { identity, arn, address: strangeAddress, agent, fromConsole: false, isService: false };
}

function iamCall(name: string, readOnly: boolean, request: JsonObject | null): Call {
  return { service: 'iam', name, readOnly, request, host: 'iam.amazonaws.com' };
}

/** The same call, refused as AWS words it. */
export function refused(call: Call, caller: Pick<Caller, 'arn'>): Call {
  const action = `${call.service === 'monitoring' ? 'cloudwatch' : call.service}:${call.name.replace(/20\d{6}(v\d)?$/, '')}`;
  const reason =
    hash(call.name.length) % 2 === 0
      ? 'because no identity-based policy allows the action'
      : 'with an explicit deny in a service control policy';
  const message = `User: ${caller.arn} is not authorized to perform: ${action} ${reason}`;
  const code = call.service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied';
  return { ...call, error: { code, message } };
}
