/** Whether a call succeeded, and the class it is counted in. One place for the whole product. */
import type { EventClass, RecordKind } from '#contract/events';

/** What a record says about its outcome; what it does not say is undefined. Literals by their words: `true`, `false`. */
export interface OutcomeParts {
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly readOnly?: string | undefined;
  /** The record is from a format without a place for errors, so that a missing error says nothing. */
  readonly isUnstated?: boolean;
  /** The key right under one of {@link outcomeParents} whose value is `Failure`; null where several say so. */
  readonly failedKey?: string | null | undefined;
  /** Only read where there is a failed key. */
  readonly eventName?: string | undefined;
  readonly eventSource?: string | undefined;
}

/** The record paths {@link describeOutcome} reads, by the part they fill. */
export const outcomePaths = {
  errorCode: 'errorCode',
  errorMessage: 'errorMessage',
  readOnly: 'readOnly',
  eventName: 'eventName',
  eventSource: 'eventSource',
} as const satisfies Partial<Record<keyof OutcomeParts, string>>;

/**
 * Where events without an error code say how they ended, as `"ConsoleLogin": "Failure"`, under the event's own name. `responseElements`:
 * CloudTrail User Guide, "AWS Management Console sign-in events"; `serviceEventDetails`: IAM Identity Center User Guide, "Understanding
 * IAM Identity Center sign-in events", and WorkSpaces Administration Guide, "Understanding AWS sign-in events for smart card users".
 */
export const outcomeParents = ['responseElements', 'serviceEventDetails'] as const;

/** Services whose events are attempts to sign in: a failure under any key means that the event failed. */
const signInServices: ReadonlySet<string> = new Set([
  'signin.amazonaws.com',
  'sso.amazonaws.com',
  'sso-directory.amazonaws.com',
  'sso-oauth.amazonaws.com',
  'identitystore.amazonaws.com',
]);

/** The result where it is unknown whether a call succeeded. */
export const unstatedResult = '(not stated)';

export interface Outcome {
  /**
   * `Success`, the error code, `Failure` where a record states a failure without a code, or {@link unstatedResult}; for a record that is not a
   * call, its record kind.
   */
  readonly result: string;
  readonly eventClass: EventClass;
}

/**
 * `unstated` where the record does not say whether it only read: nothing is guessed from the name of the call. A record that is not a call
 * did not succeed either.
 */
export function describeOutcome(parts: OutcomeParts, recordKind: RecordKind | null = null): Outcome {
  const error = errorOf(parts);
  if (error !== null) return { result: error, eventClass: 'error' };
  if (recordKind !== null) return { result: recordKindInWords(recordKind), eventClass: 'unstated' };
  const result = parts.isUnstated === true ? unstatedResult : 'Success';
  switch (parts.readOnly?.toLowerCase()) {
    case 'true':
      return { result, eventClass: 'read' };
    case 'false':
      return { result, eventClass: 'write' };
    default:
      return { result, eventClass: 'unstated' };
  }
}

/** Why a call is not known to have done anything, as a clause after the thing it would have changed; null where it succeeded. */
export function whyNoSuccess({ result, eventClass }: Outcome): string | null {
  if (eventClass === 'error') return `is of a call that failed (${result}) and set nothing`;
  return result === unstatedResult ? 'is of a call that may have failed: what it was read from does not say' : null;
}

function recordKindInWords(recordKind: RecordKind): string {
  if (recordKind.kind === 'aggregated') return 'Aggregated';
  return recordKind.state === '' ? 'Insight' : `Insight ${recordKind.state.toLowerCase()}`;
}

/** Null where the record states none. */
function errorOf(parts: OutcomeParts): string | null {
  const { errorCode = '', errorMessage = '' } = parts;
  if (errorCode !== '' && !isSuccessCode(errorCode)) return errorCode;
  if (isFailed(parts)) return 'Failure';
  return errorCode === '' && errorMessage !== '' ? 'Failure' : null;
}

/** What other programs, and some services, write where there is no error: an HTTP status of success, or a word such as `none`. */
function isSuccessCode(code: string): boolean {
  return /^(?:2\d\d|success|none|null)$/i.test(code);
}

/**
 * `Failure` under a key of another name may be about something else: it counts only for sign-in services, and where there are several.
 */
function isFailed({ failedKey, eventName, eventSource }: OutcomeParts): boolean {
  if (failedKey === undefined) return false;
  return failedKey === null || failedKey === eventName || signInServices.has(eventSource?.toLowerCase() ?? '');
}
