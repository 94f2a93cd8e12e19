/**
 * Who makes the calls. Temporary keys rotate: within one period (hours) a session keeps its key and its creation date, and both follow
 * from the numbers of the session and the period, so that the same session met in two files is the same.
 */
import { at, awsId, codes, hash, type Random } from './random';
import { isoSeconds, type Caller, type JsonObject } from './record';
import { accounts, applications, machineUsers, people, type Place } from './world';

/** The kinds of caller an event may have. */
export type CallerKind =
  | 'instance' // an application's role on an EC2 instance
  | 'function' // a Lambda function's role
  | 'person' // an engineer: IAM user with a key, or a single sign-on session in the terminal
  | 'console' // the same in the browser
  | 'pipeline' // the deployment role
  | 'machine' // an IAM user that is a program
  | 'scanner' // an audit tool that lists everything, from the security account's role
  | 'service' // AWS itself
  | 'root';

const hourMs = 3_600_000;

const sdkAgents: readonly string[] = [
  'aws-sdk-java/2.21.29 Linux/5.10.209-198.812.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS Java/17.0.10 io/sync http/Apache cfg/retry-mode/legacy',
  'aws-sdk-go-v2/1.25.2 os/linux lang/go#1.21.7 md/GOOS#linux md/GOARCH#amd64 api/dynamodb#1.30.2',
  'Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.77-99.164.amzn2023.x86_64 md/arch#x86_64 lang/python#3.11.6 md/pyimpl#CPython',
  'aws-sdk-js/3.525.0 ua/2.1 os/linux#5.10.209 lang/js md/nodejs#20.11.1 api/s3#3.525.0',
  'aws-sdk-nodejs/2.1566.0 linux/v18.19.1 exec-env/AWS_Lambda_nodejs18.x promise',
  'aws-sdk-dotnet-coreclr/3.7.305.28 ua/2.0 os/linux#5.10 lang/.NET_Core#8.0.2 md/aws-sdk-dotnet-core#3.7.303.20',
];

const terminalAgents: readonly string[] = [
  'aws-cli/2.15.25 Python/3.11.8 Darwin/23.3.0 exe/x86_64 prompt/off command/ec2.describe-instances',
  'aws-cli/2.15.22 Python/3.11.6 Linux/6.5.0-21-generic exe/x86_64.ubuntu.22 prompt/off command/s3.ls',
  'aws-cli/2.13.38 Python/3.11.6 Windows/10 exe/AMD64 prompt/off command/logs.tail',
  'APN/1.0 HashiCorp/1.0 Terraform/1.7.4 (+https://www.terraform.io) terraform-provider-aws/5.39.0 aws-sdk-go-v2/1.25.2 os/macos lang/go#1.21.7',
  'Boto3/1.34.40 md/Botocore#1.34.40 ua/2.0 os/macos#23.3.0 md/arch#arm64 lang/python#3.12.2 md/pyimpl#CPython',
];

const browserAgents: readonly string[] = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36 Edg/121.0.0.0',
  'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:123.0) Gecko/20100101 Firefox/123.0',
];

const pipelineAgent =
  'APN/1.0 HashiCorp/1.0 Terraform/1.7.3 (+https://www.terraform.io) terraform-provider-aws/5.38.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.25.0 os/linux lang/go#1.21.6 md/GOOS#linux md/GOARCH#amd64';

const awsServices: readonly string[] = [
  'autoscaling.amazonaws.com',
  'config.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'lambda.amazonaws.com',
  'ec2.amazonaws.com',
  'rds.amazonaws.com',
  'delivery.logs.amazonaws.com',
];

/** Number of EC2 instances of one account in one Region. */
const instanceCount = 60;
const functionCount = 40;

interface Session {
  readonly place: Place;
  readonly role: string;
  readonly sessionName: string;
  readonly periodMs: number;
  readonly timeMs: number;
  readonly hasMfa?: boolean;
  readonly extra?: JsonObject;
}

