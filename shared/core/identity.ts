/**
 * Who made a call: a friendly name, a kind in words and an account. How the three are one text is in `principal.ts`.
 *
 * One place for the whole product: the derived values made at import, the facets and the one-sentence summary all come from here.
 */
import type { RecordKind } from '#contract/events';
import type { Principal } from './principal';

/** The parts of `userIdentity` that a name depends on. A part that is missing, null or not text is undefined. */
export interface IdentityParts {
  readonly type?: string | undefined;
  readonly userName?: string | undefined;
  readonly principalId?: string | undefined;
  readonly arn?: string | undefined;
  readonly accountId?: string | undefined;
  readonly invokedBy?: string | undefined;
  readonly identityProvider?: string | undefined;
  /** `onBehalfOf.userId`. */
  readonly onBehalfOfUserId?: string | undefined;
  /** `sessionContext.sessionIssuer.userName`. */
  readonly sessionIssuerUserName?: string | undefined;
  /** `sessionContext.sessionIssuer.arn`. */
  readonly sessionIssuerArn?: string | undefined;
  /** `additionalEventData.UserName`: see {@link userName}. */
  readonly signInUserName?: string | undefined;
}

/** The record paths {@link describeIdentity} reads, by the part they fill. */
export const identityPaths = {
  type: 'userIdentity.type',
  userName: 'userIdentity.userName',
  principalId: 'userIdentity.principalId',
  arn: 'userIdentity.arn',
  accountId: 'userIdentity.accountId',
  invokedBy: 'userIdentity.invokedBy',
  identityProvider: 'userIdentity.identityProvider',
  onBehalfOfUserId: 'userIdentity.onBehalfOf.userId',
  sessionIssuerUserName: 'userIdentity.sessionContext.sessionIssuer.userName',
  sessionIssuerArn: 'userIdentity.sessionContext.sessionIssuer.arn',
  signInUserName: 'additionalEventData.UserName',
} as const satisfies Record<keyof IdentityParts, string>;

/** Shown for a name that AWS left out. */
const hiddenName = '(name hidden by AWS)';

const notStated = '(not stated)';
const noIdentity: Principal = { name: '(no identity)', kind: 'none', account: '' };
/** For events that are not calls: they have no caller, and nothing is missing. */
const recordKinds: Readonly<Record<RecordKind['kind'], Principal>> = {
  insight: { name: 'CloudTrail Insights', kind: 'insight', account: '' },
  aggregated: { name: 'CloudTrail aggregation', kind: 'aggregated', account: '' },
};

const service = 'AWS service';

interface Kind {
  readonly words: string;
  /** For narrow columns. Not `user` for an IAM user: one called Root would read as the root user. */
  readonly short: string;
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['Root', { words: 'Root', short: 'root' }],
  ['IAMUser', { words: 'IAM user', short: 'IAM' }],
  ['AssumedRole', { words: 'role session', short: 'session' }],
  ['Role', { words: 'role', short: 'role' }],
  ['FederatedUser', { words: 'federated user', short: 'federated' }],
  ['Directory', { words: 'directory', short: 'directory' }],
  ['AWSAccount', { words: 'AWS account', short: 'account' }],
  ['AWSService', { words: service, short: 'service' }],
  ['IdentityCenterUser', { words: 'Identity Center user', short: 'IdC' }],
  ['SAMLUser', { words: 'SAML user', short: 'SAML' }],
  ['WebIdentityUser', { words: 'web identity user', short: 'web' }],
  ['Unknown', { words: 'unknown', short: 'unknown' }],
]);
const shortKinds = new Map(Array.from(kinds.values(), ({ words, short }) => [words, short]));

/** A kind in one short word; an unknown type as it is. Empty where there is no caller. */
export function shortKind(kind: string): string {
  return kind === noIdentity.kind ? '' : (shortKinds.get(kind) ?? kind);
}

/** Names the caller. `parts` is null where the record has no `userIdentity`, the record kind where it is a call. */
export function describeIdentity(parts: IdentityParts | null, recordKind: RecordKind | null = null): Principal {
  if (parts === null) return recordKind === null ? noIdentity : recordKinds[recordKind.kind];
  return { name: nameOf(parts) ?? notStated, kind: kindOf(parts), account: accountOf(parts) };
}

/**
 * The account the caller belongs to; for a role session, the role's account. Empty for a service, which is the same in every account. For a
 * user of an identity provider, the provider: two of them may each have an `alice` (CloudTrail User Guide, "CloudTrail userIdentity element").
 */
