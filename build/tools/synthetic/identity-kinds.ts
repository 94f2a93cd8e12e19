/** STS, IAM, sign-in and single sign-on. */
import { foreignCaller, serviceCaller, webIdentityCaller } from './callers';
import type { EventKind, Scene } from './kinds';
import { at, awsId, type Random } from './random';
import type { Call, CallError, Json, JsonObject } from './record';
import { applications, machineUsers, people, type Place } from './world';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** STS and IAM write times like this in their answers: `Mar 4, 2024 1:05:09 PM`. */
export function proseTime(timeMs: number): string {
  const date = new Date(timeMs);
  const hour = date.getUTCHours();
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${at(months, date.getUTCMonth())} ${date.getUTCDate()}, ${date.getUTCFullYear()} ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
}

interface AssumedRole {
  readonly place: Place;
  readonly role: string;
  readonly sessionName: string;
  readonly accessKeyId: string;
  readonly timeMs: number;
  readonly random: Random;
}

/** What STS answers: the new session's key is what ties it to the session's own calls. */
export function credentialsFor({ place, role, sessionName, accessKeyId, timeMs, random }: AssumedRole): JsonObject {
  const roleId = place.roleId(role);
  return {
    credentials: {
      accessKeyId,
      sessionToken: `IQoJb3JpZ2luX2VjE${random.base64(320)}==`,
      expiration: proseTime(timeMs + 3_600_000),
    },
    assumedRoleUser: {
      assumedRoleId: `${roleId}:${sessionName}`,
      arn: `arn:aws:sts::${place.account.id}:assumed-role/${role}/${sessionName}`,
    },
  };
}

function assumeRole(
  name: string,
  role: (scene: Scene) => string,
  session: (scene: Scene) => string,
  extra: JsonObject = {},
) {
  return (scene: Scene): Call => {
    const { place, random, timeMs } = scene;
    const sessionName = session(scene);
    const roleName = role(scene);
    const accessKeyId = awsId('ASIA', random.next());
    return {
      service: 'sts',
      name,
      readOnly: true,
      request: { roleArn: place.roleArn(roleName), roleSessionName: sessionName, durationSeconds: 3600, ...extra },
      response: credentialsFor({ place, role: roleName, sessionName, accessKeyId, timeMs, random }),
      resources: [{ accountId: place.account.id, type: 'AWS::IAM::Role', ARN: place.roleArn(roleName) }],
      sharedEventId: name === 'AssumeRole' ? random.uuid() : undefined,
    };
  };
}

const noSuchEntity = (what: string): CallError => ({
  code: 'NoSuchEntityException',
  message: `The ${what} cannot be found.`,
});

/** An IAM call. Most of them ask about one thing and answer nothing that CloudTrail keeps. */
function iam(name: string, readOnly: boolean, request: (scene: Scene) => Json, response?: (scene: Scene) => Json) {
  return (scene: Scene): Call => ({
    service: 'iam',
    name,
    readOnly,
    request: request(scene),
    response: response === undefined ? null : response(scene),
    host: 'iam.amazonaws.com',
    error: readOnly && scene.random.chance(0.04) ? noSuchEntity('requested entity') : undefined,
  });
}

/** A role's permissions, as the text that IAM takes: JSON inside a JSON string. */
function policyText(actions: readonly string[], resource: string): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Access', Effect: 'Allow', Action: actions, Resource: resource }],
    },
    null,
    2,
  );
}

const roleName = ({ random }: Scene): string => `${random.pick(applications)}-instance-role`;
const userName = ({ random }: Scene): string => random.pick([...people.slice(0, 8), ...machineUsers]);

const signInPage =
  'https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&state=hashArgsFromTB_us-east-1';

/** A sign-in to the console; `failure` is the message of a failed one. */
export function consoleLogin(usesMfa: boolean, failure: string | null): Call {
  return {
    service: 'signin',
    name: 'ConsoleLogin',
    readOnly: false,
    request: null,
    response: { ConsoleLogin: failure === null ? 'Success' : 'Failure' },
    additional: { LoginTo: signInPage, MobileVersion: 'No', MFAUsed: usesMfa ? 'Yes' : 'No' },
    eventType: 'AwsConsoleSignIn',
    host: 'us-east-1.signin.aws.amazon.com',
    ...(failure === null ? {} : { error: { code: 'Failed authentication', message: failure } }),
  };
}