/** The identity of a role session, with the key that is valid in the period that `timeMs` lies in. */
export function roleSession({ place, role, sessionName, periodMs, timeMs, hasMfa, extra }: Session): {
  identity: JsonObject;
  arn: string;
} {
  const name = hash(...codes(sessionName));
  const shift = hash(place.account.index, name) % periodMs;
  const period = Math.floor((timeMs - shift) / periodMs);
  const accountId = place.account.id;
  const roleId = place.roleId(role);
  const shortRole = role.slice(role.lastIndexOf('/') + 1); // session ARNs leave the role's path out
  const arn = `arn:aws:sts::${accountId}:assumed-role/${shortRole}/${sessionName}`;
  const identity: JsonObject = {
    type: 'AssumedRole',
    principalId: `${roleId}:${sessionName}`,
    arn,
    accountId,
    accessKeyId: awsId('ASIA', place.account.index, period, name),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: place.roleArn(role),
        accountId,
        userName: shortRole,
      },
      attributes: {
        creationDate: isoSeconds(period * periodMs + shift),
        mfaAuthenticated: hasMfa === true ? 'true' : 'false',
      },
      ...extra,
    },
  };
  return { identity, arn };
}

/** The identity of an IAM user, by its long-lived key or, from the console, by a session's. */
export function iamUser(place: Place, name: string, console: { readonly timeMs: number } | null): JsonObject {
  const base = {
    type: 'IAMUser',
    principalId: place.userId(name),
    arn: place.userArn(name),
    accountId: place.account.id,
  };
  if (console === null) return { ...base, accessKeyId: place.longLivedKey(name), userName: name };
  const period = Math.floor(console.timeMs / (4 * hourMs));
  return {
    ...base,
    accessKeyId: awsId('ASIA', place.account.index, period, hash(...codes(name))),
    userName: name,
    sessionContext: { attributes: { creationDate: isoSeconds(period * 4 * hourMs), mfaAuthenticated: 'true' } },
  };
}

/** The office's, or the person's own at home; both are documentation ranges, and some homes have IPv6. */
export function personAddress(person: number, timeMs: number): string {
  const day = Math.floor(timeMs / (24 * hourMs));
  if (hash(person, day) % 3 !== 0) return `198.51.100.${10 + (person % 4)}`;
  return person % 5 === 0
    ? `2001:db8:${(0x100 + person).toString(16)}::${(1 + (day % 7)).toString(16)}`
    : `192.0.2.${20 + person}`;
}

/** A caller of this kind at this place and time. */
export function callerOf(kind: CallerKind, place: Place, timeMs: number, random: Random): Caller {
  switch (kind) {
    case 'instance':
      return instanceCaller(place, timeMs, random);
    case 'function':
      return functionCaller(place, timeMs, random);
    case 'person':
      return personCaller(place, timeMs, random, false);
    case 'console':
      return personCaller(place, timeMs, random, true);
    case 'pipeline':
      return pipelineCaller(place, timeMs, random);
    case 'machine':
      return machineCaller(place, random);
    case 'scanner':
      return scannerCaller(place, timeMs);
    case 'service':
      return serviceCaller(random.pick(awsServices));
    case 'root':
      return rootCaller(place);
  }
}

function instanceCaller(place: Place, timeMs: number, random: Random): Caller {
  const index = random.skewed(instanceCount);
  const { identity, arn } = roleSession({
    place,
    role: `${at(applications, index)}-instance-role`,
    sessionName: place.instanceId(index),
    periodMs: 6 * hourMs,
    timeMs,
    extra: index % 3 === 0 ? { ec2RoleDelivery: index % 2 === 0 ? '1.0' : '2.0' } : {},
  });
  const address = place.instanceAddress(index);
  return { identity, arn, address, agent: at(sdkAgents, index), fromConsole: false, isService: false };
}

function functionCaller(place: Place, timeMs: number, random: Random): Caller {
  const index = random.skewed(functionCount);
  const name = place.functionName(index);
  const { identity, arn } = roleSession({
    place,
    role: `service-role/${name}-role`,
    sessionName: name,
    periodMs: 12 * hourMs,
    timeMs,
  });
  const address = `198.51.100.${64 + (hash(place.account.index, index) % 128)}`;
  return { identity, arn, address, agent: at(sdkAgents, index + 2), fromConsole: false, isService: false };
}

