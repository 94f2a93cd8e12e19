/**
 * What Trailglass derives from a record, worked out anew from its leaves: who called (`identity.ts`), in which account it is counted, how
 * it ended and in which class. Rules of the README and of AWS: CloudTrail User Guide, "CloudTrail record contents" and "AWS Management
 * Console sign-in events"; IAM Identity Center User Guide, "Understanding IAM Identity Center sign-in events".
 */
import { identityOf, principalOf } from './identity';
import { natureOf, stated, type Stated } from './stated';

/** The derived values of a record read from a log file of a trail, by the path they are kept under. */
export function derivedValues(record: string): ReadonlyMap<string, string> {
  const said = stated(record);
  const identity = identityOf(said);
  const failure = failureOf(said);
  const accounts = ['recipientAccountId', 'accountId', 'userIdentity.accountId'].map(said.word);
  return new Map([
    ['@identity', principalOf(identity)],
    ['@kind', identity.kind],
    ['@account', accounts.find((account) => account !== undefined) ?? '(not stated)'],
    ['@result', failure ?? resultWithoutFailure(said)],
    ['@class', failure === null ? classWithoutFailure(said) : 'error'],
    ['@format', 'records'],
    ['@completeness', 'full'],
  ]);
}

/** The error code, or `Failure` where a failure is stated without one; null where the record states none. */
function failureOf(said: Stated): string | null {
  const code = said.code('errorCode');
  const isNoError =
    code !== undefined && (/^2\d\d$/.test(code) || ['success', 'none', 'null'].includes(code.toLowerCase()));
  if (code !== undefined && !isNoError) return code;
  return saysFailure(said) || (code === undefined && said.word('errorMessage') !== undefined) ? 'Failure' : null;
}

/** What is no call did not succeed either. */
function resultWithoutFailure(said: Stated): string {
  switch (natureOf(said)) {
    case 'insight':
      return `Insight ${said.text('insightDetails.state')?.toLowerCase() ?? ''}`.trim();
    case 'aggregated':
      return 'Aggregated';
    case null:
      return 'Success';
  }
}

const signIn = ['signin', 'sso', 'sso-directory', 'sso-oauth', 'identitystore'].map((name) => `${name}.amazonaws.com`);

/** `"ConsoleLogin": "Failure"`: under the event's own name, under any of a sign-in service, or under several. */
function saysFailure({ leaves, text }: Stated): boolean {
  const keys = new Set<string>();
  for (const { path, type, text: value } of leaves) {
    const [, key] = /^(?:responseElements|serviceEventDetails)\.([^.]*)$/.exec(path) ?? [];
    if (key !== undefined && type === 'string' && value === 'Failure') keys.add(path);
  }
  if (keys.size !== 1) return keys.size > 1;
  if (signIn.includes(text('eventSource')?.toLowerCase() ?? '')) return true;
  const name = text('eventName');
  return name !== undefined && (keys.has(`responseElements.${name}`) || keys.has(`serviceEventDetails.${name}`));
}

function classWithoutFailure(said: Stated): string {
  if (natureOf(said) !== null) return 'unstated';
  const readOnly = said.word('readOnly')?.toLowerCase();
  return readOnly === 'true' ? 'read' : readOnly === 'false' ? 'write' : 'unstated';
}
