/**
 * Who made a call, by what AWS documents of each type: CloudTrail User Guide, "CloudTrail userIdentity element"; for the names of sign-ins
 * IAM Identity Center User Guide, "Understanding IAM Identity Center sign-in events". One table, apart from the product's code.
 */
import { natureOf, type Stated } from './stated';

export interface Identity {
  readonly name: string;
  readonly kind: string;
  readonly account: string;
}

/** The types of the page, in words, and where the name of each stands, first to last. All end with {@link anyName}. */
export const documented: Readonly<Record<string, { readonly kind: string; readonly name: readonly Source[] }>> = {
  Root: { kind: 'Root', name: [() => 'Root'] },
  IAMUser: { kind: 'IAM user', name: [] },
  AssumedRole: { kind: 'role session', name: [roleAndSession, role, session] },
  Role: { kind: 'role', name: [role] },
  FederatedUser: { kind: 'federated user', name: [session] },
  Directory: { kind: 'directory', name: [] },
  // A principal of another account: its ID, or all of that account would be one.
  AWSAccount: { kind: 'AWS account', name: [at('principalId')] },
  AWSService: { kind: 'AWS service', name: [at('invokedBy')] },
  IdentityCenterUser: { kind: 'Identity Center user', name: [friendlyName, signInName, at('onBehalfOf.userId')] },
  SAMLUser: { kind: 'SAML user', name: [] },
  WebIdentityUser: { kind: 'web identity user', name: [] },
  Unknown: { kind: 'unknown', name: [friendlyName, signInName] },
};

type Source = (said: Stated) => string | undefined;

const anyName: readonly Source[] = [
  friendlyName,
  lastOfArn,
  at('principalId'),
  at('onBehalfOf.userId'),
  at('identityProvider'),
  accountStated,
  at('invokedBy'),
];

export function identityOf(said: Stated): Identity {
  const isThere = said.leaves.some(
    ({ path, type, text }) =>
      path.startsWith('userIdentity.') ||
      (path === 'userIdentity' && type !== 'null' && (type !== 'string' || text !== '')),
  );
  if (!isThere) {
    const nature = natureOf(said);
    if (nature === 'insight') return { name: 'CloudTrail Insights', kind: 'insight', account: '' };
    if (nature === 'aggregated') return { name: 'CloudTrail aggregation', kind: 'aggregated', account: '' };
    return { name: '(no identity)', kind: 'none', account: '' };
  }
  const type = at('type')(said) ?? (at('invokedBy')(said) === undefined ? undefined : 'AWSService');
  const rule = type === undefined ? undefined : documented[type];
  const kind = rule?.kind ?? (type === undefined ? 'unknown' : `type ${type}`);
  const name = firstOf([...(rule?.name ?? []), ...anyName], said) ?? '(not stated)';
  // A service is one and the same in every account.
  const account =
    kind === 'AWS service'
      ? undefined
      : firstOf([accountStated, accountIn('arn'), accountIn('sessionContext.sessionIssuer.arn')], said);
  return { name, kind, account: account ?? '' };
}

/** `alice (IAM user, 111122223333)`, `Root (root of 111122223333)`; characters that would be taken for the text around them as `\u{28}`. */
export function principalOf({ name, kind, account }: Identity): string {
  const plain = (text: string): string =>
    Array.from(text, (each) =>
      /[\w.:/+=@-]/.test(each) ? each : `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`,
    ).join('');
  if (kind === 'Root') return `${name} (root of ${account === '' ? 'an unstated account' : plain(account)})`;
  // Words alone cannot be taken for the text around them, but for what begins Root's.
  const isWords = /^[A-Za-z]+(?: [A-Za-z]+)+$/.test(kind) && !kind.startsWith('root of');
  const what = [isWords ? kind : plain(kind), ...(account === '' ? [] : [plain(account)])];
  return `${name} (${what.join(', ')})`;
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

function firstOf(sources: readonly Source[], said: Stated): string | undefined {
  return sources.map((source) => source(said)).find((text) => !isBlank(text));
}

/** The text at a path of the element; AWS writes `""` where it has none. */
function at(path: string): Source {
  return ({ text }) => {
    const found = text(`userIdentity.${path}`);
    return isBlank(found) ? undefined : found;
  };
}

/** An account's number, which other programs write without quotes. */
function accountStated({ code }: Stated): string | undefined {
  return code('userIdentity.accountId');
}

const shown = (name: string | undefined): string | undefined =>
  name === 'HIDDEN_DUE_TO_SECURITY_REASONS' ? '(name hidden by AWS)' : name;

function friendlyName(said: Stated): string | undefined {
  return shown(at('userName')(said));
}

/** Identity Center writes who signed in beside the element. */
function signInName({ text }: Stated): string | undefined {
  return shown(text('additionalEventData.UserName'));
}

/** `arn:aws:iam::123456789012:user/division/Alice`: the name is the last part; without parts the ARN is all there is. */
function lastOfArn(said: Stated, arn = at('arn')(said)): string | undefined {
  return [arn?.split('/').at(-1), arn].find((text) => !isBlank(text));
}

/** The issuer of the session is always the role; else the ARN `…:assumed-role/ROLE/SESSION` names it. */
function role(said: Stated): string | undefined {
  const [, assumed] = /:assumed-role\/([^/]+)/.exec(at('arn')(said) ?? '') ?? [];
  const issuer = shown(at('sessionContext.sessionIssuer.userName')(said));
  const names = [
    issuer,
    assumed,
    lastOfArn(said, at('sessionContext.sessionIssuer.arn')(said) ?? ''),
    friendlyName(said),
  ];
  return names.find((text) => !isBlank(text));
}

/** `principalId` is `AROAEXAMPLE:SESSION`, of a federated user `ACCOUNT:NAME`; else the ARN ends with it. */
function session(said: Stated): string | undefined {
  const [, ofId] = /^[^:]*:(.+)$/s.exec(at('principalId')(said) ?? '') ?? [];
  const [, ofArn] = /:(?:assumed-role\/[^/]+|federated-user)\/(.+)$/s.exec(at('arn')(said) ?? '') ?? [];
  return [ofId, ofArn].find((text) => !isBlank(text));
}

function roleAndSession(said: Stated): string | undefined {
  const parts = [role(said), session(said)];
  return parts.includes(undefined) ? undefined : parts.join(' / ');
}

/** The account of an ARN is its fifth part. */
function accountIn(path: string): Source {
  return (said) => {
    const parts = (at(path)(said) ?? '').split(':');
    return parts[0] === 'arn' && parts.length > 5 ? parts[4] : undefined;
  };
}