function personCaller(place: Place, timeMs: number, random: Random, fromConsole: boolean): Caller {
  const person = random.skewed(people.length);
  const name = at(people, person);
  const address = personAddress(person, timeMs);
  const agent = at(fromConsole ? browserAgents : terminalAgents, person);
  if (person % 4 < 2) {
    const identity = iamUser(place, name, fromConsole ? { timeMs } : null);
    return { identity, arn: place.userArn(name), address, agent, fromConsole, isService: false };
  }
  const role =
    person % 3 === 0
      ? 'AWSReservedSSO_AdministratorAccess_0a1b2c3d4e5f6071'
      : 'AWSReservedSSO_PowerUserAccess_1f2e3d4c5b6a7980';
  const { identity, arn } = roleSession({
    place,
    role: `aws-reserved/sso.amazonaws.com/${role}`,
    sessionName: `${name}@example.com`,
    periodMs: 4 * hourMs,
    timeMs,
    hasMfa: true,
  });
  return { identity, arn, address, agent, fromConsole, isService: false };
}

function pipelineCaller(place: Place, timeMs: number, random: Random): Caller {
  const index = random.below(6);
  const run = Math.floor(timeMs / (hourMs / 2));
  const { identity, arn } = roleSession({
    place,
    role: 'deployment-role',
    sessionName: `deploy-${at(applications, index)}-${run % 100_000}`,
    periodMs: hourMs,
    timeMs,
  });
  const address = `192.0.2.${200 + (run % 16)}`;
  return { identity, arn, address, agent: pipelineAgent, fromConsole: false, isService: false };
}

function machineCaller(place: Place, random: Random): Caller {
  const index = random.skewed(machineUsers.length);
  const name = at(machineUsers, index);
  const identity = iamUser(place, name, null);
  const address = `198.51.100.${40 + index}`;
  return {
    identity,
    arn: place.userArn(name),
    address,
    agent: at(sdkAgents, index + 2),
    fromConsole: false,
    isService: false,
  };
}

function scannerCaller(place: Place, timeMs: number): Caller {
  const { identity, arn } = roleSession({
    place,
    role: 'posture-audit-role',
    sessionName: 'posture-audit',
    periodMs: 12 * hourMs,
    timeMs,
  });
  return { identity, arn, address: '198.51.100.30', agent: at(sdkAgents, 2), fromConsole: false, isService: false };
}

/** AWS itself: `autoscaling.amazonaws.com` stands for the address and the agent, too. */
export function serviceCaller(service: string): Caller {
  const identity = { type: 'AWSService', invokedBy: service };
  return { identity, arn: service, address: service, agent: service, fromConsole: false, isService: true };
}

function rootCaller(place: Place): Caller {
  const arn = `arn:aws:iam::${place.account.id}:root`;
  const identity = {
    type: 'Root',
    principalId: place.account.id,
    arn,
    accountId: place.account.id,
    accessKeyId: '',
  };
  return { identity, arn, address: '198.51.100.10', agent: at(browserAgents, 0), fromConsole: false, isService: false };
}

/** A caller of another account, as the account that is called sees it. */
export function foreignCaller(accountIndex: number, address: string): Caller {
  const account = at(accounts, accountIndex);
  const principal = awsId('AROA', account.index, 77);
  const identity = { type: 'AWSAccount', principalId: `${principal}:federation-broker`, accountId: account.id };
  const arn = `arn:aws:sts::${account.id}:assumed-role/federation-broker/federation-broker`;
  return { identity, arn, address, agent: at(sdkAgents, 2), fromConsole: false, isService: false };
}

/** A GitHub-like workflow's token, as STS sees it before there is a session. */
export function webIdentityCaller(random: Random): Caller {
  const subject = `repo:example-org/${random.pick(applications)}:ref:refs/heads/main`;
  const provider = 'arn:aws:iam::111122223333:oidc-provider/token.ci.example.com';
  const identity = {
    type: 'WebIdentityUser',
    principalId: `${provider}:sts.amazonaws.com:${subject}`,
    userName: subject,
    identityProvider: provider,
  };
  return {
    identity,
    arn: subject,
    address: `192.0.2.${200 + random.below(16)}`,
    agent: pipelineAgent,
    fromConsole: false,
    isService: false,
  };
}
