/** What a record shows of the policy that its call set or deleted. */
import { member } from './shapes';
import { isRegional, policyCall, sessionPolicy, type PolicyCall } from './policy-calls';
import type { DiffNode } from './prepare';

export type PolicyState =
  | { readonly kind: 'shown'; readonly policy: DiffNode }
  | { readonly kind: 'deleted' }
  /** A session without a policy of its own, which its role alone limits. */
  | { readonly kind: 'unlimited' }
  /** Why it is not visible, as a clause after the side: `is left out by AWS …`. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface PolicyRecord {
  readonly call: PolicyCall;
  readonly state: PolicyState;
  /** Where the request has the policy; empty where the call has none. */
  readonly path: string;
  /** `roleName admin` for each name; null where one is not there. */
  readonly target: readonly string[] | null;
  readonly account: string | null;
  readonly region: string | null;
}

/**
 * Null where the record's call sets no policy: it is not in the list, or sets something else of its target. `failure` says
 * why the call is not known to have succeeded: see `Failures`.
 */
export function policyRecord(record: DiffNode, failure: string | null): PolicyRecord | null {
  const call = policyCall(textAt(record, 'eventSource') ?? '', textAt(record, 'eventName') ?? '');
  const request = member(record, 'requestParameters');
  if (call === null || request === undefined) return null;
  const target = call.target.map((path) => {
    const text = textAt(record, path);
    // A key is named by its ID or by its ARN.
    return text === null ? null : `${path.slice(path.lastIndexOf('.') + 1)} ${text.replace(/^arn:[^/]*:key\//, '')}`;
  });
  const found = {
    call,
    target: target.every((text) => text !== null) ? target : null,
    account: textAt(record, 'recipientAccountId') ?? textAt(record, 'userIdentity.accountId'),
    region: textAt(record, 'awsRegion'),
    path: '',
  };
  const unknown = (why: string): PolicyRecord => ({ ...found, state: { kind: 'unknown', why } });
  if (failure !== null) return unknown(failure);
  if (request.omitted !== null) return unknown('is left out by AWS because the request was too large');
  if (request.isClosed || request.kind !== 'object') return unknown('is not shown: there are no request parameters');
  if (call.only !== null && textAt(record, call.only.path)?.toLowerCase() !== call.only.value.toLowerCase())
    return null;
  if (call.path === null) return { ...found, state: { kind: 'deleted' } };
  const [policy, path] = at(request, call.path, 'requestParameters');
  if (policy === null || policy.kind === 'null') {
    return call.policy === sessionPolicy ? { ...found, state: { kind: 'unlimited' } } : null;
  }
  const why = whyUnseen(policy);
  return { ...found, path, state: why === null ? { kind: 'shown', policy } : { kind: 'unknown', why } };
}

/** Whether managed policies limit a session besides the one it shows. */
export function hasManagedPolicies(record: DiffNode): boolean {
  const [found] = at(record, ['requestParameters', 'policyArns'], '');
  return found !== null && found.kind !== 'null' && found.members > 0;
}

/** How the targets of two calls differ, in words; null where they are the same. */
export function differentTargets(one: PolicyRecord, other: PolicyRecord): string | null {
  if (one.target === null || other.target === null) return 'not both calls name what the policy belongs to';
  if (one.target.join('\n') !== other.target.join('\n')) {
    return `they belong to different things: ${one.target.join(', ')}; ${other.target.join(', ')}`;
  }
  // An ARN has its account and Region in it.
  if (one.target.length > 0 && one.target.every((name) => / arn:/.test(name))) return null;
  if (one.account !== other.account)
    return `they are of different accounts: ${one.account ?? 'none'}; ${other.account ?? 'none'}`;
  if (!isRegional(one.call) || one.region === other.region) return null;
  return `they are of different Regions: ${one.region ?? 'none'}; ${other.region ?? 'none'}`;
}

function whyUnseen(policy: DiffNode): string | null {
  if (policy.omitted !== null) return 'is left out by AWS because it was too large';
  if (policy.isRedacted) return 'is redacted by AWS';
  if (policy.isClosed) return 'is too large to be read';
  return policy.shape === 'policy' ? null : 'is not a policy in JSON';
}

/** The value under some keys, in any case, and its path as the record writes it. */
function at(node: DiffNode, keys: readonly string[], path: string): readonly [DiffNode | null, string] {
  const [key, ...rest] = keys;
  if (key === undefined) return [node, path];
  const found = member(node, key) ?? node.children.find((child) => child.key?.toLowerCase() === key.toLowerCase());
  return found === undefined ? [null, path] : at(found, rest, `${path}.${found.key ?? ''}`);
}

function textAt(record: DiffNode, path: string): string | null {
  const [found] = at(record, path.split('.'), '');
  const isValue = found !== null && ['string', 'number', 'true', 'false'].includes(found.kind);
  return isValue && !found.isRedacted && found.text !== '' ? found.text : null;
}