function accountOf(parts: IdentityParts): string {
  if (kindOf(parts) === service) return '';
  const provider = parts.type === 'SAMLUser' || parts.type === 'WebIdentityUser' ? parts.identityProvider : undefined;
  return (
    stated(provider) ?? stated(parts.accountId) ?? accountInArn(parts.arn) ?? accountInArn(parts.sessionIssuerArn) ?? ''
  );
}

/** The fifth part of an ARN: `arn:aws:iam::111122223333:user/alice`. */
function accountInArn(arn: string | undefined): string | undefined {
  return stated(/^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(arn ?? '')?.[1]);
}

function kindOf(parts: IdentityParts): string {
  const type = stated(parts.type);
  // An unknown type must not pass for one of the words above: a record may say `IAM user`.
  if (type !== undefined) return kinds.get(type)?.words ?? `type ${type}`;
  // Events that a service starts by itself often state only the service.
  return stated(parts.invokedBy) === undefined ? 'unknown' : service;
}

function nameOf(parts: IdentityParts): string | undefined {
  switch (stated(parts.type)) {
    case 'Root':
      return 'Root';
    case 'AssumedRole':
      return roleSessionName(parts) ?? fallbackName(parts);
    case 'Role':
      return roleName(parts) ?? fallbackName(parts);
    case 'FederatedUser':
      return sessionName(parts) ?? fallbackName(parts);
    case 'AWSAccount':
      // A principal of another account has only an ID; the account alone would merge all of them.
      return stated(parts.principalId) ?? fallbackName(parts);
    case undefined:
    case 'AWSService':
      return stated(parts.invokedBy) ?? fallbackName(parts);
    case 'IdentityCenterUser':
      return userName(parts) ?? stated(parts.onBehalfOfUserId) ?? fallbackName(parts);
    default:
      return fallbackName(parts);
  }
}

function fallbackName(parts: IdentityParts): string | undefined {
  return (
    userName(parts) ??
    nameInArn(parts.arn) ??
    stated(parts.principalId) ??
    stated(parts.onBehalfOfUserId) ??
    stated(parts.identityProvider) ??
    stated(parts.accountId) ??
    stated(parts.invokedBy)
  );
}

function roleSessionName(parts: IdentityParts): string | undefined {
  const role = roleName(parts);
  const session = sessionName(parts);
  if (role === undefined) return session;
  return session === undefined ? role : `${role} / ${session}`;
}

/** The role of a session: its issuer, else the part between `assumed-role/` and the session's name. */
function roleName(parts: IdentityParts): string | undefined {
  const issuer = shownName(parts.sessionIssuerUserName);
  if (issuer !== undefined) return issuer;
  const assumed = /:assumed-role\/([^/]+)/.exec(parts.arn ?? '')?.[1];
  return stated(assumed) ?? nameInArn(parts.sessionIssuerArn) ?? userName(parts);
}

/** The text after the colon of `AROAEXAMPLE:jdoe`, else after the last `/` of a session's ARN. */
function sessionName(parts: IdentityParts): string | undefined {
  const principal = parts.principalId ?? '';
  const colon = principal.indexOf(':');
  const session = colon < 0 ? undefined : stated(principal.slice(colon + 1));
  return session ?? stated(/:(?:assumed-role\/[^/]+|federated-user)\/(.+)$/.exec(parts.arn ?? '')?.[1]);
}

/**
 * Sign-in events of Identity Center name the user in `additionalEventData.UserName`: of type `IdentityCenterUser`, in older records
 * `Unknown` (IAM Identity Center User Guide, "Understanding IAM Identity Center sign-in events").
 */
function userName(parts: IdentityParts): string | undefined {
  const isSignIn = parts.type === 'IdentityCenterUser' || parts.type === 'Unknown';
  return shownName(parts.userName) ?? (isSignIn ? shownName(parts.signInUserName) : undefined);
}

function shownName(name: string | undefined): string | undefined {
  return name === 'HIDDEN_DUE_TO_SECURITY_REASONS' ? hiddenName : stated(name);
}

/** The text after the last `/` of an ARN; the whole ARN where there is none. */
function nameInArn(arn: string | undefined): string | undefined {
  if (arn === undefined) return undefined;
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return stated(name) ?? stated(arn);
}

/** CloudTrail writes `""` where it has no value, and a name of spaces is not a name. */
function stated(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