export const identityKinds: readonly EventKind[] = [
  {
    weight: 46,
    callers: [],
    caller: (_place, random) =>
      serviceCaller(random.pick(['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'])),
    make: assumeRole('AssumeRole', roleName, ({ place, random }) => place.instanceId(random.skewed(60))),
  },
  {
    weight: 8,
    callers: [],
    caller: (place, random) => foreignCaller(place.account.index + 1, `198.51.100.${20 + random.below(4)}`),
    make: assumeRole(
      'AssumeRole',
      () => 'posture-audit-role',
      () => 'posture-audit',
      { externalId: 'example-audit' },
    ),
  },
  {
    weight: 5,
    callers: [],
    caller: (_place, random) => webIdentityCaller(random),
    make: assumeRole(
      'AssumeRoleWithWebIdentity',
      () => 'deployment-role',
      ({ random, timeMs }) => `deploy-${random.pick(applications)}-${Math.floor(timeMs / 1_800_000) % 100_000}`,
    ),
  },
  {
    weight: 16,
    callers: ['person', 'machine', 'machine', 'instance'],
    make: () => ({ service: 'sts', name: 'GetCallerIdentity', readOnly: true, request: null }),
  },
  {
    weight: 9,
    isGlobal: true,
    callers: ['scanner', 'pipeline', 'console'],
    make: iam('GetRole', true, (scene) => ({ roleName: roleName(scene) })),
  },
  {
    weight: 8,
    isGlobal: true,
    callers: ['scanner', 'pipeline'],
    make: iam('ListAttachedRolePolicies', true, (scene) => ({ roleName: roleName(scene) })),
  },
  {
    weight: 7,
    isGlobal: true,
    callers: ['scanner', 'pipeline'],
    make: iam('ListRolePolicies', true, (scene) => ({ roleName: roleName(scene) })),
  },
  {
    weight: 6,
    isGlobal: true,
    callers: ['scanner', 'console'],
    make: iam('GetUser', true, (scene) => ({ userName: userName(scene) })),
  },
  {
    weight: 5,
    isGlobal: true,
    callers: ['scanner', 'console'],
    make: iam('ListAccessKeys', true, (scene) => ({ userName: userName(scene) })),
  },
  {
    weight: 3,
    isGlobal: true,
    callers: ['scanner', 'console'],
    make: iam('ListUsers', true, () => ({ maxItems: 1000 })),
  },
  { weight: 2, isGlobal: true, callers: ['scanner'], make: iam('GetAccountSummary', true, () => null) },
  {
    weight: 0.6,
    isGlobal: true,
    callers: ['pipeline'],
    make: iam('PutRolePolicy', false, (scene) => ({
      roleName: roleName(scene),
      policyName: 'application-access',
      policyDocument: policyText(
        ['s3:GetObject', 's3:PutObject', scene.random.pick(['kms:Decrypt', 'sqs:SendMessage', 'dynamodb:Query'])],
        `arn:aws:s3:::${scene.place.bucket(scene.random.below(36))}/*`,
      ),
    })),
  },
  {
    weight: 0.4,
    isGlobal: true,
    callers: ['pipeline'],
    make: iam('AttachRolePolicy', false, (scene) => ({
      roleName: roleName(scene),
      policyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    })),
  },
  {
    weight: 0.3,
    isGlobal: true,
    callers: ['pipeline'],
    make: iam(
      'CreateRole',
      false,
      (scene) => ({
        roleName: roleName(scene),
        assumeRolePolicyDocument: trustPolicy('ec2.amazonaws.com'),
        maxSessionDuration: 3600,
      }),
      (scene) => {
        const name = roleName(scene);
        return {
          role: {
            path: '/',
            roleName: name,
            roleId: scene.place.roleId(name),
            arn: scene.place.roleArn(name),
            createDate: proseTime(scene.timeMs),
            // IAM answers with the document URL-encoded, whatever it was sent.
            assumeRolePolicyDocument: encodeURIComponent(trustPolicy('ec2.amazonaws.com')),
          },
        };
      },
    ),
  },
  {
    weight: 2.4,
    isGlobal: true,
    callers: ['console'],
    make: ({ random }) => consoleLogin(true, random.chance(0.12) ? 'Failed authentication' : null),
  },
  {
    weight: 0.05,
    isGlobal: true,
    callers: ['root'],
    make: ({ random }) => consoleLogin(true, random.chance(0.3) ? 'Failed authentication' : null),
  },
  {
    weight: 3,
    isGlobal: true,
    callers: ['console'],
    make: () => ({
      service: 'sso',
      name: 'ListAccountRoles',
      readOnly: true,
      request: { accessToken: 'HIDDEN_DUE_TO_SECURITY_REASONS', maxResults: 50 },
      host: 'portal.sso.us-east-1.amazonaws.com',
    }),
  },
];

function trustPolicy(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
}
